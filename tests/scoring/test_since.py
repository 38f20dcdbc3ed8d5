"""What moved since the assessment before: which measures count, and which way leads there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.answering.carrying import carry
from assessment.content.carry_over import load_carry_over
from assessment.content.load import load_edition
from assessment.model.agenda import Action, ActionStatus, Earlier
from assessment.model.answers import Answered, Answers
from assessment.model.comparison import Turn
from assessment.scoring.since import since
from tests.scoring.random_firms import changed


@pytest.fixture(scope="module")
def by_name(cases) -> Mapping[str, Answers]:
    return {case.id: case.answers for case in cases}


def nowhere(_edition_id):
    raise AssertionError("nothing is to be loaded")


def test_without_an_earlier_assessment_nothing_is_compared(edition, by_name):
    assert since(edition, by_name["contract_garment"], None, nowhere) is None


def test_the_share_of_settings_that_must_agree_is_that_of_the_edition(edition, by_name):
    before = by_name["contract_garment"]
    found = since(edition, changed(before, chn_tech=Answered(3)), Earlier(before), nowhere)
    assert found is not None
    assert found.changes["D1"].turn is Turn.BETTER
    assert found.changes["D1"].agree is not None and found.changes["D1"].agree >= 0.95
    assert found.changes["D3"].agree == 0


def test_measures_begun_or_done_count_and_no_others(edition, by_name):
    statuses = dict(zip(("CM01", "CM02", "CM03", "CM09"), ActionStatus, strict=True))
    actions = tuple(Action(m, status=s) for m, s in statuses.items())
    gone = Action("CM99", status=ActionStatus.DONE)
    earlier = Earlier(by_name["contract_garment"], None, (*actions, gone))
    found = since(edition, by_name["contract_garment"], earlier, nowhere)
    assert found is not None
    wanted = [m for m, s in statuses.items() if s in (ActionStatus.BEGUN, ActionStatus.DONE)]
    assert [outcome.measure for outcome in found.measures] == wanted


def test_answers_under_another_edition_are_carried_over_or_not_compared(edition, by_name):
    later = load_edition("servitization/2026-2")
    over = load_carry_over(edition, later)
    before = by_name["contract_garment"]
    after = carry(before, over, later).answers
    found = since(later, after, Earlier(before), lambda _id: (edition, over))
    assert found is not None and found.carried is not None and found.split
    assert {c.turn for c in found.changes.values()} == {Turn.NOT_SHOWN}
    assert since(later, after, Earlier(before), lambda _id: None) is None
