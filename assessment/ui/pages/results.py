"""The result on screen: the parts of the report, with the same numbers as on paper."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assessment.report.document import Part
from assessment.ui import access
from assessment.ui.blocks import show_part
from assessment.ui.downloads import show_downloads
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, literal, plain
from assessment.ui.place import go
from assessment.ui.ways import Ways
from assessment.workflow.results import see_result

FOLDED: Final = ("answers", "sources")  # long lists for looking things up


def show(frame: Frame) -> None:
    """Placement, dilemmas and drivers, indicators, trends, functions, plan, data quality, downloads."""
    assert frame.opened is not None
    if not frame.opened.stored:
        st.title(frame.words.text("ui.results.title"), anchor=False)
        st.markdown(frame.words.text("ui.results.not_yet"))
        return
    report = see_result(access.bench(), frame.opened, frame.language).report
    first, *others = report.parts
    st.title(plain_title(first), anchor=False)
    colon = report.labels.colon
    facts = (f"{plain((name,))}{colon}{literal(plain((value,)))}" for name, value in report.facts)
    st.caption(" · ".join((report.labels.stamp, *facts)))
    show_part(first, frame.words, Ways(frame.words, first.id), titled=False)
    show_downloads(frame, frame.opened)
    to_plan = frame.words.text("plan_page.from_results")
    with st.container(horizontal=True, key="to-plans"):
        st.button(to_plan, key="to-plan", type="primary", on_click=go, args=("plan",))
        st.button(frame.words.text("whatif.open"), key="to-whatif", on_click=go, args=("whatif",))
    if frame.opened.earlier is not None:
        since = frame.words.text("since.page.open")
        st.button(since, key="to-since", on_click=go, args=("since",))
    _contents(frame, others)
    for part in others:
        if part.id in FOLDED:
            with st.expander(plain((part.short,))):
                show_part(part, frame.words, Ways(frame.words, part.id))
        else:
            show_part(part, frame.words, Ways(frame.words, part.id))
    if frame.may_answer:
        st.button(frame.words.text("since.again.title"), key="to-again", on_click=go, args=("again",))


def plain_title(part: Part) -> str:
    """The headline of a part for a place that reads Markdown."""
    return literal(plain(part.headline))


def _contents(frame: Frame, parts: list[Part]) -> None:
    open_parts = ((escaped(p.id), escaped(plain((p.short,)))) for p in parts if p.id not in FOLDED)
    links = "".join(f"<li><a href='#{id_}'>{name}</a></li>" for id_, name in open_parts)
    title = escaped(frame.words.text("ui.results.contents"))
    st.html(f"<nav class='contents' aria-label='{title}'><b>{title}</b><ul>{links}</ul></nav>")
