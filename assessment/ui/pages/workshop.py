"""A workshop, for whoever leads it: invite, discuss, see what it comes to, freeze."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import escaped
from assessment.ui.saving import clock_time
from assessment.ui.session import session
from assessment.ui.status import show_status
from assessment.ui.workshop import chair
from assessment.ui.workshop.door import show_door
from assessment.ui.workshop.ending import show_ending
from assessment.ui.workshop.live import people_html, sections_html, show_live
from assessment.ui.workshop.opening import show_opening, show_sections
from assessment.ui.workshop.outcome import show_outcome
from assessment.ui.workshop.talk import show_talk
from assessment.workflow.room import Room


def show(frame: Frame) -> None:
    """The page. Raises `Locked` for whoever may not see it."""
    if not frame.may_answer:
        raise Locked(frame.place.page)
    say = frame.words.text
    st.title(say("workshop.title"), anchor=False)
    if frame.edition.agreement is None:
        st.markdown(say("workshop.not_here"))
        return
    room = chair.room_now()
    chair.drawn(room)
    on = room is not None and chair.is_on(room.workshop)
    if not on:
        st.markdown(say("workshop.intro" if room is None else "workshop.over"))
        show_opening(frame)
    if room is not None:
        if on:
            _head(frame, room)
        _parts(frame, room, on)
    if session().pending:
        show_status(frame)


def _head(frame: Frame, room: Room) -> None:
    say = frame.words.text
    st.caption(say("workshop.until", time=clock_time(room.workshop.until)))
    to = f"/?page=room&lang={frame.language}"
    st.html(
        f"<p><a class='way' href='{escaped(to)}' target='_blank'>{escaped(say('workshop.to_room'))}</a></p>"
    )


def _parts(frame: Frame, room: Room, on: bool) -> None:
    """One part at a time, so that a click draws little."""
    say, key = frame.words.text, chair.PART
    offered = [part for part in PARTS if on or part != "people"]
    if st.session_state.get(key) not in offered:
        st.session_state[key] = offered[0]
    chosen = st.segmented_control(
        say("workshop.parts"), offered, key=key, required=True, label_visibility="collapsed",
        format_func=lambda part: say(f"workshop.part.{part}"),
    )  # fmt: skip
    PARTS[str(chosen)](frame, room)


def _people(frame: Frame, room: Room) -> None:
    """How people come in, who is there and how far, and which sections are whose."""
    show_door(frame, room)
    show_live(frame, "people-live", lambda f, now: people_html(f, now) + sections_html(f, now))
    show_sections(frame, room)


PARTS: Final[Mapping[str, Callable[[Frame, Room], None]]] = {
    "people": _people,
    "talk": show_talk,
    "outcome": show_outcome,
    "end": show_ending,
}
