"""Composites: severity of components through their anchors, and their aggregation with exact bounds.

Index = (1 - L) x weighted mean + L x worst component (L: the share of the worst component, edition
data). It rises with every component, so pushing both ends of every component through it gives exact
bounds as long as no unknown answer serves two components in opposite directions; then they are outer
bounds. Sums are added in the order of the edition.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assessment.evaluation.values import Bools, Floats, Values, emptied, settle
from assessment.model.rules import Component, Index


@dataclass(slots=True)
class Scored:
    """Scores 0-100 of one index in every row, shape (rows,), with those of its components.

    `weights`: renormalised shares, 0 where a component does not apply. `unstated`: rows in which more
    than half of the weight does not apply. `na_low`, `na_high`: bounds if "not applicable" were unknown.
    """

    index: Index
    low: Floats
    high: Floats
    mid: Floats
    coverage: Floats
    components: tuple[Values, ...]
    shown: tuple[Floats, ...]  # point scores of the components
    weights: tuple[Floats, ...]
    unstated: Bools
    na_low: Floats
    na_high: Floats


def score_component(component: Component, values: Values, chosen: str) -> Values:
    """Values of an indicator as scores 0-100: linear between anchors, flat beyond them."""
    if not component.anchors:
        return values
    anchors, scores = np.array(component.anchors[chosen]), np.array(component.scores)
    if component.logarithm:
        anchors = np.log(anchors)
    rising = anchors[0] < anchors[-1]
    if not rising:
        anchors, scores = anchors[::-1], scores[::-1]

    def through(array: Floats) -> Floats:
        return np.asarray(np.interp(_logged(array, component.logarithm), anchors, scores))

    low = through(values.low)
    if values.exact:
        return emptied(Values(low, low, low, values.dropped, values.undefined))
    high, mid = through(values.high), through(values.mid)
    if scores[0] > scores[-1]:
        low, high = high, low
    return settle(emptied(Values(low, high, mid, values.dropped, values.undefined)))


def _logged(array: Floats, logarithm: bool) -> Floats:
    return np.log(np.maximum(array, 1e-300)) if logarithm else array


def aggregate(index: Index, parts: tuple[Values, ...], chosen: str) -> Scored:
    """The index over its components, with weights of the set `chosen`. Shapes (rows,)."""
    rows = len(parts[0].low)
    weights, kept, total = _renormalised(index, parts, chosen, rows)
    unstated = kept < 0.5 * total
    shown = _shown(parts, weights)
    low = _mix(index, [p.low for p in parts], weights)
    if all(p.exact for p in parts):
        high = mid = low
        coverage = np.ones(rows)
    else:
        high, mid = _mix(index, [p.high for p in parts], weights), _mix(index, list(shown), weights)
        coverage = 1.0 - _weighted([p.high - p.low for p in parts], weights) / 100.0
    na_low, na_high = low, high
    if bool((kept < total).any()):
        na_low, na_high = _if_unknown(index, parts, chosen, rows)
    if unstated.any():
        low, high = np.where(unstated, 0.0, low), np.where(unstated, 100.0, high)
        coverage = np.where(unstated, 0.0, coverage)
    return Scored(index, low, high, mid, coverage, parts, shown, weights, unstated, na_low, na_high)


def _renormalised(
    index: Index, parts: tuple[Values, ...], chosen: str, rows: int
) -> tuple[tuple[Floats, ...], Floats, float]:
    raw = [c.weights[chosen] for c in index.components]
    total = 0.0
    for weight in raw:
        total += weight
    kept = np.zeros(rows)
    here = []
    for weight, part in zip(raw, parts, strict=True):
        own = np.full(rows, weight) if part.gone is None else np.where(part.gone, 0.0, weight)
        kept = kept + own
        here.append(own)
    safe = np.where(kept > 0, kept, 1.0)
    return tuple(own / safe for own in here), kept, total


def _shown(parts: tuple[Values, ...], weights: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """Point scores: an unknown component takes the mean of the known ones, cut to its own bounds."""
    if all(p.exact for p in parts):
        return tuple(p.low for p in parts)
    known = [~np.isnan(p.mid) for p in parts]
    weight, total = np.zeros(len(weights[0])), np.zeros(len(weights[0]))
    for part, share, here in zip(parts, weights, known, strict=True):
        total = total + np.where(here, part.mid, 0.0) * np.where(here, share, 0.0)
        weight = weight + np.where(here, share, 0.0)
    typical = np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), 50.0)
    return tuple(
        np.where(here, p.mid, np.minimum(np.maximum(typical, p.low), p.high))
        for p, here in zip(parts, known, strict=True)
    )


def _weighted(arrays: list[Floats], weights: tuple[Floats, ...]) -> Floats:
    total = arrays[0] * weights[0]
    for array, weight in zip(arrays[1:], weights[1:], strict=True):
        total = total + array * weight
    return total


def _mix(index: Index, scores: list[Floats], weights: tuple[Floats, ...]) -> Floats:
    if index.aggregator == "geometric":
        logs = [np.log(np.maximum(s, 1e-12)) for s in scores]
        return np.exp(_weighted(logs, weights))
    mean = _weighted(scores, weights)
    if index.worst_share == 0.0:
        return mean
    return (1.0 - index.worst_share) * mean + index.worst_share * worst_of(scores, weights)


def worst_of(scores: list[Floats], weights: tuple[Floats, ...]) -> Floats:
    """The highest score among components that carry weight."""
    worst = np.zeros(len(scores[0]))
    for score, weight in zip(scores, weights, strict=True):
        worst = np.maximum(worst, np.where(weight > 0, score, 0.0))
    return worst


def _if_unknown(index: Index, parts: tuple[Values, ...], chosen: str, rows: int) -> tuple[Floats, Floats]:
    """Bounds if every component that does not apply were unknown instead."""
    opened = []
    for part in parts:
        gone = part.gone
        low = part.low if gone is None else np.where(gone, 0.0, part.low)
        high = part.high if gone is None else np.where(gone, 100.0, part.high)
        opened.append(Values(low, high, high))
    weights, _, _ = _renormalised(index, tuple(opened), chosen, rows)
    return _mix(index, [p.low for p in opened], weights), _mix(index, [p.high for p in opened], weights)


def choose(rows: Bools, one: Scored, other: Scored) -> Scored:
    """`one` where `rows`, `other` elsewhere: firms of different sizes in one batch."""

    def pick(a: Floats, b: Floats) -> Floats:
        return np.where(rows, a, b)

    def values(a: Values, b: Values) -> Values:
        gone = None
        if a.gone is not None or b.gone is not None:
            none = np.zeros(len(rows), dtype=bool)
            gone = np.where(rows, none if a.gone is None else a.gone, none if b.gone is None else b.gone)
        low = pick(a.low, b.low)
        if a.exact and b.exact:
            return Values(low, low, low, gone)
        return Values(low, pick(a.high, b.high), pick(a.mid, b.mid), gone)

    return Scored(
        one.index,
        pick(one.low, other.low),
        pick(one.high, other.high),
        pick(one.mid, other.mid),
        pick(one.coverage, other.coverage),
        tuple(values(a, b) for a, b in zip(one.components, other.components, strict=True)),
        tuple(pick(a, b) for a, b in zip(one.shown, other.shown, strict=True)),
        tuple(pick(a, b) for a, b in zip(one.weights, other.weights, strict=True)),
        np.where(rows, one.unstated, other.unstated),
        pick(one.na_low, other.na_low),
        pick(one.na_high, other.na_high),
    )


def widen(rows: Bools, one: Scored, other: Scored) -> Scored:
    """`one` with the bounds of both where `rows`: the size class, and so the weights, is not known."""
    low, high = np.minimum(one.low, other.low), np.maximum(one.high, other.high)
    return Scored(
        one.index,
        np.where(rows, low, one.low),
        np.where(rows, high, one.high),
        one.mid,
        np.where(rows, np.minimum(one.coverage, other.coverage), one.coverage),
        one.components,
        one.shown,
        one.weights,
        one.unstated,
        np.where(rows, np.minimum(one.na_low, other.na_low), one.na_low),
        np.where(rows, np.maximum(one.na_high, other.na_high), one.na_high),
    )
