"""Tables: light rules, a repeated head, rows that may run over pages, level signs beside the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName

from assessment.charts.style import NAVY, RULE, TINT, TONE_COLOURS, WARM_TINT
from assessment.output.boxes import Box, Gap, TextBox
from assessment.output.pen import Pen
from assessment.report.document import Tone

PAD_X, PAD_Y = 4.5, 5.2
TIGHT_Y = 1.1  # in compact tables
SIGN = 12.0  # room for a level sign before the words
AFTER_NUMBERS = 8.0  # further room where words follow a column set to the right
LEVEL_SHARE = {Tone.NONE: 0.0, Tone.EMERGING: 0.25, Tone.PRONOUNCED: 0.5, Tone.ACUTE: 1.0}


@dataclass(slots=True)
class CellBox:
    """One cell: words, and the sign of a tone before them."""

    words: TextBox
    tone: Tone | None = None


@dataclass(slots=True)
class RowBox:
    """One row; a heading row has one cell over the whole width."""

    cells: Sequence[CellBox]
    tinted: bool = False
    heading: bool = False
    pad: float = PAD_Y  # above and below the words
    name: str = ""  # links lead here
    key: object = field(default_factory=object)

    def widths(self, columns: Sequence[float]) -> Sequence[float]:
        return (sum(columns),) if self.heading else columns

    def height(self, columns: Sequence[float]) -> float:
        pairs = zip(self.cells, self.widths(columns), strict=False)
        return (
            max((cell.words.height(width - 2 * PAD_X) for cell, width in pairs), default=0.0) + 2 * self.pad
        )

    def split(self, columns: Sequence[float], room: float) -> tuple[RowBox, RowBox] | None:
        """Cut a row that is too high: each cell after the lines that fit."""
        heads, rests, cut = [], [], False
        for cell, width in zip(self.cells, self.widths(columns), strict=False):
            inner = width - 2 * PAD_X
            fits = cell.words.height(inner) <= room - 2 * self.pad
            halves = None if fits else cell.words.split(inner, room - 2 * self.pad)
            if not fits and not halves:
                return None
            head, rest = halves or (cell.words, replace(cell.words, set_lines=()))
            cut = cut or bool(halves)
            assert isinstance(head, TextBox)
            assert isinstance(rest, TextBox)
            heads.append(replace(cell, words=head))
            rests.append(CellBox(rest))
        return (replace(self, cells=heads), replace(self, cells=rests)) if cut else None


@dataclass(slots=True)
class TableBox:
    """A table with its title, which stays with the first row, and a note under the last."""

    title: TextBox | None
    head: RowBox
    rows: Sequence[RowBox]
    weights: Sequence[float]
    note: TextBox | None = None
    name: str = ""  # links lead here
    before: Gap = 12.0
    after: Gap = 12.0
    keep: bool = False
    key: object = field(default_factory=object)
    continued: bool = False
    _columns: dict[float, tuple[float, ...]] = field(default_factory=dict)
    _heights: dict[float, list[float]] = field(default_factory=dict)

    def columns(self, width: float) -> tuple[float, ...]:
        """Column widths: by weight, but no column narrower than its widest word, as far as that goes."""
        if width not in self._columns:
            self._columns[width] = fair_widths(self.weights, self._needs(), width)
        return self._columns[width]

    def _needs(self) -> list[float]:
        rows = [self.head, *(row for row in self.rows if not row.heading)]
        return [
            max(row.cells[place].words.widest_word() if place < len(row.cells) else 0.0 for row in rows)
            + 2 * PAD_X
            for place in range(len(self.weights))
        ]

    def _row_heights(self, width: float) -> list[float]:
        if width not in self._heights:
            columns = self.columns(width)
            self._heights[width] = [row.height(columns) for row in self.rows]
        return self._heights[width]

    def _top(self, width: float) -> float:
        title = self.title.height(width) + 3 if self.title else 0.0
        return title + self.head.height(self.columns(width))

    def height(self, width: float) -> float:
        note = self.note.height(width) + 4 if self.note else 0.0
        return self._top(width) + sum(self._row_heights(width)) + note

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        """Cut between rows, never right after a heading row; a row higher than the room is cut itself."""
        taken, count = self._top(width), 0
        heights = self._row_heights(width)
        while count < len(heights) and taken + heights[count] <= room:
            taken += heights[count]
            count += 1
        head, rest = list(self.rows[:count]), list(self.rows[count:])
        if rest and (not head or heights[count] > 200):
            halves = rest[0].split(self.columns(width), room - taken)
            if halves:
                head.append(halves[0])
                rest[0] = halves[1]
        while head and head[-1].heading:
            rest.insert(0, head.pop())
        if not rest and len(head) > 1:  # only the note is left over: a row goes with it
            rest.insert(0, head.pop())
        if not head or not rest:
            return None
        first = replace(self, rows=head, note=None, after=0.0, _heights={})
        return first, replace(self, rows=rest, title=None, before=0.0, continued=True, _heights={})

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        columns = self.columns(width)
        pen.target(self.name, top)
        if self.title:
            self.title.draw(pen, x, top, width)
            top += self.title.height(width) + 3
        with pen.group("Table", self.key):
            top = self._draw_head(pen, x, top, columns)
            self._draw_grounds(pen, x, top, width)
            for row, high in zip(self.rows, self._row_heights(width), strict=True):
                self._draw_row(pen, row, x, top, columns, high)
                top += high
        if self.note:
            self.note.draw(pen, x, top + 4, width)

    def _draw_grounds(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Tints of all rows, before any rule: a ground must not cover the rule above it."""
        for row, high in zip(self.rows, self._row_heights(width), strict=True):
            if row.tinted or row.heading:
                pen.rect(x, top, width, high, fill=TINT if row.heading else WARM_TINT)
            top += high

    def _draw_head(self, pen: Pen, x: float, top: float, columns: Sequence[float]) -> float:
        high = self.head.height(columns)
        if self.continued:
            for cell, left, width in _cells(self.head, x, columns):
                words, inner = cell.words, width - 2 * PAD_X
                baseline = top + high - self.head.pad - words.height(inner)
                pen.lines(
                    words.lines(inner),
                    left + PAD_X + words.indent,
                    baseline,
                    words.look,
                    width=inner - words.indent,
                    align=words.align,
                )
        else:
            with pen.group("TR", self.head.key):
                for cell, left, width in _cells(self.head, x, columns):
                    inner = width - 2 * PAD_X
                    cell.words.draw(
                        pen, left + PAD_X, top + high - self.head.pad - cell.words.height(inner), inner
                    )
        pen.rule(x, top + high, sum(columns), stroke=NAVY, thickness=0.9)
        return top + high

    def _draw_row(
        self, pen: Pen, row: RowBox, x: float, top: float, columns: Sequence[float], high: float
    ) -> None:
        pen.target(row.name, top)
        with pen.group("TR", row.key):
            for cell, left, width in _cells(row, x, columns):
                if cell.tone is not None:
                    look = cell.words.look
                    sign(
                        pen,
                        cell.tone,
                        left + PAD_X + cell.words.indent - SIGN + 3.6,
                        top + row.pad + look.leading / 2 + 0.2,
                    )
                cell.words.draw(pen, left + PAD_X, top + row.pad, width - 2 * PAD_X)
        pen.rule(x, top + high, sum(columns), stroke=RULE, thickness=0.4)


