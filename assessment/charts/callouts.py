"""Where the labels of points may stand: apart from each other, from marks and lines, near what they name.

Plain geometry in chart units, y growing downwards. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count, islice, permutations
from math import hypot

# Sides of a point, the best first: a falling curve leaves the upper right free.
SIDES = ((1, -1), (1, 0), (0, -1), (-1, -1), (-1, 1), (0, 1), (1, 1), (-1, 0))
REACHES = (0, 6, 14, 26, 40, 56, 74, 94)
GAP = 3.0


Line = tuple[float, float, float, float]  # x, y, x2, y2


def crossing(one: Line, other: Line) -> bool:
    """Whether two lines cross."""
    return _parts(one, other) and _parts(other, one)


def _parts(line: Line, ends: Line) -> bool:
    """Whether the two ends lie on different sides of a line."""
    x, y, x2, y2 = line
    x3, y3, x4, y4 = ends
    right, down = x2 - x, y2 - y
    return (right * (y3 - y) - down * (x3 - x)) * (right * (y4 - y) - down * (x4 - x)) < 0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle along the axes."""

    left: float
    top: float
    right: float
    bottom: float

    def apart(self, other: Box) -> bool:
        """Whether the two share no area."""
        return (
            self.right <= other.left
            or other.right <= self.left
            or self.bottom <= other.top
            or other.bottom <= self.top
        )

    def within(self, other: Box) -> bool:
        """Whether it lies wholly inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left < x < self.right and self.top < y < self.bottom

    def met(self, line: Line) -> bool:
        """Whether a line runs through: it then crosses a diagonal or ends inside."""
        x, y, x2, y2 = line
        if max(x, x2) <= self.left or min(x, x2) >= self.right:
            return False
        if max(y, y2) <= self.top or min(y, y2) >= self.bottom:
            return False
        falling = (self.left, self.top, self.right, self.bottom)
        rising = (self.left, self.bottom, self.right, self.top)
        ends_inside = self.holds(x, y) or self.holds(x2, y2)
        return ends_inside or crossing(line, falling) or crossing(line, rising)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The place of the box that is nearest to a point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


@dataclass(frozen=True, slots=True)
class Callout:
    """A point with the size of its label. `clear`: how far its symbol reaches."""

    x: float
    y: float
    width: float
    height: float
    clear: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A possible place of a label, and how far from good it is."""

    callout: Callout
    box: Box
    cost: float

    @property
    def distance(self) -> float:
        """From the symbol to the label."""
        x, y = self.box.nearest(self.callout.x, self.callout.y)
        return max(hypot(x - self.callout.x, y - self.callout.y) - self.callout.clear, 0.0)

    def leader(self) -> Line:
        """The line from the symbol to the label."""
        point, (x, y) = self.callout, self.box.nearest(self.callout.x, self.callout.y)
        share = min(point.clear / (hypot(x - point.x, y - point.y) or 1.0), 1.0)
        return point.x + share * (x - point.x), point.y + share * (y - point.y), x, y

    def passes(self, boxes: Sequence[Box]) -> bool:
        """Whether the leader runs through none of the boxes, other than those its point itself stands in."""
        line, point = self.leader(), self.callout
        return not any(box.met(line) and not box.holds(point.x, point.y) for box in boxes)


@dataclass(slots=True)
class Choice:
    """The places of one label, the best first, looked for as far as they are asked for."""

    rest: Iterator[Spot]
    found: list[Spot] = field(default_factory=list)

    def __iter__(self) -> Iterator[Spot]:
        for nth in count():
            if nth == len(self.found):
                self.found += islice(self.rest, 1)
            if nth == len(self.found):
                return
            yield self.found[nth]


Agreement = Callable[[Spot, Spot], bool]


def settle(
    callouts: Sequence[Callout], marks: Sequence[Box], room: Box, *, strict: bool = True
) -> tuple[Spot, ...] | None:
    """A place for every label inside `room`, in the given order; None if none was found.

    Labels and leaders keep off marks and one another. Not `strict`: labels keep off one another, no more.
    """
    choices = [_free(callout, marks if strict else (), room) for callout in callouts]
    return _together(choices, _agrees if strict else _apart)


def _free(callout: Callout, marks: Sequence[Box], room: Box) -> Choice:
    """The places a label could take if it were the only one."""
    fitting = sorted((spot for spot in _around(callout) if spot.box.within(room)), key=lambda spot: spot.cost)
    clear = (spot for spot in fitting if all(spot.box.apart(mark) for mark in marks) and spot.passes(marks))
    return Choice(clear)


def _together(choices: Sequence[Choice], agree: Agreement) -> tuple[Spot, ...] | None:
    """The cheapest set found by giving the labels their best free place in every possible order."""

    @cache  # the orders ask for the same pairs again and again
    def fit(place: int, nth: int, other: int, its: int) -> bool:
        return agree(choices[place].found[nth], choices[other].found[its])

    found: list[dict[int, int]] = []
    for order in permutations(range(len(choices))):
        taken: dict[int, int] = {}
        for place in order:
            free = (n for n, _ in enumerate(choices[place]) if all(fit(place, n, *t) for t in taken.items()))
            first = next(free, None)
            if first is None:
                break
            taken[place] = first
        else:
            found.append(taken)
    sets = ([choices[place].found[nth] for place, nth in sorted(taken.items())] for taken in found)
    best = min(sets, key=lambda spots: sum(spot.cost for spot in spots), default=None)
    return None if best is None else tuple(best)


def _apart(spot: Spot, other: Spot) -> bool:
    return spot.box.apart(other.box)


def _agrees(spot: Spot, other: Spot) -> bool:
    return (
        spot.box.apart(other.box)
        and spot.passes([other.box])
        and other.passes([spot.box])
        and not crossing(spot.leader(), other.leader())
    )


def _around(callout: Callout) -> Iterator[Spot]:
    """Places around a point, side by side and further and further out; last like flags on a pole."""
    for reach in REACHES:
        for rank, (across, down) in enumerate(SIDES):
            away = (callout.clear + GAP + reach) * (0.7 if across and down else 1.0)
            left = callout.x + across * away + (across - 1) / 2 * callout.width
            yield _spot(callout, left, down, away, reach + rank * 2.0)
        for rank, left in enumerate((callout.x - GAP, callout.x + GAP - callout.width)):
            yield _spot(callout, left, -1, callout.clear + GAP + reach, reach + 1.0 + rank * 4.0)


def _spot(callout: Callout, left: float, down: float, away: float, cost: float) -> Spot:
    top = callout.y + down * away + (down - 1) / 2 * callout.height
    return Spot(callout, Box(left, top, left + callout.width, top + callout.height), cost)
