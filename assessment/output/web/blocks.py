"""Blocks of the report as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from assessment.model.words import Catalogue
from assessment.output.numbering import Numbering, safe_link, tables_of, targets
from assessment.output.web.figures import Drawings
from assessment.output.web.markup import flat, joined, plain
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
)

SHORT = 12  # characters; a cell with no more is not broken


@dataclass(slots=True)
class Writer:
    """Writes the blocks of one report; counts its figures and tables, and names each id once."""

    report: Report
    words: Catalogue
    drawings: Drawings
    numbers: Numbering
    known: frozenset[str]
    named: set[str] = field(default_factory=set)

    def part(self, part: Part) -> str:
        """A section with its kicker and headline."""
        shown = {table.id for table in tables_of(part)}
        blocks = "".join(self.block(block, shown) for block in part.blocks)
        anchor, heading = self.anchor(part.id), f"h-{plain(part.id)}"
        return (
            f'<section{anchor} aria-labelledby="{heading}"><p class="kicker">{joined((part.kicker,))}</p>'
            f'<h2 id="{heading}">{joined(part.headline)}</h2>{blocks}</section>\n'
        )

    def anchor(self, name: str) -> str:
        """The id attribute; empty for a name that is taken."""
        if name in self.named:
            return ""
        self.named.add(name)
        return f' id="{plain(name)}"'

    def block(self, block: Block, shown: set[str]) -> str:
        """One block. `shown`: ids of the tables that stand on their own in this part."""
        match block:
            case Paragraph(parts, lead):
                return f'<p class="lead">{joined(parts)}</p>' if lead else f"<p>{joined(parts)}</p>"
            case Bullets(items):
                return _list(items)
            case Callout(title, items, strong):
                kind = "callout strong" if strong else "callout"
                body = _list(items) if len(items) > 1 else "".join(f"<p>{joined(i)}</p>" for i in items)
                return f'<div class="{kind}"><h3>{joined((title,))}</h3>{body}</div>'
            case Decision(title, items):
                return f'<div class="decision"><h3>{joined((title,))}</h3>{_list(items, "ol")}</div>'
            case Tiles(tiles):
                return f'<ul class="tiles">{"".join(_tile(tile) for tile in tiles)}</ul>'
            case Table():
                return self.table(block, self.caption(*self.numbers.table(), block.title))
            case FigureBlock():
                return self.figure(block, shown)
            case _:
                assert_never(block)

    def caption(self, word: str, number: int, title: str) -> str:
        """The words that name a figure or table: number in bold, then its title."""
        gap = "\u3000" if self.report.language == "zh" else " "
        return f"<b>{plain(word)}\u00a0{number}</b>{gap}{joined((title,))}"  # type: ignore[arg-type]

    def figure(self, block: FigureBlock, shown: set[str]) -> str:
        caption = self.caption(*self.numbers.figure(), block.caption)
        drawn = self.drawings.draw(block.figure, plain(block.alt))
        figure = f"<figure{self.anchor(block.id)}>{drawn}<figcaption>{caption}</figcaption></figure>"
        if block.show_table:
            return figure + self.table(block.table, self.caption(*self.numbers.table(), block.table.title))
        if block.table.id in shown or not block.table.rows:
            return figure
        behind = plain(self.words.text("exports.html.behind"))
        table = self.table(block.table, joined((block.table.title,)))
        return f"{figure}<details><summary>{behind}</summary>{table}</details>"

    def table(self, table: Table, caption: str) -> str:
        """A table that reads as rows on paper and on a desk, and as cards on a phone."""
        heads = "".join(
            f'<th role="columnheader" scope="col"{_numeric(c.numeric)}>{joined((c.title,))}</th>'
            for c in table.columns
        )
        note = f'<p class="note">{joined((table.note,))}</p>' if table.note else ""
        kind = ' class="compact"' if table.compact else ""
        return (
            f'<table role="table"{kind}{self.anchor(table.id)}><caption>{caption}</caption>'
            f"{_columns(table)}"
            f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
            f"{''.join(self._groups(table))}</table>{note}"
        )

    def _groups(self, table: Table) -> Iterator[str]:
        """Bodies of the table: each heading row begins one."""
        body: list[str] = []
        for row in table.rows:
            if row.heading and body:
                yield _body(body)
                body = []
            body.append(self._row(table, row))
        yield _body(body)

    def _row(self, table: Table, row: Row) -> str:
        wide = len(table.columns)
        if row.heading:
            words = self._cell(row.cells[0]) if row.cells else ""
            head = f'<th role="rowheader" scope="rowgroup" colspan="{wide}">{words}</th>'
            return f'<tr role="row" class="heading">{head}</tr>'
        cells = [*row.cells, *[Cell(())] * wide][:wide]
        kind = ' class="tinted"' if row.tinted else ""
        return f'<tr role="row"{kind}>{"".join(self._place(table, n, c) for n, c in enumerate(cells))}</tr>'

    def _place(self, table: Table, number: int, cell: Cell) -> str:
        column = table.columns[number]
        if number == 0:
            words = self._cell(cell, named=not table.compact)
            return f'<th role="rowheader" scope="row"{_numeric(column.numeric)}>{words}</th>'
        label = f' data-label="{flat((column.title,))}"'
        words = self._cell(cell)
        empty = "" if words else ' data-empty=""'
        whole = ' class="short"' if sum(map(len, cell.parts)) <= SHORT else ""
        return f'<td role="cell"{_numeric(column.numeric)}{label}{empty}><div{whole}>{words}</div></td>'

    def _cell(self, cell: Cell, *, named: bool = False) -> str:
        """`named`: the first part is what the row is about; further parts explain it."""
        dot = f'<span class="dot {cell.tone.value}"></span>' if cell.tone else ""
        words = joined(cell.parts)
        if named and words and not cell.strong:
            words = f"<b>{joined(cell.parts[:1])}</b>{joined(cell.parts[1:])}"
        words = f"<strong>{words}</strong>" if cell.strong and words else words
        link = safe_link(cell.link, self.known)
        return f'{dot}<a href="{plain(link)}">{words}</a>' if link and words else dot + words


def writer(report: Report, words: Catalogue) -> Writer:
    """The writer of a report."""
    return Writer(report, words, Drawings(report.language), Numbering(report), targets(report))


def _columns(table: Table) -> str:
    """Widths by weight; a column still gets what its widest word needs."""
    whole = sum(column.width for column in table.columns) or 1.0
    shares = (100 * column.width / whole for column in table.columns)
    return "<colgroup>" + "".join(f'<col width="{share:.0f}%">' for share in shares) + "</colgroup>"


def _numeric(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _body(rows: list[str]) -> str:
    return f'<tbody role="rowgroup">{"".join(rows)}</tbody>'


def _list(items: tuple[tuple[Text, ...], ...], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{joined(item)}</li>' for item in items)}</{kind}>"


def _tile(tile: Tile) -> str:
    said = {"label": joined((tile.label,)), "value": plain(tile.value), "note": joined((tile.note,))}
    lines = " ".join(f'<span class="{name}">{words}</span>' for name, words in said.items())
    return f'<li class="{tile.tone.value}">{lines}</li>'
