"""What is asked of a plan while the firm has not said what it wants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.content.cases import Case
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import PlanRequest, Verdict
from assessment.model.results import Stated
from assessment.scoring.assess import assess
from assessment.scoring.frontier import frontier_of
from assessment.scoring.optimise import proposal, propose
from assessment.scoring.request import default_request
from assessment.scoring.search import Search


def asked(edition: Edition, answers: Answers) -> PlanRequest:
    found = assess(edition, answers)
    return default_request(edition, found.placements, found.size)


def test_what_is_pronounced_or_acute_is_to_come_one_level_better_and_nothing_else(edition, cases) -> None:
    better = {"pronounced": "emerging", "acute": "pronounced"}
    seen = set()
    for case in cases:
        for placement in assess(edition, case.answers).placements:
            wanted = asked(edition, case.answers).targets.get(placement.dilemma)
            assert wanted == better.get(placement.level)
            seen.add(placement.level)
    assert seen == set(edition.placement.levels)


def test_the_limits_are_those_of_the_edition_for_the_size_of_the_firm(edition, cases) -> None:
    sizes = set()
    for case in cases:
        size = assess(edition, case.answers).size
        request = asked(edition, case.answers)
        assert request.budget == edition.plan.budget[size]
        assert request.days_per_quarter == edition.plan.days_per_quarter[size]
        assert request.quarters == edition.plan.quarters
        sizes.add(size)
    assert sizes == {"micro", "small", "medium", "large"}


def test_a_size_without_limits_has_none_and_an_open_one_is_taken_as_assumed(edition, cases) -> None:
    placements = assess(edition, cases[0].answers).placements
    free = replace(edition, plan=replace(edition.plan, budget={}, days_per_quarter={}))
    assert default_request(free, placements, "micro").budget is None
    assert default_request(free, placements, "micro").days_per_quarter is None
    assert default_request(edition, placements) == default_request(edition, placements, edition.sizes.default)


def test_what_is_not_placed_has_no_target(edition, cases) -> None:
    found = assess(edition, next(c for c in cases if c.id == "contract_garment").answers)
    first, *others = found.placements
    assert first.dilemma in default_request(edition, found.placements).targets
    hidden = replace(first, stated=Stated.NOT_PLACED)
    assert first.dilemma not in default_request(edition, (hidden, *others)).targets


def test_an_edition_that_says_nothing_asks_for_nothing(edition, cases) -> None:
    silent = replace(edition, plan=None)
    assert default_request(silent, assess(edition, cases[0].answers).placements) == PlanRequest({})


def test_the_worked_cases_get_every_verdict_and_keep_their_limits(edition, cases: tuple[Case, ...]) -> None:
    verdicts = set()
    for case in cases:
        request = asked(edition, case.answers)
        plan = propose(edition, case.answers, request)
        verdicts.add(plan.verdict)
        assert plan.chosen.cost <= request.budget
        for end, best in plan.best.items():
            assert best.gap == 0.0, (case.id, end)
        if plan.verdict is Verdict.NOTHING_TO_DO:
            assert not request.targets
            assert plan.measures == ()
    assert verdicts == set(Verdict)


def test_a_plan_that_falls_short_carries_what_can_be_reached(edition, cases) -> None:
    seen = 0
    for case in cases:
        search = Search.of(edition, case.answers, asked(edition, case.answers))
        plan = proposal(search)
        if plan.verdict is Verdict.SHORT:
            seen += 1
            assert 0 < plan.chosen.overshoot < search.overshoot(search.today)
            within = [
                p.overshoot for p in frontier_of(search, plan).points if p.cost <= search.request.budget
            ]
            assert plan.chosen.overshoot == pytest.approx(min(within), abs=1e-3)
    assert seen > 2
