"""One input for one field, by the kind of its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import streamlit as st

from assessment.answering.texts import check_text
from assessment.exchange.cells import Misread
from assessment.model.answers import (
    NOT_ANSWERED,
    Answered,
    Between,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question, Unit
from assessment.model.problems import AnswerProblem
from assessment.ui.markup import literal
from assessment.ui.numbers import amount_of, as_typed, read_back, typing_of
from assessment.ui.saving import changed, meant
from assessment.ui.session import session
from assessment.ui.widgets.sheet import DONT_KNOW_OPTION, Sheet, choice_value, fill, label_of

MOST_RADIO = 6  # options that are easier to read side by side than in a list that opens
Labels = Literal["visible", "collapsed"]
SHORT = 60  # characters of a long option that a caption repeats
PAUSE = "1500ms"  # a number counts as typed when the keyboard has rested that long, or on leaving the field


def draw_field(sheet: Sheet, question: Question, field: Field, *, shown: bool, unknown: bool) -> None:
    """The input of one field. `shown`: with its label; `unknown`: "don't know" is one of its options."""
    draw = INPUTS[type(field.cell)]
    draw(sheet, question, field, "visible" if shown else "collapsed", unknown)
    refusal_at(sheet, field)
    last_time(sheet, question, field)


def number_input(sheet: Sheet, question: Question, field: Field, labels: Labels, _unknown: bool) -> None:
    """A text field that reads numbers as people type them, with what was understood beneath."""
    assert isinstance(field.cell, NumberCell)
    reply = sheet.reply(field)
    st.text_input(
        label_of(sheet, question, field), key=fill(field, reply, as_typed), label_visibility=labels,
        placeholder=unit_hint(sheet, field.cell), live=PAUSE, max_chars=60, autocomplete="off",
        on_change=changed,
        args=(field, typing_of(sheet), sheet.redraw),
    )  # fmt: skip
    told = field.id not in session().refused and field.cell.unit is not Unit.YEAR
    if told and isinstance(reply, Answered | Between):
        st.caption(read_back(sheet, field.cell, reply))


def unit_hint(sheet: Sheet, cell: NumberCell) -> str:
    """What is expected in the empty field, such as "thousand CNY"."""
    if cell.unit is not Unit.MONEY:
        return sheet.words.text(f"ui.unit.{cell.unit}")
    unit, currency = sheet.amounts_in("unit"), sheet.amounts_in("currency")
    if not isinstance(unit, Answered):
        return sheet.words.text("ui.unit.money")
    named = sheet.texts.text(f"currencies.{currency.value}") if isinstance(currency, Answered) else ""
    return sheet.words.text(
        "ui.unit.money_in", unit=sheet.texts.text(f"money_units.{unit.value}"), currency=named
    )


def choice_input(sheet: Sheet, question: Question, field: Field, labels: Labels, unknown: bool) -> None:
    """One of several options: side by side if few, as a list that opens if many."""
    assert isinstance(field.cell, ChoiceCell)
    options: list[object] = [*field.cell.options, *([DONT_KNOW_OPTION] if unknown else [])]
    common = _list_input(sheet, question, field, labels)
    if len(options) > MOST_RADIO + unknown:
        st.selectbox(
            options=options, placeholder=sheet.words.text("ui.choose"), filter_mode=None, index=None, **common
        )
    elif field.row:
        st.segmented_control(options=options, wrap=True, **common)
    else:
        st.radio(options=options, index=None, **common)


def level_input(sheet: Sheet, question: Question, field: Field, labels: Labels, unknown: bool) -> None:
    """One of the described levels of a scale, lowest first."""
    assert isinstance(field.cell, LevelCell)
    options: list[object] = [*range(field.cell.steps), *([DONT_KNOW_OPTION] if unknown else [])]
    st.radio(options=options, index=None, **_list_input(sheet, question, field, labels))


def list_input(sheet: Sheet, question: Question, field: Field) -> None:
    """Options as a list that opens, where many rows stand under one another."""
    assert isinstance(field.cell, ChoiceCell)
    options: list[object] = [*field.cell.options, DONT_KNOW_OPTION]
    choose = sheet.words.text("ui.choose")
    common = _list_input(sheet, question, field, "visible")
    st.selectbox(options=options, placeholder=choose, filter_mode=None, index=None, **common)
    last_time(sheet, question, field)


def level_list(sheet: Sheet, question: Question, field: Field) -> None:
    """The levels as a list that opens, where many rows stand under one another."""
    assert isinstance(field.cell, LevelCell)
    options: list[object] = [*range(field.cell.steps), DONT_KNOW_OPTION]
    choose = sheet.words.text("ui.choose")
    common = _list_input(sheet, question, field, "visible")
    st.selectbox(options=options, placeholder=choose, filter_mode=None, index=None, **common)
    refusal_at(sheet, field)
    last_time(sheet, question, field)


def multi_input(sheet: Sheet, question: Question, field: Field, labels: Labels, _unknown: bool) -> None:
    """Any of several options, each a button that stays pressed."""
    assert isinstance(field.cell, MultiCell)
    common = _list_input(sheet, question, field, labels)
    st.pills(options=list(field.cell.options), selection_mode="multi", wrap=True, **common)


def _list_input(sheet: Sheet, question: Question, field: Field, labels: Labels) -> dict[str, Any]:
    """What all inputs with options have in common."""
    default = field.cell.default if isinstance(field.cell, ChoiceCell) else None
    as_input = list_value if isinstance(field.cell, MultiCell) else partial(choice_value, default)
    key = fill(field, sheet.reply(field), as_input)
    return {
        "label": label_of(sheet, question, field), "key": key, "label_visibility": labels,
        "format_func": partial(option_text, sheet, question, field),
        "on_change": changed, "args": (field, typing_of(sheet), sheet.redraw),
    }  # fmt: skip


def list_value(reply: Reply) -> object:
    """Several options, as a list input shows them."""
    return list(reply.value) if isinstance(reply, Answered) and isinstance(reply.value, tuple) else []


def option_text(sheet: Sheet, question: Question, field: Field, option: object) -> str:
    """The words of an option in the reader's language."""
    if option == DONT_KNOW_OPTION:
        return sheet.words.text("ui.dont_know")
    if isinstance(field.cell, LevelCell):
        return sheet.texts.many(f"scales.{field.cell.scale}.levels")[int(str(option))]
    short = sheet.words.maybe(f"ui.short.{question.id}.{option}") if field.row else ""
    if short:
        return short
    base = f"questions.{question.id}"
    if field.part in ("currency", "unit") and question.id == "prf_period":
        return sheet.texts.text(f"{'currencies' if field.part == 'currency' else 'money_units'}.{option}")
    named = field.column or field.part or ("cell" if field.row else "")
    own = sheet.texts.maybe(f"{base}.fields.{named}.options.{option}") if named else ""
    return own or sheet.texts.text(f"{base}.options.{option}")


