"""Composites: severity of components through their anchors, and their aggregation with exact bounds.

Index = (1 - L) x weighted mean + L x worst component (L: the share of the worst component, edition
data). It rises with every component, so pushing both ends of every component through it gives exact
bounds as long as no unknown answer serves two components in opposite directions; then they are outer
bounds. Sums are added in the order of the edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.values import Bools, Floats, Values, emptied, taken
from assessment.model.rules import Component, Index

Weight = Floats | float  # the same for all rows, or one a row, shape (rows,)


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
    anchors, scores = _line(component.anchors[chosen], component.scores, component.logarithm)

    def through(array: Floats) -> Floats:
        return np.asarray(np.interp(_logged(array, component.logarithm), anchors, scores))

    low = through(values.low)
    if values.exact:
        return emptied(Values(low, low, low, values.dropped, values.undefined))
    high = through(values.high)
    low, high = (high, low) if scores[0] > scores[-1] else (low, high)
    loose = np.flatnonzero(low != high)
    if not len(loose):
        return emptied(Values(low, low, low, values.dropped, values.undefined))
    mid = low.copy()
    mid[loose] = through(values.mid[loose])
    return emptied(Values(low, high, mid, values.dropped, values.undefined))


@lru_cache(maxsize=1024)
def _line(anchors: tuple[float, ...], scores: tuple[float, ...], logarithm: bool) -> tuple[Floats, Floats]:
    """Anchors, rising, and their scores."""
    at, score = np.array(anchors), np.array(scores)
    if logarithm:
        at = np.log(at)
    return (at, score) if at[0] < at[-1] else (at[::-1].copy(), score[::-1].copy())


def _logged(array: Floats, logarithm: bool) -> Floats:
    return np.log(np.maximum(array, 1e-300)) if logarithm else array


def aggregate(index: Index, parts: tuple[Values, ...], weights: Sequence[Weight]) -> Scored:
    """The index over its components. `weights`: one a component, for all rows or by row. Shapes (rows,)."""
    rows = len(parts[0].low)
    shares, kept, total = _renormalised(parts, weights)
    unstated = np.full(rows, kept < 0.5 * total) if isinstance(kept, float) else kept < 0.5 * total
    shown = _shown(parts, shares)
    low = _mix(index, [p.low for p in parts], shares)
    if all(p.exact for p in parts):
        high = mid = low
        coverage = np.ones(rows)
    else:
        high, mid = _mix(index, [p.high for p in parts], shares), _mix(index, shown, shares)
        coverage = 1.0 - _weighted([p.high - p.low for p in parts], shares) / 100.0
    na_low, na_high = _if_unknown(index, parts, weights, np.flatnonzero(kept < total), low, high)
    if np.count_nonzero(unstated):
        low, high = np.where(unstated, 0.0, low), np.where(unstated, 100.0, high)
        coverage = np.where(unstated, 0.0, coverage)
    return Scored(
        index, low, high, mid, coverage, parts, tuple(shown), tuple(_in_rows(s, rows) for s in shares),
        unstated, na_low, na_high,
    )  # fmt: skip


def _in_rows(share: Weight, rows: int) -> Floats:
    return np.full(rows, share) if isinstance(share, float) else share


def _renormalised(parts: Sequence[Values], weights: Sequence[Weight]) -> tuple[list[Weight], Weight, Weight]:
    """Shares that add up to 1 over the components that apply; the weight that applies, and all weight."""
    kept: Weight = 0.0
    total: Weight = 0.0
    here: list[Weight] = []
    for weight, part in zip(weights, parts, strict=True):
        own = weight if part.gone is None else np.where(part.gone, 0.0, weight)
        kept, total = kept + own, total + weight
        here.append(own)
    safe = (kept or 1.0) if isinstance(kept, float) else np.where(kept > 0, kept, 1.0)
    return [own / safe for own in here], kept, total


def _shown(parts: Sequence[Values], shares: Sequence[Weight]) -> list[Floats]:
    """Point scores: an unknown component takes the mean of the known ones, cut to its own bounds."""
    unknown = [None if p.exact else _any(np.isnan(p.mid)) for p in parts]
    if all(rows is None for rows in unknown):
        return [p.mid for p in parts]
    weight = total = np.zeros(len(parts[0].low))
    for part, share, open_ in zip(parts, shares, unknown, strict=True):
        points = part.mid * share
        total = total + (points if open_ is None else np.where(open_, 0.0, points))
        weight = weight + (share if open_ is None else np.where(open_, 0.0, share))
    typical = np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), 50.0)
    return [
        p.mid if open_ is None else np.where(open_, np.minimum(np.maximum(typical, p.low), p.high), p.mid)
        for p, open_ in zip(parts, unknown, strict=True)
    ]


def _any(rows: Bools) -> Bools | None:
    return rows if np.count_nonzero(rows) else None


def _weighted(arrays: Sequence[Floats], shares: Sequence[Weight]) -> Floats:
    total = arrays[0] * shares[0]
    for array, share in zip(arrays[1:], shares[1:], strict=True):
        total = total + array * share
    return total


def _mix(index: Index, scores: Sequence[Floats], shares: Sequence[Weight]) -> Floats:
    if index.aggregator == "geometric":
        logs = [np.log(np.maximum(s, 1e-12)) for s in scores]
        return np.asarray(np.exp(_weighted(logs, shares)))
    mean = _weighted(scores, shares)
    if index.worst_share == 0.0:
        return mean
    return (1.0 - index.worst_share) * mean + index.worst_share * worst_of(scores, shares)


def worst_of(scores: Sequence[Floats], shares: Sequence[Weight]) -> Floats:
    """The highest score among components that carry weight."""
    worst = np.zeros(len(scores[0]))
    for score, share in zip(scores, shares, strict=True):
        if isinstance(share, float):
            worst = np.maximum(worst, score) if share > 0 else worst
        else:
            worst = np.maximum(worst, np.where(share > 0, score, 0.0))
    return worst


def _if_unknown(
    index: Index,
    parts: Sequence[Values],
    weights: Sequence[Weight],
    rows: NDArray[np.intp],
    low: Floats,
    high: Floats,
) -> tuple[Floats, Floats]:
    """Bounds if every component that does not apply, in these rows, were unknown instead."""
    if not len(rows):
        return low, high
    opened = [_opened(taken(part, rows)) for part in parts]
    shares, _, _ = _renormalised(opened, [w if isinstance(w, float) else w[rows] for w in weights])
    low, high = low.copy(), high.copy()
    low[rows] = _mix(index, [p.low for p in opened], shares)
    high[rows] = _mix(index, [p.high for p in opened], shares)
    return low, high


def _opened(part: Values) -> Values:
    gone = part.gone
    low = part.low if gone is None else np.where(gone, 0.0, part.low)
    high = part.high if gone is None else np.where(gone, 100.0, part.high)
    return Values(low, high, high)


def widen(found: Scored, rows: NDArray[np.intp], by_set: Sequence[Scored]) -> Scored:
    """Bounds over all weight sets in the rows whose size class, and so whose weights, are not known.

    `by_set`: the index with each set, in these rows alone.
    """

    def least(whole: Floats, parts: Sequence[Floats]) -> Floats:
        out = whole.copy()
        out[rows] = np.minimum.reduce(parts)
        return out

    def most(whole: Floats, parts: Sequence[Floats]) -> Floats:
        out = whole.copy()
        out[rows] = np.maximum.reduce(parts)
        return out

    return replace(
        found,
        low=least(found.low, [s.low for s in by_set]), high=most(found.high, [s.high for s in by_set]),
        coverage=least(found.coverage, [s.coverage for s in by_set]),
        na_low=least(found.na_low, [s.na_low for s in by_set]),
        na_high=most(found.na_high, [s.na_high for s in by_set]),
    )  # fmt: skip
