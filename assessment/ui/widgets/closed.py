"""A question that was revealed in a workshop: what this respondent said first, and no input any more."""

from __future__ import annotations

import streamlit as st

from assessment.model.answers import Answered, Between, DontKnow, NotAnswered, NotApplicable, Reply
from assessment.model.fields import Field, NumberCell, Question, Unit
from assessment.ui.markup import literal
from assessment.ui.numbers import as_typed, read_back
from assessment.ui.session import session
from assessment.ui.widgets.inputs import option_text
from assessment.ui.widgets.sheet import Sheet, label_of


def shut(sheet: Sheet, question: Question) -> bool:
    """Whether the question is closed. The page remembers which it has drawn open, to tell of a change."""
    closed = sheet.is_closed(question)
    (session().offered.discard if closed else session().offered.add)(question.id)
    return closed


def show_closed(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """A question of its own: the lock, and what was said."""
    several = len(question.fields) > 1
    yours = sheet.words.text("seat.locked.yours")
    show_locked(sheet, [(label_of(sheet, question, f) if several else yours, question, f) for f in fields])


def show_locked(sheet: Sheet, lines: list[tuple[str, Question, Field]]) -> None:
    """The lock, the answers given to these fields (each with its label), and what came too late."""
    say = sheet.words.text
    st.markdown(f":material/lock: **{say('seat.locked.over' if sheet.over else 'seat.locked.revealed')}**")
    given = [line for line in lines if not isinstance(sheet.reply(line[2]), NotAnswered)]
    if not given:
        st.markdown(say("seat.locked.nothing"))
    for label, question, field in given:
        value = literal(in_words(sheet, question, field, sheet.reply(field)))
        st.markdown(say("seat.locked.line", label=label, value=value))
    for _, question, field in lines:
        late = session().late.get(field.id)
        if late is not None and late != sheet.reply(field):
            st.warning(say("seat.locked.late", value=literal(in_words(sheet, question, field, late))))


def in_words(sheet: Sheet, question: Question, field: Field, reply: Reply) -> str:
    """An answer as a sentence can hold it."""
    match reply:
        case Answered(tuple() as chosen):
            comma = sheet.words.text("report.list_comma")
            return comma.join(option_text(sheet, question, field, one) for one in chosen) or "–"
        case Answered() | Between() if isinstance(field.cell, NumberCell):
            return as_typed(reply) if field.cell.unit is Unit.YEAR else read_back(sheet, field.cell, reply)
        case Answered(value):
            return option_text(sheet, question, field, value)
        case NotApplicable():
            return sheet.words.text("ui.not_applicable")
        case DontKnow():
            return sheet.words.text("ui.dont_know")
        case _:
            return "–"
