"""Where the labels of points may stand: apart from each other, from marks and lines, near what they name.

Plain geometry in chart units, y growing downwards. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, permutations
from math import hypot

# Sides of a point, the best first: a falling curve leaves the upper right free.
SIDES = ((1, -1), (1, 0), (0, -1), (-1, -1), (-1, 1), (0, 1), (1, 1), (-1, 0))
REACHES = (0, 6, 14, 26, 42, 62, 86)
STEPS = 12  # points looked at along a leader, and columns and rows of the search over the whole room
GAP = 3.0
CROSSED = 100.0


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

    def leader(self) -> tuple[float, float, float, float]:
        """The line from the symbol to the label."""
        point, (x, y) = self.callout, self.box.nearest(self.callout.x, self.callout.y)
        share = min(point.clear / (hypot(x - point.x, y - point.y) or 1.0), 1.0)
        return point.x + share * (x - point.x), point.y + share * (y - point.y), x, y

    def passes(self, boxes: Sequence[Box]) -> bool:
        """Whether the leader runs through none of the boxes, other than those its point itself stands in."""
        x, y, x2, y2 = self.leader()
        places = [(x + (x2 - x) * n / STEPS, y + (y2 - y) * n / STEPS) for n in range(STEPS)]
        others = [box for box in boxes if not box.holds(self.callout.x, self.callout.y)]
        return not any(box.holds(*place) for box in others for place in places)


def settle(
    callouts: Sequence[Callout], symbols: Sequence[Box], lines: Sequence[Box], room: Box
) -> tuple[Spot, ...] | None:
    """A place for every label inside `room`, in the given order; None if none was found.

    Labels keep off symbols, lines and leaders. Beside the points is tried first.
    """
    for proposed in (_beside, _anywhere):
        choices = [_free(proposed(callout, room), symbols, lines, room) for callout in callouts]
        if found := _together(choices):
            return found
    return None


def _free(spots: Iterator[Spot], symbols: Sequence[Box], lines: Sequence[Box], room: Box) -> list[Spot]:
    """The spots a label may take, the best first; a leader through another symbol makes one much worse."""
    marks = (*symbols, *lines)
    fitting = [spot for spot in spots if spot.box.within(room) and all(spot.box.apart(m) for m in marks)]
    return sorted(fitting, key=lambda spot: spot.cost + CROSSED * (not spot.passes(symbols)))


def _together(choices: Sequence[list[Spot]]) -> tuple[Spot, ...] | None:
    """The cheapest set found by giving the labels their best free place in every possible order."""
    found: list[dict[int, Spot]] = []
    for order in permutations(range(len(choices))):
        taken: dict[int, Spot] = {}
        for place in order:
            spot = next((s for s in choices[place] if _agrees(s, tuple(taken.values()))), None)
            if spot is None:
                break
            taken[place] = spot
        else:
            found.append(taken)
    best = min(found, key=lambda spots: sum(spot.cost for spot in spots.values()), default=None)
    return None if best is None else tuple(best[place] for place in range(len(choices)))


def _agrees(spot: Spot, others: Sequence[Spot]) -> bool:
    return all(
        spot.box.apart(other.box) and spot.passes([other.box]) and other.passes([spot.box])
        for other in others
    )


def _beside(callout: Callout, _room: Box) -> Iterator[Spot]:
    """Places around the point, side by side and further and further out."""
    for rank, (across, down) in enumerate(SIDES):
        for reach in REACHES:
            slant = 0.7 if across and down else 1.0
            away = (callout.clear + GAP + reach) * slant
            left = callout.x + across * away + (across - 1) / 2 * callout.width
            top = callout.y + down * away + (down - 1) / 2 * callout.height
            box = Box(left, top, left + callout.width, top + callout.height)
            yield Spot(callout, box, reach + rank * 2.0)


def _anywhere(callout: Callout, room: Box) -> Iterator[Spot]:
    """Places all over the room, the nearer the better."""
    across = (room.right - room.left - callout.width) / (2 * STEPS)
    down = (room.bottom - room.top - callout.height) / STEPS
    if across <= 0 or down <= 0:
        return
    for left in islice(count(room.left, across), 2 * STEPS + 1):
        for top in islice(count(room.top, down), STEPS + 1):
            box = Box(left, top, left + callout.width, top + callout.height)
            x, y = box.nearest(callout.x, callout.y)
            yield Spot(callout, box, hypot(x - callout.x, y - callout.y))
