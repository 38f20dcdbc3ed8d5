"""The frame around every page: title, language, progress, what is saved; then the page itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from assessment.store import NotSaved
from assessment.ui import access, membership, place, saving, style
from assessment.ui.frame import Frame, Locked
from assessment.ui.pages import (
    actions,
    again,
    fill,
    home,
    join,
    method,
    office,
    plan,
    results,
    review,
    room,
    seat,
    section,
    sharing,
    signin,
    since,
    start,
    trace,
    whatif,
    workshop,
)  # fmt: skip
from assessment.ui.session import one_reading, session
from assessment.ui.sidebar import show_sidebar
from assessment.workflow import bench
from assessment.workflow.opening import Opened, switch_language
from assessment.workflow.seating import Place as Seated

PAGES: dict[str, Callable[[Frame], None]] = {
    "start": start.show,
    "home": home.show,
    "section": section.show,
    "review": review.show,
    "results": results.show,
    "since": since.show,
    "again": again.show,
    "fill": fill.show,
    "plan": plan.show,
    "actions": actions.show,
    "trace": trace.show,
    "whatif": whatif.show,
    "method": method.show,
    "join": join.show,
    "seat": seat.show,
    "signin": signin.show,
    "office": office.show,
    "sharing": sharing.show,
    "workshop": workshop.show,
    "room": room.show,
}
ANYBODY = ("start", "method", "join", "signin", "office")  # the office asks for itself who comes
SEAT = ("seat", "section", "method")  # for a respondent of a workshop
READ = (
    "results",
    "since",
    "plan",
    "actions",
    "trace",
    "whatif",
    "method",
)  # for whoever holds a link to read


def show() -> None:
    """Draw the app, rebuilt from cookie, address and database."""
    saving.retry()
    with one_reading() as opened:
        frame = _frame(opened)
        st.set_page_config(page_title=frame.words.text("report.product"), layout="centered")
        style.apply(frame.language)
        _header(frame)
        membership.show_who(frame)
        show_sidebar(frame)
        _scroll(frame)
        try:
            PAGES[frame.place.page](frame)
        except Locked:
            st.warning(frame.words.text("ui.no_access"))


def _frame(opened: Opened | None) -> Frame:
    edition = opened.edition if opened else bench.edition(access.bench().current)
    own = opened is not None and not isinstance(opened, Seated)  # a respondent may read another language
    language = place.language(edition.languages, opened.record.language if opened and own else "")
    wanted = membership.first(place.here(), something_open=opened is not None)
    return Frame(_allowed(wanted, opened), language, opened)


def _allowed(wanted: place.Place, opened: Opened | None) -> place.Place:
    """The place itself, or the nearest one this visitor may see."""
    if wanted.page in ("join", "signin", "office"):
        return wanted
    if opened is None:
        nearest = place.Place("seat" if access.seat_token() else "start")  # there it is told that it is over
        return wanted if wanted.page in ANYBODY else nearest
    if isinstance(opened, Seated):
        theirs = wanted.page in SEAT and (wanted.page != "section" or wanted.section in opened.sections)
        return wanted if theirs else place.Place("seat")
    if opened.record.scope != "answer":
        return wanted if wanted.page in READ else place.Place("results")
    if wanted.page == "section" and wanted.section not in opened.edition.sections:
        return place.Place("home")
    return wanted if wanted.page in PAGES and wanted.page != "seat" else place.Place("home")


def _header(frame: Frame) -> None:
    with st.container(horizontal=True, key="header", vertical_alignment="center"):
        st.markdown(f"**{frame.words.text('report.product')}**")
        key = "language"
        st.session_state[key] = frame.language
        st.segmented_control(
            frame.words.text("ui.language"), frame.edition.languages, key=key, label_visibility="collapsed",
            required=True, format_func=lambda code: frame.words.text(f"ui.languages.{code}"),
            on_change=_switch, args=(key,),
        )  # fmt: skip


def _switch(key: str) -> None:
    """Another language from now on; kept with the assessment, and every answer stays."""
    wished = st.session_state.get(key)
    if not wished:
        return
    st.query_params["lang"] = str(wished)
    with one_reading() as opened:
        if opened is not None and opened.record.scope == "answer":
            with suppress(NotSaved):  # the address keeps the choice until the store is back
                switch_language(access.bench(), opened, str(wished))
    st.rerun()  # the whole page, also if a field was left by this very click


def _scroll(frame: Frame) -> None:
    """A new page begins at its top, or at the question it was opened for."""
    cache = session()
    if cache.last_place != frame.place:
        cache.last_place, cache.turns, cache.tray = frame.place, cache.turns + 1, None
        cache.offered.clear()
    if cache.turns > 1 or frame.place.question or frame.place.at:
        known = tuple(q.id for q in frame.edition.questions)
        part = frame.place.at if frame.place.page == "results" else ""
        style.scroll_to(frame.place.question, known, cache.turns, part)
