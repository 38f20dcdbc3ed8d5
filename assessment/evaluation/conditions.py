"""Three-valued conditions over columns: an unknown answer makes them unknown, never false."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.values import Bools, Truth, Values


def chosen_in(codes: np.ndarray, options: tuple[str, ...], wanted: tuple[str, ...]) -> Truth:
    """The option is among `wanted`. What does not apply is not among them."""
    table = np.array([o in wanted for o in options])
    must = np.take(table, np.maximum(codes, 0)) & (codes >= 0)
    unknown = codes == UNKNOWN
    if not table.any() or not unknown.any():
        return Truth(must, must)
    return Truth(must | unknown, must | (unknown & bool(table.all())))


def ticked(flags: np.ndarray) -> Truth:
    """The option is ticked."""
    must, unknown = flags == 1, flags == UNKNOWN
    return Truth(must | unknown, must) if unknown.any() else Truth(must, must)


def compare(values: Values, how: str, limit: float) -> Truth:
    """A value against a number. Nothing holds of a value that is not there."""
    low, high = _against(values.low, how, limit), _against(values.high, how, limit)
    gone = values.gone
    if values.exact:
        must = low if gone is None else low & ~gone
        return Truth(must, must)
    may, must = low | high, low & high
    return Truth(may, must) if gone is None else Truth(may & ~gone, must & ~gone)


def _against(array: np.ndarray, how: str, limit: float) -> Bools:
    match how:
        case "at_least":
            return np.asarray(array >= limit)
        case "at_most":
            return np.asarray(array <= limit)
        case "above":
            return np.asarray(array > limit)
        case "below":
            return np.asarray(array < limit)
        case _:
            raise ValueError(f"unknown comparison {how}")


def every(parts: Sequence[Truth]) -> Truth:
    """All of them hold."""
    must = parts[0].must
    for part in parts[1:]:
        must = must & part.must
    if all(p.exact for p in parts):
        return Truth(must, must)
    may = parts[0].may
    for part in parts[1:]:
        may = may & part.may
    return Truth(may, must)


def some(parts: Sequence[Truth]) -> Truth:
    """At least one holds."""
    must = parts[0].must
    for part in parts[1:]:
        must = must | part.must
    if all(p.exact for p in parts):
        return Truth(must, must)
    may = parts[0].may
    for part in parts[1:]:
        may = may | part.may
    return Truth(may, must)


def negate(part: Truth) -> Truth:
    """It does not hold."""
    if part.exact:
        turned = ~part.must
        return Truth(turned, turned)
    return Truth(~part.must, ~part.may)
