"""What holds of every plan, on random firms (property 13 of the scoring specification)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from assessment.model.edition import Edition
from assessment.model.plans import End, Outcome, PlanRequest
from assessment.scoring.optimise import proposal, propose
from assessment.scoring.search import ENDS, Search
from assessment.scoring.solver import NEAR
from tests.scoring.planning import asked_for

SEEDS = tuple(range(300, 308))
seeds = pytest.mark.parametrize("seed", SEEDS)


def best(edition: Edition, seed: int, **changes: object) -> Outcome:
    """The best set for a random firm whose request is changed."""
    answers, request, end = asked_for(edition, seed, 12)
    found = Search.of(edition, answers, replace(request, **changes)).best(end)
    assert found is not None
    return found


def no_better(worse: Outcome, better: Outcome) -> None:
    """Whoever has less to choose from reaches no more, and what he reaches is no cheaper."""
    assert better.overshoot <= worse.overshoot + NEAR
    assert not worse.reached or (better.reached and better.cost <= worse.cost + 1e-9)


@seeds
def test_a_larger_budget_never_costs_more(edition, seed) -> None:
    found = [best(edition, seed, budget=budget) for budget in (0.0, 1.0, 3.0, 6.0, 12.0, None)]
    for tighter, wider in pairwise(found):
        no_better(tighter, wider)


@seeds
def test_more_staff_and_more_time_never_cost_more(edition, seed) -> None:
    frames = ((10.0, 8), (30.0, 8), (30.0, 12), (None, 12), (None, 16))
    found = [best(edition, seed, days_per_quarter=d, quarters=q) for d, q in frames]
    for tighter, wider in pairwise(found):
        no_better(tighter, wider)


@seeds
def test_a_measure_more_never_costs_more(edition, seed) -> None:
    answers, request, end = asked_for(edition, seed, 12)
    search = Search.of(edition, answers, request)
    free = search.best(end)
    for measure in free.measures:
        without = search.best(end, without=(measure,))
        no_better(without, free)
        assert measure not in without.measures


@seeds
def test_a_lower_target_never_costs_less(edition, seed) -> None:
    levels = edition.placement.levels
    answers, request, end = asked_for(edition, seed, 12)
    for dilemma in edition.dilemmas:
        found = []
        for level in levels:
            targets = {**request.targets, dilemma: level}
            found.append(Search.of(edition, answers, replace(request, targets=targets)).best(end))
        for harder, easier in pairwise(found):
            no_better(harder, easier)


@seeds
def test_every_set_keeps_order_exclusions_budget_and_quarters(edition, seed) -> None:
    answers, request, _ = asked_for(edition, seed, 12)
    search = Search.of(edition, answers, request)
    plan = proposal(search)
    for outcome in (plan.chosen, *plan.best.values(), *plan.runners_up):
        done = set(outcome.measures)
        assert all(first in done for m in done for first in search.open.after[m])
        assert request.budget is None or outcome.cost <= request.budget + 1e-9
        assert outcome.cost == pytest.approx(search.cost(done))
        assert search.timetable(done) is not None


@seeds
def test_what_is_read_off_is_what_the_engine_says_of_the_whole_set(edition, seed) -> None:
    answers, request, _ = asked_for(edition, seed, 12)
    search = Search.of(edition, answers, request)
    plan = proposal(search)
    for end in End:
        sets = [plan.chosen.measures, plan.best[end].measures, *(o.measures for o in plan.runners_up)]
        rows = np.array([[m in s for m in search.ground.measures] for s in sets])
        found = search.ground.lead_to(rows, np.full(len(rows), ENDS[end]))
        for measures, severities in zip(sets, found, strict=True):
            read = search.read_off(measures, end)
            assert list(read.severity.values()) == pytest.approx(list(severities), abs=1e-9)
            assert read.reached == search.led_to(measures, severities).reached


@seeds
def test_the_same_question_gets_the_same_plan(edition, seed) -> None:
    answers, request, _ = asked_for(edition, seed, 12)
    assert propose(edition, answers, request) == propose(edition, answers, request)


def test_a_firm_that_asks_for_nothing_gets_nothing(edition) -> None:
    for seed in SEEDS:
        answers, _, _ = asked_for(edition, seed, 12)
        plan = propose(edition, answers, PlanRequest({}))
        assert plan.chosen.measures == ()
        assert [dict(step) for step in plan.path] == [plan.today] * 13
