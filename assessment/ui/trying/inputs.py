"""Moving an answer: an input of the same kind as on the form, which saves nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assessment.answering.texts import check_text
from assessment.exchange.cells import Misread
from assessment.model.answers import NOT_ANSWERED, Answered, Between, Reply
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question, Unit
from assessment.model.problems import AnswerProblem
from assessment.ui.markup import literal
from assessment.ui.numbers import as_typed, read_back, typing_of
from assessment.ui.trying import desk
from assessment.ui.trying.desk import Desk
from assessment.ui.widgets.inputs import MOST_RADIO, PAUSE, list_value, option_text, unit_hint
from assessment.ui.widgets.sheet import Sheet, choice_value


def draw_input(at: Desk, sheet: Sheet, one: Field, reply: Reply, label: str) -> None:
    """The input of the answer that is moved, and what is wrong with what was put in."""
    match one.cell:
        case NumberCell():
            _number(at, sheet, one, reply, label)
        case MultiCell(options, _):
            key = _filled(at, one, reply, list_value(reply))
            st.pills(
                label, list(options), selection_mode="multi", key=key, wrap=True,
                format_func=_wording(sheet, one), on_change=_chosen, args=(key, one),
            )  # fmt: skip
        case ChoiceCell(options, default):
            _options(at, sheet, one, list(options), label, choice_value(default, reply), reply)
        case LevelCell(_, steps):
            _options(at, sheet, one, list(range(steps)), label, choice_value(None, reply), reply)
    _refusal(at, sheet, one)


def _number(at: Desk, sheet: Sheet, one: Field, reply: Reply, label: str) -> None:
    assert isinstance(one.cell, NumberCell)
    refused = at.refused if at.refused and at.refused.field == one.id else None
    key = _filled(at, one, reply, as_typed(reply), refused.text if refused else None)
    st.text_input(
        label, key=key, placeholder=unit_hint(sheet, one.cell), live=PAUSE, max_chars=60, autocomplete="off",
        on_change=_typed, args=(key, one, sheet),
    )  # fmt: skip
    if refused is None and one.cell.unit is not Unit.YEAR and isinstance(reply, Answered | Between):
        st.caption(read_back(sheet, one.cell, reply))


def _options(
    at: Desk, sheet: Sheet, one: Field, options: list[object], label: str, value: object, reply: Reply
) -> None:
    """Options under one another if few, as a list that opens if many."""
    key = _filled(at, one, reply, value if value in options else None)
    draw = st.radio if len(options) <= MOST_RADIO or isinstance(one.cell, LevelCell) else _list
    draw(
        label, options, index=None, key=key, format_func=_wording(sheet, one),
        on_change=_chosen, args=(key, one),
    )  # fmt: skip


_list = partial(st.selectbox, filter_mode=None)


def _wording(sheet: Sheet, one: Field) -> Callable[[object], str]:
    question: Question = sheet.opened.edition.question[one.question]
    return partial(option_text, sheet, question, one)


def _filled(at: Desk, one: Field, reply: Reply, value: object, refused: str | None = None) -> str:
    """Put the reply into the input, unless it shows it already; a refused text stays. Returns its key."""
    key = f"try-value.{one.id}"
    if refused is not None:
        st.session_state.setdefault(key, refused)
        at.shown.pop(key, None)
    elif key not in st.session_state or at.shown.get(key) != reply:
        st.session_state[key] = value
        at.shown[key] = reply
    return key


def _typed(key: str, one: Field, sheet: Sheet) -> None:
    text = str(st.session_state.get(key) or "")
    typing = typing_of(sheet)
    try:
        reply = typing.read(one, text) if text.strip() else NOT_ANSWERED
    except Misread as why:
        desk.misread(one, text, why, typing.readings(one, text))
        return
    desk.move(one, reply, text)


def _chosen(key: str, one: Field) -> None:
    raw = st.session_state.get(key)
    match one.cell:
        case MultiCell(options, _):
            picked = set(raw) if isinstance(raw, list | tuple) else set()
            desk.move(one, Answered(tuple(o for o in options if o in picked)))
        case LevelCell():
            desk.move(one, NOT_ANSWERED if raw is None else Answered(int(str(raw))))
        case _:
            desk.move(one, NOT_ANSWERED if raw is None else Answered(str(raw)))


def _refusal(at: Desk, sheet: Sheet, one: Field) -> None:
    """What is wrong with the value, what is expected; the two numbers it may mean."""
    if at.refused is None or at.refused.field != one.id:
        return
    told = " ".join(part for why in at.refused.why for part in _why(sheet, why))
    st.error(f"{told} {sheet.words.text('whatif.answers.refused')}")
    if isinstance(one.cell, NumberCell) and at.refused.readings:
        with st.container(horizontal=True, key="try-readings"):
            for number, reply in enumerate(at.refused.readings):
                assert isinstance(reply, Answered | Between)
                st.button(
                    read_back(sheet, one.cell, reply), key=f"try-reading.{number}",
                    on_click=_meant, args=(one, reply),
                )  # fmt: skip


def _meant(one: Field, reply: Reply) -> None:
    st.session_state.pop(f"try-value.{one.id}", None)
    desk.move(one, reply)


def _why(sheet: Sheet, why: AnswerProblem | Misread) -> tuple[str, ...]:
    if isinstance(why, Misread):
        values = {name: literal(value) for name, value in why.values}
        return (sheet.words.text(f"typed.{why.code}", **values),)
    return check_text(why, sheet.texts, sheet.words)
