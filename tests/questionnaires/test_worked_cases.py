"""The worked cases give what was expected of them before scoring, and together they reach every result."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.content.cases import Case
from assessment.content.load import EDITIONS
from assessment.model.edition import Edition
from assessment.model.results import Assessment
from assessment.scoring.assess import assess, assess_many
from tests.conftest import EDITION

FILES = sorted((EDITIONS / EDITION / "examples").glob("*.toml"))
NAMES = [file.stem for file in FILES]


@pytest.fixture(scope="module")
def results(edition: Edition, cases: tuple[Case, ...]) -> Mapping[str, Assessment]:
    return {case.id: assess(edition, case.answers) for case in cases}


@pytest.fixture(scope="module")
def by_name(cases: tuple[Case, ...]) -> Mapping[str, Case]:
    return {case.id: case for case in cases}


def chosen(result: Assessment) -> set[str]:
    return {r.countermeasure for r in result.recommendations if r.chosen}


def test_there_are_at_least_fourteen_cases_with_a_level_expected_for_every_dilemma(
    edition: Edition, cases: tuple[Case, ...]
):
    assert len(cases) == len(FILES) >= 14
    assert all(set(case.expected) == set(edition.dilemmas) for case in cases)
    assert all(set(case.reasons) == set(edition.dilemmas) for case in cases)


def test_exactly_one_case_is_the_sample(cases: tuple[Case, ...]):
    assert [case.sample for case in cases].count(True) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_case_stands_on_the_levels_expected_of_it(
    name: str, by_name: Mapping[str, Case], results: Mapping[str, Assessment]
):
    levels = {p.dilemma: p.level for p in results[name].placements}
    assert levels == dict(by_name[name].expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_advised_what_was_expected_of_it(
    name: str, by_name: Mapping[str, Case], results: Mapping[str, Assessment]
):
    assert set(by_name[name].recommended) - chosen(results[name]) == set()


def test_every_level_of_every_dilemma_is_reached(edition: Edition, results: Mapping[str, Assessment]):
    reached = {(p.dilemma, p.level) for result in results.values() for p in result.placements}
    wanted = {(d, level) for d in edition.dilemmas for level in edition.placement.levels}
    assert wanted - reached == set()


def test_every_countermeasure_is_chosen_in_some_case(edition: Edition, results: Mapping[str, Assessment]):
    reached = set[str]().union(*(chosen(result) for result in results.values()))
    assert set(edition.countermeasures) - reached == set()


def test_a_case_alone_and_among_all_gives_the_same_bits(
    edition: Edition, cases: tuple[Case, ...], results: Mapping[str, Assessment]
):
    together = assess_many(edition, [case.answers for case in cases])
    assert len(together) == len(cases)
    for case, result in zip(cases, together, strict=True):
        assert repr(result) == repr(results[case.id]), case.id  # repr shows every digit of a float
