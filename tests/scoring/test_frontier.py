"""Cost against remaining severity: nothing on the frontier is beaten, and doing nothing ends it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from assessment.model.plans import End, PlanRequest
from assessment.scoring.frontier import drawn, frontier
from assessment.scoring.optimise import propose
from assessment.scoring.search import ENDS, Search
from tests.scoring.planning import _all_sets, _allowed, asked_for

REQUEST = PlanRequest(
    {"D1": "pronounced", "D2": "emerging", "D3": "emerging"}, days_per_quarter=60, budget=12
)


@pytest.fixture(scope="module")
def answers(cases):
    return next(c for c in cases if c.id == "contract_garment").answers


def test_money_falls_and_what_remains_rises_until_nothing_is_done(edition, answers) -> None:
    found = frontier(edition, answers, REQUEST)
    assert len(found.points) > 3
    for dearer, cheaper in pairwise(found.points):
        assert dearer.cost > cheaper.cost
        assert dearer.overshoot < cheaper.overshoot
    assert found.points[-1].measures == ()
    assert found.points[-1].cost == 0.0
    assert found.complete


def test_the_plan_lies_on_the_frontier(edition, answers) -> None:
    plan = propose(edition, answers, REQUEST)
    found = drawn(edition, answers, REQUEST, plan)
    assert found.chosen is not None
    assert found.points[found.chosen].cost == pytest.approx(plan.chosen.cost)
    assert found.points[found.chosen].overshoot == pytest.approx(plan.chosen.overshoot, abs=1e-5)


@pytest.mark.parametrize("seed", [3, 8])
def test_no_set_of_measures_beats_a_point_of_the_frontier(edition, seed) -> None:
    answers, request, _ = asked_for(edition, seed)
    request = replace(request, budget=None)
    search = Search.of(edition, answers, request)
    sets = [s for s in _all_sets(search, search.open.measures) if _allowed(search, s)]
    rows = np.array([[m in s for m in search.ground.measures] for s in sets])
    totals = search.ground.lead_to(rows, np.full(len(rows), ENDS[End.LOW]))
    limits = np.array([search.limits[d] for d in search.ground.dilemmas])
    over = np.maximum(totals - limits, 0.0).sum(axis=1)
    cost = np.array([search.cost(s) for s in sets])
    for point in frontier(edition, answers, request).points:
        better = np.flatnonzero((cost <= point.cost + 1e-9) & (over < point.overshoot - 1e-5))
        assert not any(search.timetable(sets[n]) is not None for n in better)
