"""The least-cost plan for one firm: which measures, when, how sure, and what else would do.

Three searches, one at each end of the effects, say whether the plan is enough even if every effect is at its
minimum. Every set is scored again by the engine before it is offered.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.values import Floats
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import (
    Amount,
    Dip,
    End,
    Outcome,
    PlannedMeasure,
    PlanProposal,
    PlanRequest,
    Verdict,
)
from assessment.scoring.available import MONTHS, length
from assessment.scoring.effects import NOT_DONE, Ground, one_by_one, reliefs
from assessment.scoring.search import ENDS, Search
from assessment.scoring.solver import NEAR, SLACK

RUNNERS_UP = 2
VERDICTS = {End.LOW: Verdict.SURE, End.MID: Verdict.LIKELY, End.HIGH: Verdict.HOPED}
SEEN = 0.05  # points by which something has to get worse to be worth a word


def propose(edition: Edition, answers: Answers, request: PlanRequest) -> PlanProposal:
    """The plan for one firm. Raises `ValueError` for an edition without effects, or ids it does not have."""
    return proposal(Search.of(edition, answers, request))


def proposal(search: Search) -> PlanProposal:
    """The plan a search leads to; the same search can draw the frontier afterwards."""
    best = {end: _best(search, end, ordered=False) for end in End}
    verdict, end = _verdict(search, best)
    chosen = best[end] = _best(search, end, ordered=True)
    starts = search.timetable(chosen.measures) or {}
    tried = _tried(search, chosen, end, starts)
    return PlanProposal(
        request=search.request,
        limits=dict(search.limits),
        today=search.today,
        verdict=verdict,
        end=end,
        chosen=chosen,
        at={e: search.led_to(chosen.measures, row, chosen.gap) for e, row in zip(End, tried.at, strict=True)},
        best=best,
        measures=_measures(search, chosen, end, starts, tried.alone),
        runners_up=_runners_up(search, chosen, end),
        path=tuple(dict(zip(search.ground.dilemmas, map(float, row), strict=True)) for row in tried.path),
        dips=_dips(search.ground, tried.slow),
        unavailable=dict(search.open.why_not),
        settled=_settled(search, starts),
        unknown=search.ground.unknown,
        exact=search.exact(end),
    )


def _best(search: Search, end: End, *, ordered: bool) -> Outcome:
    """The best set at one end; where not even what is kept can be done, to do nothing."""
    return search.best(end, ordered=ordered) or search.outcome((), end)


def _verdict(search: Search, best: Mapping[End, Outcome]) -> tuple[Verdict, End]:
    if not search.request.kept and search.overshoot(search.today) <= SLACK:
        return Verdict.NOTHING_TO_DO, End.LOW
    reached = next((end for end in End if best[end].reached), None)
    return (Verdict.SHORT, End.LOW) if reached is None else (VERDICTS[reached], reached)


def _runners_up(search: Search, chosen: Outcome, end: End) -> tuple[Outcome, ...]:
    """The next cheapest sets that lead as far, none of which contains another."""
    found: list[Outcome] = []
    while chosen.measures and len(found) < RUNNERS_UP:
        beside = [chosen.measures, *(o.measures for o in found)]
        other = search.best(end, beside=beside)
        if other is None or not _as_far(other, chosen) or other.measures in beside:
            break
        found.append(other)
    return tuple(found)


def _as_far(one: Outcome, other: Outcome) -> bool:
    return one.gap is not None and one.overshoot <= other.overshoot + NEAR


# --- each measure -------------------------------------------------------------------------------------


def _measures(
    search: Search,
    chosen: Outcome,
    end: End,
    starts: Mapping[str, int],
    relief: Mapping[str, Mapping[str, Amount]],
) -> tuple[PlannedMeasure, ...]:
    """The measures of the plan by start, then by id."""
    ordered = sorted(chosen.measures, key=lambda m: (starts.get(m, 0), m))
    components = search.ground.edition.components
    planned = []
    for name in ordered:
        start = starts.get(name, 0)
        other = None if name in search.request.kept else search.best(end, without=(name,), ordered=False)
        planned.append(
            PlannedMeasure(
                measure=name,
                cost=search.effort(name).money,
                days=search.effort(name).days,
                quarters=(start, start + length(search.ground.edition, name) - 1),
                relief={c: a for c, a in relief[name].items() if c in components},
                fails_without=_fails_without(search, chosen, name, end),
                needed_by=tuple(m for m in chosen.measures if name in search.open.after[m]),
                cost_without=other.cost if other is not None and _as_far(other, chosen) else None,
            )
        )
    return tuple(planned)


def _fails_without(search: Search, chosen: Outcome, name: str, end: End) -> tuple[str, ...]:
    """Dilemmas that pass their limit, or pass it by more, if the measure and what builds on it are
    dropped.
    """
    dropped = {name}
    for other in chosen.measures * len(chosen.measures):
        if dropped & set(search.open.after[other]):
            dropped.add(other)
    rest = search.read_off(set(chosen.measures) - dropped, end).severity
    return tuple(d for d, limit in search.limits.items() if rest[d] > max(limit, chosen.severity[d]) + SLACK)


# --- what the engine says ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tried:
    """The plan scored by the engine. Rows of dilemmas: `at` each end once settled; `path` today and at the
    end of each quarter. `slow`: the same quarters at the low end, dilemmas, then components. `alone`: as
    `effects.alone`, of the measures of the plan.
    """

    at: Floats
    path: Floats
    slow: Floats
    alone: Mapping[str, Mapping[str, Amount]]


def _tried(search: Search, chosen: Outcome, end: End, starts: Mapping[str, int]) -> _Tried:
    """One batch for everything that is asked of the engine about the plan."""
    ground, ends = search.ground, np.arange(len(End))
    over_time = _since(search, starts)
    quarters = len(over_time)
    done = np.repeat([[m in chosen.measures for m in ground.measures]], len(End), axis=0)
    singles, single_ends = one_by_one(ground, chosen.measures)
    since = np.concatenate([ground.since(done), over_time, over_time, singles])
    at_end = np.concatenate([ends, np.full(quarters, ENDS[end]), np.zeros(quarters, np.intp), single_ends])
    severity, weights = ground.severities(since, at_end)
    totals = ground.totals(severity, weights)
    both = np.concatenate([totals, severity], axis=1)
    _, path, slow, alone = np.split(both, np.cumsum([len(End), quarters, quarters]))
    dilemmas = len(ground.dilemmas)
    return _Tried(
        totals[: len(End)], path[:, :dilemmas], slow, reliefs(ground, chosen.measures, alone)
    )  # fmt: skip


def _since(search: Search, starts: Mapping[str, int]) -> Floats:
    """Months since the start of each measure, today and at the end of each quarter. Shape (quarters + 1,
    measures).
    """
    now = np.arange(search.request.quarters + 1)[:, None]
    begin = np.array([starts.get(m, math.inf) for m in search.ground.measures])[None, :]
    return np.where(now > begin, (now - begin) * MONTHS, NOT_DONE)


def _dips(ground: Ground, paths: Floats) -> tuple[Dip, ...]:
    """What is worse in some quarter than today, at the low end of all effects; dilemmas first, then
    components.
    """
    names = (*ground.dilemmas, *ground.components)
    return tuple(
        Dip(name, int(points.argmax()), float(points.max()))
        for name, points in zip(names, (paths - paths[0]).T, strict=True)
        if points.max() > SEEN
    )


def _settled(search: Search, starts: Mapping[str, int]) -> int:
    """Quarters from today until no effect of the plan is still to come or to pass."""
    last = 0
    for measure, changes in zip(search.ground.measures, search.ground.changes, strict=True):
        if measure in starts:
            ends = [c.months[0] if math.isinf(c.months[1]) else c.months[1] for c in changes]
            last = max(last, starts[measure] + math.ceil(max(ends, default=0.0) / MONTHS))
    return last
