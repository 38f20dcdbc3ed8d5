"""A place in a workshop: what is theirs, what is open, what is saved, what is revealed."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from assessment.model.fields import Question
from assessment.ui import access, saving
from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import literal
from assessment.ui.place import go, turn_to
from assessment.ui.responses import post_form
from assessment.ui.seated import is_closed
from assessment.ui.session import read_since, session
from assessment.ui.widgets.closed import show_closed
from assessment.workflow.seating import FUNCTIONS, Place

LOOK_EVERY: Final = 3.0  # seconds; nothing is typed on this page


def show(frame: Frame) -> None:
    """The page. Raises `Locked` for whoever has no place."""
    here, say = frame.opened, frame.words.text
    if not isinstance(here, Place):
        if not access.seat_token():
            raise Locked
        st.title(say("seat.over.title"), anchor=False)
        st.markdown(say("seat.over.text"))
        st.html(post_form("/leave", say("seat.leave")))
        return
    st.title(say("seat.title"), anchor=False)
    told = (here.record.firm_name, _role(frame, here), here.seat.name)
    st.caption(" · ".join(literal(part) for part in told if part))
    if here.over:
        st.warning(f"**{say('seat.over.title')}**\n\n{say('seat.over.text')}")
    else:
        st.markdown(say("seat.page.intro"))
        with st.container(key="watch-place"):
            st.fragment(key="watch", run_every=LOOK_EVERY)(_watch)(frame, here)
    _sections(frame, here)
    st.caption(_saved(frame, here))
    _revealed(frame, here)
    st.html(post_form("/leave", say("seat.leave")))
    st.caption(say("seat.leave_note"))


def _role(frame: Frame, here: Place) -> str:
    return frame.texts.maybe(f"workshop_roles.{here.seat.role}") or here.seat.role


def _watch(frame: Frame, drawn: Place) -> None:
    """What is spoken of now. If anything else was decided, the page is drawn again."""
    now = read_since(LOOK_EVERY / 2)
    if not isinstance(now, Place) or _decided(now) != _decided(drawn):
        st.rerun()
    under, subject = now.edition, now.table
    if subject in under.sections:
        _table(frame, frame.section_title(subject), subject if subject in now.sections else "")
    elif subject in under.question:
        question = under.question[subject]
        label = frame.texts.text(f"questions.{subject}.label")
        _table(frame, label, _asked_in(now, question), subject)


def _decided(now: Place) -> tuple[object, ...]:
    return now.sections, now.closed, now.over


def _table(frame: Frame, name: str, section: str, question: str = "") -> None:
    with st.container(horizontal=True, key="table", vertical_alignment="center"):
        st.markdown(frame.words.text("seat.page.table", name=literal(name)))
        if section:
            st.button(
                frame.words.text("seat.page.open"), key="to-table", type="tertiary",
                on_click=partial(go, "section", section, question),
            )  # fmt: skip


def _asked_in(now: Place, question: Question) -> str:
    """The section of theirs in which a question is asked; empty if it is not theirs."""
    section = FUNCTIONS if question.row_list == FUNCTIONS else question.section
    return section if section in now.sections else ""


def _sections(frame: Frame, here: Place) -> None:
    """Each of their sections with how far it is; the next one to do stands out."""
    say = frame.words.text
    parts = {part.section: part for part in here.progress}
    following = next((s for s, part in parts.items() if part.settled < part.asked), "")
    st.header(say("seat.page.sections"), anchor=False)
    if not here.sections:
        st.markdown(say("seat.page.none"))
    for section in here.sections:
        part, shut = parts.get(section), sum(is_closed(here, q.id) for q in _questions(here, section))
        told = [say("ui.nav.answered", done=part.settled, asked=part.asked)] if part else []
        told += [f":material/lock: {say('seat.page.shut', count=shut)}"] if shut else []
        with st.container(horizontal=True, key=f"part-{section}", vertical_alignment="center"):
            st.button(
                frame.section_title(section), key=f"part.{section}", on_click=turn_to,
                type="primary" if section == following else "secondary", args=("section", section),
            )  # fmt: skip
            st.caption(" · ".join(told))


def _questions(here: Place, section: str) -> tuple[Question, ...]:
    """The questions of a section that this respondent is asked."""
    asked = here.edition.in_section(section, quick=here.quick)
    return tuple(q for q in asked if any(f.id in here.asked for f in q.fields))


def _saved(frame: Frame, here: Place) -> str:
    at = here.sitting.saved
    if session().pending:
        return frame.words.text("ui.save.pending")
    if at is None:
        return frame.words.text("ui.save.nothing")
    return frame.words.text("seat.page.saved", time=saving.clock_time(at))


def _revealed(frame: Frame, here: Place) -> None:
    """What everybody speaks of now: closed for them, with what they said first."""
    shown = [q for s in here.sections for q in _questions(here, s) if is_closed(here, q.id)]
    if not shown or here.over:
        return
    st.header(frame.words.text("seat.page.revealed"), anchor=False)
    sheet = frame.sheet()
    for question in shown:
        label = frame.texts.text(f"questions.{question.id}.label")
        with st.expander(label, icon=":material/lock:", key=f"shown-{question.id}"):
            show_closed(sheet, question, sheet.asks(question))
