"""Blocks of the report as paragraphs, tables and pictures of a text document."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import assert_never

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from assessment.output.cleaning import Span, clean
from assessment.output.numbering import Numbering
from assessment.output.pictures import png
from assessment.output.theme import TEXT_WIDTH
from assessment.output.typeface import Weight
from assessment.output.word import tables
from assessment.output.word.styles import restarted
from assessment.output.word.text import Pen
from assessment.output.word.xml import element, simple_field
from assessment.report.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Decision,
    FigureBlock,
    Paragraph,
    Part,
    Report,
    Row,
    Table,
    Text,
    Tiles,
    Words,
)
from assessment.report.origins import Homes, leading

Items = tuple[tuple[Text, ...], ...]


@dataclass(slots=True)
class Writer:
    """Writes one report into a document."""

    report: Report
    document: Document
    pen: Pen
    numbers: Numbering
    homes: Homes

    def part(self, part: Part) -> None:
        """Kicker, headline and blocks. Links to the part lead to its headline."""
        self.paragraph("Kicker", (part.kicker,))
        self.pen.mark(self.paragraph("Heading 1", part.headline), part.id)
        for block in part.blocks:
            self.block(block)

    def paragraph(self, style: str, parts: tuple[Text | Span, ...] = ()) -> DocxParagraph:
        return self.pen.paragraph(style, parts)

    def block(self, block: Block) -> None:
        match block:
            case Paragraph(parts, lead):
                self.paragraph("Lead" if lead else "Normal", parts)
            case Bullets(items):
                self.items("List Bullet", items)
            case Callout(title, items, strong):
                self.boxed("Warning" if strong else "Remark", title, items)
            case Decision(title, items):
                self.boxed("Decision", title, items, numbered=len(items) > 1)
            case Tiles():
                self.tiles(block)
            case Table():
                self.table(block)
            case FigureBlock():
                self.figure(block)
                if block.show_table:
                    self.table(block.table)
            case _:
                assert_never(block)

    def items(self, style: str, items: Items) -> list[DocxParagraph]:
        return [self.paragraph(style, item) for item in items]

    def boxed(self, box: str, title: Words, items: Items, *, numbered: bool = False) -> None:
        """A title and its remarks on a coloured ground, as paragraphs of styles that bear the box."""
        self.paragraph(f"{box} Title", (title,))
        several = len(items) > 1
        made = self.items(f"{box} List" if several else f"{box} Text", items)
        if numbered:
            number = restarted(self.document)
            for paragraph in made:
                properties = paragraph._element.get_or_add_pPr()  # noqa: SLF001  python-docx has no public way
                properties.get_or_add_numPr().get_or_add_numId().val = number
                paragraph.paragraph_format.left_indent = Pt(28.4)  # a list's own would come first
                paragraph.paragraph_format.first_line_indent = Pt(-14.2)
        for paragraph in made[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        if made:
            made[-1].paragraph_format.space_after = Pt(12)

    def tiles(self, block: Tiles) -> None:
        """Headline numbers as a table: labels above, values, words below."""
        count = len(block.tiles)
        if not count:
            return
        titles = tables.plain([f"{tile.label} " for tile in block.tiles])
        table = tables.start(self.pen, [TEXT_WIDTH / count] * count, titles)
        head = tables.add_row(table, repeated=True)
        rows = [head, tables.add_row(table), tables.add_row(table)]
        for place, tile in enumerate(block.tiles):
            cells = [row.cells[place] for row in rows]
            tables.write(self.pen, cells[0], "Table Head", Cell((tile.label,)), None)
            value = self.pen.style(cells[1].paragraphs[0], "Tile Value")
            self.pen.write(value, (Span(clean(tile.value, 24)),))
            tables.write(self.pen, cells[2], "Table Text", Cell((tile.note,), tile.tone), None)
        self.paragraph("Note")

    def caption(self, word: str, number: int, kind: str, title: Text) -> DocxParagraph:
        """Number in bold, as a field that counts, then the words."""
        paragraph = self.paragraph("Caption", (Span(f"{word}\u00a0", Weight.SEMIBOLD),))
        field = simple_field(f"SEQ {kind} \\* ARABIC", str(number))
        field[0].insert(0, element("rPr", "<w:b/><w:bCs/>"))
        paragraph._element.append(field)  # noqa: SLF001  likewise
        self.pen.write(paragraph, (Span("\u3000" if self.pen.chinese else "\u00a0 "), title))
        return paragraph

    def figure(self, block: FigureBlock) -> None:
        """The chart as a picture with its text for those who cannot see it."""
        picture = png(block.figure, TEXT_WIDTH, self.report.language)
        holder = self.paragraph("Figure")
        shape = holder.add_run().add_picture(BytesIO(picture), width=Pt(TEXT_WIDTH))
        properties = shape._inline.docPr  # noqa: SLF001  likewise
        properties.set("name", clean(block.id))
        properties.set("descr", tables.plain([block.alt]))
        self.pen.mark(holder, block.id)
        self.caption(*self.numbers.figure(), "Figure", block.caption)

    def table(self, block: Table) -> None:
        title = self.caption(*self.numbers.table(), "Table", block.title)
        title.paragraph_format.keep_with_next = True
        self.pen.mark(title, block.id)
        if not block.columns:
            return
        table = tables.start(self.pen, tables.widths_of(self.pen, block), tables.plain([block.title]))
        tables.fill(self.pen, table, block, self._links)
        self.paragraph("Note", (block.note,) if block.note else ())

    def _links(self, table: Table, row: Row) -> dict[int, str]:
        """Cells whose numbers are explained elsewhere in the report, with the place."""
        found = {place: self.homes.link(of, table.id) for place, of in leading(table, row).items()}
        return {place: to for place, to in found.items() if to and to[1:] in self.pen.known}


def lang_of(language: str) -> str:
    """The language tag of a report."""
    return {"zh": "zh-CN"}.get(language, language)
