"""The line that says how far the section is and whether the last answer is on disk."""

from __future__ import annotations

import streamlit as st

from assessment.ui import saving
from assessment.ui.frame import Frame
from assessment.ui.seated import WATCH_EVERY, tell_of_closed
from assessment.ui.session import opened, progress_now, read_since, relevant_now, session
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import not_looked_at
from assessment.workflow.seating import Place

RETRY_EVERY = 3.0  # seconds between attempts while the store does not take an answer


def show_status(frame: Frame) -> None:
    """Drawn again after every change; by itself only while something waits to be saved, or in a workshop."""
    with st.container(key="status-place"):
        waiting = bool(session().pending)
        every = RETRY_EVERY if waiting else WATCH_EVERY if isinstance(frame.opened, Place) else None
        st.fragment(key="status", run_every=every)(_status)(frame, waiting=waiting)


def _status(frame: Frame, *, waiting: bool) -> None:
    if waiting and not session().whole:
        saving.retry()
        if not session().pending:
            st.rerun()
    now = read_since(WATCH_EVERY / 2) if isinstance(frame.opened, Place) else opened()
    if now is None:
        st.error(frame.words.text("ui.no_access"))
        return
    part = next((p for p in progress_now(now) if p.section == frame.place.section), None)
    with st.container(key="status"):
        if part is not None:
            title = frame.section_title(part.section)
            told = frame.words.text("ui.section.status", title=title, done=part.settled, asked=part.asked)
            left = len(carried_in(now, part.section))
            told += f" · {frame.words.text('since.last.count', count=left)}" if left else ""
            st.progress(part.settled / part.asked, text=f"{told} · {_saved(frame)}")
        else:
            st.markdown(_saved(frame))
        if isinstance(now, Place):
            tell_of_closed(frame, now)


def carried_in(now: Opened, section: str) -> frozenset[str]:
    """Fields asked in a section that still hold what was taken over from last time, not looked at."""
    asked, questions = relevant_now(now), now.edition.question
    left = not_looked_at(now) & asked
    return frozenset(f for f in left if questions[now.edition.fields[f].question].section == section)


def _saved(frame: Frame) -> str:
    """Only what the store has acknowledged is called saved."""
    cache = session()
    if cache.pending:
        return f":red[**{frame.words.text('ui.save.pending')}**]"
    if cache.saved_at is None:
        return frame.words.text("ui.save.nothing")
    return f"**{frame.words.text('ui.save.saved', time=saving.clock_time(cache.saved_at))}**"
