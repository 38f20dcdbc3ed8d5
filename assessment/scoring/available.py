"""Which measures a plan may use for a firm, and why the others are out.

The catalogue's own conditions decide, as they do for the recommendations, with one difference: what a measure
needs may also be brought about by the measures that come before it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessment.answering.relevance import with_size
from assessment.evaluation.evaluator import Evaluator
from assessment.model.edition import Edition
from assessment.model.plans import PlanRequest
from assessment.model.rules import Countermeasure
from assessment.scoring.effects import Ground
from assessment.scoring.place import weight_set

IN_PLACE = "in_place"  # the hold that says a measure is done already: what comes after it may start
MONTHS = 3  # in a quarter


@dataclass(frozen=True, slots=True)
class Available:
    """`measures`: ids in order. `after`: what has to be done first, of those not done already. `why_not`:
    others.
    """

    measures: tuple[str, ...]
    after: Mapping[str, tuple[str, ...]]
    why_not: Mapping[str, str]


def available(ground: Ground, request: PlanRequest) -> Available:
    """Measures the firm may plan. Reasons: "refused", "size", a hold, "needs", "unknown", "after",
    "horizon".
    """
    edition = ground.edition
    own = _reasons(ground, request)
    after: dict[str, tuple[str, ...]] = {}
    why = dict(own)
    for name in sorted(edition.countermeasures, key=lambda m: (len(before(edition, m)), m)):
        first = tuple(m for m in edition.countermeasures[name].after if own.get(m) != IN_PLACE)
        after[name] = first
        if name not in why and any(m in why for m in first):
            why[name] = "after"
    for name in tuple(n for n in edition.countermeasures if n not in why):
        if _earliest(edition, after, name) + length(edition, name) > request.quarters:
            why[name] = "horizon"
    kept = tuple(m for m in edition.countermeasures if m not in why)
    return Available(kept, {m: after[m] for m in kept}, why)


@lru_cache(maxsize=1024)
def before(edition: Edition, measure: str) -> tuple[str, ...]:
    """Measures that come first, their own predecessors before them."""
    out: list[str] = []
    for earlier in edition.countermeasures[measure].after:
        out += [m for m in (*before(edition, earlier), earlier) if m not in out]
    return tuple(out)


def length(edition: Edition, measure: str) -> int:
    """Quarters a measure runs."""
    return max(math.ceil(edition.countermeasures[measure].months[1] / MONTHS), 1)


def lag(edition: Edition, measure: str) -> int:
    """Quarters until a first result, from which on successors may start."""
    return math.ceil(edition.countermeasures[measure].months[0] / MONTHS)


def _earliest(edition: Edition, after: Mapping[str, tuple[str, ...]], name: str) -> int:
    return max((_earliest(edition, after, m) + lag(edition, m) for m in after[name]), default=0)


def _reasons(ground: Ground, request: PlanRequest) -> dict[str, str]:
    edition = ground.edition
    chosen_set = weight_set(edition, int(ground.scores.size[0]))
    prepared = _prepared(ground)
    out = {}
    for row, measure in enumerate(edition.countermeasures.values()):
        reason = _held_by(ground.scores.evaluator, prepared, row, measure, chosen_set)
        if measure.id in request.refused and reason != IN_PLACE:
            reason = "refused"
        if reason:
            out[measure.id] = reason
    return out


def _prepared(ground: Ground) -> Evaluator:
    """The firm once for each measure, with everything done that comes before it, at the low end of its
    effects.
    """
    edition = ground.edition
    sets = np.zeros((len(edition.countermeasures), len(ground.measures)), dtype=bool)
    for row, name in enumerate(edition.countermeasures):
        sets[row] = [m in before(edition, name) for m in ground.measures]
    columns = ground.columns(ground.since(sets), np.zeros(len(sets), dtype=np.intp))
    return with_size(edition, columns)


def _held_by(
    today: Evaluator, prepared: Evaluator, row: int, measure: Countermeasure, chosen_set: str
) -> str:
    if chosen_set not in measure.applies_to and chosen_set != "all":
        return "size"
    # A change of course is planned on known answers only; lighter measures may start on open ones.
    strict = measure.kind == "strategic"
    for hold in measure.holds:
        truth = today.truth(hold.when)
        if bool((truth.may if strict else truth.must)[0]):
            return hold.id if bool(truth.must[0]) else "unknown"
    if measure.needs is None:
        return ""
    now, then = today.truth(measure.needs), prepared.truth(measure.needs)
    if not (bool(now.may[0]) or bool(then.may[row])):
        return "needs"
    if strict and not (bool(now.must[0]) or bool(then.must[row])):
        return "unknown"
    return ""
