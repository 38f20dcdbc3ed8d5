"""The plan is the best there is: against trying every set, and by what must hold of any plan (property
13).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from assessment.content.cases import Case
from assessment.model.edition import Edition
from assessment.model.plans import End, PlanRequest, Verdict
from assessment.scoring.after import answers_after
from assessment.scoring.assess import assess
from assessment.scoring.available import lag, length
from assessment.scoring.optimise import propose
from assessment.scoring.search import Search
from assessment.scoring.solver import NEAR
from assessment.scoring.timing import Job, timetable
from tests.scoring.planning import asked_for, by_trying_all, excluding

FAST, ALL, STEP = 12, 200, 10


def agrees(edition: Edition, seed: int, at_most: int) -> None:
    """Whether set after set scored by the engine, the listing and HiGHS come to the same set."""
    answers, request, end = asked_for(edition, seed, at_most)
    search = Search.of(edition, answers, request)
    assert search.exact(end)
    best = by_trying_all(search, end)
    for found in (search.best(end), replace(search, most=0).best(end)):
        assert found is not None
        assert found.measures == best, (seed, end, request)
        assert found.gap == 0.0


@pytest.mark.parametrize("seed", range(FAST))
def test_the_best_set_is_that_of_trying_all_sets(edition, seed) -> None:
    agrees(edition, seed, 10)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, ALL, STEP))
def test_the_best_set_is_that_of_trying_all_sets_for_two_hundred_firms(edition, start) -> None:
    for seed in range(start, min(start + STEP, ALL)):
        agrees(edition, seed, 15)


def case(cases: tuple[Case, ...], name: str) -> Case:
    return next(c for c in cases if c.id == name)


GARMENT = PlanRequest({"D1": "pronounced", "D2": "emerging", "D3": "emerging"}, days_per_quarter=60)


def test_a_plan_is_carried_out_by_the_engine_and_keeps_every_limit(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    plan = propose(edition, answers, GARMENT)
    assert plan.verdict is not Verdict.SHORT
    done = assess(edition, answers_after(edition, answers, plan.chosen.measures, plan.end))
    for placement in done.placements:
        assert placement.score == pytest.approx(plan.chosen.severity[placement.dilemma], abs=1e-6)
        assert placement.level == GARMENT.targets[placement.dilemma]


def test_what_is_enough_at_the_minimum_of_all_effects_is_said_to_be_sure(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    plan = propose(edition, answers, PlanRequest({"D3": "emerging"}, quarters=16))
    assert plan.verdict is Verdict.SURE
    assert plan.at[End.LOW].reached
    assert plan.end is End.LOW
    harder = propose(edition, answers, GARMENT)
    assert harder.verdict is Verdict.LIKELY
    assert not harder.best[End.LOW].reached
    assert harder.at[End.MID].reached


def test_a_larger_budget_never_costs_more_and_never_leaves_more(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    found = []
    for budget in (0.0, 1.0, 2.5, 4.5, 7.0, 12.0, None):
        best = Search.of(edition, answers, replace(GARMENT, budget=budget)).best(End.MID)
        assert best is not None
        assert budget is None or best.cost <= budget + 1e-9
        found.append(best)
    for tighter, wider in pairwise(found):
        assert wider.overshoot <= tighter.overshoot + NEAR
        assert not tighter.reached or wider.cost <= tighter.cost
    assert not found[0].reached
    assert found[-1].reached


def test_a_measure_more_to_choose_from_never_costs_more(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    free = Search.of(edition, answers, GARMENT).best(End.HIGH)
    assert free is not None
    assert free.reached
    for refused in free.measures:
        less = Search.of(edition, answers, replace(GARMENT, refused=frozenset({refused}))).best(End.HIGH)
        assert less is not None
        assert refused not in less.measures
        assert less.overshoot > free.overshoot + NEAR or less.cost >= free.cost


def test_a_lower_target_never_costs_less(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    costs = []
    for level in ("pronounced", "emerging"):
        best = Search.of(edition, answers, PlanRequest({"D2": level})).best(End.HIGH)
        assert best is not None
        assert best.reached
        costs.append(best.cost)
    assert costs[0] == 0.0 < costs[1]


def test_prerequisites_are_done_and_have_shown_a_result_before(edition, cases) -> None:
    seen = 0
    for one in cases:
        levels = edition.placement.levels
        plan = propose(edition, one.answers, PlanRequest(dict.fromkeys(edition.dilemmas, levels[0])))
        quarters = {m.measure: m.quarters for m in plan.measures}
        after = Search.of(edition, one.answers, plan.request).open.after
        for name, (start, end) in quarters.items():
            assert end - start + 1 == length(edition, name)
            assert end < plan.request.quarters
            for first in after[name]:
                seen += 1
                assert start >= quarters[first][0] + lag(edition, first)
        if seen > 5:
            return
    pytest.fail("no plan has a measure that waits for another")


def test_measures_that_exclude_each_other_are_never_both_in(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    one, other = Search.of(edition, answers, GARMENT).best(End.MID).measures[:2]
    apart = Search.of(excluding(edition, one, other), answers, GARMENT).best(End.MID)
    assert apart is not None
    assert not {one, other} <= set(apart.measures)


def test_what_is_kept_is_in_and_what_is_refused_is_out(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    plain = Search.of(edition, answers, GARMENT)
    extra = next(m for m in plain.open.measures if m not in plain.best(End.MID).measures)
    kept = Search.of(edition, answers, replace(GARMENT, kept=frozenset({extra}))).best(End.MID)
    assert kept is not None
    assert extra in kept.measures
    assert "CM06" in plain.open.measures
    refused = Search.of(edition, answers, replace(GARMENT, refused=frozenset({"CM02"})))
    assert refused.open.why_not["CM02"] == "refused"
    assert refused.open.why_not["CM06"] == "after"


def test_the_same_question_gets_the_same_plan(edition, cases) -> None:
    answers = case(cases, "cash_starved_sme").answers
    request = PlanRequest({"D3": "pronounced"}, budget=10)
    assert propose(edition, answers, request) == propose(edition, answers, request)


def test_a_plan_out_of_reach_says_how_near_it_comes(edition, cases) -> None:
    answers = case(cases, "cash_starved_sme").answers
    plan = propose(edition, answers, PlanRequest({"D3": "none"}, budget=2))
    assert plan.verdict is Verdict.SHORT
    assert plan.limits["D3"] < plan.chosen.severity["D3"] < plan.today["D3"]
    assert plan.chosen.overshoot == pytest.approx(plan.chosen.severity["D3"] - plan.limits["D3"])
    assert plan.chosen.cost <= 2


def test_each_measure_says_what_the_plan_would_be_without_it(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    plan = propose(edition, answers, GARMENT)
    assert plan.measures
    for entry in plan.measures:
        other = Search.of(edition, answers, replace(GARMENT, refused=frozenset({entry.measure}))).best(
            plan.end
        )
        assert other is not None
        assert entry.cost_without == (other.cost if other.reached else None)
        assert entry.cost_without is None or entry.cost_without >= plan.chosen.cost
        assert entry.fails_without  # or it would not be in a plan of least cost


def test_runners_up_lead_as_far_cost_no_less_and_contain_nothing_that_was_offered(edition, cases) -> None:
    plan = propose(edition, case(cases, "contract_garment").answers, GARMENT)
    assert len(plan.runners_up) == 2
    offered = [plan.chosen]
    for other in plan.runners_up:
        assert other.reached
        assert other.cost >= offered[-1].cost
        assert not any(set(o.measures) <= set(other.measures) for o in offered)
        offered.append(other)


def test_what_gets_worse_first_is_said(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    plan = propose(edition, answers, replace(GARMENT, kept=frozenset({"CM16"})))
    margin = next(d for d in plan.dips if d.id == "D1e")
    assert margin.points > 1
    assert len(plan.path) == GARMENT.quarters + 1
    assert plan.path[0] == pytest.approx(plan.today)
    assert plan.path[-1] == pytest.approx(dict(plan.chosen.severity))


def test_a_firm_that_is_where_it_wants_to_be_has_nothing_to_do(edition, cases) -> None:
    plan = propose(edition, case(cases, "large_open_innovator").answers, PlanRequest({"D2": "none"}))
    assert plan.verdict is Verdict.NOTHING_TO_DO
    assert plan.chosen.measures == ()
    assert plan.runners_up == ()


def test_an_unknown_target_or_measure_is_refused_by_name(edition, cases) -> None:
    answers = case(cases, "contract_garment").answers
    with pytest.raises(ValueError, match="CM99"):
        propose(edition, answers, PlanRequest({}, refused=frozenset({"CM99"})))
    with pytest.raises(ValueError, match="splendid"):
        propose(edition, answers, PlanRequest({"D1": "splendid"}))


def test_a_timetable_keeps_capacity_effort_and_order() -> None:
    jobs = [Job("a", 2, 1, 10, "M", ()), Job("b", 2, 1, 10, "M", ("a",)), Job("c", 1, 1, 15, "S", ())]
    assert timetable(jobs, 4, None, {}) == {"a": 0, "b": 1, "c": 0}
    assert timetable(jobs, 4, None, {"M": 1}) == {"a": 0, "b": 2, "c": 0}
    assert timetable(jobs, 5, 20, {"M": 1}) == {"a": 1, "b": 3, "c": 0}
    assert timetable(jobs, 4, 20, {"M": 1}) is None
    assert timetable(jobs, 3, None, {"M": 1}) is None
