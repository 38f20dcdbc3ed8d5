"""The arithmetic of formulas on values with bounds. Each function states when its bounds are exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.values import (
    UNBOUNDED,
    Bools,
    Floats,
    Option,
    Truth,
    Values,
    combine,
    either,
    settle,
)


def add(*arrays: Floats) -> Floats:
    """Sum in the order given."""
    total = arrays[0]
    for array in arrays[1:]:
        total = total + array
    return total


def multiply(*arrays: Floats) -> Floats:
    """Product in the order given; factors are not negative."""
    product = arrays[0]
    for array in arrays[1:]:
        product = product * array
    return product


def minus(left: Values, right: Values) -> Values:
    """Left - right. Exact if they share no field."""
    dropped, undefined = either(left.dropped, right.dropped), either(left.undefined, right.undefined)
    low = left.low - right.high
    if left.exact and right.exact:
        return Values(low, low, low, dropped, undefined)
    return Values(low, left.high - right.low, left.mid - right.mid, dropped, undefined)


FAR = 1e20  # beyond any amount a firm types: a sum with a part that has no upper limit


def _quotient(over: Floats, under: Floats, at_zero: Floats | float) -> Floats:
    positive = under > 0
    if np.count_nonzero(positive) == len(positive):
        return over / under
    return np.where(positive, over / np.where(positive, under, 1.0), at_zero)


def ratio(over: Values, under: Values) -> Values:
    """over / under; undefined where the denominator is certainly not above 0. Exact if no field is shared."""
    nothing = under.high <= 0
    undefined = either(either(over.undefined, under.undefined), _any(nothing))
    dropped = either(over.dropped, under.dropped)
    if over.exact and under.exact:
        value = _quotient(over.low, under.low, 0.0)
        return Values(value, value, value, dropped, undefined)
    small = np.maximum(under.low, 0.0)
    low = np.where(
        over.low >= 0, _quotient(over.low, under.high, 0.0), _quotient(over.low, small, -UNBOUNDED)
    )
    low = np.where((under.high >= FAR) & (np.abs(over.low) < FAR), 0.0, low)
    top = np.where(over.high > 0, UNBOUNDED, 0.0)
    high = np.where(over.high >= 0, _quotient(over.high, small, top), _quotient(over.high, under.high, 0.0))
    return Values(
        low, np.minimum(high, UNBOUNDED), _quotient(over.mid, under.mid, np.nan), dropped, undefined
    )


def share(part: Values, rest: Values) -> Values:
    """Part / (part + rest), exact: it rises with `part` and falls with `rest`. Both are not negative."""
    nothing = (part.high + rest.high) <= 0
    undefined = either(either(part.undefined, rest.undefined), _any(nothing))
    dropped = either(part.dropped, rest.dropped)
    if part.exact and rest.exact:
        value = _quotient(part.low, part.low + rest.low, 0.0)
        return Values(value, value, value, dropped, undefined)
    low = _quotient(part.low, part.low + rest.high, 1.0)  # nothing else can be there: all is `part`
    low = np.where((rest.high >= FAR) & (part.low < FAR), 0.0, low)
    high = _quotient(part.high, part.high + rest.low, 0.0)
    return Values(low, high, _quotient(part.mid, part.mid + rest.mid, np.nan), dropped, undefined)


def sum_of_rows(terms: Sequence[Values], where: Sequence[Truth | None]) -> Values:
    """Sum over rows where the condition holds; rows that do not apply add nothing."""
    parts = [_guarded(_present(t), c) for t, c in zip(terms, where, strict=True)]
    total = combine(add, parts)
    total.dropped = _all_gone(terms)
    return total


def _present(values: Values) -> Values:
    """Rows without a value count as 0."""
    gone = values.gone
    if gone is None:
        return values
    low = np.where(gone, 0.0, values.low)
    if values.exact:
        return Values(low, low, low)
    return Values(low, np.where(gone, 0.0, values.high), np.where(gone, 0.0, values.mid))


def _guarded(values: Values, where: Truth | None) -> Values:
    """The value where the condition holds, 0 where it does not, both possible where unknown."""
    if where is None:
        return values
    low = np.where(where.must, values.low, np.where(where.may, np.minimum(values.low, 0.0), 0.0))
    if values.exact and where.exact:
        return Values(low, low, low)
    high = np.where(where.must, values.high, np.where(where.may, np.maximum(values.high, 0.0), 0.0))
    mid = np.where(where.must, values.mid, np.where(low == high, low, np.nan))
    return Values(low, high, mid)


def _all_gone(terms: Sequence[Values]) -> Bools | None:
    masks = [t.gone for t in terms]
    if any(m is None for m in masks):
        return None
    together = np.logical_and.reduce([m for m in masks if m is not None])
    return _any(together)


def over_present(terms: Sequence[Values], *, mean: bool) -> Values:
    """Mean or largest of the terms that have a value; dropped where none has."""
    gone = _all_gone(terms)
    if all(t.gone is None for t in terms):
        return combine(_mean_of if mean else _largest_of, terms)
    filled = [_present(t) if mean else _floor(t) for t in terms]
    total = combine(add if mean else _largest_of, filled)
    if mean:
        count = np.zeros(len(total.low))
        for term in terms:
            count = count + (1.0 if term.gone is None else np.where(term.gone, 0.0, 1.0))
        count = np.maximum(count, 1.0)
        low = total.low / count
        total = Values(low, low, low) if total.exact else Values(low, total.high / count, total.mid / count)
    return Values(total.low, total.high, total.mid, gone)


def _floor(values: Values) -> Values:
    gone = values.gone
    if gone is None:
        return values
    low = np.where(gone, -UNBOUNDED, values.low)
    if values.exact:
        return Values(low, low, low)
    return Values(low, np.where(gone, -UNBOUNDED, values.high), np.where(gone, -UNBOUNDED, values.mid))


def _mean_of(*arrays: Floats) -> Floats:
    return add(*arrays) / len(arrays)


def _largest_of(*arrays: Floats) -> Floats:
    top = arrays[0]
    for array in arrays[1:]:
        top = np.maximum(top, array)
    return top


def either_value(first: Values, second: Values) -> Values:
    """The first where it is known, otherwise the second where that is known, otherwise the first's bounds."""
    if first.exact and first.gone is None:
        return first
    has_first = ~np.isnan(first.mid) & ~_mask(first.gone, first)
    has_second = ~np.isnan(second.mid) & ~_mask(second.gone, second)
    use = ~has_first & has_second
    gone = ~has_first & ~has_second & _mask(first.gone, first)
    return settle(
        Values(
            np.where(use, second.low, first.low), np.where(use, second.high, first.high),
            np.where(use, second.mid, first.mid), _any(gone),
        )
    )  # fmt: skip


