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
)
from assessment.ui.markup import escaped, joined, plain, rich

# Pixels. Both are drawn, and the style sheet shows the one that fits: a script cannot ask how wide a page is.
WIDTHS: Final = {Theme.SCREEN: 720, Theme.PHONE: 328}


def show_part(part: Part, words: Catalogue, *, titled: bool = True) -> None:
    """One message: kicker, headline, blocks. `titled`: False where its headline stands above already."""
    if titled:
        st.html(
            f"<div class='report-block' id='{escaped(part.id)}'><p class='kicker'>{rich(part.kicker)}</p>"
            f"<h2 class='headline'>{joined(part.headline)}</h2></div>"
        )
    tables = {block.id for block in part.blocks if isinstance(block, Table)}
    for block in part.blocks:
        if isinstance(block, FigureBlock):
            _figure(block, words, table_follows=block.table.id in tables)
        else:
            st.html(f"<div class='report-block'>{block_html(block)}</div>")


def block_html(block: Block) -> str:
    """A block as HTML."""
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
            return f"<div class='tiles'>{''.join(_tile(t) for t in tiles)}</div>"
        case Table():
            return table_html(block)
        case FigureBlock():
            return ""
        case _:
            assert_never(block)


def _list(items: tuple[tuple[Text, ...], ...], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{joined(item)}</li>' for item in items)}</{kind}>"


def _tile(tile: Tile) -> str:
    return (
        f"<div class='tile {tile.tone.value}'><div class='label'>{rich(tile.label)}</div>"
        f"<div class='value'>{escaped(tile.value)}</div><div class='note'>{joined((tile.note,))}</div></div>"
    )


def table_html(table: Table) -> str:
    """A table with its title as caption. On a narrow screen rows become lists; the roles keep it a table."""
    heads = "".join(
        f"<th role='columnheader' scope='col' class='{'num' if c.numeric else ''}'>{rich(c.title)}</th>"
        for c in table.columns
    )
    lines = "".join(_row(table, row) for row in table.rows)
    note = f"<p class='note'>{rich(table.note)}</p>" if table.note else ""
    return (
        f"<table class='report' role='table'><caption>{rich(table.title)}</caption>"
        f"<thead role='rowgroup'><tr role='row'>{heads}</tr></thead>"
        f"<tbody role='rowgroup'>{lines}</tbody></table>{note}"
    )


def _row(table: Table, row: Row) -> str:
    kind = "heading" if row.heading else "tinted" if row.tinted else ""
    if len(row.cells) == 1:
        one = f"<td role='cell' colspan='{len(table.columns)}'>{_cell(row.cells[0])}</td>"
        return f"<tr role='row' class='{kind}'>{one}</tr>"
    cells = "".join(
        f"<td role='cell' class='{'num' if column.numeric else ''}' "
        f"data-title='{escaped(plain((column.title,)))}'><span>{_cell(cell)}</span></td>"
        for cell, column in zip(row.cells, table.columns, strict=False)
    )
    return f"<tr role='row' class='{kind}'>{cells}</tr>"


def _cell(cell: Cell) -> str:
    dot = f"<span class='dot {cell.tone.value}'></span>" if cell.tone else ""
    text = joined(cell.parts).replace("\n", "<br>")
    return f"{dot}<b>{text}</b>" if cell.strong else dot + text


def _figure(block: FigureBlock, words: Catalogue, *, table_follows: bool) -> None:
    """The chart, its caption, and the numbers behind it unless the page shows them anyway."""
    for theme, width in WIDTHS.items():
        with st.container(key=f"chart-{theme}-{block.id}"):
            drawing = deepcopy(spec(block.figure, width=width, theme=theme, language=words.language))
            key = f"drawing-{theme}-{block.id}"
            st.vega_lite_chart(spec=drawing, width="content", theme=None, alt=block.alt, key=key)
    st.html(f"<p class='note'>{rich(block.caption)}</p>")
    if block.show_table:
        st.html(f"<div class='report-block'>{table_html(block.table)}</div>")
    elif not table_follows:
        with st.expander(words.text("ui.results.table")):
            st.html(f"<div class='report-block'>{table_html(block.table)}</div>")
