"""The parts of the assessment beside the page, with what is answered in each."""

from __future__ import annotations

import streamlit as st

from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import turn_to
from assessment.ui.server import post_form
from assessment.ui.session import opened, progress_now


def show_sidebar(frame: Frame) -> None:
    """Nothing before an assessment is open; for a reader, only what can be read."""
    if frame.opened is None:
        return
    with st.sidebar:
        name = frame.opened.record.firm_name
        st.markdown(f"**{literal(name)}**" if name else f"**{frame.words.text('report.product')}**")
        if frame.may_answer:
            st.fragment(key="nav")(_sections)(frame)
        for page in ("results", "method"):
            _entry(frame, page, frame.words.text(f"ui.nav.{page}"))
        if not frame.may_answer:
            st.caption(frame.words.text("ui.results.sample"))
            st.html(post_form("/leave", frame.words.text("ui.nav.leave_sample")))


def _sections(frame: Frame) -> None:
    now = opened()
    if now is None:
        return
    st.caption(frame.words.text("ui.nav.quick_path" if now.quick else "ui.nav.full_path"))
    _entry(frame, "home", frame.words.text("ui.nav.home"))
    for part in progress_now(now):
        key = "complete" if part.settled == part.asked else "short"
        values = {"title": frame.section_title(part.section), "done": part.settled, "asked": part.asked}
        _entry(frame, "section", frame.words.text(f"ui.nav.{key}", **values), part.section)
    _entry(frame, "review", frame.words.text("ui.nav.review"))


def _entry(frame: Frame, page: str, label: str, section: str = "") -> None:
    here = (frame.place.page, frame.place.section) == (page, section)
    st.button(
        label, key=f"nav.{page}.{section}", type="primary" if here else "tertiary", width="stretch",
        on_click=turn_to, args=(page, section),
    )  # fmt: skip
