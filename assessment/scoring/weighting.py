"""Which weight set each firm of a batch is scored with: it follows from the size class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.columns import UNKNOWN, Codes
from assessment.evaluation.size import size_names
from assessment.evaluation.values import Floats, Values
from assessment.model.edition import Edition
from assessment.model.rules import Component


@dataclass(frozen=True, slots=True)
class Weighting:
    """`sets`: those in use; `number`: the set of each row; `every`: all sets of the edition.

    `open`: numbers of the rows whose size is not known. They take the set of the default size, and bounds
    over every set.
    """

    sets: tuple[str, ...]
    number: NDArray[np.intp]
    every: tuple[str, ...]
    open: NDArray[np.intp]

    def weight(self, component: Component) -> Floats | float:
        """The weight of a component: one number if all rows share it, else one a row."""
        weights = [component.weights[name] for name in self.sets]
        return weights[0] if len(set(weights)) == 1 else np.array(weights).take(self.number)

    def choose(self, by_set: Sequence[Values]) -> Values:
        """For each row the value of its own set."""
        found = by_set[0]
        for number, values in enumerate(by_set[1:], 1):
            found = _chosen(self.number == number, values, found)
        return found


def weighting_of(edition: Edition, codes: Codes) -> Weighting:
    """The weight sets of rows with these size classes (UNKNOWN where open)."""
    rows = len(codes)
    if edition.sizes is None:
        only = next((s for i in edition.indexes.values() for c in i.components for s in c.weights), "all")
        none_open = np.empty(0, dtype=np.intp)
        return Weighting((only,), np.zeros(rows, dtype=np.intp), (only,), none_open)
    names, by_size = size_names(edition), edition.sizes.weight_set
    every = tuple(dict.fromkeys(by_size.values()))
    # One entry more, for UNKNOWN: it counts from the end.
    table = np.array([every.index(by_size[name]) for name in (*names, edition.sizes.default)])
    number = table.take(codes)
    used = tuple(n for n in range(len(every)) if np.count_nonzero(number == n))
    place = np.array([used.index(n) if n in used else 0 for n in range(len(every))])
    return Weighting(
        tuple(every[n] for n in used), place.take(number), every, np.flatnonzero(codes == UNKNOWN)
    )


def _chosen(rows: NDArray[np.bool_], one: Values, other: Values) -> Values:
    """`one` where `rows`, `other` elsewhere; both come from one indicator, so the same rows have no value."""
    low = np.where(rows, one.low, other.low)
    if one.exact and other.exact:
        return Values(low, low, low, one.dropped, one.undefined)
    high, mid = np.where(rows, one.high, other.high), np.where(rows, one.mid, other.mid)
    return Values(low, high, mid, one.dropped, one.undefined)
