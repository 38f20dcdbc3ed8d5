"""Blocks of the report on the screen. What a person typed is escaped before it becomes HTML."""

from __future__ import annotations

from copy import deepcopy
from typing import Final, assert_never

import streamlit as st

from assessment.charts import Theme, spec
from assessment.model.words import Catalogue
from assessment.report.document import (
    Block,
    Bullets,
    Callout,
    Cell,
    Decision,
    FigureBlock,
    Paragraph,
    Part,
    Row,
    Table,
    Text,
    Tile,
    Tiles,
    Traced,
)
from assessment.report.origins import leading
from assessment.ui.markup import escaped, joined, plain, rich
from assessment.ui.ways import Ways

# Pixels. Both are drawn, and the style sheet shows the one that fits: a script cannot ask how wide a page is.
WIDTHS: Final = {Theme.SCREEN: 720, Theme.PHONE: 328}


def show_part(part: Part, words: Catalogue, ways: Ways | None = None, *, titled: bool = True) -> None:
    """One message: kicker, headline, blocks. `titled`: False where its headline stands above already.

    `ways`: where its numbers lead; without it they lead nowhere.
    """
    if titled:
        st.html(
            f"<div class='report-block' id='{escaped(part.id)}'><p class='kicker'>{rich(part.kicker)}</p>"
            f"<h2 class='headline'>{joined(part.headline)}</h2></div>"
        )
    tables = {block.id for block in part.blocks if isinstance(block, Table)}
    for block in part.blocks:
        if isinstance(block, FigureBlock):
            _figure(block, words, ways, table_follows=block.table.id in tables)
        else:
            st.html(f"<div class='report-block'>{block_html(block, ways)}</div>")


def block_html(block: Block, ways: Ways | None = None) -> str:
    """A block as HTML. `ways`: where its numbers lead."""
    match block:
        case Paragraph(parts, lead):
            return f"<p class='{'lead' if lead else ''}'>{joined(parts)}</p>"
        case Bullets(items):
            return _list(items)
        case Callout(title, items, strong):
            kind = "callout strong" if strong else "callout"
            return f"<section class='{kind}'><h3>{rich(title)}</h3>{_list(items)}</section>"
        case Decision(title, items):
            return f"<section class='decision'><h3>{rich(title)}</h3>{_list(items, 'ol')}</section>"
        case Tiles(tiles):
            return f"<div class='tiles'>{''.join(_tile(t, ways) for t in tiles)}</div>"
        case Table():
            return table_html(block, ways)
        case FigureBlock():
            return ""
        case _:
            assert_never(block)


def _list(items: tuple[tuple[Text, ...], ...], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{joined(item)}</li>' for item in items)}</{kind}>"


def _tile(tile: Tile, ways: Ways | None) -> str:
    value = escaped(tile.value)
    if ways and isinstance(tile.value, Traced) and tile.value.of not in ways.via[-1:]:
        value = ways.number(tile.value.of, value, plain((tile.label,)))
    return (
        f"<div class='tile {tile.tone.value}'><div class='label'>{rich(tile.label)}</div>"
        f"<div class='value'>{value}</div><div class='note'>{joined((tile.note,))}</div></div>"
    )


def table_html(table: Table, ways: Ways | None = None) -> str:
    """A table with its title as caption. On a narrow screen rows become lists; the roles keep it a table."""
    heads = "".join(
        f"<th role='columnheader' scope='col' class='{'num' if c.numeric else ''}'>{rich(c.title)}</th>"
        for c in table.columns
    )
    lines = "".join(_row(table, row, ways) for row in table.rows)
    note = f"<p class='note'>{rich(table.note)}</p>" if table.note else ""
    return (
        f"<table class='report' role='table'><caption>{rich(table.title)}</caption>"
        f"<thead role='rowgroup'><tr role='row'>{heads}</tr></thead>"
        f"<tbody role='rowgroup'>{lines}</tbody></table>{note}"
    )


def _row(table: Table, row: Row, ways: Ways | None) -> str:
    leads = leading(table, row) if ways else {}
    shown = [_cell(cell, row, leads.get(place, ""), ways) for place, cell in enumerate(row.cells)]
    kind = "heading" if row.heading else "tinted" if row.tinted else ""
    if len(row.cells) == 1:
        one = f"<td role='cell' colspan='{len(table.columns)}'>{shown[0]}</td>"
        return f"<tr role='row' class='{kind}'>{one}</tr>"
    cells = "".join(
        f"<td role='cell' class='{'num' if column.numeric else ''}' "
        f"data-title='{escaped(plain((column.title,)))}'><span>{cell}</span></td>"
        for cell, column in zip(shown, table.columns, strict=False)
    )
    return f"<tr role='row' class='{kind}'>{cells}</tr>"


def _cell(cell: Cell, row: Row, of: str, ways: Ways | None) -> str:
    """`of`: what a number in it comes from."""
    dot = f"<span class='dot {cell.tone.value}'></span>" if cell.tone else ""
    text = joined(cell.parts).replace("\n", "<br>")
    if ways and cell.link.startswith(("trace:", "question:")):
        to = ways.link(cell.link)
        text = f"<a href='{escaped(to)}'>{text}</a>" if to else text
    elif ways and of and of not in ways.via[-1:]:
        name = plain(row.cells[0].parts)
        text = ways.number(of, text, name) if cell is not row.cells[0] else _named(text, ways.trace(of))
    return f"{dot}<b>{text}</b>" if cell.strong else dot + text


def _named(text: str, address: str) -> str:
    """The first line of a name as a link; what explains it below stays text."""
    name, line, rest = text.partition("<br>")
    return f"<a class='of' href='{escaped(address)}'>{name}</a>{line}{rest}"


def show_figure(block: FigureBlock, words: Catalogue) -> None:
    """A chart whose table stands beside it on the page."""
    for theme, width in WIDTHS.items():
        with st.container(key=f"chart-{theme}-{block.id}"):
            drawing = deepcopy(spec(block.figure, width=width, theme=theme, language=words.language))
            key = f"drawing-{theme}-{block.id}"
            st.vega_lite_chart(spec=drawing, width="content", theme=None, alt=block.alt, key=key)


def _figure(block: FigureBlock, words: Catalogue, ways: Ways | None, *, table_follows: bool) -> None:
    """The chart, its caption, and the numbers behind it unless the page shows them anyway."""
    show_figure(block, words)
    st.html(f"<p class='note'>{rich(block.caption)}</p>")
    if block.show_table:
        st.html(f"<div class='report-block'>{table_html(block.table, ways)}</div>")
    elif not table_follows:
        with st.expander(words.text("ui.results.table")):
            st.html(f"<div class='report-block'>{table_html(block.table, ways)}</div>")