def refusal_at(sheet: Sheet, field: Field) -> None:
    """At the field: what is wrong with the typed text and what is expected. The last saved answer stays."""
    refusal = session().refused.get(field.id)
    if refusal is None:
        return
    st.error(" ".join((*_why(sheet, refusal.why), sheet.words.text("ui.not_taken"))))
    if refusal.readings and isinstance(field.cell, NumberCell):
        with st.container(horizontal=True, key=f"meant.{field.id}"):
            for number, reply in enumerate(refusal.readings):
                st.button(
                    read_back(sheet, field.cell, reply), key=f"meant.{field.id}.{number}",
                    on_click=meant, args=(field, reply, sheet.redraw),
                )  # fmt: skip


def last_time(sheet: Sheet, question: Question, field: Field) -> None:
    """Beneath an input: what was answered last time, and whether it is another answer now."""
    then = NOT_ANSWERED if sheet.last is None else sheet.last.reply(field.id)
    if isinstance(then, NotAnswered | NotAsked):
        return
    same = "carried" if field.id in sheet.carried else "same"
    key = same if sheet.reply(field) == then else "changed"
    st.caption(sheet.words.text(f"since.last.{key}", value=literal(_in_words(sheet, question, field, then))))


def _in_words(sheet: Sheet, question: Question, field: Field, then: Reply) -> str:
    """An answer of last time, amounts in the unit and currency of then; short."""
    assert sheet.last is not None
    match then:
        case Answered(tuple() as chosen):
            separator = sheet.words.text("report.list_comma")
            return separator.join(option_text(sheet, question, field, o) for o in chosen) or "–"
        case Answered() | Between() if isinstance(field.cell, NumberCell):
            return _number_of_then(sheet, field.cell, then)
        case Answered(value):
            told = option_text(sheet, question, field, value)
            return told if len(told) <= SHORT else f"{told[:SHORT]}…"
        case Between():
            return as_typed(then)
        case NotApplicable():
            return sheet.words.text("ui.not_applicable")
        case _:
            return sheet.words.text("ui.dont_know")


def _number_of_then(sheet: Sheet, cell: NumberCell, then: Answered | Between) -> str:
    """A number with its unit; an amount in the unit of then, and its currency if another now."""
    assert sheet.last is not None
    if cell.unit is Unit.YEAR:
        return as_typed(then)
    if cell.unit is not Unit.MONEY:
        return read_back(sheet, cell, then)
    names = ("prf_period.unit", "prf_period.currency")
    unit, currency = (sheet.last.reply(name) for name in names)
    told = [amount_of(then)]
    if isinstance(unit, Answered) and unit.value != "one":
        told.append(sheet.texts.text(f"money_units.{unit.value}"))
    if isinstance(currency, Answered) and currency != sheet.opened.answers.reply(names[1]):
        told.append(sheet.texts.text(f"currencies.{currency.value}"))
    return " ".join(told)


def _why(sheet: Sheet, why: AnswerProblem | Misread) -> tuple[str, ...]:
    values = tuple((name, literal(value)) for name, value in why.values)
    if isinstance(why, Misread):
        return (sheet.words.text(f"typed.{why.code}", **dict(values)),)
    return check_text(replace(why, values=values), sheet.texts, sheet.words)


Draw = Callable[[Sheet, Question, Field, Labels, bool], None]
INPUTS: dict[type, Draw] = {
    NumberCell: number_input,
    ChoiceCell: choice_input,
    MultiCell: multi_input,
    LevelCell: level_input,
}
