"""How the assessment works, for whoever wants to know before trusting it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assessment.report.document import Cell, Column, Row, Table, Words
from assessment.report.parts.sources import unused_table
from assessment.report.say import Say
from assessment.ui.blocks import table_html
from assessment.ui.frame import Frame
from assessment.ui.place import go

HEADS = ("indicator", "formula", "meaning")


def show(frame: Frame) -> None:
    """Method, levels, unknown answers, standing of rules, sources, all indicators."""
    say = frame.words.text
    st.title(say("ui.method.title"), anchor=False)
    st.markdown(say("ui.method.intro"))
    levels = {level: frame.texts.text(f"levels.{level}") for level in frame.edition.placement.levels}
    for part in ("levels", "unknown", "standing", "sources"):
        st.header(say(f"ui.method.{part}_title"), anchor=False)
        st.markdown(say(f"ui.method.{part}", **(levels if part == "levels" else {})))
    with st.expander(say("ui.method.indicators")):
        st.html(_indicators(frame))
    unused = unused_table(Say(frame.edition, frame.texts, frame.words))
    with st.expander(unused.title):
        st.html(f"<div class='report-block'>{table_html(replace(unused, title=Words('')))}</div>")
    values = {"edition": frame.edition.id, "fingerprint": frame.edition.fingerprint[:12]}
    st.caption(say("ui.method.edition", **values))
    if frame.opened is None:
        st.button(say("ui.nav.back"), key="back", on_click=go, args=("start",))


def _indicators(frame: Frame) -> str:
    """All indicators as a table of the report's kind."""
    say, texts = frame.words.text, frame.texts
    columns = tuple(Column(Words(say(f"ui.method.{head}"))) for head in HEADS)
    rows = tuple(
        Row(
            tuple(
                Cell((Words(texts.text(f"indicators.{id_}.{part}")),))
                for part in ("name", "formula", "meaning")
            )
        )
        for id_ in frame.edition.indicators
    )
    return f"<div class='report-block'>{table_html(Table('indicators', Words(''), columns, rows))}</div>"
