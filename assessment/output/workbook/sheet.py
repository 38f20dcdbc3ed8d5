"""One sheet: text goes in as text, numbers as numbers, and only this module writes formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from assessment.charts.style import GREY, INK, NAVY, RULE, TINT, WARM_TINT, WHITE
from assessment.output.cleaning import rich
from assessment.report.document import Text

LONGEST: Final = 32_000  # characters a cell may hold
NARROWEST, WIDEST = 10, 52  # columns, in characters
LINE, MOST_LINES = 13.5, 30  # height of a line in points; a row may be 409 points high
_FONTS: Final = {"zh": "Microsoft YaHei"}
_LEADS: Final = "=+-@\t\r\n"  # what a spreadsheet may take for the start of a formula when a cell is edited
LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": NAVY},
    "headline": {"bold": True, "font_size": 13, "font_color": NAVY},
    "caption": {"bold": True, "font_color": GREY},
    "note": {"font_color": GREY},
    "head": {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True, "indent": 1},
    "cell": {"text_wrap": True, "indent": 1, "bottom": 1, "bottom_color": RULE},
    "strong": {"text_wrap": True, "indent": 1, "bottom": 1, "bottom_color": RULE, "bold": True},
    "heading": {"bold": True, "bg_color": TINT},
    "link": {"font_color": "#1F6FA8", "underline": 1},
}


@dataclass(slots=True)
class Book:
    """A workbook and its formats, each made once."""

    workbook: Workbook
    language: str
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def format(self, look: str, **more: object) -> Any:
        wanted: dict[str, object] = {
            "font_name": _FONTS.get(self.language, "Calibri"),
            "font_size": 10,
            "font_color": INK,
            "valign": "top",
            **LOOKS[look],
            **more,
        }
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(wanted)
        return self._formats[key]


@dataclass(slots=True)
class Sheet:
    """A worksheet with the row that is written next."""

    book: Book
    sheet: Worksheet
    row: int = 0
    _widths: dict[int, float] = field(default_factory=dict)
    _wrapped: list[tuple[int, int, list[int]]] = field(default_factory=list)  # row, column, widths of lines

    @property
    def name(self) -> str:
        return str(self.sheet.get_name())

    def text(
        self, column: int, parts: Iterable[Text], look: str, *, fits: bool = True, **more: object
    ) -> None:
        """Text in the current row. `fits`: the column grows with it."""
        words = "".join(span.text for span in rich(parts))[:LONGEST]
        if words.startswith(tuple(_LEADS)):
            more["quote_prefix"] = True
        self.sheet.write_string(self.row, column, words, self.book.format(look, **more))
        lines = [width(line) for line in words.split("\n")]
        if "text_wrap" in LOOKS[look]:
            self._wrapped.append((self.row, column, lines))
        if fits:
            self._grow(column, max(lines))

    def number(self, column: int, value: float, form: str, look: str = "cell", **more: object) -> None:
        made = self.book.format(look, num_format=form, align="right", **more)
        self.sheet.write_number(self.row, column, value, made)
        self._grow(column, len(f"{value:,.2f}") + 2)

    def formula(
        self, row: int, column: int, formula: str, value: float, form: str, look: str = "cell", **more: object
    ) -> None:
        """A formula of ours with the value it has, for readers that do not compute."""
        made = self.book.format(look, num_format=form, align="right", **more)
        self.sheet.write_formula(row, column, formula, made, value)
        self._grow(column, len(f"{value:,.2f}") + 2)

    def blank(self, column: int, look: str = "cell", **more: object) -> None:
        self.sheet.write_blank(self.row, column, None, self.book.format(look, **more))

    def next(self, rows: int = 1) -> None:
        self.row += rows

    def _grow(self, column: int, wide: float) -> None:
        self._widths[column] = max(self._widths.get(column, NARROWEST), min(wide + 2, WIDEST))

    def finish(self, page: str) -> None:
        """Column widths, and how the sheet is printed. `page`: the foot with codes for page numbers."""
        for column, wide in self._widths.items():
            self.sheet.set_column(column, column, wide)
        for row, lines in self._lines().items():
            if lines > 1:
                self.sheet.set_row(row, LINE * min(lines, MOST_LINES) + 3)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&R{page}")

    def _lines(self) -> dict[int, int]:
        """Lines a row takes once its columns are as wide as they become: not every reader counts them."""
        out: dict[int, int] = {}
        for row, column, widths in self._wrapped:
            room = max(self._widths.get(column, NARROWEST) - 2, 1)
            out[row] = max(out.get(row, 1), sum(max(1, -(-wide // int(room))) for wide in widths))
        return out


def width(text: str) -> int:
    """Characters, Chinese ones counted twice."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text)


def place(row: int, column: int) -> str:
    """The address of a cell: A1."""
    return str(xl_rowcol_to_cell(row, column))


TINTED: Final = {"bg_color": WARM_TINT}
