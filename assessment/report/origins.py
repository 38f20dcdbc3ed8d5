"""What the numbers of a report are about, which cells lead there, and where on paper the chain goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessment.report.document import Cell, FigureBlock, Part, Report, Row, Table, Traced


def origin(row: Row) -> str:
    """Id of what the numbers of a row are about; empty if it has none."""
    return row.of or (_own(row.cells[0]) if row.cells else "")


def _own(cell: Cell) -> str:
    return next((part.of for part in cell.parts if isinstance(part, Traced)), "")


def has_number(cell: Cell) -> bool:
    return any(sign.isdigit() for part in cell.parts for sign in part)


def leading(table: Table, row: Row) -> Mapping[int, str]:
    """Place of each cell that leads to where its number comes from, with the id it comes from.

    These are the numbers in columns of numbers. A row that has its numbers in sentences leads from its name.
    """
    of = origin(row)
    if not of or row.heading or not any(has_number(cell) for cell in row.cells):
        return {}
    pairs = enumerate(zip(row.cells, table.columns, strict=False))
    found = {n: _own(c) or of for n, (c, column) in pairs if column.numeric and has_number(c)}
    return found or {0: of}


def printed(part: Part) -> Iterator[Table]:
    """The tables of a part that stand on paper."""
    for block in part.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, FigureBlock) and block.show_table:
            yield block.table


@dataclass(frozen=True)
class Homes:
    """Where something is told on paper: in a part of its own (`drivers-D1`), else in the last table on it."""

    parts: frozenset[str]
    tables: Mapping[str, str]  # id -> id of the table

    def link(self, of: str, table: str = "") -> str:
        """The address of an id, seen from a table; empty if it is told right there or nowhere."""
        if f"drivers-{of}" in self.parts:
            return "" if table == f"drivers-{of}" else f"#drivers-{of}"
        return f"#{of}" if self.tables.get(of, table) != table else ""


def homes(report: Report) -> Homes:
    """All places of a report."""
    rows = ((t, row) for part in report.parts for t in printed(part) for row in t.rows)
    found = {origin(row): t.id for t, row in rows if origin(row)}
    return Homes(frozenset(part.id for part in report.parts), found)
