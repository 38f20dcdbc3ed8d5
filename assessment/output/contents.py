"""The contents: each part's short name, its finding, a dotted leader, its page. Every line is a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessment.charts.style import MARK_GREY, RULE
from assessment.output.boxes import Box, Gap, TextBox
from assessment.output.pen import Pen

NAME_WIDTH = 112.0
PAGE_WIDTH = 26.0
ROW_PAD = 3.4


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
    before: Gap = 8.0
    after: Gap = 22.0
    keep: bool = False
    key: object = field(default_factory=object)

    def _row(self, entry: Entry, width: float) -> float:
        finding = entry.finding.height(width - NAME_WIDTH - PAGE_WIDTH)
        return max(entry.name.height(NAME_WIDTH - 10), finding) + 2 * ROW_PAD

    def height(self, width: float) -> float:
        return self.title.height(width) + 6 + sum(self._row(entry, width) for entry in self.entries)

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        self.title.draw(pen, x, top, width)
        top += self.title.height(width) + 6
        pen.rule(x, top, width, stroke=RULE)
        with pen.group("TOC", self.key):
            for entry in self.entries:
                with pen.group("TOCI"):
                    self._draw_entry(pen, entry, x, top, width)
                top += self._row(entry, width)
                pen.rule(x, top, width, stroke=RULE, thickness=0.4)

    def _draw_entry(self, pen: Pen, entry: Entry, x: float, top: float, width: float) -> None:
        room = width - NAME_WIDTH - PAGE_WIDTH
        lines = entry.finding.lines(room)
        look = entry.finding.look
        number = entry.page.with_text(str(self.pages.get(entry.target, 0)))
        with pen.element("Link"):
            pen.lines(entry.name.lines(NAME_WIDTH - 10), x, top + ROW_PAD, entry.name.look)
            pen.lines(lines, x + NAME_WIDTH, top + ROW_PAD, look)
            last = top + ROW_PAD + (len(lines) - 1) * look.leading
            pen.lines(
                number.lines(PAGE_WIDTH),
                x + width - PAGE_WIDTH,
                last,
                number.look,
                width=PAGE_WIDTH,
                align="right",
            )
            words = f"{entry.name.plain} – {entry.finding.plain}"
            pen.link(f"#{entry.target}", x, top, width, self._row(entry, width), words)
        start = x + NAME_WIDTH + (lines[-1].width if lines else 0.0) + 5
        pen.leader(start, x + width - 16, last + 0.72 * look.leading, stroke=MARK_GREY)
