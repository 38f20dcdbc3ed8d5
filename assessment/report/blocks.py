"""Small helpers to build blocks."""

from __future__ import annotations

from assessment.report.document import Cell, Column, Paragraph, Row, Text, Tone, Typed, Words


def _text(part: Text | str) -> Text:
    return part if isinstance(part, (Words, Typed)) else Words(part)


def cell(
    *parts: Text | str, tone: Tone | None = None, strong: bool = False, link: str = "", hint: str = ""
) -> Cell:
    """A table cell; plain strings are our own words."""
    return Cell(tuple(_text(p) for p in parts), tone=tone, strong=strong, link=link, hint=hint)


def row(*cells: Cell | Text | str, tinted: bool = False, heading: bool = False, of: str = "") -> Row:
    """A table row; texts become cells. `of`: what its numbers are about, if its first cell does not say."""
    made = tuple(c if isinstance(c, Cell) else cell(c) for c in cells)
    return Row(made, tinted=tinted, heading=heading, of=of)


def column(title: str, width: float = 1.0, *, numeric: bool = False) -> Column:
    return Column(Words(title), width, numeric)


def paragraph(*parts: Text | str, lead: bool = False) -> Paragraph:
    """A paragraph; plain strings are our own words."""
    return Paragraph(tuple(_text(p) for p in parts), lead=lead)
