"""Tables with a head that is repeated on every page, and the words that name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from assessment.charts.style import TINT, WARM_TINT
from assessment.output.boxes import TextBox
from assessment.output.cleaning import clean, rich
from assessment.output.numbering import safe_link
from assessment.output.tables import fair_widths
from assessment.output.theme import TEXT_WIDTH, Look
from assessment.output.typeface import Weight
from assessment.output.word.styles import TABLE
from assessment.output.word.text import Pen
from assessment.output.word.xml import added, element
from assessment.report.document import Cell, Column, Row, Table

WIDER = 1.08  # room for a reader's own fonts, against the ones measured here
PADDING = 20.0  # of a cell, and its sign
LONG = 600  # characters; a row with a longer text may be cut between pages

Links = Callable[[Table, Row], dict[int, str]]


def start(pen: Pen, widths: Sequence[float], title: str) -> DocxTable:
    """An empty table with columns of these widths in points; `title` is for screen readers."""
    table: DocxTable = pen.document.add_table(rows=0, cols=len(widths))
    table.style = TABLE
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    properties = table._tbl.tblPr  # noqa: SLF001  python-docx has no public way
    added(properties, "tblCaption", val=title)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = element(
        "tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1
    )
    properties.insert(len(properties) - 1, look)
    return table


def widths_of(pen: Pen, table: Table) -> tuple[float, ...]:
    """Column widths by weight, but none narrower than its widest word, as far as that goes."""
    look = Look(8.0 if table.compact else 9.0, 11.0, Weight.SEMIBOLD)
    rows = [tuple(Cell((column.title,)) for column in table.columns)]
    rows += [row.cells for row in table.rows if not row.heading]

    def widest(place: int) -> float:
        words = (rich(cells[place].parts) for cells in rows if place < len(cells))
        return max(TextBox(spans, look, pen.chinese).widest_word() for spans in words)

    needs = [WIDER * widest(place) + PADDING for place in range(len(table.columns))]
    return tuple(fair_widths([max(column.width, 0.01) for column in table.columns], needs, TEXT_WIDTH))


def fill(pen: Pen, table: DocxTable, block: Table, links: Links) -> None:
    """Head and rows of a table of the report."""
    head = add_row(table, repeated=True)
    for cell, column in zip(head.cells, block.columns, strict=True):
        write(pen, cell, "Table Head", Cell((column.title,)), column)
    for row in block.rows:
        if row.heading:
            _heading(pen, table, row)
        else:
            _row(pen, table, block, row, links(block, row))


def add_row(table: DocxTable, *, repeated: bool = False, whole: bool = True) -> _Row:
    """A row; `repeated`: on every page, `whole`: never cut between pages."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  likewise
    if whole:
        added(properties, "cantSplit")
    if repeated:
        added(properties, "tblHeader")
    return row


def _heading(pen: Pen, table: DocxTable, row: Row) -> None:
    """A row of one cell over the whole width."""
    cells = add_row(table).cells
    whole = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
    _tint(whole, TINT)
    words = row.cells[0].parts if row.cells else ()
    paragraph = write(pen, whole, "Table Text", Cell(words, strong=True), None)
    paragraph.paragraph_format.keep_with_next = True


def _row(pen: Pen, table: DocxTable, block: Table, row: Row, links: dict[int, str]) -> None:
    long = any(sum(len(part) for part in cell.parts) > LONG for cell in row.cells)
    made = add_row(table, whole=not long)
    style = "Table Small" if block.compact else "Table Text"
    cells = [*row.cells, *[Cell(())] * len(block.columns)]
    for place, (into, cell, column) in enumerate(zip(made.cells, cells, block.columns, strict=False)):
        first = place == 0 and not block.compact
        write(pen, into, style, cell, column, first=first, link=links.get(place, ""))
        if row.tinted:
            _tint(into, WARM_TINT)


def write(
    pen: Pen,
    into: _Cell,
    style: str,
    cell: Cell,
    column: Column | None,
    *,
    first: bool = False,
    link: str = "",
) -> Paragraph:
    """Put a cell's words into the one paragraph of a table cell. `first`: it names the row."""
    paragraph = pen.style(into.paragraphs[0], style)
    if column is not None and column.numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if cell.tone is not None:
        pen.sign(paragraph, cell.tone)
    pen.write(paragraph, rich(cell.parts[:1]), bold=True if cell.strong or first else None)
    pen.write(paragraph, rich(cell.parts[1:]), bold=True if cell.strong else None)
    to = safe_link(cell.link, pen.known) or link
    if to and paragraph.runs:
        pen.link(paragraph, to, coloured=column is not None and column.numeric)
    return paragraph


def _tint(cell: _Cell, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  likewise
    properties.append(element("shd", val="clear", color="auto", fill=colour[1:]))


def plain(parts: Sequence[str]) -> str:
    """Words for screen readers: clean, on one line."""
    return " ".join(clean("".join(parts)).split())
