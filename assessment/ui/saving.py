"""What happens when an input changes: read it, check it, save it, say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from assessment.answering.validation import check_reply
from assessment.exchange.cells import Misread
from assessment.model.answers import (
    DONT_KNOW,
    NOT_ANSWERED,
    Answered,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    Reply,
)
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell
from assessment.store import Assessment, NotSaved, Refused, Unreachable
from assessment.ui import access
from assessment.ui.numbers import Typing, as_typed
from assessment.ui.session import Refusal, drawn, holder, progress_now, read_again, session
from assessment.ui.widgets.sheet import DONT_KNOW_OPTION, key_of
from assessment.workflow import answering
from assessment.workflow.answering import Save
from assessment.workflow.opening import Opened
from assessment.workflow.seating import Place, cast
from assessment.workflow.values import from_stored


def changed(field: Field, typing: Typing, redraw: tuple[str, ...]) -> None:
    """The input of a field was left with another value; draw only what depends on it."""
    raw = st.session_state.get(key_of(field))
    try:
        _take(field, _read(field, raw, typing), str(raw))
    except Misread as why:
        session().refused[field.id] = Refusal(str(raw), why, typing.readings(field, str(raw)))
    redrawn(redraw, chosen="" if isinstance(field.cell, NumberCell) else field.id)


def meant(field: Field, reply: Answered | Between, redraw: tuple[str, ...]) -> None:
    """One of the two numbers a text could mean was chosen."""
    forget_drafts([field])
    _take(field, reply, as_typed(reply))
    session().shown.pop(key_of(field), None)
    redrawn(redraw)


def _take(field: Field, reply: Reply, text: str) -> None:
    """Save the reply, or refuse it if it cannot be; the typed text stays either way."""
    cache, problems = session(), check_reply(field, reply)
    if problems:
        cache.refused[field.id] = Refusal(text, problems[0])
        return
    cache.refused.pop(field.id, None)
    cache.shown[key_of(field)] = reply
    save(answering.answer(field.id, reply))


def _read(field: Field, raw: object, typing: Typing) -> Reply:
    """What the input holds. Raises `Misread` for a number that cannot be read."""
    if not raw and raw != 0:
        return NOT_ANSWERED
    if raw == DONT_KNOW_OPTION:
        return DONT_KNOW
    match field.cell:
        case NumberCell():
            return typing.read(field, str(raw))
        case MultiCell(options, _):
            chosen = set(raw) if isinstance(raw, list | tuple) else set()
            return Answered(tuple(o for o in options if o in chosen))
        case LevelCell():
            return Answered(int(str(raw)))
        case ChoiceCell():
            return Answered(str(raw))


def redrawn(keys: tuple[str, ...], *, chosen: str = "") -> None:
    """At the end of a callback: draw these fragments again, or the whole page if there is no choice.

    `chosen`: the field for which an option was chosen. The browser shows that by itself: a part in which
    nothing else is different is left as it is. Beside the page only those parts are drawn again whose count
    has changed: a button costs as much time as reading the answers does.
    """
    before, now = session().counted, read_again()
    if now is None or session().pending or not keys:
        st.rerun()
    moved = [part for part in progress_now(now) if before.get(part.section) != part]
    if len(moved) > 0 and {part.section for part in progress_now(now)} != set(before):
        st.rerun()
    wanted = [key for key in keys if not (chosen and _stands(key, chosen))]
    st.rerun([*wanted, *(f"nav.{part.section}" for part in moved)])


def _stands(key: str, chosen: str) -> bool:
    """Whether this part of the page looks in the browser as it would if it were drawn again."""
    before = session().drawn.get(key)
    if before is None:
        return False
    drawn(key, before.look)
    return before.but(chosen, session().drawn[key])


def save(wanted: Save) -> None:
    """Save now; if the store does not take it, keep it and try again with every run."""
    cache = session()
    cache.pending = [p for p in cache.pending if not set(p.values) <= set(wanted.values)]
    try:
        to = _receiver()
    except Unreachable:  # a database elsewhere is away: what was typed waits here
        cache.pending.append(wanted)
        return
    if to is not None:
        _try(to, wanted)


def _receiver() -> Assessment | Place | None:
    """To whom it is saved: the place in a workshop that was drawn, or what the link gives access to.

    Nobody if that is another assessment than the one drawn: a tab that lost its connection comes back with
    the cookies another tab has got meanwhile.
    """
    shown = session().before
    if isinstance(shown, Place):
        return shown
    found = holder()
    return found if shown is None or found is None or found.id == shown.record.id else None


def retry() -> None:
    """Send again what the store has not acknowledged, oldest first."""
    cache = session()
    try:
        to = _receiver() if cache.pending else None
    except Unreachable:
        return
    waiting, cache.pending = cache.pending, []
    for wanted in waiting:
        if to is None:
            cache.pending.append(wanted)
        else:
            _try(to, wanted)


def _try(to: Assessment | Place, wanted: Save) -> None:
    cache = session()
    try:
        if isinstance(to, Place):
            cache.saved_at = _cast(to, wanted)
        else:
            cache.saved_at = answering.keep(access.bench(), to, wanted)
    except (NotSaved, Unreachable):
        cache.pending.append(wanted)


def _cast(place: Place, wanted: Save) -> datetime | None:
    """Save it as a vote. What came after the reveal, or the end, is told at its question."""
    cache, fields = session(), place.edition.fields
    try:
        return cast(access.bench(), place, wanted)
    except Refused:
        late = {f: from_stored(fields[f], kept) for f, kept in wanted.values.items() if f in fields}
        cache.late.update(late)
        return cache.saved_at


def marked(key: str, fields: tuple[Field, ...], redraw: tuple[str, ...]) -> None:
    """One of "don't know" and "not applicable" was ticked or unticked beside a question."""
    to = read_again()
    if to is not None:
        _mark(to, st.session_state.get(key), fields)
    redrawn(redraw)


def _mark(to: Opened, mark: object, fields: tuple[Field, ...]) -> None:
    forget_drafts(fields)
    ids = [f.id for f in fields]
    unmarked = _without(to, ids, NotApplicable if mark == "dont_know" else DontKnow)
    if mark == "dont_know":
        save(answering.answer_rows(dict.fromkeys(unmarked, DONT_KNOW)))
    elif mark == "not_applicable":
        save(answering.answer_rows(dict.fromkeys(unmarked, NotApplicable())))
    else:
        save(answering.withdraw(i for i in ids if isinstance(to.answers.reply(i), DontKnow | NotApplicable)))


def _without(to: Opened, ids: list[str], other_mark: type[Reply]) -> list[str]:
    """The fields to mark: those still open or marked otherwise; all of them if none is open."""
    free = [i for i in ids if isinstance(to.answers.reply(i), NotAnswered | other_mark)]
    return free or ids


def reasoned(key: str, fields: tuple[Field, ...], redraw: tuple[str, ...]) -> None:
    """The reason why a question does not apply was written."""
    reason, to = str(st.session_state.get(key) or ""), read_again()
    if to is not None:
        save(answering.mark_not_applicable(to, (f.id for f in fields), reason.strip()))
    redrawn(redraw)


def remarked(key: str, question: str) -> None:
    """A remark beside an answer was written."""
    save(answering.comment(question, str(st.session_state.get(key) or "")))
    st.rerun()


def cleared(fields: tuple[Field, ...], redraw: tuple[str, ...]) -> None:
    """Take the answers of these fields back."""
    forget_drafts(fields)
    save(answering.withdraw(f.id for f in fields))
    redrawn(redraw)


def given(replies: dict[str, Reply], redraw: tuple[str, ...] = ()) -> None:
    """Answer several fields at once, from a helper such as "mark the rest as not needed"."""
    save(answering.answer_rows(replies))
    redrawn(redraw)


def forget_drafts(fields: Iterable[Field]) -> None:
    """Drop refused texts, so that the inputs show the answers in force again."""
    for field in fields:
        if session().refused.pop(field.id, None) is not None:
            session().shown.pop(key_of(field), None)


def clock_time(at: datetime) -> str:
    """HH:MM in the time zone of the browser."""
    zone = st.context.timezone
    return at.astimezone(ZoneInfo(zone) if zone else None).strftime("%H:%M")
