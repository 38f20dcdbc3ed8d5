"""The parts of the assessment beside the page, with what is answered in each."""

from __future__ import annotations

import streamlit as st

from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import turn_to
from assessment.ui.responses import post_form
from assessment.ui.services import SAMPLE_COOKIE
from assessment.ui.session import opened, progress_now, session
from assessment.workflow.seating import Place


def show_sidebar(frame: Frame) -> None:
    """Nothing before an assessment is open; for a reader, only what can be read."""
    session().counted.clear()
    if frame.opened is None:
        return
    if isinstance(frame.opened, Place):
        _of_seat(frame, frame.opened)
        return
    with st.sidebar:
        name = frame.opened.record.firm_name
        st.markdown(f"**{literal(name)}**" if name else f"**{frame.words.text('report.product')}**")
        if frame.may_answer:
            _sections(frame)
        _entry(frame, "results", frame.words.text("ui.nav.results"))
        if frame.opened.earlier is not None:
            _entry(frame, "since", frame.words.text("since.short"))
        _entry(frame, "plan", frame.words.text("plan_page.title"))
        if frame.may_answer or frame.opened.agenda.decided:
            _entry(frame, "actions", frame.words.text("actions.title"))
        _entry(frame, "whatif", frame.words.text("whatif.title"))
        if frame.may_answer:
            if frame.edition.agreement is not None:
                _entry(frame, "workshop", frame.words.text("workshop.title"))
            _entry(frame, "sharing", frame.words.text("sharing.title"))
        _entry(frame, "method", frame.words.text("ui.nav.method"))
        if not frame.may_answer:
            sample = SAMPLE_COOKIE in st.context.cookies
            st.caption(frame.words.text("ui.results.sample" if sample else "sharing.reader"))
            leave = "ui.nav.leave_sample" if sample else "ui.home.forget"
            st.html(post_form("/leave", frame.words.text(leave)))


def _of_seat(frame: Frame, here: Place) -> None:
    """For a respondent of a workshop: their own sections, and the way out."""
    with st.sidebar:
        st.markdown(f"**{frame.words.text('seat.title')}**")
        st.caption(frame.texts.maybe(f"workshop_roles.{here.seat.role}"))
        _entry(frame, "seat", frame.words.text("seat.overview"))
        for section in here.sections:
            st.fragment(key=f"nav.{section}")(_section)(frame, section)
        _entry(frame, "method", frame.words.text("ui.nav.method"))
        st.html(post_form("/leave", frame.words.text("seat.leave")))


def _sections(frame: Frame) -> None:
    assert frame.opened is not None
    path = "ui.nav.quick_path" if frame.opened.quick else "ui.nav.full_path"
    st.caption(frame.words.text(path))
    _entry(frame, "home", frame.words.text("ui.nav.home"))
    for part in progress_now(frame.opened):
        st.fragment(key=f"nav.{part.section}")(_section)(frame, part.section)
    _entry(frame, "review", frame.words.text("ui.nav.review"))


def _section(frame: Frame, section: str) -> None:
    """One section with its count: drawn again by itself when the count changes."""
    now = opened()
    part = next((p for p in progress_now(now) if p.section == section), None) if now else None
    if part is None:
        if isinstance(now, Place):
            _entry(frame, "section", f":material/lock: {frame.section_title(section)}", section)
        return
    session().counted[section] = part
    key = "complete" if part.settled == part.asked else "short"
    values = {"title": frame.section_title(section), "done": part.settled, "asked": part.asked}
    _entry(frame, "section", frame.words.text(f"ui.nav.{key}", **values), section)


def _entry(frame: Frame, page: str, label: str, section: str = "") -> None:
    here = (frame.place.page, frame.place.section) == (page, section)
    st.button(
        label, key=f"nav.{page}.{section}", type="primary" if here else "tertiary", width="stretch",
        on_click=turn_to, args=(page, section),
    )  # fmt: skip
