"""Three-valued conditions over columns: an unknown answer makes them unknown, never false."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.columns import UNKNOWN, Codes
from assessment.evaluation.values import Bools, Option, Truth, Values


@dataclass(frozen=True, slots=True)
class Among:
    """Options that count, as runs (first, last) of option numbers below `count`: two comparisons a run."""

    runs: tuple[tuple[int, int], ...]
    count: int

    @classmethod
    def of(cls, options: tuple[str, ...], wanted: tuple[str, ...]) -> Among:
        runs: list[tuple[int, int]] = []
        for number in (n for n, option in enumerate(options) if option in wanted):
            joins = runs and runs[-1][1] == number - 1
            runs[-1:] = [(runs[-1][0], number)] if joins else [*runs[-1:], (number, number)]
        return cls(tuple(runs), len(options))

    def hits(self, codes: Codes) -> Bools:
        """Rows whose option counts; unknown and dropped codes are negative and never do."""
        found: Bools | None = None
        for first, last in self.runs:
            here = codes == first if first == last else codes >= first
            if first < last < self.count - 1:
                here = here & (codes <= last)
            found = here if found is None else found | here
        return np.zeros(len(codes), dtype=bool) if found is None else found


def fixed(holds: bool, rows: int) -> Truth:
    """The same in every row."""
    mask = np.full(rows, holds)
    return Truth(mask, mask)


def chosen(choice: Option, among: Among) -> Truth:
    """The option is among those that count. What does not apply is not among them."""
    must = among.hits(choice.codes)
    if choice.unknown is None or not among.runs:
        return Truth(must, must)
    may = must | choice.unknown
    return Truth(may, may if among.runs == ((0, among.count - 1),) else must)


def ticked(flags: Codes) -> Truth:
    """The option is ticked."""
    must, unknown = flags == 1, flags == UNKNOWN
    return Truth(must | unknown, must) if np.count_nonzero(unknown) else Truth(must, must)


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
    must, exact = parts[0].must, parts[0].exact
    for part in parts[1:]:
        must, exact = must & part.must, exact and part.exact
    if exact:
        return Truth(must, must)
    may = parts[0].may
    for part in parts[1:]:
        may = may & part.may
    return Truth(may, must)


def some(parts: Sequence[Truth]) -> Truth:
    """At least one holds."""
    must, exact = parts[0].must, parts[0].exact
    for part in parts[1:]:
        must, exact = must | part.must, exact and part.exact
    if exact:
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
