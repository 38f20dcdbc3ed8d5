"""Boxes to pages. Nothing is drawn here: pages are complete, and countable, before the first mark."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessment.output.boxes import Box, gap
from assessment.output.figure_box import FigureBox
from assessment.output.theme import FLOOR, TEXT_WIDTH, TOP

MOST_PAGES = 200
PART_GAP = 20.0  # between an appendix part and the next on one page
MOST_SPREAD = 1.3
LEAST_SPREAD = 0.2  # rows are never squeezed by more than this share
STEPS = 20  # of a spread between 0 and 1
FILL = 0.8  # share of the free room that charts take
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
            if not self.page.targets:
                self.page.section = section
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
        space = gap(self._before, boxes[0]) if self._before and boxes else 0.0
        return space + stacked(boxes) <= self.room

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


def fill_page(boxes: Sequence[Box], room: float) -> None:
    """Stretch or squeeze the charts of a part that nearly fills `room`, so that it fills it well."""
    charts = [box for box in boxes if isinstance(box, FigureBox)]
    drawn = sum(chart.chart_height(TEXT_WIDTH) for chart in charts)
    slack = room - stacked(boxes)
    if not charts or slack < -LEAST_SPREAD * drawn:
        return
    wanted = 1 + (slack * FILL if slack > 0 else slack - 4) / drawn
    steps = math.floor(min(MOST_SPREAD, wanted) * STEPS)  # few steps: drawn charts are cached
    for step in range(steps, round((1 - LEAST_SPREAD) * STEPS) - 1, -1):
        for chart in charts:
            chart.spread = step / STEPS
        if stacked(boxes) <= room:  # titles and axes of a chart do not shrink with its rows
            return


def stacked(boxes: Sequence[Box]) -> float:
    """Height of boxes under one another."""
    inner = sum(box.height(TEXT_WIDTH) for box in boxes)
    return inner + sum(gap(first, second) for first, second in itertools.pairwise(boxes))
