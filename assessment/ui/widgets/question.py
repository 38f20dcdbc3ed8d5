"""One question on the page: its wording, its input, the ways not to answer, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from assessment.answering.texts import check_text
from assessment.model.answers import DontKnow, NotAnswered, NotApplicable, Reply
from assessment.model.fields import Field, Kind, Question
from assessment.model.problems import AnswerProblem, Severity
from assessment.ui import saving
from assessment.ui.session import drawn
from assessment.ui.widgets.closed import show_closed, shut
from assessment.ui.widgets.kinds import draw_fields
from assessment.ui.widgets.sheet import Sheet

ALWAYS = ("status",)  # what says whether an answer is saved is drawn again after every change
MARKS = {"dont_know": "ui.dont_know", "not_applicable": "ui.not_applicable"}
ABOUT = ("definition", "example", "why", "changes")
LONGEST_REMARK = 1000  # characters
LOW = 80  # pixels: two lines

Doubts = Callable[[Question], tuple[AnswerProblem, ...]]


def show_question(read: Callable[[], Sheet], doubts: Doubts, question: Question) -> None:
    """Draw the question. Its inputs are a part of their own: a change draws them again and nothing else.

    `read` gives the answers as they are at the time of drawing, `doubts` what does not fit together in them.
    """
    sheet, key = read(), f"q.{question.id}"
    if not sheet.asks(question):
        return
    with st.container(key=f"question-{question.id}"):
        st.header(sheet.texts.text(f"questions.{question.id}.label"), anchor=False)
        hint = sheet.texts.maybe(f"questions.{question.id}.hint")
        if hint:
            st.caption(hint)
        st.fragment(key=key)(_inputs)(read, doubts, question, (key, *ALWAYS))
        about(sheet, question)


def _inputs(read: Callable[[], Sheet], doubts: Doubts, question: Question, redraw: tuple[str, ...]) -> None:
    sheet = replace(read(), redraw=redraw)
    if question.kind is not Kind.GROUP and sheet.last is None:  # there one answer changes what others show
        drawn(redraw[0], partial(_look, read, doubts, question))
    if shut(sheet, question):
        show_closed(sheet, question, sheet.asks(question))
    elif sheet.asks(question):
        draw_fields(sheet, question)
        _doubts(sheet, doubts(question))
        ways_out(sheet, question)


def _look(read: Callable[[], Sheet], doubts: Doubts, question: Question) -> tuple[object, dict[str, Reply]]:
    sheet = read()
    fields = sheet.asks(question)
    open_ones = {isinstance(sheet.reply(f), NotAnswered) for f in fields}
    shape = (sheet.is_closed(question), open_ones, mark_of(sheet, fields), doubts(question))
    return shape, {f.id: sheet.reply(f) for f in fields}


def _doubts(sheet: Sheet, problems: tuple[AnswerProblem, ...]) -> None:
    """What is unusual or contradicts another answer, at the question; it is saved all the same."""
    for problem in problems:
        if not problem.confirmed and not problem.code.startswith("faults.split"):
            what, expected = check_text(problem, sheet.texts, sheet.words)
            follow = "doubt" if problem.severity is Severity.WARN else "clash"
            st.warning(f"**{what}** {expected} {sheet.words.text(f'ui.section.{follow}')}")


def ways_out(sheet: Sheet, question: Question) -> None:
    """Don't know, not applicable with its reason, and taking the answer back."""
    fields = sheet.asks(question)
    mark = mark_of(sheet, fields)
    key = f"mark.{question.id}"
    st.session_state[key] = mark
    with st.container(horizontal=True, key=f"ways-{question.id}", vertical_alignment="center"):
        st.pills(
            sheet.words.text("ui.ways_out"), tuple(MARKS), key=key,
            label_visibility="collapsed", width="content",
            format_func=lambda m: _mark_text(sheet, fields, str(m)),
            on_change=saving.marked, args=(key, fields, sheet.redraw),
        )  # fmt: skip
        if any(not isinstance(sheet.reply(f), NotAnswered) for f in fields):
            st.button(
                sheet.words.text("ui.clear"), key=f"clear.{question.id}", type="tertiary",
                on_click=saving.cleared, args=(fields, sheet.redraw),
            )  # fmt: skip
    if mark == "not_applicable":
        _reason(sheet, question, fields)


def mark_of(sheet: Sheet, fields: tuple[Field, ...]) -> str | None:
    """The mark that stands beside a question: where no field is open and one is marked."""
    replies = [sheet.reply(f) for f in fields]
    if any(isinstance(r, NotAnswered) for r in replies):
        return None
    if any(isinstance(r, NotApplicable) for r in replies):
        return "not_applicable"
    return "dont_know" if any(isinstance(r, DontKnow) for r in replies) else None


def _mark_text(sheet: Sheet, fields: tuple[Field, ...], mark: str) -> str:
    partly = len(fields) > 1 and any(not isinstance(sheet.reply(f), NotAnswered) for f in fields)
    rest = partly and mark == "dont_know" and any(isinstance(sheet.reply(f), NotAnswered) for f in fields)
    return sheet.words.text("ui.dont_know_rest" if rest else MARKS[mark])


def _reason(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    marked = [r for f in fields if isinstance(r := sheet.reply(f), NotApplicable)]
    key = f"reason.{question.id}"
    st.session_state[key] = marked[0].reason
    st.text_input(
        sheet.words.text("ui.reason"), key=key, max_chars=300, placeholder=sheet.words.text("ui.reason_hint"),
        on_change=saving.reasoned, args=(key, fields, sheet.redraw),
    )  # fmt: skip


def about(sheet: Sheet, question: Question, *, remarks: bool = True) -> None:
    """Definition, example, why the question is asked, what its answer changes; and room for a remark."""
    words, base = sheet.words, f"questions.{question.id}"
    with st.expander(words.text("ui.about.title")):
        told = ((part, sheet.texts.maybe(f"{base}.{part}")) for part in ABOUT)
        st.markdown(
            "\n\n".join(f"**{words.text(f'ui.about.{part}')}** {text}" for part, text in told if text)
        )
        if question.source:
            st.caption(words.text("ui.about.source", source=", ".join(question.source)))
        if remarks and sheet.remarks:
            _remark(sheet, question)


def _remark(sheet: Sheet, question: Question) -> None:
    """A remark stands beside the answer in the report's list of answers."""
    key = f"remark.{question.id}"
    st.session_state[key] = sheet.opened.answers.comments.get(question.id, "")
    st.text_area(
        sheet.words.text("ui.about.remark"), key=key, max_chars=LONGEST_REMARK, height=LOW,
        placeholder=sheet.words.text("ui.about.remark_hint"),
        on_change=saving.remarked, args=(key, question.id),
    )  # fmt: skip
