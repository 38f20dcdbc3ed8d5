"""Before the result: what is open, what is doubtful, what does not fit together."""

from __future__ import annotations

import streamlit as st

from assessment.answering.texts import check_text
from assessment.model.fields import Question
from assessment.model.problems import AnswerProblem
from assessment.ui import saving
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.pages.section import MATRIX_SECTION
from assessment.ui.place import go
from assessment.ui.widgets.matrix import FUNCTIONS
from assessment.workflow import answering
from assessment.workflow.reviewing import review


def show(frame: Frame) -> None:
    """Contradictions first, then unusual answers, open ones, and those marked "don't know"."""
    assert frame.opened is not None
    say, found = frame.words.text, review(frame.opened, frame.today)
    st.title(say("ui.review.title"), anchor=False)
    st.markdown(say("ui.review.intro"))
    if not (found.problems or found.open or found.doubtful):
        st.success(say("ui.review.all_clear"))
    _problems(frame, "refused", found.refused)
    _problems(frame, "warnings", found.warnings)
    _questions(frame, "open", found.open)
    _questions(frame, "doubtful", found.doubtful)
    st.button(say("ui.review.to_results"), key="to-results", type="primary", on_click=go, args=("results",))
    st.button(say("upload.fill.title"), key="to-fill", type="tertiary", on_click=go, args=("fill",))


def _problems(frame: Frame, kind: str, problems: tuple[AnswerProblem, ...]) -> None:
    if not problems:
        return
    st.header(f"{frame.words.text(f'ui.review.{kind}')} ({len(problems)})", anchor=False)
    st.caption(frame.words.text(f"ui.review.{kind}_note"))
    for number, problem in enumerate(problems):
        with st.container(border=True, key=f"problem-{kind}-{number}"):
            what, expected = check_text(problem, frame.texts, frame.words)
            st.markdown(f"**{what}** {expected}")
            if kind == "warnings":
                _confirm(frame, problem)
            _links(frame, questions_of(frame, problem), f"{kind}.{number}")


def _confirm(frame: Frame, problem: AnswerProblem) -> None:
    """Keep the answers, with a reason. An empty reason takes the confirmation back."""
    check_id = problem.code.removeprefix("checks.")
    key = f"confirm.{check_id}"
    st.session_state.setdefault(key, problem.confirmed)
    st.text_input(
        frame.words.text("ui.review.confirm"), key=key,
        placeholder=frame.words.text("ui.review.confirm_hint"),
        max_chars=500, on_change=_confirmed, args=(key, check_id), autocomplete="off",
    )  # fmt: skip
    if problem.confirmed:
        st.caption(frame.words.text("ui.review.confirmed", reason=literal(problem.confirmed)))


def _confirmed(key: str, check_id: str) -> None:
    saving.save(answering.confirm(check_id, str(st.session_state.get(key) or "")))


def questions_of(frame: Frame, problem: AnswerProblem) -> tuple[Question, ...]:
    """The questions whose answers a problem is about, in page order."""
    named = {frame.edition.fields[f].question if f in frame.edition.fields else f for f in problem.fields}
    return tuple(q for q in frame.edition.questions if q.id in named)


def _questions(frame: Frame, kind: str, questions: tuple[Question, ...]) -> None:
    if not questions:
        return
    st.header(f"{frame.words.text(f'ui.review.{kind}')} ({len(questions)})", anchor=False)
    st.caption(frame.words.text(f"ui.review.{kind}_note"))
    _links(frame, questions, kind)


def _links(frame: Frame, questions: tuple[Question, ...], group: str) -> None:
    with st.container(key=f"links-{group.replace('.', '-')}", gap=None):
        _each_link(frame, questions, group)


def _each_link(frame: Frame, questions: tuple[Question, ...], group: str) -> None:
    for question in questions:
        section = MATRIX_SECTION if question.row_list == FUNCTIONS else question.section
        label = (
            f"{frame.section_title(question.section)}: {frame.texts.text(f'questions.{question.id}.label')}"
        )
        st.button(
            label,
            key=f"to.{group}.{question.id}",
            type="tertiary",
            on_click=go,
            args=("section", section, question.id),
        )
