"""How often a level holds when weights, anchors, aggregation and uncertain answers are drawn anew.

The settings belong to the edition, not to the firm: drawn once from its seed they are the same for every
firm and date, so that two shares compare. Answers given as a range are drawn evenly within it; a component
that stays open is drawn evenly between its bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.columns import UNKNOWN, Column, NumberColumn
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.plan import plan_of
from assessment.evaluation.size import size_names
from assessment.evaluation.values import Floats, Values
from assessment.model.answers import Answers, Between
from assessment.model.certainty import Hold, Robustness, WeightFree, whole_percent
from assessment.model.edition import Edition
from assessment.model.fields import Kind, LevelCell
from assessment.model.results import ComponentResult, Placement
from assessment.model.rules import Component, PlacementRules, RobustnessRules
from assessment.scoring.cohort import Scores, measure
from assessment.scoring.draws import Scale, between, combined, settings_of, uniform
from assessment.scoring.place import DIGITS, level_number, weight_set
from assessment.scoring.variants import Base


@dataclass(frozen=True, slots=True)
class Trial:
    """One firm under all settings: severity of each dilemma, shape (draws,)."""

    scores: Mapping[str, Floats]

    def highest(self, among: Sequence[str]) -> dict[str, float]:
        """Share of settings in which each of these dilemmas is the highest; a tie counts for the first."""
        if not among:
            return {}
        top = np.argmax(np.array([self.scores[d] for d in among]), axis=0)
        return {name: float(np.mean(top == n)) for n, name in enumerate(among)}


def tried(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    base: Base | None = None,
    again: Collection[str] = (),
) -> Trial:
    """The dilemmas of one firm under all settings of the edition.

    `again`: fields whose ranges are drawn a second time, without regard to the first: at another date a
    figure may be off the other way. The settings themselves stay the same.
    """
    drawn = _drawn_indicators(edition, scores, row, answers, base, again)
    sets = weight_sets(edition, int(scores.size[row]))
    return Trial({d: _under_settings(edition, scores, row, d, sets, drawn, again) for d in edition.dilemmas})


def weight_sets(edition: Edition, size: int) -> tuple[str, ...]:
    """The weight sets that may be the firm's: one, or all while its size is open."""
    if edition.sizes is None:
        return (next((s for i in edition.indexes.values() for c in i.components for s in c.weights), "all"),)
    every = tuple(dict.fromkeys(edition.sizes.weight_set.values()))
    return every if size == UNKNOWN else (weight_set(edition, size),)


def robustness(edition: Edition, placed: Placement, severities: Floats) -> Robustness:
    """What the settings say about one placement. `severities`: of its dilemma, shape (draws,)."""
    rules, names = _rules(edition), edition.placement.levels
    levels = levels_of(severities, edition.placement)
    here = names.index(placed.level)
    counts = Counter(levels.tolist())
    same = counts[here] / len(levels)
    near = sum(counts[n] for n in (here - 1, here, here + 1)) / len(levels)
    others = sorted((n for n in counts if n != here), key=lambda n: (-counts[n], abs(n - here), n))
    low, high = np.quantile(severities, (0.05, 0.95))
    return Robustness(
        level=placed.level, same=same, within_one=near, other=names[others[0]] if others else "",
        hold=_hold(same, rules), low=float(low), high=float(high),
    )  # fmt: skip


def levels_of(severities: Floats, rules: PlacementRules) -> np.ndarray:
    """Level numbers, cut as `level_number` cuts one."""
    return np.searchsorted(np.array(rules.cuts), np.round(severities, DIGITS), side="right")


def weight_free(edition: Edition, placed: Placement) -> WeightFree | None:
    """Least and greatest severity over the whole box of weights; None for an index that is no mixed one."""
    index, rules = edition.indexes[placed.dilemma], edition.placement
    here = [c for c in placed.components if c.applies]
    if index.aggregator != "mixed" or not here:
        return None
    share, worst = index.worst_share, max(c.severity for c in here)
    least, most = (
        (1.0 - share) * mean + share * worst for mean in extreme_means(here, *_rules(edition).weight_factor)
    )
    levels = [rules.levels[level_number(x, rules)] for x in (least, most)]
    return WeightFree(least, most, levels[0], levels[1])


def extreme_means(parts: list[ComponentResult], low: float, high: float) -> tuple[float, float]:
    """Least and greatest weighted mean when every weight is free between low and high times its own.

    At an extreme the weights are split by a threshold: all components above it at one end of the box, all
    below at the other. So trying every threshold in the order of severity is exact.
    """
    ordered = sorted(parts, key=lambda c: c.severity)
    means = [
        _mean(ordered, [*[first] * cut, *[last] * (len(ordered) - cut)])
        for first, last in ((low, high), (high, low))
        for cut in range(len(ordered) + 1)
    ]
    return min(means), max(means)


def _mean(parts: list[ComponentResult], factors: list[float]) -> float:
    weights = [c.weight * f for c, f in zip(parts, factors, strict=True)]
    total = sum(weights)
    return sum(w * c.severity for w, c in zip(weights, parts, strict=True)) / total if total else 0.0


def _rules(edition: Edition) -> RobustnessRules:
    assert edition.robustness is not None, edition.id
    return edition.robustness


def _hold(same: float, rules: RobustnessRules) -> Hold:
    percent = whole_percent(same)  # the printed number and the word must not disagree
    if percent >= rules.firm:
        return Hold.FIRM
    return Hold.FAIRLY_ROBUST if percent >= rules.fairly_robust else Hold.FRAGILE


