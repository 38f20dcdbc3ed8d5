"""Recording what was agreed: the value, or the range that was said, with the reason; or parking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import streamlit as st

from assessment.answering.texts import check_text
from assessment.answering.validation import check_reply
from assessment.exchange.cells import Misread
from assessment.model.answers import NOT_ANSWERED, Answered, Between, NotAnswered, Reply
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question
from assessment.report.replies import part_text
from assessment.scoring.pooling import centre
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.numbers import as_typed, typing_of
from assessment.ui.widgets.inputs import MOST_RADIO, list_value, option_text, unit_hint
from assessment.ui.widgets.sheet import Sheet
from assessment.ui.workshop import chair
from assessment.workflow.discussion import agreements
from assessment.workflow.room import Room
from assessment.workflow.workshop import park, settle, unpark, unsettle

LONGEST_REASON: Final = 500


def show_settling(frame: Frame, room: Room, question: Question) -> None:
    """The form that settles the revealed fields of a question; those on which all agree go along."""
    fields = _open_fields(room, question)
    if not fields:
        return
    say, sheet = frame.words.text, frame.sheet()
    asked = [f for f in fields if not _same(room, f)]
    with st.form(f"settle-{question.id}", border=True):
        st.markdown(f"**{say('workshop.settle.title')}**")
        for one in asked or fields[:1]:
            _input(frame, sheet, room, one)
        rest = len(fields) - len(asked or fields[:1])
        if rest:
            st.caption(say("workshop.settle.rest", count=rest))
        key = f"reason-{question.id}"
        st.text_input(say("workshop.settle.reason"), key=key, max_chars=LONGEST_REASON, autocomplete="off")
        _refused(frame, key)
        with st.container(horizontal=True, key="settle-ways"):
            args = (sheet, question.id)
            st.form_submit_button(
                say("workshop.settle.settle"), key="settle-now", type="primary", on_click=_settle, args=args
            )
            if _ranges(room, asked):
                st.form_submit_button(
                    say("workshop.settle.range"),
                    key="settle-range",
                    on_click=_settle_range,
                    args=(question.id,),
                )


def show_parking(frame: Frame, room: Room, question: Question) -> None:
    """Put the question off with a note, or take it up again."""
    say = frame.words.text
    parked = next((p for p in room.parked if p.question == question.id), None)
    if parked is not None:
        st.info(say("workshop.park.parked", note=literal(parked.note) or "–"))
        st.button(say("workshop.park.again"), key="unpark", on_click=_unpark, args=(question.id,))
        return
    with (
        st.form(f"park-{question.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        key = f"park-note-{question.id}"
        st.text_input(say("workshop.park.note"), key=key, max_chars=LONGEST_REASON, autocomplete="off")
        st.form_submit_button(
            say("workshop.park.park"), key="park-now", on_click=_park, args=(question.id, key)
        )


def show_unsettling(frame: Frame, room: Room, question: Question) -> None:
    """Speak of a settled question again."""
    if any(f.id in room.settlements for f in question.fields):
        st.button(
            frame.words.text("workshop.settle.again"), key="unsettle", on_click=_unsettle, args=(question.id,)
        )


def _open_fields(room: Room, question: Question) -> list[Field]:
    """Revealed fields that somebody answered and that are not settled, in page order."""
    heard = {a.field for a in agreements(room, question.id)}
    return [f for f in question.fields if f.id in heard and f.id not in room.settlements]


def _said(room: Room, one: Field) -> list[Reply]:
    return [v.reply for v in room.heard.of_field.get(one.id, ())]


def _same(room: Room, one: Field) -> bool:
    said = _said(room, one)
    return all(r == said[0] for r in said) and isinstance(said[0], Answered)


def _middle(room: Room, one: Field) -> Reply:
    return centre(room.edition, one, _said(room, one))


# --- inputs -----------------------------------------------------------------------------------------------


def _key(room: Room, one: Field) -> str:
    """Another input after another reveal: it begins at the middle of what was said then."""
    return f"settle.{one.id}.{room.stored[f'revealed:{one.id}'].seq}"


def _input(frame: Frame, sheet: Sheet, room: Room, one: Field) -> None:
    """The input that the field has on the form, filled with the median or the most frequent answer."""
    key, question, start = _key(room, one), room.edition.question[one.question], _middle(room, one)
    say = chair.say_of(frame)
    named: dict[str, Any] = {"label": part_text(say, one) or say.label(one.question), "key": key}
    wording = partial(option_text, sheet, question, one)
    match one.cell:
        case NumberCell() as cell:
            st.session_state.setdefault(key, as_typed(start))
            st.text_input(placeholder=unit_hint(sheet, cell), max_chars=60, autocomplete="off", **named)
            st.caption(unit_hint(sheet, cell))
        case MultiCell(options, _):
            st.session_state.setdefault(key, list_value(start))
            st.pills(options=list(options), selection_mode="multi", wrap=True, format_func=wording, **named)
        case ChoiceCell(options, _):
            _choices(key, list(options), start, wording, named)
        case LevelCell(_, steps):
            _choices(key, list(range(steps)), start, wording, named)
    _refused(frame, one.id)


def _choices(key: str, options: list[object], start: Reply, wording: Any, named: Mapping[str, Any]) -> None:
    value = start.value if isinstance(start, Answered) else None
    st.session_state.setdefault(key, value if value in options else None)
    if len(options) <= MOST_RADIO:
        st.radio(options=options, index=None, format_func=wording, **named)
    else:
        st.selectbox(options=options, index=None, format_func=wording, filter_mode=None, **named)


def _refused(frame: Frame, key: str) -> None:
    why = chair.chair().refused.get(key)
    if why:
        st.error(why if " " in why else frame.words.text(why))


# --- deeds ------------------------------------------------------------------------------------------------


def _settle(sheet: Sheet, question_id: str) -> None:
    room, kept = chair.room_now(), chair.chair()
    if room is None:
        st.rerun()
    question = room.edition.question[question_id]
    kept.refused = {}
    replies: dict[str, Reply] = {}
    for one in _open_fields(room, question):
        reply = _read(sheet, room, one)
        if not isinstance(reply, NotAnswered):
            replies[one.id] = reply
    _keep(room, question_id, replies)


def _settle_range(question_id: str) -> None:
    """What was said counts as a range; where all said the same, as that."""
    room = chair.room_now()
    if room is None:
        st.rerun()
    chair.chair().refused = {}
    fields = _open_fields(room, room.edition.question[question_id])
    _keep(room, question_id, {f.id: room.answers.reply(f.id) for f in fields})


def _keep(room: Room, question_id: str, replies: Mapping[str, Reply]) -> None:
    kept, key = chair.chair(), f"reason-{question_id}"
    reason = str(st.session_state.get(key) or "").strip()
    if not reason:
        kept.refused[key] = "workshop.settle.no_reason"
    if not replies and not kept.refused:
        kept.refused[key] = "workshop.settle.nothing"
    if kept.refused:
        st.rerun()
    st.session_state.pop(key, None)
    chair.keep(settle(room.workshop, replies, reason, room.leader, datetime.now(UTC)))


def _read(sheet: Sheet, room: Room, one: Field) -> Reply:
    """What the input holds; an input that was not drawn holds what all said. Notes what is wrong with it."""
    key = _key(room, one)
    if key not in st.session_state:
        return _middle(room, one)
    try:
        reply = _value(sheet, one, st.session_state[key])
    except Misread as why:
        values = {name: literal(value) for name, value in why.values}
        chair.chair().refused[one.id] = sheet.words.text(f"typed.{why.code}", **values)
        return NOT_ANSWERED
    problems = check_reply(one, reply)
    if problems:
        chair.chair().refused[one.id] = " ".join(check_text(problems[0], sheet.texts, sheet.words))
    return reply


def _value(sheet: Sheet, one: Field, raw: object) -> Reply:
    if raw is None or raw == "":
        return NOT_ANSWERED
    match one.cell:
        case NumberCell():
            return typing_of(sheet).read(one, str(raw))
        case MultiCell(options, _):
            chosen = set(raw) if isinstance(raw, list | tuple) else set()
            return Answered(tuple(o for o in options if o in chosen))
        case LevelCell():
            return Answered(int(str(raw)))
        case ChoiceCell():
            return Answered(str(raw))


def _ranges(room: Room, fields: list[Field]) -> bool:
    """Whether what was said of these fields is a range that can be kept."""
    return bool(fields) and all(isinstance(room.answers.reply(f.id), Between | Answered) for f in fields)


def _park(question_id: str, key: str) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    note = str(st.session_state.pop(key, "") or "")
    chair.keep(park(room.workshop, question_id, note, room.leader, datetime.now(UTC)))


def _unpark(question_id: str) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    chair.keep(unpark(room.workshop, question_id))


def _unsettle(question_id: str) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    fields = (f.id for f in room.edition.question[question_id].fields if f.id in room.settlements)
    chair.keep(unsettle(room.workshop, fields))
