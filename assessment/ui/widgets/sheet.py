"""What an input needs to know, and how it is filled from the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from assessment.model.answers import Answered, Answers, DontKnow, NotAnswered, Reply
from assessment.model.fields import Field, Question
from assessment.model.words import Catalogue
from assessment.ui.session import session
from assessment.workflow.opening import Opened

DONT_KNOW_OPTION = "__dont_know__"


@dataclass(frozen=True)
class Sheet:
    """The assessment that is filled in, in the language it is filled in."""

    opened: Opened
    texts: Catalogue
    words: Catalogue
    asked: frozenset[str]
    redraw: tuple[str, ...] = ()  # keys of the fragments to draw again after a change
    label: str = ""  # stands in for the label of the field
    last: Answers | None = None  # what was answered last time, under the edition of now
    carried: frozenset[str] = frozenset()  # fields taken over from then and not looked at since
    closed: frozenset[str] = frozenset()  # fields revealed in a workshop: shown, and not answered any more
    over: bool = False  # so are all fields, as the workshop has ended
    told: Mapping[str, Reply] = field(default_factory=dict)  # currency and unit, where others choose them
    remarks: bool = True  # there is room for a remark at each question

    def reply(self, field: Field) -> Reply:
        """The answer in force, or what stands in for it while the store is out of reach."""
        return self.opened.answers.reply(field.id)

    def asks(self, question: Question) -> tuple[Field, ...]:
        """The fields of a question that are asked now."""
        return tuple(f for f in question.fields if f.id in self.asked)

    def is_closed(self, question: Question) -> bool:
        """Whether the question cannot be answered any more."""
        return self.over or any(f.id in self.closed for f in question.fields)

    def amounts_in(self, part: str) -> Reply:
        """The "currency" or the "unit" of all amounts."""
        name = f"prf_period.{part}"
        return self.told.get(name) or self.opened.answers.reply(name)

    def money_unit(self) -> int | None:
        """How many single units one unit of the firm's amounts is; None if not chosen yet."""
        reply = self.amounts_in("unit")
        if isinstance(reply, Answered) and isinstance(reply.value, str):
            return self.opened.edition.money_units[reply.value]
        return None


def key_of(field: Field) -> str:
    """The key of the input of a field."""
    return f"in.{field.id}"


def fill(field: Field, reply: Reply, as_input: Callable[[Reply], object]) -> str:
    """Put the answer in force into the input, unless it shows it already. Returns the input's key.

    A text that was refused stays; so does the way a number was typed, while it means the same.
    """
    key, cache = key_of(field), session()
    refusal = cache.refused.get(field.id)
    if refusal is not None:
        st.session_state.setdefault(key, refusal.text)
    elif key not in st.session_state or cache.shown.get(key) != reply:
        st.session_state[key] = as_input(reply)
        cache.shown[key] = reply
    return key


def choice_value(default: str | None, reply: Reply) -> object:
    """An option, a level, or "don't know", as a list input shows it; what an untouched input stands for."""
    match reply:
        case DontKnow():
            return DONT_KNOW_OPTION
        case Answered(value):
            return value
        case NotAnswered():
            return default
        case _:
            return None


def label_of(sheet: Sheet, question: Question, field: Field) -> str:
    """What a field is called: its row, its part, or the question itself."""
    base = f"questions.{question.id}"
    if sheet.label:
        return sheet.label
    if field.column:
        row = sheet.texts.text(f"rows.{question.row_list}.{field.row}")
        return f"{row}: {sheet.texts.text(f'{base}.parts.{field.column}')}"
    if field.row:
        return sheet.texts.text(f"rows.{question.row_list}.{field.row}")
    return sheet.texts.text(f"{base}.parts.{field.part}") if field.part else sheet.texts.text(f"{base}.label")
