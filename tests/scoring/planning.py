"""Requests for plans of random firms, and the best set of measures by trying all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np

from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import End, PlanRequest
from assessment.scoring.place import level_number
from assessment.scoring.search import ENDS, Search
from assessment.scoring.solver import NEAR, SLACK
from tests.scoring.random_firms import firm


def asked_for(edition: Edition, seed: int, at_most: int = 10) -> tuple[Answers, PlanRequest, End]:
    """A random firm, what it wants and can carry, and an end of the effects. At most 15 measures are open to
    it.
    """
    rng = Random(seed)
    answers = firm(edition, seed)
    open_ = Search.of(edition, answers, PlanRequest({}, quarters=16)).open.measures
    refused = frozenset(rng.sample(open_, max(0, len(open_) - at_most)))
    wanted = Search.of(edition, answers, PlanRequest({}))
    targets = {
        d: edition.placement.levels[max(level_number(score, edition.placement) - rng.choice((0, 1, 1, 2)), 0)]
        for d, score in wanted.today.items()
        if rng.random() < 0.8
    }
    request = PlanRequest(
        targets=targets,
        budget=rng.choice((None, 2.0, 5.0, 8.0, 15.0)),
        days_per_quarter=rng.choice((None, None, 15.0, 40.0)),
        quarters=rng.choice((8, 12, 16)),
        refused=refused,
    )
    return answers, request, rng.choice(tuple(End))


def by_trying_all(search: Search, end: End) -> tuple[str, ...]:
    """The best set without the solver: every set scored by the engine, the first that fits in the stated
    order.
    """
    names = search.open.measures
    sets = [s for s in _all_sets(search, names) if _allowed(search, s)]
    rows = np.array([[m in s for m in search.ground.measures] for s in sets])
    totals = search.ground.lead_to(rows, np.full(len(rows), ENDS[end]))
    limits = np.array([search.limits[d] for d in search.ground.dilemmas])
    over = dict(zip(sets, np.maximum(totals - limits, 0.0).sum(axis=1), strict=True))
    reached = _first_that_fits(search, _cheapest_first(search, (s for s in sets if over[s] <= SLACK)))
    if reached is not None:
        return reached
    nearest = _first_that_fits(search, sorted(sets, key=lambda s: over[s]))
    assert nearest is not None
    as_near = (s for s in sets if over[s] <= over[nearest] + NEAR)
    found = _first_that_fits(search, _cheapest_first(search, as_near))
    assert found is not None
    return found


def _all_sets(search: Search, names: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    for bits in product((False, True), repeat=len(names)):
        yield tuple(m for m, on in zip(names, bits, strict=True) if on)


def _allowed(search: Search, measures: tuple[str, ...]) -> bool:
    done = set(measures)
    edition = search.ground.edition
    budget = search.request.budget
    return (
        all(first in done for m in measures for first in search.open.after[m])
        and not any(x in done for m in measures for x in edition.effects[m].excludes)
        and search.request.kept <= done
        and (budget is None or search.cost(measures) <= budget + 1e-9)
    )


def _cheapest_first(search: Search, sets: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(sets, key=lambda s: (round(search.cost(s), 6), len(s), s))


def _first_that_fits(search: Search, sets: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    return next((s for s in sets if search.timetable(s) is not None), None)


def excluding(edition: Edition, one: str, other: str) -> Edition:
    """The edition with two measures that may not be done together."""
    entry = replace(edition.effects[one], excludes=(other,))
    return replace(edition, effects={**edition.effects, one: entry})
