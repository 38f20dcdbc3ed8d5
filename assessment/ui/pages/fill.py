"""Filling in from a file: what would change, ticked by whoever looks at it, and only then saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.report.answer_names import answer_text
from assessment.report.blocks import cell, column, row
from assessment.report.document import Table, Text, Typed, Words
from assessment.report.replies import reply_parts
from assessment.report.say import Say
from assessment.store import StoredAnswer
from assessment.ui import saving
from assessment.ui.blocks import table_html
from assessment.ui.frame import Frame
from assessment.ui.handing import put_aside, say_of, show_tray, tray
from assessment.ui.markup import literal, plain
from assessment.ui.place import go
from assessment.ui.session import read_again, session
from assessment.workflow.handing import Entry, Handed, Kind, Standing, compare, take_in, take_over
from assessment.workflow.opening import Opened
from assessment.workflow.values import COMMENT, CONFIRMED, from_stored

ALL_NEW = "take-new"


def show(frame: Frame) -> None:
    """The file, what is wrong with it, what it would change; nothing is saved before the button."""
    assert frame.opened is not None
    say, under = frame.words.text, frame.opened.edition
    st.title(say("upload.fill.title"), anchor=False)
    if tray().done or tray().passed:
        _told(frame)
    st.markdown(say("upload.fill.intro"))
    handed = show_tray(frame, "fill", lambda name, body, settled: take_in(name, body, under, settled))
    if handed is not None:
        _preview(frame, frame.opened, handed)
    st.button(say("ui.nav.home"), key="fill-back", type="tertiary", on_click=go, args=("home",))


def _told(frame: Frame) -> None:
    say, here = frame.words.text, tray()
    if session().pending:
        st.warning(say("ui.save.pending"))
    elif here.done:
        st.success(say("upload.fill.done", count=here.done))
        st.button(say("ui.nav.review"), key="fill-review", type="primary", on_click=go, args=("review",))
    if here.passed:
        st.warning(say("upload.fill.passed", count=here.passed))


def _preview(frame: Frame, opened: Opened, handed: Handed) -> None:
    say, entries = say_of(frame, handed.edition), compare(opened, handed)
    new, other, same = ([e for e in entries if e.standing is one] for one in Standing)
    counts = {"new": len(new), "different": len(other), "same": len(same)}
    st.markdown(frame.words.text("upload.fill.found", file=literal(handed.file), **counts))
    _firm(frame, opened, handed)
    taken = [*_new(frame, say, new), *_different(frame, say, opened, other)]
    if same:
        st.caption(frame.words.text("upload.fill.same", count=len(same)))
    with st.container(horizontal=True, key="fill-do"):
        if new or other:
            st.button(
                frame.words.text("upload.fill.take"), key="fill-take", type="primary",
                disabled=not taken, on_click=_take, args=(taken,),
            )  # fmt: skip
        else:
            st.info(frame.words.text("upload.fill.nothing"))
        st.button(frame.words.text("upload.discard"), key="fill-aside", on_click=put_aside)


def _firm(frame: Frame, opened: Opened, handed: Handed) -> None:
    """A file of another firm is most likely the wrong file."""
    given, now = handed.answers.firm.strip(), opened.record.firm_name.strip()
    if given and now and given != now:
        st.warning(frame.words.text("upload.fill.other", given=literal(given), now=literal(now)))


def _new(frame: Frame, say: Say, new: Sequence[Entry]) -> Sequence[Entry]:
    """Nothing is lost by these: one tick for all, set from the start."""
    if not new:
        return ()
    text = frame.words.text
    st.header(text("upload.fill.new", count=len(new)), anchor=False)
    ticked = st.checkbox(text("upload.fill.take_new", count=len(new)), value=True, key=ALL_NEW)
    with st.expander(text("upload.fill.show_new")):
        columns = (column(text("upload.fill.question")), column(text("upload.fill.given")))
        rows = tuple(row(name_of(say, e), cell(*_given(say, e))) for e in new)
        table = Table("fill-new", Words(text("upload.fill.new", count=len(new))), columns, rows)
        st.html(f"<div class='report-block'>{table_html(table)}</div>")
    return new if ticked else ()


def _different(frame: Frame, say: Say, opened: Opened, other: Sequence[Entry]) -> Sequence[Entry]:
    """One tick each, none set: an answer is overwritten only if somebody says so."""
    if not other:
        return ()
    text = frame.words.text
    st.header(text("upload.fill.different", count=len(other)), anchor=False)
    st.caption(text("upload.fill.different_note"))
    keys = tuple(_key(entry) for entry in other)
    with st.container(horizontal=True, key="fill-ticks"):
        for name, value in (("all", True), ("none", False)):
            st.button(text(f"upload.fill.{name}"), key=f"fill-{name}", on_click=_tick, args=(keys, value))
    taken = []
    for entry in other:
        told = {
            "name": literal(plain((name_of(say, entry),))),
            "now": literal(plain(_now(say, opened, entry))),
            "given": literal(plain(_given(say, entry))),
        }
        if st.checkbox(text("upload.fill.tick", **told), key=_key(entry)):
            taken.append(entry)
    return taken


def _key(entry: Entry) -> str:
    return f"take.{tray().turn}.{entry.key}"


def _tick(keys: Sequence[str], value: bool) -> None:
    for key in keys:
        st.session_state[key] = value


def _take(taken: Sequence[Entry]) -> None:
    """Save what was ticked, unless it has changed since it was shown."""
    now = read_again()
    if now is None:
        return
    save, passed = take_over(now, taken)
    if save.values:
        saving.save(save)
    if not passed:
        put_aside()
    tray().done, tray().passed = len(taken) - passed, passed
    st.rerun()


# --- in words ----------------------------------------------------------------------------------


def name_of(say: Say, entry: Entry) -> Words:
    """What an entry is about."""
    if entry.kind is Kind.ANSWER:
        return answer_text(say, say.edition.fields[entry.of])
    field = say.edition.fields.get(entry.of)
    question = field.question if field else entry.of
    name = say.label(question) if entry.kind is Kind.REMARK else ""
    return Words(say.words.text(f"upload.kind.{entry.kind}", name=name))


def _given(say: Say, entry: Entry) -> tuple[Text, ...]:
    return _text(say, entry, entry.values) or (Words(say.words.text("upload.kind.whole")),)


def _now(say: Say, opened: Opened, entry: Entry) -> tuple[Text, ...]:
    return _text(say, entry, opened.stored) or (Words(say.words.text("upload.kind.present")),)


def _text(say: Say, entry: Entry, stored: Mapping[str, StoredAnswer]) -> tuple[Text, ...]:
    """What a stored value says; empty for what is taken over as a whole."""
    match entry.kind:
        case Kind.ANSWER:
            field = say.edition.fields[entry.of]
            return reply_parts(say, field, from_stored(field, stored[entry.of]))
        case Kind.REMARK:
            return (Typed(stored[COMMENT + entry.of].comment),)
        case Kind.REASON:
            return (Typed(stored[CONFIRMED + entry.of].reason),)
        case Kind.PLAN | Kind.BEFORE:
            return ()
