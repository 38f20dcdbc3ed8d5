"""Which countermeasures fit a firm now, in which order, and why the others wait.

Benefit = sum over components of (severity - 25) x relief x weight of the component in its dilemma x
severity of that dilemma / 50, side effects included: relief counts most where the firm is worst off.
Rank = benefit / effort; where the catalogue says that an answer makes a measure urgent its benefit counts
twice and it is credited with a few points (edition data). Measures whose needs fail, that come after a
measure not chosen, or that a reason holds back, wait; then the load a firm of this size can carry decides.
All effects are low-end guesses of the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.size import size_names
from assessment.model.edition import Edition
from assessment.model.results import ComponentResult, Placement, Recommendation, Stated
from assessment.model.rules import Countermeasure
from assessment.scoring.cohort import Scores
from assessment.scoring.place import weight_set

FLOOR = 25.0  # severity below which a component needs no relief: the upper edge of "none"
MIDDLE = 50.0  # the middle of the severity scale: a dilemma there counts once
URGENT = 2.0  # how often the benefit of an urgent measure counts


def recommend(
    edition: Edition, scores: Scores, row: int, placements: tuple[Placement, ...]
) -> tuple[Recommendation, ...]:
    """Every countermeasure with its verdict for one firm: chosen first by rank, then those that wait."""
    parts = {
        c.id: c for p in placements if p.stated is not Stated.NOT_PLACED for c in p.components if c.applies
    }
    chosen_set = weight_set(edition, int(scores.size[row]))
    heavy = {p.dilemma: p.score / MIDDLE for p in placements}
    weights = {c.id: c.weight * heavy[c.index] for c in parts.values()}
    drafts = {
        m.id: _draft(edition, scores, row, m, parts, weights, chosen_set)
        for m in edition.countermeasures.values()
    }
    rules, size = edition.recommendation, _size_of(edition, scores, row)
    taken, verdicts = _choose(edition, drafts, rules.kinds.get(size, rules.kinds.get(chosen_set, {})))
    for name, start, end in schedule(
        edition, taken, rules.at_once.get(size, rules.at_once.get(chosen_set, {}))
    ):
        verdicts[name] = replace(verdicts[name], chosen=True, held_by="", waits_for=(), start=start, end=end)
    return tuple(sorted(verdicts.values(), key=lambda r: (not r.chosen, -r.rank, r.countermeasure)))


def _draft(
    edition: Edition,
    scores: Scores,
    row: int,
    measure: Countermeasure,
    parts: Mapping[str, ComponentResult],
    weights: Mapping[str, float],
    chosen_set: str,
) -> Recommendation:
    """Benefit and rank of one measure, and what holds it back by itself."""
    relief = _relief(measure, parts)
    benefit = sum(points * weights[c] for c, points in relief)
    rules = edition.recommendation
    urgent = measure.urgent is not None and bool(scores.evaluator.truth(measure.urgent).must[row])
    credited = benefit * URGENT + rules.urgent_benefit if urgent and benefit > 0 else benefit
    rank = credited / rules.effort_cost[measure.effort]
    # A measure that relieves nothing by design (a reward to apply for) is judged by its needs alone.
    too_little = "no_effect" if measure.relieves and rank < rules.least_benefit else ""
    return Recommendation(
        countermeasure=measure.id,
        chosen=False,
        benefit=benefit,
        rank=rank,
        kind=measure.kind,
        urgent=urgent,
        effort=measure.effort,
        relieves=relief,
        held_by=_held_by(scores, row, measure, chosen_set) or too_little,
    )


def _size_of(edition: Edition, scores: Scores, row: int) -> str:
    code, names = int(scores.size[row]), size_names(edition)
    return names[code] if names and code != UNKNOWN else ""


def _relief(measure: Countermeasure, parts: Mapping[str, ComponentResult]) -> tuple[tuple[str, float], ...]:
    gains = [
        (c, max(parts[c].severity - FLOOR, 0.0) * share)
        for c, share in measure.relieves.items()
        if c in parts
    ]
    losses = [
        (c, (100.0 - parts[c].severity) * share) for c, share in measure.side_effects.items() if c in parts
    ]
    return tuple((c, points) for c, points in (*gains, *losses) if points)


def _held_by(scores: Scores, row: int, measure: Countermeasure, chosen_set: str) -> str:
    """Why the measure waits, whatever else is chosen: a hold's id, "size", "needs", "unknown" or ""."""
    if chosen_set not in measure.applies_to and chosen_set != "all":
        return "size"
    # A change of course is advised on known answers only; lighter measures may start on open ones.
    strict = measure.kind == "strategic"
    for hold in measure.holds:
        truth = scores.evaluator.truth(hold.when)
        if bool((truth.may if strict else truth.must)[row]):
            return hold.id if bool(truth.must[row]) else "unknown"
    if measure.needs is not None:
        truth = scores.evaluator.truth(measure.needs)
        if not bool(truth.may[row]):
            return "needs"
        if strict and not bool(truth.must[row]):
            return "unknown"
    return ""