def _cells(row: RowBox, x: float, columns: Sequence[float]) -> list[tuple[CellBox, float, float]]:
    placed = []
    for cell, width in zip(row.cells, row.widths(columns), strict=False):
        placed.append((cell, x, width))
        x += width
    return placed


def sign(pen: Pen, tone: Tone, x: float, y: float) -> None:
    """A level as a circle more or less filled, the firm as a diamond: readable without colour."""
    if tone is Tone.FIRM:
        pen.diamond(x, y, 4.2, TONE_COLOURS[tone])
    else:
        pen.pie(x, y, 3.3, LEVEL_SHARE.get(tone, 1.0 if tone is Tone.NEUTRAL else 0.0), TONE_COLOURS[tone])


def header_scope(columns: int = 1) -> dict[str, object]:
    """The attributes that make a cell the head of its columns."""
    entries = {"O": PDFName("Table"), "Scope": PDFName("Column")}
    if columns > 1:
        entries["ColSpan"] = columns
    return {"A": PDFDictionary(entries)}


def fair_widths(weights: Sequence[float], needs: Sequence[float], width: float) -> tuple[float, ...]:
    """`width` shared out by weight; columns in need get their need first, unless all needs are too much."""
    if sum(needs) >= width:
        share = width / sum(needs)
        return tuple(need * share for need in needs)
    fixed: set[int] = set()
    while True:
        free = width - sum(needs[place] for place in fixed)
        total = sum(weight for place, weight in enumerate(weights) if place not in fixed)
        widths = [
            needs[place] if place in fixed else free * weight / total for place, weight in enumerate(weights)
        ]
        short = {place for place, wide in enumerate(widths) if place not in fixed and wide < needs[place]}
        if not short:
            return tuple(widths)
        fixed |= short