# --- one dilemma under all settings -------------------------------------------------------------


def _under_settings(
    edition: Edition,
    scores: Scores,
    row: int,
    dilemma: str,
    sets: tuple[str, ...],
    drawn: Mapping[str, Values],
    again: Collection[str] = (),
) -> Floats:
    rules, index = _rules(edition), edition.indexes[dilemma]
    settings = settings_of(edition, dilemma, sets)
    severities, present = np.empty_like(settings.weights), np.ones_like(settings.weights)
    for n, (component, scale) in enumerate(zip(index.components, settings.scales, strict=True)):
        if component.indicator in drawn:
            values, at = drawn[component.indicator], slice(None)
        else:
            at = slice(row, row + 1)
            values = (
                scores.indicators[component.indicator] if scale else scores.indexes[dilemma].components[n]
            )
        twice = bool(again) and not _reads(edition, scores, component).isdisjoint(again)
        severities[n] = _severity(rules, scale, values, at, _label("open", component.id, twice))
        if values.gone is not None:
            present[n] = ~values.gone[at]
    return combined(settings, severities, present)


def ends_under_settings(edition: Edition, scores: Scores, row: int, dilemma: str) -> tuple[Floats, Floats]:
    """A dilemma in every setting with all that is open at its best, and at its worst. Shape (draws,) each."""
    index = edition.indexes[dilemma]
    settings = settings_of(edition, dilemma, weight_sets(edition, int(scores.size[row])))
    best, worst, present = (np.ones_like(settings.weights) for _ in range(3))
    at = slice(row, row + 1)
    for n, (component, scale) in enumerate(zip(index.components, settings.scales, strict=True)):
        values = scores.indicators[component.indicator] if scale else scores.indexes[dilemma].components[n]
        first, last = _bounds(scale, values, at)
        best[n], worst[n] = np.minimum(first, last), np.maximum(first, last)
        if values.gone is not None:
            present[n] = ~values.gone[at]
    return combined(settings, best, present), combined(settings, worst, present)


def _bounds(scale: Scale | None, values: Values, at: slice) -> tuple[Floats, Floats]:
    """Severity at both ends of the values, in every setting."""
    low, high = values.low[at], values.high[at]
    first = low if scale is None else scale.severity(low)
    if low is high or np.array_equal(low, high):
        return first, first
    return first, high if scale is None else scale.severity(high)


def _reads(edition: Edition, scores: Scores, component: Component) -> frozenset[str]:
    """The fields behind a component that reads an indicator."""
    if not component.indicator:
        return frozenset()
    return frozenset(scores.evaluator.reads(edition.indicators[component.indicator].formula))


def _label(kind: str, name: str, again: bool) -> str:
    """What a draw is known by: the same label gives the same numbers."""
    return f"{kind} {name} again" if again else f"{kind} {name}"


def _severity(rules: RobustnessRules, scale: Scale | None, values: Values, at: slice, label: str) -> Floats:
    """Severity in every setting; between its bounds where it is open."""
    first, last = _bounds(scale, values, at)
    if first is last:
        return first
    return np.asarray(first + (last - first) * uniform(rules.seed, rules.draws, label))


# --- answers given as a range -----------------------------------------------------------------------


def _drawn_indicators(
    edition: Edition, scores: Scores, row: int, answers: Answers, base: Base | None, again: Collection[str]
) -> dict[str, Values]:
    """The indicators of the dilemmas that read a range, with the range drawn in every setting."""
    rules, ranges = _rules(edition), _ranges(edition, answers)
    if not ranges:
        return {}
    wanted = dict.fromkeys(
        c.indicator for d in edition.dilemmas for c in edition.indexes[d].components if c.indicator
    )
    reads = {i: scores.evaluator.reads(edition.indicators[i].formula) for i in wanted}
    wanted_ranges = {name for names in reads.values() for name in names if name in ranges}
    columns: dict[str, Column] = {
        n: _drawn(rules, edition, n, ranges[n], n in again) for n in ranges if n in wanted_ranges
    }
    if not columns:
        return {}
    evaluator = Evaluator(plan_of(edition), (base or Base.of(edition, answers)).rows(rules.draws, columns))
    evaluator.know_size(np.full(rules.draws, scores.size[row], dtype=np.int8), size_names(edition))
    return {
        i: measure(edition.indicators[i], evaluator)
        for i, names in reads.items()
        if not columns.keys().isdisjoint(names)
    }


def _ranges(edition: Edition, answers: Answers) -> dict[str, Between]:
    """Answers that are ranges. Shares of a split stay bounds: they must add up to 100."""
    return {
        name: reply
        for name, reply in answers.replies.items()
        if isinstance(reply, Between)
        and name in edition.fields
        and edition.question[edition.fields[name].question].kind is not Kind.SPLIT
    }


def _drawn(rules: RobustnessRules, edition: Edition, name: str, reply: Between, again: bool) -> NumberColumn:
    low, high, label = float(reply.low), float(reply.high), _label("answer", name, again)
    if isinstance(edition.fields[name].cell, LevelCell):
        steps = np.minimum(np.floor(between(rules, label, low, high + 1.0)), high)
        return NumberColumn(steps, steps, steps)
    values = between(rules, label, low, high)
    return NumberColumn(values, values, values)
