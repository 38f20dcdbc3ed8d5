"""The contents: where each part begins. Every line is a link.

Full: short name, finding, dotted leader, page.
Compact: names and pages in two columns, for the foot of page 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessment.charts.style import MARK_GREY, RULE
from assessment.output.boxes import Box, Gap, TextBox
from assessment.output.pen import Pen

NAME_WIDTH = 112.0
NUMBER_WIDTH = 26.0
BETWEEN = 28.0  # between the two columns of the compact form
ROW_PAD = 3.4
TITLE_GAP = 6.0


@dataclass(slots=True)
class Entry:
    """One line; `target` is the part's id."""

    target: str
    name: TextBox
    finding: TextBox
    page: TextBox  # an empty box whose look sets the number


@dataclass(slots=True)
class ContentsBox:
    """Page numbers are known when the pages are drawn: `pages` is filled after pagination."""

    title: TextBox
    entries: Sequence[Entry]
    pages: Mapping[str, int]
    compact: bool = False
    before: Gap = 14.0
    after: Gap = 22.0
    keep: bool = False
    key: object = field(default_factory=object)

    def _name_width(self, width: float) -> float:
        return (width - BETWEEN) / 2 - NUMBER_WIDTH if self.compact else NAME_WIDTH - 10

    def _row(self, entry: Entry, width: float) -> float:
        name = entry.name.height(self._name_width(width))
        finding = 0.0 if self.compact else entry.finding.height(width - NAME_WIDTH - NUMBER_WIDTH)
        return max(name, finding) + 2 * ROW_PAD

    def _columns(self) -> list[Sequence[Entry]]:
        half = -(-len(self.entries) // 2)
        return [self.entries[:half], self.entries[half:]] if self.compact else [self.entries]

    def height(self, width: float) -> float:
        rows = max(sum(self._row(entry, width) for entry in column) for column in self._columns())
        return self.title.height(width) + TITLE_GAP + rows

    def split(self, _width: float, _room: float, /) -> tuple[Box, Box] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        self.title.draw(pen, x, top, width)
        top += self.title.height(width) + TITLE_GAP
        wide = (width - BETWEEN) / 2 if self.compact else width
        with pen.group("TOC", self.key):
            for column in self._columns():
                y = top
                pen.rule(x, y, wide, stroke=RULE)
                for entry in column:
                    high = self._row(entry, width)
                    with pen.group("TOCI"):
                        self._draw_entry(pen, entry, x, y, wide, high)
                    y += high
                    pen.rule(x, y, wide, stroke=RULE, thickness=0.4)
                x += wide + BETWEEN

    def _draw_entry(self, pen: Pen, entry: Entry, x: float, top: float, width: float, high: float) -> None:
        said, left, room = entry.name, x, width - NUMBER_WIDTH
        if not self.compact:
            said, left, room = entry.finding, x + NAME_WIDTH, width - NAME_WIDTH - NUMBER_WIDTH
        lines, look = said.lines(room), said.look
        number = entry.page.with_text(str(self.pages.get(entry.target, 0))).lines(NUMBER_WIDTH)
        last = top + ROW_PAD + (len(lines) - 1) * look.leading
        with pen.element("Link"):
            if not self.compact:
                pen.lines(entry.name.lines(NAME_WIDTH - 10), x, top + ROW_PAD, entry.name.look)
            pen.lines(lines, left, top + ROW_PAD, look)
            edge = x + width - NUMBER_WIDTH
            pen.lines(number, edge, last, entry.page.look, width=NUMBER_WIDTH, align="right")
            pen.link(f"#{entry.target}", x, top, width, high, f"{entry.name.plain} – {entry.finding.plain}")
        start = left + (lines[-1].width if lines else 0.0) + 5
        pen.leader(start, x + width - 16, last + 0.72 * look.leading, stroke=MARK_GREY)
