"""Opening a workshop, and which sections are whose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import streamlit as st

from assessment.report.votes import role_text
from assessment.store import NotSaved
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.markup import plain
from assessment.ui.session import opened
from assessment.ui.workshop import chair, codes
from assessment.workflow.room import Room
from assessment.workflow.workshop import assign, lead, open_workshop

LIVES: Final = (2, 4, 8, 24)  # hours
LONGEST_NAME: Final = 80


def show_opening(frame: Frame) -> None:
    """How long it lasts and who leads it."""
    say = frame.words.text
    assert frame.opened is not None
    with st.form("workshop-open"):
        st.selectbox(
            say("workshop.open.life"), LIVES, index=1, key="workshop-life", filter_mode=None,
            format_func=lambda hours: say("workshop.open.hours", hours=hours),
        )  # fmt: skip
        st.text_input(
            say("workshop.open.name"), value=frame.opened.record.actor, key="workshop-name",
            max_chars=LONGEST_NAME, autocomplete="off", placeholder=say("workshop.open.name_hint"),
        )  # fmt: skip
        st.form_submit_button(
            say("workshop.open.open"), key="workshop-open-now", type="primary", on_click=_open
        )


def _open() -> None:
    now = opened()
    if now is None:
        st.rerun()
    hours = int(st.session_state.get("workshop-life") or LIVES[1])
    try:
        which, code = open_workshop(access.bench(), now, timedelta(hours=hours))
    except NotSaved:
        chair.chair().refused["open"] = "workshop.not_saved"
        st.rerun()
    codes.remember(which, code)
    st.session_state.pop(chair.PART, None)  # the page begins with how people come in
    chair.keep(
        assign(which, now.edition.workshop_roles),
        lead(which, str(st.session_state.get("workshop-name") or "")),
    )


def show_sections(frame: Frame, room: Room) -> None:
    """Role by role, the sections it answers."""
    say = frame.words.text
    with st.expander(say("workshop.roles.title")):
        st.caption(say("workshop.roles.note"))
        for role in _roles(room):
            key = f"sections.{role}"
            st.session_state[key] = list(room.assigned.get(role, room.edition.sections))
            st.multiselect(
                plain((role_text(chair.say_of(frame), role),)), room.edition.sections, key=key,
                format_func=frame.section_title, placeholder=say("workshop.roles.none"), filter_mode=None,
                on_change=_assign, args=(role, key),
            )  # fmt: skip


def _roles(room: Room) -> list[str]:
    """The roles of the edition, and those that were assigned to."""
    return list(dict.fromkeys([*room.edition.workshop_roles, *room.assigned]))


def _assign(role: str, key: str) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    chosen = set(st.session_state.get(key) or ())
    wanted: Mapping[str, tuple[str, ...]] = {
        **room.assigned, role: tuple(s for s in room.edition.sections if s in chosen)
    }  # fmt: skip
    chair.keep(assign(room.workshop, wanted))
