"""Boxes to pages. Nothing is drawn here: pages are complete, and countable, before the first mark."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessment.output.boxes import Box, gap
from assessment.output.theme import FLOOR, TEXT_WIDTH, TOP

MOST_PAGES = 200
PART_GAP = 30.0  # between an appendix part and the next on one page
LEAST_ROOM = 60.0  # a box that can be split starts above this only


class ReportTooLong(ValueError):
    """The report would take more than `MOST_PAGES` pages."""


@dataclass(slots=True)
class Placed:
    """A box and where its upper edge stands."""

    box: Box
    top: float


@dataclass(slots=True)
class Page:
    """One page; `section` is what the header says."""

    section: str
    start: float = TOP
    boxes: list[Placed] = field(default_factory=list)
    targets: list[tuple[str, float]] = field(default_factory=list)  # part ids and their upper edges


class Layout:
    """Fills pages from top to bottom."""

    def __init__(self, first_top: float, section: str) -> None:
        self.pages = [Page(section, first_top)]
        self.y = first_top
        self._before: Box | None = None

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        return FLOOR - self.y

    def break_page(self, section: str) -> None:
        """Go to a new page, unless this one is still empty."""
        if not self.page.boxes:
            self.page.section = section
            return
        if len(self.pages) >= MOST_PAGES:
            raise ReportTooLong(f"the report needs more than {MOST_PAGES} pages")
        self.pages.append(Page(section))
        self.y, self._before = TOP, None

    def start_part(self, name: str, section: str, *, fresh: bool) -> None:
        """A part begins: on a new page, or below what stands here."""
        if fresh:
            self.break_page(section)
        elif self.page.boxes:
            self.y += PART_GAP
            self._before = None
        self.page.targets.append((name, self.y))

    def add(self, boxes: Sequence[Box]) -> None:
        """Place boxes in order; those marked `keep` go to the page of the one after them."""
        queue = list(boxes)
        while queue:
            count = 1
            while count < len(queue) and queue[count - 1].keep:
                count += 1
            self._place(queue[:count])
            del queue[:count]

    def fits(self, boxes: Sequence[Box]) -> bool:
        return stacked(boxes) <= self.room

    def _place(self, chain: Sequence[Box]) -> None:
        *kept, last = chain
        space = gap(self._before, chain[0]) if self._before else 0.0
        if self.page.boxes and not self._starts_here(kept, last, space):
            moved = self._targets_here()
            self.break_page(self.page.section)
            self.page.targets += [(name, self.y) for name in moved]
        for box in kept:
            self._put(box)
        self._put_split(last)

    def _starts_here(self, kept: Sequence[Box], last: Box, space: float) -> bool:
        room = self.room - space - stacked(kept) - (gap(kept[-1], last) if kept else 0.0)
        if last.height(TEXT_WIDTH) <= room:
            return True
        return room > LEAST_ROOM and last.split(TEXT_WIDTH, room) is not None

    def _targets_here(self) -> list[str]:
        """Targets at the place that is about to move to the next page."""
        moved = [name for name, top in self.page.targets if top >= self.y]
        self.page.targets = [target for target in self.page.targets if target[1] < self.y]
        return moved

    def _put_split(self, box: Box) -> None:
        while True:
            space = gap(self._before, box) if self._before else 0.0
            halves = None
            if box.height(TEXT_WIDTH) > self.room - space:
                halves = box.split(TEXT_WIDTH, self.room - space)
            if not halves:
                self._put(box)  # what cannot be split is on an empty page by now
                return
            self._put(halves[0])
            self.break_page(self.page.section)
            box = halves[1]

    def _put(self, box: Box) -> None:
        self.y += gap(self._before, box) if self._before else 0.0
        self.page.boxes.append(Placed(box, self.y))
        self.y += box.height(TEXT_WIDTH)
        self._before = box


def stacked(boxes: Sequence[Box]) -> float:
    """Height of boxes under one another."""
    inner = sum(box.height(TEXT_WIDTH) for box in boxes)
    return inner + sum(gap(first, second) for first, second in itertools.pairwise(boxes))