def _mask(mask: Bools | None, like: Values) -> Bools:
    return np.zeros(len(like.low), dtype=bool) if mask is None else mask


@dataclass(frozen=True, slots=True)
class PointTable:
    """Numbers by option, NaN for an option without one, and the span of them all."""

    numbers: Floats
    low: float
    high: float


def point_table(options: tuple[str, ...], values: Mapping[str, float]) -> PointTable:
    """A table from the numbers of some options. Three entries more, for the codes that are no options."""
    known = [values[o] for o in options if o in values]
    numbers = [values.get(o, np.nan) for o in options] + [0.0, np.nan, 0.0]
    return PointTable(np.array(numbers), min(known), max(known))


def points(choice: Option, table: PointTable) -> Values:
    """A choice as a number; unknown spans all options. An option without a number does not apply."""
    number = table.numbers.take(choice.codes)  # negative codes count from the end
    dropped = np.isnan(number)
    none = _any(dropped)
    number = number if none is None else np.where(none, 0.0, number)
    unknown = choice.unknown
    if unknown is None:
        return Values(number, number, number, none)
    low, high = np.where(unknown, table.low, number), np.where(unknown, table.high, number)
    return settle(Values(low, high, np.where(unknown, np.nan, number), none))


def split(parts: Sequence[Values], weights: Sequence[float]) -> Values:
    """Sum of share x weight / 100. Exact under the tie that the shares add up to 100."""
    gone = either(_all_gone(parts), None)
    parts = [_present(p) for p in parts]
    mid = add(*(p.mid * w for p, w in zip(parts, weights, strict=True))) / 100.0
    if all(p.exact for p in parts):
        return Values(mid, mid, mid, gone)
    order = sorted(range(len(parts)), key=lambda i: (weights[i], i))
    low, high = _filled(parts, weights, order), _filled(parts, weights, order[::-1])
    return Values(low, high, mid, gone)


