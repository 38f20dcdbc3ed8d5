"""A table of the report on a sheet: numbers as numbers, its totals as sums, further columns beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment.output.workbook.sheet import TINTED, Sheet, place
from assessment.output.workbook.shown import Shown, shown
from assessment.report.document import Cell, Row, Table, Text
from assessment.report.origins import origin


@dataclass(frozen=True, slots=True)
class Extra:
    """A column the report has no room for. `value` of a row by the id of what the row is about.

    `formula`: how the value follows from the other extra columns, given their addresses in the row.
    `total`: the sum stands in the total row.
    """

    title: str
    format: str
    value: Callable[[str], float | None]
    formula: Callable[[Sequence[str]], str] | None = None
    total: bool = False
    format_of: Callable[[str], str] | None = None  # where rows differ in their units

    def form(self, of: str) -> str:
        return self.format_of(of) if self.format_of else self.format


Exact = Callable[[str, int], float | None]  # id of a row, number of a column -> the number before rounding


def nothing(_of: str, _column: int) -> float | None:
    return None


@dataclass(slots=True)
class Writing:
    """One table being written; `sums`: rows and values that count, by column."""

    sheet: Sheet
    table: Table
    extras: Sequence[Extra]
    exact: Exact
    sums: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # id -> row
    totals: dict[int, str] = field(default_factory=dict)  # column -> address of its sum

    def write(self, title: Sequence[Text]) -> None:
        """Title, head, rows and note; the sheet stands two rows below them then."""
        self.sheet.text(0, title, "caption", fits=False)
        self.sheet.next()
        self._head()
        for row in self.table.rows:
            self._row(row)
            self.sheet.next()
        if self.table.note:
            self.sheet.text(0, (self.table.note,), "note", fits=False)
            self.sheet.next()
        self.sheet.next()

    def _head(self) -> None:
        for number, column in enumerate(self.table.columns):
            align: dict[str, Any] = {"align": "right"} if column.numeric else {}
            self.sheet.text(number, (column.title,), "head", fits=False, **align)
        for number, extra in enumerate(self.extras, start=len(self.table.columns)):
            self.sheet.text(number, (extra.title,), "head", fits=False, align="right")  # type: ignore[arg-type]
        self.sheet.next()

    def _row(self, row: Row) -> None:
        wide = len(self.table.columns)
        if row.heading:
            for column in range(wide + len(self.extras)):
                self.sheet.blank(column, "heading")
            self.sheet.text(0, row.cells[0].parts if row.cells else (), "heading", fits=False)
            return
        of = origin(row)
        self.rows.setdefault(of, self.sheet.row)
        tint: Mapping[str, Any] = TINTED if row.tinted else {}
        total = bool(row.cells) and row.cells[0].strong and self._is_total(row)
        for column, cell in enumerate([*row.cells, *[Cell(())] * wide][:wide]):
            self._cell(column, cell, of, total=total, tint=tint)
        for number, extra in enumerate(self.extras):
            self._extra(wide + number, extra, of, total=total, tint=tint)

    def _is_total(self, row: Row) -> bool:
        """The last row, if its name stands for no indicator, part or measure of its own."""
        return row is self.table.rows[-1] and not origin(Row(row.cells)) and len(self.table.rows) > 2

    def _cell(self, column: int, cell: Cell, of: str, *, total: bool, tint: Mapping[str, Any]) -> None:
        named = column == 0 and len(cell.parts) == 1  # further parts explain the name, at some length
        look = "strong" if cell.strong or named else "cell"
        numeric = self.table.columns[column].numeric
        found = shown(cell) if numeric else None
        if found is None:
            align: dict[str, Any] = {"align": "right"} if numeric else {}
            self.sheet.text(column, cell.parts, look, **align, **tint)
            return
        if total and self._sum(column, found, look, tint):
            return
        exact = self.exact(of, column)
        value = exact / found.scale if exact is not None and found.shows(exact / found.scale) else found.value
        self.sums.setdefault(column, []).append((self.sheet.row, value))
        self.sheet.number(column, value, found.format, look, **tint)

    def _sum(self, column: int, found: Shown, look: str, tint: Mapping[str, Any]) -> bool:
        """Write the total as a sum, if summing up what stands above gives what the report shows."""
        above = self.sums.get(column, [])
        value = sum(number for _, number in above)
        if len(above) < 2 or not found.shows(value):
            return False
        self._write_sum(column, value, found.format, look, tint)
        return True

    def _write_sum(self, column: int, value: float, form: str, look: str, tint: Mapping[str, Any]) -> None:
        above = [row for row, _ in self.sums[column]]
        row = self.sheet.row
        formula = f"=SUM({place(min(above), column)}:{place(row - 1, column)})"
        self.sheet.formula(row, column, formula, value, form, look, **tint)
        self.totals[column] = place(row, column)

    def _extra(self, column: int, extra: Extra, of: str, *, total: bool, tint: Mapping[str, Any]) -> None:
        value = extra.value(of) if of else None
        if total and extra.total and self.sums.get(column):
            summed = sum(number for _, number in self.sums[column])
            self._write_sum(column, summed, extra.format, "strong", tint)
        elif value is None:
            self.sheet.blank(column, **tint)
        else:
            self.sums.setdefault(column, []).append((self.sheet.row, value))
            self._write_extra(column, extra, of, value, tint)

    def _write_extra(self, column: int, extra: Extra, of: str, value: float, tint: Mapping[str, Any]) -> None:
        if extra.formula is None:
            self.sheet.number(column, value, extra.form(of), **tint)
            return
        row, first = self.sheet.row, len(self.table.columns)
        cells = [place(row, first + number) for number in range(len(self.extras))]
        self.sheet.formula(row, column, extra.formula(cells), value, extra.format, **tint)
