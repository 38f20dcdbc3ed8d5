"""Reading the tables of a report back from its files, without any code of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from lxml import html
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

Grid = list[list[str]]
Tables = dict[str, list[Grid]]  # by title, in the order of reading

SIGNS = re.compile("^[○◔◑●◆◌]")  # of a level, before its word
NUMBERED = re.compile(r"^(Table|表)\d+")
_FORMAT = re.compile(r'("[^"]*")?#?,?#?#?(0)(\.0+)?("[^"]*")?(%)?')


def squeezed(text: str) -> str:
    """Text without spaces and invisible marks: every format breaks lines where it likes."""
    return re.sub("[\\s\u2060\u00ad]", "", text)


def collect(pairs: Iterator[tuple[str, Grid]]) -> Tables:
    found: Tables = {}
    for title, grid in pairs:
        found.setdefault(squeezed(title), []).append(grid)
    return found


# --- HTML, of the file and of the screen ---------------------------------------------------------


def html_tables(page: str) -> Tables:
    """Every table with a caption; its number is not part of the title."""
    return collect(
        (NUMBERED.sub("", squeezed(table.findtext("caption") or _text(table.find("caption")))), _grid(table))
        for table in html.fromstring(page).iter("table")
    )


def _grid(table: html.HtmlElement) -> Grid:
    return [[squeezed(_text(cell)) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext())


# --- DOCX ----------------------------------------------------------------------------------------


def docx_tables(data: bytes) -> Tables:
    """Every table under a caption; merged cells count once."""
    return collect(_captioned(docx.Document(BytesIO(data))))


def _captioned(document: docx.document.Document) -> Iterator[tuple[str, Grid]]:
    title = ""
    for block in document.iter_inner_content():
        if isinstance(block, DocxParagraph):
            if block.style is not None and block.style.name == "Caption":
                title = NUMBERED.sub("", squeezed(docx_text(block._p)))
        elif isinstance(block, DocxTable):
            yield title, [_cells(row) for row in block.rows]


def docx_text(element: object) -> str:
    """All text under an element, that of fields and links too."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))  # type: ignore[attr-defined]


def _cells(row: object) -> list[str]:
    cells: list[str] = []
    seen: set[int] = set()
    for cell in row.cells:  # type: ignore[attr-defined]
        if id(cell._tc) not in seen:
            seen.add(id(cell._tc))
            cells.append(SIGNS.sub("", squeezed(docx_text(cell._tc))))
    return cells


# --- XLSX ----------------------------------------------------------------------------------------


def xlsx_tables(data: bytes, titles: set[str]) -> Tables:
    """The tables with these titles: a title, a head, rows; each as wide as its head."""
    book = openpyxl.load_workbook(BytesIO(data), data_only=True)  # values the file holds for formulas
    return collect(pair for sheet in book for pair in _under(sheet, titles))


def _under(sheet: Worksheet, titles: set[str]) -> Iterator[tuple[str, Grid]]:
    rows = [[displayed(cell) for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows):
        title = squeezed(row[0]) if row else ""
        if title in titles and number + 1 < len(rows) and not any(row[1:]) and any(rows[number + 1][1:]):
            end = next((n for n in range(number + 1, len(rows)) if not any(rows[n])), len(rows))
            yield title, [[squeezed(cell) for cell in line] for line in rows[number + 1 : end]]


def displayed(cell: Cell) -> str:
    """What a spreadsheet shows of a cell."""
    value = cell.value
    if not isinstance(value, int | float):
        return "" if value is None else str(value)
    positive, _, negative = cell.number_format.partition(";")
    form = negative if value < 0 and negative else positive
    if form == "General":
        return f"{value:g}"
    found = _FORMAT.fullmatch(form.replace('"\u2212"', ""))
    assert found, form
    before, _, rest, after, percent = found.groups()
    places = len(rest) - 1 if rest else 0
    exact = abs(Decimal(f"{value:.15g}")) * (100 if percent else 1)  # spreadsheets count in 15 digits
    size = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "\u2212" if value < 0 else ""
    return f"{(before or '').strip(chr(34))}{sign}{size}{(after or '').strip(chr(34))}{percent or ''}"
