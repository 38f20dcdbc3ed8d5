"""One section of the questionnaire with all its questions."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.answering.progress import state_among
from assessment.model.fields import Question
from assessment.ui import saving
from assessment.ui.frame import Frame
from assessment.ui.place import go
from assessment.ui.session import progress_now, read_again
from assessment.ui.status import carried_in, show_status
from assessment.ui.widgets.matrix import FUNCTIONS, matrix_of, show_matrix
from assessment.ui.widgets.question import show_question
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import still_right
from assessment.workflow.seating import Place

MATRIX_SECTION = "functions"


def show(frame: Frame) -> None:
    """Title, status, questions, and the way on."""
    assert frame.opened is not None
    section, quick = frame.place.section, frame.opened.quick
    sections = sections_of(frame.opened)
    if section in sections:
        number = sections.index(section) + 1
        st.caption(frame.words.text("ui.nav.section_of", number=number, count=len(sections)))
    st.title(frame.section_title(section), anchor=False)
    st.markdown(frame.texts.text(f"sections.{section}.intro"))
    show_status(frame)
    st.caption(frame.words.text("ui.section.leave_field"))
    if section == MATRIX_SECTION:
        show_matrix(frame.sheet, matrix_of(frame.edition, quick=quick))
    for question in frame.edition.in_section(section, quick=quick):
        if question.row_list != FUNCTIONS:
            show_question(frame.sheet, frame.problems, question)
        elif section != MATRIX_SECTION:
            _elsewhere(frame, question)
    _still_right(frame, section)
    _ways_on(frame, sections)


def sections_of(now: Opened) -> list[str]:
    """Where there is something to answer, in page order; in a workshop, the respondent's own sections."""
    return list(now.sections) if isinstance(now, Place) else [p.section for p in progress_now(now)]


def _still_right(frame: Frame, section: str) -> None:
    """After last time's answers: say in one go that those not touched still hold."""
    assert frame.opened is not None
    if carried_in(frame.opened, section):
        with st.container(border=True, key="still-right-box"):
            st.markdown(frame.words.text("since.last.still_right_note"))
            st.button(
                frame.words.text("since.last.still_right"), key="still-right", on_click=_held, args=(section,)
            )


def _held(section: str) -> None:
    now = read_again()
    if now is not None:
        saving.save(still_right(now, carried_in(now, section)))
    st.rerun()


def _elsewhere(frame: Frame, question: Question) -> None:
    """A question over the functions is asked with the function cards; here stands how far it has come."""
    sheet = frame.sheet()
    fields = [f for f in sheet.asks(question) if not f.column and not sheet.is_closed(question)]
    if not fields:
        return
    done = sum(type(sheet.reply(f)).__name__ != "NotAnswered" for f in fields)
    settled = state_among(sheet.opened.answers, question, sheet.asked) not in ("open", "partly")
    with st.container(key=f"question-{question.id}"):
        st.header(frame.texts.text(f"questions.{question.id}.label"), anchor=False)
        values = {"title": frame.section_title(MATRIX_SECTION), "done": done, "asked": len(fields)}
        st.markdown(frame.words.text("ui.section.elsewhere", **values))
        st.button(
            frame.words.text("ui.section.go_there"), key=f"there.{question.id}",
            type="tertiary" if settled else "secondary", on_click=partial(go, "section", MATRIX_SECTION),
        )  # fmt: skip


def _ways_on(frame: Frame, sections: list[str]) -> None:
    """Back and forth; after the last section comes the check."""
    first, last = ("home", "review") if frame.may_answer else ("seat", "seat")
    at = sections.index(frame.place.section) if frame.place.section in sections else -1
    with st.container(horizontal=True, key="onward", horizontal_alignment="distribute"):
        before = ("section", sections[at - 1]) if at > 0 else (first, "")
        st.button(frame.words.text("ui.nav.back"), key="back", on_click=go, args=before)
        if at + 1 < len(sections):
            title = frame.section_title(sections[at + 1])
            after = ("section", sections[at + 1])
        else:
            title, after = frame.words.text("ui.nav.review" if last == "review" else "seat.title"), (last, "")
        st.button(
            frame.words.text("ui.nav.next", title=title), key="next", type="primary", on_click=go, args=after
        )
