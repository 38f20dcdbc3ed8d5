"""Freezing a state under a name, and closing the workshop."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from assessment.store import NotSaved
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import go
from assessment.ui.saving import clock_time
from assessment.ui.workshop import chair, codes
from assessment.workflow.recording import keep_record, record
from assessment.workflow.room import Room
from assessment.workflow.workshop import close_workshop, freeze

LONGEST_NAME = 80


def show_ending(frame: Frame, room: Room) -> None:
    """Milestones, the report, the end."""
    say = frame.words.text
    st.header(say("workshop.end.freeze_title"), anchor=False)
    st.markdown(say("workshop.end.freeze_note"))
    with st.form("freeze", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("workshop.end.name"), key="milestone-name", max_chars=LONGEST_NAME, autocomplete="off",
            placeholder=say("workshop.end.name_hint"),
        )  # fmt: skip
        st.form_submit_button(say("workshop.end.freeze"), key="freeze-now", type="primary", on_click=_freeze)
    if chair.chair().refused.get("freeze"):
        st.error(say("workshop.end.no_name"))
    for one in reversed(room.milestones):
        values = {"time": clock_time(one.at), "name": literal(one.name), "settled": one.settled}
        st.markdown(
            say(
                "workshop.end.milestone",
                parked=one.parked,
                day=chair.say_of(frame).day(one.at.date()),
                **values,
            )
        )
    if room.milestones:
        st.button(say("workshop.end.results"), key="to-results", on_click=go, args=("results",))
    if chair.is_on(room.workshop):
        _close(frame)


def _close(frame: Frame) -> None:
    say = frame.words.text
    st.header(say("workshop.end.close_title"), anchor=False)
    st.markdown(say("workshop.end.close_note"))
    sure = st.checkbox(say("workshop.end.sure"), key="close-sure")
    st.button(say("workshop.end.close"), key="close-now", disabled=not sure, on_click=_end)


def _freeze() -> None:
    """The milestone first; then the record, which names it."""
    room, kept = chair.room_now(), chair.chair()
    if room is None:
        st.rerun()
    name = str(st.session_state.get("milestone-name") or "").strip()
    kept.refused = {} if name else {"freeze": "workshop.end.no_name"}
    if not name:
        st.rerun()
    st.session_state["milestone-name"] = ""
    at = datetime.now(UTC)
    chair.save(freeze(room, name, room.leader, at))
    frozen = chair.room_now()
    if frozen is not None:
        chair.keep(keep_record(frozen.workshop, record(frozen, room.leader, access.bench().today())))


def _end() -> None:
    room = chair.room_now()
    if room is not None:
        try:
            close_workshop(access.bench(), room.opened, room.workshop)
        except NotSaved:
            st.rerun()
        codes.forget(room.workshop)
    st.rerun()
