"""From scored columns to the placement and trend position of one firm, in words' terms: levels, spans."""

from __future__ import annotations

import numpy as np

from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.values import Values
from assessment.model.answers import Answers, Between, DontKnow, NotAnswered
from assessment.model.edition import Edition
from assessment.model.results import ComponentResult, Known, Placement, Reading, Stated, TrendPosition
from assessment.model.rules import Component, PlacementRules
from assessment.scoring.cohort import Scores
from assessment.scoring.indexes import Scored

DIGITS = 9  # scores are cut into levels after rounding to this many digits: last-bit noise moves no level


def level_number(score: float, rules: PlacementRules) -> int:
    """0 for the lowest level; a score on a cut belongs to the level above it."""
    return sum(round(score, DIGITS) >= cut for cut in rules.cuts)


def reading(edition: Edition, scores: Scores, row: int, indicator: str, answers: Answers) -> Reading:
    """One indicator of one firm."""
    values = scores.indicators[indicator]
    low, high, mid = float(values.low[row]), float(values.high[row]), float(values.mid[row])
    rule = edition.indicators[indicator]
    undefined = values.undefined is not None and bool(values.undefined[row])
    if not undefined and values.dropped is not None and values.dropped[row]:
        return Reading(indicator, Known.NOT_APPLICABLE, None, low, high)
    if not undefined and low == high:
        return Reading(indicator, Known.KNOWN, low, low, high)
    opened = open_fields(answers, scores.evaluator.reads(rule.formula))
    if undefined:
        return Reading(indicator, Known.UNDEFINED, None, low, high, opened)
    if not np.isnan(mid):
        return Reading(indicator, Known.PARTLY, mid, low, high, opened)
    nothing = low <= rule.limits[0] and high >= rule.limits[1]
    return Reading(indicator, Known.UNKNOWN if nothing else Known.PARTLY, None, low, high, opened)


def open_fields(answers: Answers, names: tuple[str, ...]) -> tuple[str, ...]:
    """Fields among `names` whose answer is unknown or a range."""
    loose = (DontKnow, NotAnswered, Between)
    return tuple(n for n in names if isinstance(answers.reply(n), loose))


def placement(edition: Edition, scores: Scores, row: int, dilemma: str, answers: Answers) -> Placement:
    """Level, interval and coverage of one firm on one dilemma."""
    scored, rules = scores.indexes[dilemma], edition.placement
    point, low, high = float(scored.mid[row]), float(scored.low[row]), float(scored.high[row])
    coverage = float(scored.coverage[row])
    first, last, here = (level_number(x, rules) for x in (low, high, point))
    stated = _stated(coverage, first == last, bool(scored.unstated[row]), rules)
    near = any(abs(point - cut) <= rules.borderline for cut in rules.cuts)
    components = _components(edition, scores, scored, row)
    return Placement(
        dilemma=dilemma,
        stated=stated,
        level=rules.levels[here],
        low_level=rules.levels[first],
        high_level=rules.levels[last],
        score=point,
        low=low,
        high=high,
        coverage=coverage,
        borderline=stated is Stated.LEVEL and (first != last or near),
        components=components,
        deciding=_deciding(edition, scores, row, components, answers),
        na_low=float(scored.na_low[row]),
        na_high=float(scored.na_high[row]),
    )


def _stated(coverage: float, one_level: bool, unstated: bool, rules: PlacementRules) -> Stated:
    if unstated:
        return Stated.NOT_PLACED
    covered = round(coverage, DIGITS)
    if one_level or covered >= rules.coverage_level:
        return Stated.LEVEL
    return Stated.SPAN if covered >= rules.coverage_span else Stated.NOT_PLACED


def _components(edition: Edition, scores: Scores, scored: Scored, row: int) -> tuple[ComponentResult, ...]:
    shown = [float(s[row]) for s in scored.shown]
    weights = [float(w[row]) for w in scored.weights]
    worst = max((s for s, w in zip(shown, weights, strict=True) if w > 0), default=0.0)
    tied = sum(1 for s, w in zip(shown, weights, strict=True) if w > 0 and s == worst)
    chosen = weight_set(edition, int(scores.size[row]))
    return tuple(
        _component(scored, rule, part, row, s, w, w > 0 and s == worst, tied, chosen)
        for rule, part, s, w in zip(scored.index.components, scored.components, shown, weights, strict=True)
    )


def _component(
    scored: Scored,
    rule: Component,
    part: Values,
    row: int,
    shown: float,
    weight: float,
    is_worst: bool,
    tied: int,
    chosen: str,
) -> ComponentResult:
    share = scored.index.worst_share
    points = (1.0 - share) * weight * shown + (share * shown / tied if is_worst else 0.0)
    return ComponentResult(
        id=rule.id,
        index=scored.index.id,
        indicator=rule.indicator,
        applies=weight > 0,
        severity=shown,
        low=float(part.low[row]),
        high=float(part.high[row]),
        weight=weight,
        points=points,
        is_worst=is_worst,
        anchors=rule.anchors.get(chosen, ()),
        scores=rule.scores,
        standing=rule.standing,
        source=rule.source,
    )


def weight_set(edition: Edition, size: int) -> str:
    """The weight set of a size class; an unknown class takes the edition's default."""
    if edition.sizes is None:
        return "all"
    names = tuple(edition.sizes.weight_set)
    return edition.sizes.weight_set[edition.sizes.default if size == UNKNOWN else names[size]]


def _deciding(
    edition: Edition, scores: Scores, row: int, parts: tuple[ComponentResult, ...], answers: Answers
) -> tuple[str, ...]:
    """Questions behind open components, those that can move the index most first."""
    doubt = sorted(
        (p for p in parts if p.applies and p.high > p.low), key=lambda p: (-p.weight * (p.high - p.low), p.id)
    )
    names = [
        edition.fields[name].question
        for part in doubt
        for name in open_fields(answers, scores.evaluator.reads(edition.indicators[part.indicator].formula))
        if is_asked(edition, scores, row, name)
    ]
    return tuple(dict.fromkeys(names))


def is_asked(edition: Edition, scores: Scores, row: int, name: str) -> bool:
    """Whether the field may be asked of this firm, as its answers stand."""
    truth = scores.evaluator.asked(edition.fields[name])
    return truth is None or bool(truth.may[row])


def trend_position(edition: Edition, scores: Scores, row: int, trend: str) -> TrendPosition:
    """Position of one firm on one trend, 0 (not begun) to 100 (far along)."""
    scored = scores.indexes[trend]
    covered = float(scored.coverage[row])
    return TrendPosition(
        trend=trend,
        assessable=not bool(scored.unstated[row]) and covered >= 0.5 - 1e-9,
        position=float(scored.mid[row]),
        low=float(scored.low[row]),
        high=float(scored.high[row]),
        coverage=covered,
        components=_components(edition, scores, scored, row),
    )
