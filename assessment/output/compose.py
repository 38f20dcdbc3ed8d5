"""Report blocks to boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import assert_never

from assessment.charts.style import AMBER, BLUE, NAVY, TINT, TONE_COLOURS, WARM_TINT, WHITE
from assessment.output.boxes import Beside, Box, Panel, Stack, TextBox
from assessment.output.cleaning import Rich, Span, clean, rich
from assessment.output.figure_box import FigureBox
from assessment.output.tables import (
    AFTER_NUMBERS,
    PAD_Y,
    SIGN,
    TIGHT_Y,
    CellBox,
    RowBox,
    TableBox,
    header_scope,
)
from assessment.output.theme import TEAL, Look, Looks, looks
from assessment.output.typeface import Weight
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
    Tile,
    Tiles,
    Tone,
    Traced,
)
from assessment.report.origins import Homes, homes, leading, origin

BULLET = "•"
COMPACT = 0.9  # type of a compact table, against others
TILE_TEXT = 240  # characters; a tile is a headline number, not a place for prose


@dataclass
class Composer:
    """Makes the boxes of one report; counts its figures and tables."""

    report: Report
    figures: int = 0
    tables: int = 0

    @property
    def chinese(self) -> bool:
        return self.report.language == "zh"

    @cached_property
    def homes(self) -> Homes:
        return homes(self.report)

    @property
    def looks(self) -> Looks:
        return looks(self.report.language)

    def text(self, parts: tuple[Text, ...] | Rich, look: Look, **settings: object) -> TextBox:
        spans = tuple(part if isinstance(part, Span) else rich((part,)) for part in parts)
        flat = tuple(span for each in spans for span in (each if isinstance(each, tuple) else (each,)))
        return TextBox(flat, look, self.chinese, **settings)  # type: ignore[arg-type]

    def opening(self, part: Part) -> list[Box]:
        """Kicker and headline; both stay with what follows."""
        shout = tuple(replace(span, text=span.text.upper()) for span in rich((part.kicker,)))
        kicker = self.text(shout, self.looks.kicker, keep=True, after=4.0)
        look = replace(self.looks.headline, size=13.0, leading=17.0) if part.appendix else self.looks.headline
        return [
            kicker,
            self.text(
                part.headline, look, tag="H2", keep=True, balanced=True, after=5.0 if part.appendix else 10.0
            ),
        ]

    def blocks(self, part: Part) -> Iterator[Box]:
        for block in part.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Box]:
        match block:
            case Paragraph():
                look = self.looks.lead if block.lead else self.looks.body
                yield self.text(block.parts, look, before=2.0, after=8.0)
            case Bullets():
                yield self.listed(block.items, self.looks.item)
            case Callout():
                yield self.callout(block)
            case Tiles():
                yield from self.tiles(block)
            case Table():
                yield self.table(block)
            case FigureBlock():
                yield self.figure(block)
                if block.show_table:
                    yield self.table(block.table)
            case Decision():
                yield self.decision(block)
            case _:
                assert_never(block)

    def listed(self, items: tuple[tuple[Text, ...], ...], look: Look, *, numbered: bool = False) -> Stack:
        """Bullets, or numbers where the order matters."""
        boxes = []
        for number, parts in enumerate(items, start=1):
            label = f"{number}." if numbered else BULLET
            words = self.text(
                parts, look, tag="LBody", indent=14.0 if numbered else 11.0, label=label, after=2.5
            )
            boxes.append(Stack([words], tag="LI", after=2.5))
        return Stack(boxes, tag="L", before=2.0, after=8.0)

    def callout(self, block: Callout) -> Panel:
        title = self.text((block.title,), self.looks.box_title, keep=True, after=2.0)
        body: Box
        if len(block.items) == 1:
            body = self.text(block.items[0], self.looks.item)
        else:
            body = self.listed(block.items, self.looks.item)
        ground, bar = (WARM_TINT, AMBER) if block.strong else (TINT, TEAL)
        return Panel(Stack([title, body]), ground, bar, before=10.0, after=12.0, padding=(9.0, 14.0))

    def decision(self, block: Decision) -> Panel:
        title = self.text((block.title,), self.looks.box_title.on(WHITE), keep=True, after=3.0)
        look = self.looks.item.on(WHITE)
        body = self.listed(block.items, look, numbered=len(block.items) > 1)
        return Panel(Stack([title, body]), NAVY, before=10.0, after=12.0, padding=(12.0, 15.0))

    def tiles(self, block: Tiles) -> Iterator[Beside]:
        """Rows of at most four tiles."""
        rows = -(-len(block.tiles) // 4)
        each = -(-len(block.tiles) // max(1, rows))
        for start in range(0, len(block.tiles), each or 1):
            tiles = [self.tile(tile) for tile in block.tiles[start : start + each]]
            yield Beside(tiles, before=8.0, after=12.0)

    def tile(self, tile: Tile) -> Panel:
        to = self.homes.link(tile.value.of) if isinstance(tile.value, Traced) else ""
        value = self.text((Span(clean(tile.value, 24)),), self.looks.tile_value, most=2, link=to)
        label = self.text((tile.label,), self.looks.tile_label)
        note = self.text((Span(clean(str(tile.note), TILE_TEXT)),), self.looks.tile_note, before=3.0)
        bar = TONE_COLOURS[tile.tone] if tile.tone is not Tone.NEUTRAL else NAVY
        return Panel(Stack([label, value, note]), TINT, bar, padding=(8.0, 11.0))

    def numbered(self, word: str, number: int, title: str) -> TextBox:
        """The line that names a table or figure: number in bold, then its words."""
        gap = "\u3000" if self.chinese else "\u00a0 "
        lead = Span(f"{word}\u00a0{number}{gap}", Weight.SEMIBOLD)
        return self.text((lead, *rich((title,))), self.looks.caption)  # type: ignore[arg-type]

    def figure(self, block: FigureBlock) -> FigureBox:
        self.figures += 1
        caption = self.numbered(self.report.labels.figure, self.figures, block.caption)
        caption.tag = "Caption"
        return FigureBox(block.figure, caption, clean(block.alt), self.report.language, block.id)

    def table(self, block: Table) -> TableBox:
        self.tables += 1
        title = self.numbered(self.report.labels.table, self.tables, block.title)
        note = self.text((block.note,), self.looks.note) if block.note else None
        return TableBox(
            title=title,
            head=RowBox(
                [CellBox(self._head(block, place)) for place in range(len(block.columns))], pad=_pad(block)
            ),
            rows=[self._row(row, block) for row in block.rows],
            weights=[max(column.width, 0.01) for column in block.columns],
            note=note,
            name=block.id,
        )

    def _head(self, table: Table, place: int) -> TextBox:
        column = table.columns[place]
        return self.text(
            (column.title,),
            self.looks.table_head,
            tag="TH",
            align="right" if column.numeric else "left",
            indent=_lead(table, place),
            attributes=header_scope(),
        )

    def _row(self, row: Row, table: Table) -> RowBox:
        """A row with exactly as many cells as the table has columns; a heading row has one over all."""
        columns = len(table.columns)
        if row.heading:
            words = row.cells[0].parts if row.cells else ()
            head = self.text(words, self.looks.table_strong, tag="TH", attributes=header_scope(columns))
            return RowBox([CellBox(head)], heading=True, pad=_pad(table))
        cells = [*row.cells, *[Cell(())] * columns][:columns]
        links = {place: self.homes.link(of, table.id) for place, of in leading(table, row).items()}
        boxes = [
            self._cell(cell, table, place, cell.link or links.get(place, ""))
            for place, cell in enumerate(cells)
        ]
        of = origin(row)
        here = of if self.homes.tables.get(of) == table.id else ""
        return RowBox(boxes, tinted=row.tinted, pad=_pad(table), name=here)

    def _cell(self, cell: Cell, table: Table, place: int, link: str) -> CellBox:
        look = self.looks.table_strong if cell.strong else self.looks.table
        parts = rich(cell.parts)
        if place == 0 and not table.compact and parts:  # what the row is about; further parts explain it
            about = rich(cell.parts[:1])
            strong = (Span(span.text, span.weight or Weight.SEMIBOLD) for span in about)
            parts = (*strong, *parts[len(about) :])
        if table.compact:
            look = _compact(look)
        right = table.columns[place].numeric
        words = self.text(
            parts,
            look.on(BLUE) if link and right else look,
            tag="TD",
            align="right" if right else "left",
            indent=_lead(table, place) + (SIGN if cell.tone is not None and not right else 0.0),
            link=link,
            hint=clean(cell.hint),
        )
        return CellBox(words, None if right else cell.tone)


@lru_cache(maxsize=16)
def _compact(look: Look) -> Look:
    return replace(look, size=COMPACT * look.size, leading=COMPACT * look.leading)


def _pad(table: Table) -> float:
    return TIGHT_Y if table.compact else PAD_Y


def _lead(table: Table, place: int) -> float:
    """Room before words that follow a column of numbers."""
    follows = place > 0 and table.columns[place - 1].numeric and not table.columns[place].numeric
    return AFTER_NUMBERS if follows else 0.0