IN_PLACE = "in_place"  # the hold that says a measure is done already: what comes after it may start


def _choose(
    edition: Edition, drafts: Mapping[str, Recommendation], limits: Mapping[str, int]
) -> tuple[list[str], dict[str, Recommendation]]:
    """Greedy by rank within capacity; a measure brings those that come first along if they fit."""
    verdicts, taken = dict(drafts), list[str]()
    for draft in sorted(drafts.values(), key=lambda r: (-r.rank, r.countermeasure)):
        name = draft.countermeasure
        if draft.held_by or name in taken:
            continue
        first = [m for m in _before(edition, name) if m not in taken and drafts[m].held_by != IN_PLACE]
        blocked = tuple(m for m in first if drafts[m].held_by not in ("", "no_effect"))
        if blocked:
            verdicts[name] = replace(draft, held_by="after", waits_for=blocked)
        elif _fits(edition, [*taken, *first, name], limits):
            taken += [*first, name]
        else:
            verdicts[name] = replace(draft, held_by="capacity", waits_for=tuple(first))
    return taken, verdicts


def _before(edition: Edition, measure: str) -> list[str]:
    """Measures that come first, their own predecessors before them."""
    out: list[str] = []
    for earlier in edition.countermeasures[measure].after:
        out += [m for m in (*_before(edition, earlier), earlier) if m not in out]
    return out


def _fits(edition: Edition, taken: list[str], limits: Mapping[str, int]) -> bool:
    kinds = [edition.countermeasures[m].kind for m in taken]
    return all(kinds.count(kind) <= most for kind, most in limits.items())


def schedule(edition: Edition, taken: list[str], at_once: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Start and end months: after what comes first, never more of an effort class at once than allowed."""
    done: dict[str, tuple[int, int]] = {}
    for name in sorted(taken, key=lambda m: (len(_before(edition, m)), taken.index(m))):
        measure = edition.countermeasures[name]
        # What comes after a measure may begin once that has shown a first result, not when it has ended.
        start = max(
            (done[m][0] + edition.countermeasures[m].months[0] for m in measure.after if m in done), default=0
        )
        length = measure.months[1]
        while not _room(edition, done, measure.effort, start, start + length, at_once):
            start += 1
        done[name] = (start, start + length)
    return [(name, *span) for name, span in done.items()]


def _room(
    edition: Edition,
    done: Mapping[str, tuple[int, int]],
    effort: str,
    start: int,
    end: int,
    at_once: Mapping[str, int],
) -> bool:
    most = at_once.get(effort)
    same = [span for name, span in done.items() if edition.countermeasures[name].effort == effort]
    return most is None or all(sum(a <= m < b for a, b in same) < most for m in range(start, end))
