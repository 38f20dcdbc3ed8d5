"""A column of values that may be known, bounded, not applicable or undefined.

`low` and `high` bound the value whatever the unknown answers are; `mid` is the value with ranges at
their midpoints, NaN where an answer that matters is unknown. When every row is exact the three are
one array, and each operation is done once instead of three times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

UNBOUNDED = 1e30  # stands for "no upper limit": finite, so that no NaN arises from inf - inf


@dataclass(slots=True)
class Values:
    """Numbers of one formula, one row a firm. `dropped`: not applicable; `undefined`: 0 denominator."""

    low: Floats
    high: Floats
    mid: Floats
    dropped: Bools | None = None
    undefined: Bools | None = None

    @property
    def exact(self) -> bool:
        """True if all three arrays are one."""
        return self.low is self.high and self.low is self.mid

    @property
    def gone(self) -> Bools | None:
        """Rows that have no value at all."""
        return either(self.dropped, self.undefined)


@dataclass(slots=True)
class Option:
    """Option numbers of a choice, negative where there is none; `unknown`: rows that may be any option."""

    codes: NDArray[np.int8]
    unknown: Bools | None


@dataclass(slots=True)
class Truth:
    """A three-valued condition: `may` be true, `must` be true. Known where both agree."""

    may: Bools
    must: Bools

    @property
    def exact(self) -> bool:
        return self.may is self.must


def constant(value: float, rows: int) -> Values:
    """The same number in every row."""
    array = np.full(rows, value)
    return Values(array, array, array)


def either(a: Bools | None, b: Bools | None) -> Bools | None:
    """Rows in one of two masks; None is the empty mask."""
    if a is None or b is None:
        return a if b is None else b
    return a | b


def settle(values: Values) -> Values:
    """Rows whose bounds meet are known, whatever led there; a fully known column becomes exact."""
    if values.exact:
        return values
    same = values.low == values.high
    if np.count_nonzero(same) == len(same):
        return Values(values.low, values.low, values.low, values.dropped, values.undefined)
    return Values(
        values.low, values.high, np.where(same, values.low, values.mid), values.dropped, values.undefined
    )


def emptied(values: Values) -> Values:
    """Rows without a value hold 0, whatever arithmetic has left there: alone and in a batch alike."""
    gone = values.gone
    if gone is None:
        return values
    low = np.where(gone, 0.0, values.low)
    if values.exact:
        return Values(low, low, low, values.dropped, values.undefined)
    high, mid = np.where(gone, 0.0, values.high), np.where(gone, 0.0, values.mid)
    return Values(low, high, mid, values.dropped, values.undefined)


def taken(values: Values, rows: NDArray[np.intp]) -> Values:
    """The rows of these numbers alone."""
    dropped = None if values.dropped is None else values.dropped[rows]
    undefined = None if values.undefined is None else values.undefined[rows]
    low = values.low[rows]
    if values.exact:
        return Values(low, low, low, dropped, undefined)
    return Values(low, values.high[rows], values.mid[rows], dropped, undefined)


def combine(operation: Callable[..., Floats], parts: Sequence[Values]) -> Values:
    """An operation that rises with each part, done on all three arrays."""
    dropped = undefined = None
    exact = True
    for part in parts:
        exact = exact and part.exact
        if part.dropped is not None or part.undefined is not None:
            dropped, undefined = either(dropped, part.dropped), either(undefined, part.undefined)
    low = operation(*[p.low for p in parts])
    if exact:
        return Values(low, low, low, dropped, undefined)
    high, mid = operation(*[p.high for p in parts]), operation(*[p.mid for p in parts])
    return Values(low, high, mid, dropped, undefined)