def _filled(parts: Sequence[Values], weights: Sequence[float], order: Sequence[int]) -> Floats:
    """Each share at its lower bound, the rest to 100 given to shares in `order`."""
    rest = np.maximum(100.0 - add(*(p.low for p in parts)), 0.0)
    total = add(*(p.low * w for p, w in zip(parts, weights, strict=True)))
    for i in order:
        given = np.minimum(rest, parts[i].high - parts[i].low)
        total = total + given * weights[i]
        rest = rest - given
    return total / 100.0


def share_of_rows(hit: Sequence[Truth], of: Sequence[Truth]) -> Values:
    """Rows with hit among rows with `of`, exact: each unknown row may be absent, a hit or a miss."""
    hit_must, of_must = _stacked(hit, must=True), _stacked(of, must=True)
    if all(h.exact for h in hit) and all(o.exact for o in of):
        total = _counted(of_must)
        value = _quotient(_counted(hit_must & of_must), total, 0.0)
        return Values(value, value, value, None, _any(total == 0))
    hit_may, of_may = _stacked(hit, must=False), _stacked(of, must=False)
    sure_hit, sure_miss = _counted(of_must & hit_must), _counted(of_must & ~hit_may)
    may_hit, may_miss = _counted(of_may & hit_may), _counted(of_may & ~hit_must)
    low = _quotient(sure_hit, sure_hit + may_miss, np.where(may_hit > 0, 1.0, 0.0))
    high = _quotient(may_hit, may_hit + sure_miss, 0.0)
    known = (sure_hit == may_hit) & (sure_miss == may_miss)
    return Values(low, high, np.where(known, low, np.nan), None, _any((may_hit + may_miss) == 0))


def _stacked(parts: Sequence[Truth], *, must: bool) -> Bools:
    """Conditions of the rows of a list, shape (rows of the list, firms)."""
    return np.array([p.must for p in parts] if must else [p.may for p in parts])


def _counted(hits: Bools) -> Floats:
    """How many rows of a list hold, shape (firms,). Whole numbers: their order does not matter."""
    return np.asarray(np.add.reduce(hits, axis=0, dtype=np.int16), dtype=np.float64)


def _any(mask: Bools) -> Bools | None:
    return mask if np.count_nonzero(mask) else None


def count(hit: Sequence[Truth]) -> Values:
    """Number of rows that hold."""
    low = _counted(_stacked(hit, must=True))
    if all(h.exact for h in hit):
        return Values(low, low, low)
    high = _counted(_stacked(hit, must=False))
    return Values(low, high, np.where(low == high, low, np.nan))


def highest(hit: Sequence[Truth], rows: int) -> Values:
    """Position (1..n) of the last row that holds, 0 if none does."""
    low, high = np.zeros(rows), np.zeros(rows)
    for position, h in enumerate(hit, 1):
        low, high = np.where(h.must, float(position), low), np.where(h.may, float(position), high)
    if all(h.exact for h in hit):
        return Values(low, low, low)
    return Values(low, high, np.where(low == high, low, np.nan))


def where_asked(values: Values, open_: Bools | None, asked: Truth, moot: float | None) -> Values:
    """A field seen through its relevance: `moot` (or nothing) where it is certainly not asked.

    Where relevance is unknown an answer given counts; without one the value may be `moot` or any
    admissible number.
    """
    rows = np.count_nonzero(asked.may)
    if rows == 0:
        return _moot(len(asked.may), moot)
    low, high, mid, dropped = values.low, values.high, values.mid, values.dropped
    if open_ is not None and moot is not None and not asked.exact:
        doubt = asked.may & ~asked.must & open_
        low, high = np.where(doubt, np.minimum(low, moot), low), np.where(doubt, np.maximum(high, moot), high)
    if rows == len(asked.may):
        return Values(low, high, mid, dropped)
    filler = 0.0 if moot is None else moot
    if moot is None:
        dropped = either(dropped, ~asked.may)
    elif dropped is not None:
        dropped = dropped & asked.may
    kept = np.where(asked.may, low, filler)
    if values.exact:
        return Values(kept, kept, kept, dropped)
    return Values(kept, np.where(asked.may, high, filler), np.where(asked.may, mid, filler), dropped)


def _moot(rows: int, moot: float | None) -> Values:
    """A field that is asked nowhere."""
    kept = np.full(rows, 0.0 if moot is None else moot)
    return Values(kept, kept, kept, np.ones(rows, dtype=bool) if moot is None else None)
