"""A plan becomes an action register; another plan changes it without losing what people wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assessment.model.agenda import Action, ActionStatus
from assessment.model.plans import End, PlanRequest
from assessment.scoring.assess import assess
from assessment.scoring.available import length
from assessment.scoring.optimise import propose
from assessment.scoring.register import months_after, one_more, register, retaken
from assessment.scoring.search import Search

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def case(cases):
    return next(c for c in cases if c.id == "licensed_lift_maker")


@pytest.fixture(scope="module")
def proposal(edition, case):
    return propose(edition, case.answers, PlanRequest({"D1": "emerging"}))


@pytest.fixture(scope="module")
def actions(edition, case, proposal) -> tuple[Action, ...]:
    return register(edition, case.answers, proposal, TODAY)


def test_every_measure_of_the_plan_has_one_action_over_its_quarters(edition, proposal, actions) -> None:
    assert [a.measure for a in actions] == [m.measure for m in proposal.measures] != []
    for action, planned in zip(actions, proposal.measures, strict=True):
        assert action.start == months_after(TODAY, 3 * planned.quarters[0])
        assert action.due == months_after(action.start, 3 * length(edition, action.measure))
        assert (action.owner, action.note, action.status) == ("", "", ActionStatus.PLANNED)


def test_an_indicator_starts_from_the_reading_of_today(edition, case, actions) -> None:
    readings = assess(edition, case.answers).readings
    pairs = [(k.baseline, readings[k.indicator].value) for a in actions for k in a.kpis]
    assert pairs and all(kept == read for kept, read in pairs)
    assert [k.indicator for a in actions for k in a.kpis] == [
        k for a in actions for k in edition.countermeasures[a.measure].kpi
    ]


def test_a_target_is_what_the_engine_reads_once_the_plan_is_done_at_the_middle(
    edition, case, actions
) -> None:
    """CM16 offers customers the design as well: by hand from its effects on the shares of revenue."""
    (kpi,) = next(a.kpis for a in actions if a.measure == "CM16")
    search = Search.of(edition, case.answers, PlanRequest({}))
    lower, middle, higher = (search.outcome([a.measure for a in actions], end).severity["D1"] for end in End)
    assert lower > middle > higher
    assert kpi.indicator == "I10"
    assert (kpi.baseline, kpi.target) == (pytest.approx(52.5), pytest.approx(44.0))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, later) -> None:
    assert months_after(day, months) == later


def test_a_measure_put_in_by_hand_begins_today_and_counts_what_is_done_beside_it(
    edition, case, actions
) -> None:
    dropped = tuple(replace(a, status=ActionStatus.DROPPED) for a in actions)
    beside, alone = (one_more(edition, case.answers, others, "CM19", TODAY) for others in (actions, dropped))
    assert (beside.start, beside.due) == (TODAY, months_after(TODAY, 3 * length(edition, "CM19")))
    i12 = [next(k.target for k in action.kpis if k.indicator == "I12") for action in (beside, alone)]
    assert i12[0] > i12[1]  # CM23 of the plan adds customers' groups, too


def line(measure: str, status: ActionStatus, **values) -> Action:
    return Action(measure, owner="Wei", note="agreed", status=status, **values)


def test_another_plan_keeps_what_people_wrote_and_the_dates_of_what_has_begun() -> None:
    before = (
        line("A", ActionStatus.PLANNED, start=date(2026, 1, 1)),
        line("B", ActionStatus.BEGUN, start=date(2026, 1, 1)),
        line("C", ActionStatus.PLANNED),
        line("D", ActionStatus.DONE),
        line("E", ActionStatus.DROPPED),
        line("F", ActionStatus.DROPPED),
    )
    plan = tuple(Action(m, start=date(2027, 1, 1)) for m in "ABEG")
    change = retaken(before, plan)
    after = {a.measure: a for a in change.actions}
    assert after["A"] == replace(before[0], start=date(2027, 1, 1))
    assert after["B"] == before[1]
    assert after["C"] == replace(before[2], status=ActionStatus.DROPPED)
    assert (after["D"], after["F"]) == (before[3], before[5])
    assert (after["E"].status, after["E"].owner, after["E"].note) == (ActionStatus.PLANNED, "Wei", "agreed")
    assert after["G"] == plan[3]
    told = (change.new, change.stays, change.dropped, change.kept)
    assert told == (("E", "G"), ("A", "B"), ("C",), ("D",))


def test_the_same_plan_again_changes_nothing(actions) -> None:
    change = retaken(actions, actions)
    assert change.actions == actions
    assert (change.new, change.dropped, change.kept) == ((), (), ())
