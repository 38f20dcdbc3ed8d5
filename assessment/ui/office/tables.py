"""Plain tables; on a narrow screen each row becomes a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from assessment.ui.markup import escaped


def show_table(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """`name` is read out to those who cannot see it. Heads are text; cells are HTML, typed text escaped."""
    first = "".join(f"<th scope='col'>{escaped(head)}</th>" for head in heads)
    body = "".join(f"<tr>{_cells(heads, row)}</tr>" for row in rows)
    st.html(
        f"<div class='wide report-block'><table class='report' aria-label='{escaped(name)}'>"
        f"<thead><tr>{first}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(heads: Sequence[str], row: Sequence[str]) -> str:
    return "".join(
        f"<td data-title='{escaped(head)}'><span>{cell}</span></td>"
        for head, cell in zip(heads, row, strict=True)
    )
