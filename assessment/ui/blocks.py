"""Blocks of the report on the screen. What a person typed is escaped before it becomes HTML."""

from __future__ import annotations

from typing import Final, assert_never

import streamlit as st

from assessment.charts import Theme, chart
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
from assessment.ui.markup import escaped, joined, rich

WIDE: Final = 760  # pixels; the text column on a laptop
NARROW: Final = 350  # pixels; the text column on a phone


def show_part(part: Part, words: Catalogue) -> None:
    """One message: kicker, headline, blocks."""
    anchor = escaped(part.id)
    st.html(
        f"<div class='report-block' id='{anchor}'><p class='kicker'>{rich(part.kicker)}</p>"
        f"<h2 class='headline'>{joined(part.headline)}</h2></div>"
    )
    for block in part.blocks:
        show_block(block, words)


def show_block(block: Block, words: Catalogue) -> None:
    """One block; a figure with its alternative text and the table behind it."""
    if isinstance(block, FigureBlock):
        _figure(block, words)
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
            return f"<section class='{kind}'><h4>{rich(title)}</h4>{_list(items)}</section>"
        case Decision(title, items):
            return f"<section class='decision'><h4>{rich(title)}</h4>{_list(items, 'ol')}</section>"
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
    """A table with its title as caption, scrolling sideways where the screen is narrow."""
    heads = "".join(f"<th scope='col' class='{'num' if c.numeric else ''}'>{rich(c.title)}</th>" for c in table.columns)
    lines = "".join(_row(table, row) for row in table.rows)
    note = f"<p class='note'>{rich(table.note)}</p>" if table.note else ""
    return (
        f"<div class='wide' tabindex='0'><table class='report'><caption>{rich(table.title)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>{note}"
    )


def _row(table: Table, row: Row) -> str:
    kind = "heading" if row.heading else "tinted" if row.tinted else ""
    if len(row.cells) == 1:
        return f"<tr class='{kind}'><td colspan='{len(table.columns)}'>{_cell(row.cells[0])}</td></tr>"
    numeric = [c.numeric for c in table.columns]
    cells = "".join(
        f"<td class='{'num' if number else ''}'>{_cell(cell)}</td>" for cell, number in zip(row.cells, numeric, strict=False)
    )
    return f"<tr class='{kind}'>{cells}</tr>"


def _cell(cell: Cell) -> str:
    dot = f"<span class='dot {cell.tone.value}'></span>" if cell.tone else ""
    text = joined(cell.parts).replace("\n", "<br>")
    return f"{dot}<b>{text}</b>" if cell.strong else dot + text


def _figure(block: FigureBlock, words: Catalogue) -> None:
    """The chart twice, for a wide and a narrow screen (the style sheet shows one), caption, and table."""
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        with st.container(key=f"chart-{name}-{block.id}"):
            drawing = chart(block.figure, width=width, theme=Theme.SCREEN, language=words.language)
            st.altair_chart(drawing, width="content", theme=None, alt=block.alt, key=f"{name}-{block.id}")
    st.html(f"<p class='note'>{rich(block.caption)}</p>")
    if block.show_table:
        st.html(f"<div class='report-block'>{table_html(block.table)}</div>")
    else:
        with st.expander(words.text("ui.results.table")):
            st.html(f"<div class='report-block'>{table_html(block.table)}</div>")
