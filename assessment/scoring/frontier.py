"""Cost against remaining severity: the sets of measures that no other set beats in both."""

from __future__ import annotations

import math

from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import End, Frontier, Outcome, PlanProposal, PlanRequest
from assessment.scoring.search import Search
from assessment.scoring.solver import NEAR

MOST = 24  # points a frontier has at most; more would not be told apart on a chart


def frontier(edition: Edition, answers: Answers, request: PlanRequest) -> Frontier:
    """The frontier of one firm at the low end of all effects, whatever the budget of the request.

    Raises `ValueError` as `propose` does.
    """
    return drawn(edition, answers, request, None)


def drawn(edition: Edition, answers: Answers, request: PlanRequest, plan: PlanProposal | None) -> Frontier:
    """The frontier at the end of the effects that the plan counts on, with the plan's place on it.

    From the set that leaves least above the limits, each step allows a little less money, down to nothing.
    What is measured is the points above the limits, over all dilemmas.
    """
    return frontier_of(Search.of(edition, answers, request), plan)


def frontier_of(search: Search, plan: PlanProposal | None) -> Frontier:
    """The same from the search that led to the plan, which knows most of it already."""
    end = End.LOW if plan is None else plan.end
    points = _steps(search, end)
    complete = bool(points) and not points[-1].measures and all(p.gap == 0.0 for p in points)
    if not points or points[-1].measures:
        points.append(search.outcome((), end))
    place = None if plan is None else _place(points, plan.chosen)
    return Frontier(tuple(points), place, complete and search.exact(end))


def _steps(search: Search, end: End) -> list[Outcome]:
    points: list[Outcome] = []
    budget = math.inf
    while len(points) < MOST:
        found = search.best(end, budget=budget)
        if found is None:
            break
        points.append(found)
        if not found.measures:
            break
        budget = found.cost - 0.01
    return points


def _place(points: list[Outcome], chosen: Outcome) -> int | None:
    """The point that is the plan, or costs and leaves as much."""
    for number, point in enumerate(points):
        same = abs(point.cost - chosen.cost) < 1e-9 and abs(point.overshoot - chosen.overshoot) <= NEAR
        if point.measures == chosen.measures or same:
            return number
    return None
