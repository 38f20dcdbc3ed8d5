"""The workshop on the wall: large, by itself, and with nothing that was not revealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from assessment.model.fields import Question
from assessment.report.replies import part_text
from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import escaped, rich
from assessment.ui.workshop import chair, codes
from assessment.ui.workshop.door import door_html, door_line
from assessment.ui.workshop.live import bar, sections_html, show_live
from assessment.ui.workshop.shown import agreement_html, settled_html, show_votes
from assessment.workflow.discussion import agreements
from assessment.workflow.room import Room
from assessment.workflow.workshop import set_timer, show_door

MINUTES: Final = (2, 3, 5, 10, 15, 20)
TICK: Final = 1.0  # seconds


def show(frame: Frame) -> None:
    """The page. Raises `Locked` for whoever may not see it."""
    if not frame.may_answer:
        raise Locked(frame.place.page)
    room = chair.room_now()
    chair.drawn(room)
    with st.container(key="wall"):
        if room is None or not chair.is_on(room.workshop):
            st.title(frame.words.text("workshop.room.closed"), anchor=False)
            return
        question = room.edition.question.get(room.table)
        st.title(_title(frame, room), anchor=False)
        if not room.table:
            _door(frame, room)
        show_live(frame, "wall-live", _live, TICK)
        if question is not None:
            _revealed(frame, room, question)
        if room.table:
            _door(frame, room)
        _controls(frame, room)


def _door(frame: Frame, room: Room) -> None:
    """How to come in, until it is hidden: first while nothing is spoken of, else last and on one line."""
    code = codes.code_of(room.workshop)
    if room.door and code:
        st.html(door_line(frame, code) if room.table else door_html(frame, code))


def _title(frame: Frame, room: Room) -> str:
    if room.table in room.edition.question:
        return chair.say_of(frame).label(room.table)
    return frame.section_title(room.table) if room.table else frame.words.text("workshop.room.welcome")


def _live(frame: Frame, room: Room) -> str:
    """Time, people, how many have answered what is on the table; or how far the sections are."""
    say = frame.words.text
    told = [f"<span>{rich(say('workshop.room.people', count=len(room.respondents)))}</span>"]
    if room.table:
        ballot = room.ballot(room.table)
        words = rich(say("workshop.live.voted", voted=ballot.voted, invited=ballot.invited))
        told.append(f"<span>{bar(ballot.voted, ballot.invited)} {words}</span>")
    if room.timer is not None:
        told.append(f"<span class='clock' role='timer'>{_left(frame, room.timer)}</span>")
    below = "" if room.table else sections_html(frame, room, revealed=False)
    return f"<div class='wall-head'>{''.join(told)}</div>{below}"


def _left(frame: Frame, until: datetime) -> str:
    """Minutes and seconds, or that the time is up."""
    left = max(int((until - datetime.now(UTC)).total_seconds() + 0.999), 0)
    return f"{left // 60}:{left % 60:02d}" if left else rich(frame.words.text("workshop.room.time_up"))


def _revealed(frame: Frame, room: Room, question: Question) -> None:
    """The least agreed part of the question: spread, agreement, clash; and what was settled."""
    settled = settled_html(frame, room, question.id, "h2")
    if settled:
        st.html(settled)
    found = agreements(room, question.id)
    if found:
        if len(question.fields) > 1:
            part = part_text(chair.say_of(frame), room.edition.fields[found[0].field])
            st.html(f"<h2>{escaped(part)}</h2>")
        st.html(agreement_html(frame, room, found[0]))
        show_votes(frame, room, found[0], wall=True)


def _controls(frame: Frame, room: Room) -> None:
    """One row: the time, and whether the code is shown."""
    say = frame.words.text
    with st.container(horizontal=True, key="wall-ways", vertical_alignment="bottom"):
        st.selectbox(
            say("workshop.room.minutes"), MINUTES, index=2, key="wall-minutes", filter_mode=None, width=150,
            format_func=lambda minutes: say("workshop.room.some_minutes", minutes=minutes),
        )  # fmt: skip
        st.button(say("workshop.room.start"), key="timer-start", on_click=_start)
        st.button(say("workshop.room.stop"), key="timer-stop", on_click=_stop, disabled=room.timer is None)
        label = "workshop.room.hide_door" if room.door else "workshop.room.show_door"
        st.button(say(label), key="door-shown", on_click=_show_door, args=(not room.door,))


def _start() -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    minutes = int(st.session_state.get("wall-minutes") or MINUTES[2])
    chair.keep(set_timer(room.workshop, datetime.now(UTC) + timedelta(minutes=minutes)))


def _stop() -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    chair.keep(set_timer(room.workshop, None))


def _show_door(shown: bool) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    chair.keep(show_door(room.workshop, shown))
