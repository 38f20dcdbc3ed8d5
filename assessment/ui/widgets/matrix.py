"""The service matrix: one card a function, first how it is run, then what follows from that.

Each card is drawn on its own, so that a change in one leaves the other sixteen alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answered, Between, DontKnow, NotAnswered, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, NumberCell, Question, Unit
from assessment.report.numbers import exact
from assessment.ui import saving
from assessment.ui.session import drawn
from assessment.ui.widgets.closed import show_locked, shut
from assessment.ui.widgets.inputs import draw_field, level_list, list_input, unit_hint
from assessment.ui.widgets.question import ALWAYS, about, ways_out
from assessment.ui.widgets.sheet import Sheet, key_of

FUNCTIONS: Final = "functions"  # the row list whose questions are asked function by function
FEW: Final = 3  # options that stand beside one another; more open as a list
UNTICKED: Final = ("no", "yes")
BOUGHT: Final = ("mtx_out", "fin_inputs_services")  # the matrix column that should match the finance page
AMOUNTS: Final = ("mtx_in", "mtx_out")


@dataclass(frozen=True)
class Matrix:
    """The questions asked of every function, the one that decides the rest first."""

    questions: tuple[Question, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        return self.questions[0].rows

    def fields(self, row: str) -> tuple[tuple[Question, Field], ...]:
        """The fields of one function in the order of the card."""
        return tuple((q, f) for q in self.questions for f in q.fields if f.row == row)


def matrix_of(edition: Edition, *, quick: bool) -> Matrix:
    """The questions over the service functions, on the chosen path."""
    return Matrix(tuple(q for q in edition.questions if q.row_list == FUNCTIONS and (q.quick or not quick)))


def show_matrix(read: Callable[[], Sheet], matrix: Matrix) -> None:
    """Totals, helpers and the cards."""
    with st.container(key="totals-place"):
        st.fragment(key="totals")(_totals)(read, matrix)
    _questions(read(), matrix)
    for row in matrix.rows:
        key = f"card.{row}"
        st.fragment(key=key)(_card)(read, matrix, row, (key, "totals", *ALWAYS))


def _totals(read: Callable[[], Sheet], matrix: Matrix) -> None:
    """Running sums inside and outside, set against what the finance page says was bought."""
    sheet = read()
    inside, outside = (total(sheet, matrix, name) for name in AMOUNTS)
    said = sheet.opened.answers.reply(BOUGHT[1])
    bought = exact(said.value) if isinstance(said, Answered) and isinstance(said.value, Decimal) else "–"
    drawn("totals", partial(_look_of_totals, read, matrix))
    unit = unit_hint(sheet, NumberCell(Unit.MONEY))
    lead = matrix.questions[0]
    open_rows = [f for f in lead.fields if isinstance(sheet.reply(f), NotAnswered)]
    with st.container(horizontal=True, key="totals", vertical_alignment="center"):
        st.markdown(
            sheet.words.text(
                "ui.matrix.totals", inside=exact(inside), outside=exact(outside), bought=bought, unit=unit,
                done=len(lead.fields) - len(open_rows), all=len(lead.fields),
            )
        )  # fmt: skip
        if open_rows and not sheet.is_closed(lead):
            st.button(
                sheet.words.text("ui.matrix.rest", count=len(open_rows)), key="rest-not-needed",
                on_click=_rest, args=(tuple(f.id for f in open_rows),),
            )  # fmt: skip


def _look_of_totals(read: Callable[[], Sheet], matrix: Matrix) -> tuple[object, dict[str, Reply]]:
    sheet, lead = read(), matrix.questions[0]
    left = [f.id for f in lead.fields if isinstance(sheet.reply(f), NotAnswered)]
    return ([total(sheet, matrix, name) for name in AMOUNTS], left, sheet.is_closed(lead)), {}


def _rest(field_ids: tuple[str, ...]) -> None:
    saving.given(dict.fromkeys(field_ids, Answered("not_needed")))


def total(sheet: Sheet, matrix: Matrix, question_id: str) -> Decimal:
    """The sum of a column of amounts, as far as it is known; a range counts at its middle."""
    question = next((q for q in matrix.questions if q.id == question_id), None)
    found = Decimal(0)
    for field in question.fields if question else ():
        if isinstance(field.cell, NumberCell) and not field.column and field.id in sheet.asked:
            found += _middle(sheet.reply(field))
    return found


def _middle(reply: Reply) -> Decimal:
    match reply:
        case Answered(Decimal() as value):
            return value
        case Between(low, high):
            return (low + high) / 2
        case _:
            return Decimal(0)


def _questions(sheet: Sheet, matrix: Matrix) -> None:
    """What is asked of each function, why, and ways to leave the rest of a column open."""
    with st.expander(sheet.words.text("ui.matrix.asked")):
        for question in matrix.questions:
            st.fragment(key=f"q.{question.id}")(_column)(sheet, question)


def _column(sheet: Sheet, question: Question) -> None:
    st.markdown(f"**{sheet.texts.text(f'questions.{question.id}.label')}**")
    about(sheet, question, remarks=False)
    if not shut(sheet, question):
        ways_out(replace(sheet, redraw=()), question)


def _card(read: Callable[[], Sheet], matrix: Matrix, row: str, redraw: tuple[str, ...]) -> None:
    sheet = replace(read(), redraw=redraw)
    fields = [(q, f) for q, f in matrix.fields(row) if f.id in sheet.asked]
    if sheet.last is None:
        drawn(redraw[0], partial(_look, read, matrix, row))
    with st.container(border=True, key=f"card-{row}"):
        (question, lead), *rest = fields
        st.markdown(f"**{sheet.texts.text(f'rows.{FUNCTIONS}.{row}')}**")
        st.caption(sheet.texts.maybe(f"row_help.{FUNCTIONS}.{row}"))
        locked = {id_ for id_, q in {q.id: q for q, _ in fields}.items() if shut(sheet, q)}
        if locked:
            _locked(sheet, [(q, f) for q, f in fields if q.id in locked])
        if question.id not in locked:
            draw_field(sheet, question, lead, shown=False, unknown=True)
        rest = [(q, f) for q, f in rest if q.id not in locked]
        follows = any(f.asked_when is not None for _, f in rest)
        if follows and (question.id in locked or isinstance(sheet.reply(lead), Answered)):
            ticks = [(q, f) for q, f in rest if is_tick(f)]
            _numbers(sheet, [(q, f) for q, f in rest if isinstance(f.cell, NumberCell)], ticks)
            _others(sheet, [(q, f) for q, f in rest if not isinstance(f.cell, NumberCell) and not is_tick(f)])


def _look(read: Callable[[], Sheet], matrix: Matrix, row: str) -> tuple[object, dict[str, Reply]]:
    sheet = read()
    fields = [(q, f) for q, f in matrix.fields(row) if f.id in sheet.asked]
    shape = [sheet.is_closed(q) for q, _ in fields], type(sheet.reply(fields[0][1]))
    return shape, {f.id: sheet.reply(f) for _, f in fields}


def _locked(sheet: Sheet, pairs: list[tuple[Question, Field]]) -> None:
    yours = sheet.words.text("seat.locked.yours")
    show_locked(sheet, [(named(sheet, q, f).label or yours, q, f) for q, f in pairs])


def is_tick(field: Field) -> bool:
    """Whether the field is a tick: yes or no, and untouched means no."""
    return (
        isinstance(field.cell, ChoiceCell) and field.cell.options == UNTICKED and field.cell.default == "no"
    )


def _numbers(
    sheet: Sheet, numbers: list[tuple[Question, Field]], ticks: list[tuple[Question, Field]]
) -> None:
    if not numbers:
        return
    for place, (question, field) in zip(st.columns(3), numbers, strict=False):
        with place:
            draw_field(named(sheet, question, field), question, field, shown=True, unknown=True)
            _unknown(sheet, field)
            for owner, tick in ticks:
                if owner is question and not field.column:
                    _tick(sheet, owner, tick)


def _unknown(sheet: Sheet, field: Field) -> None:
    """A tick for "don't know" beneath an amount; leaving it open is not the same."""
    key = f"unknown.{field.id}"
    st.session_state[key] = isinstance(sheet.reply(field), DontKnow)
    st.checkbox(
        sheet.words.text("ui.dont_know"), key=key, on_change=_unknown_ticked, args=(key, field, sheet.redraw)
    )


def _unknown_ticked(key: str, field: Field, redraw: tuple[str, ...]) -> None:
    saving.forget_drafts([field])
    saving.given({field.id: DONT_KNOW if st.session_state.get(key) else NOT_ANSWERED}, redraw)


def _tick(sheet: Sheet, question: Question, field: Field) -> None:
    reply = sheet.reply(field)
    key = key_of(field)
    st.session_state[key] = isinstance(reply, Answered) and reply.value == "yes"
    st.checkbox(
        sheet.texts.text(f"questions.{question.id}.parts.{field.column}"), key=key,
        on_change=_ticked, args=(key, field, sheet.redraw),
    )  # fmt: skip


def _ticked(key: str, field: Field, redraw: tuple[str, ...]) -> None:
    saving.given({field.id: Answered("yes" if st.session_state.get(key) else "no")}, redraw)


def _others(sheet: Sheet, others: list[tuple[Question, Field]]) -> None:
    """Set-up, part in the business, plans and reach."""
    for start in range(0, len(others), 2):
        for place, (question, field) in zip(st.columns(2), others[start : start + 2], strict=False):
            with place:
                if isinstance(field.cell, LevelCell):
                    level_list(named(sheet, question, field), question, field)
                else:
                    _choice(named(sheet, question, field), question, field)


def _choice(sheet: Sheet, question: Question, field: Field) -> None:
    assert isinstance(field.cell, ChoiceCell)
    if len(field.cell.options) <= FEW:
        draw_field(sheet, question, field, shown=True, unknown=True)
    else:
        list_input(sheet, question, field)


def named(sheet: Sheet, question: Question, field: Field) -> Sheet:
    """The sheet with a short label for a field that stands in a card."""
    name = f"ui.matrix.{question.id}" + (f".{field.column}" if field.column else "")
    return replace(sheet, label=sheet.words.maybe(name) or sheet.words.maybe(f"{name}.label"))
