"""How the fields of a question stand together, by the kind of the question."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from assessment.model.answers import Answered, Between
from assessment.model.fields import Field, Kind, LevelCell, NumberCell, Question
from assessment.report.numbers import exact
from assessment.ui.widgets.inputs import draw_field
from assessment.ui.widgets.sheet import Sheet

WHOLE = Decimal(100)


def draw_fields(sheet: Sheet, question: Question) -> None:
    """All inputs of a question that are asked now."""
    KINDS[question.kind](sheet, question, sheet.asks(question))


def single(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """One input; the question is its label."""
    for field in fields:
        draw_field(sheet, question, field, shown=False, unknown=False)


def split(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """Shares beside one another, with what is left of 100."""
    for start in range(0, len(fields), 3):
        for place, field in zip(st.columns(3), fields[start : start + 3], strict=False):
            with place:
                draw_field(sheet, question, field, shown=True, unknown=False)
    replies = [sheet.reply(f) for f in fields]
    if any(isinstance(r, Between) for r in replies):
        return
    given = [r.value for r in replies if isinstance(r, Answered) and isinstance(r.value, Decimal)]
    if given:
        _left_over(sheet, question, sum(given, Decimal(0)), complete=len(given) == len(fields))


def _left_over(sheet: Sheet, question: Question, total: Decimal, *, complete: bool) -> None:
    left = WHOLE - total
    values = {"total": exact(total), "left": exact(abs(left))}
    if abs(left) <= Decimal(str(question.tolerance)):
        st.caption(sheet.words.text("ui.split.done", **values))
    elif left < 0:
        st.warning(sheet.words.text("ui.split.over", **values))
    elif complete:
        st.warning(sheet.words.text("ui.split.short", **values))
    else:
        st.caption(sheet.words.text("ui.split.left", **values))


def rows(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """One line a row: what it is, what belongs to it, and its input."""
    for field in fields:
        described = isinstance(field.cell, LevelCell)
        name, place = (st.container(), st.container()) if described else st.columns([5, 6])
        base = f"{question.row_list}.{field.row}"
        name.markdown(f"**{sheet.texts.text(f'rows.{base}')}**")
        name.caption(sheet.texts.maybe(f"row_help.{base}") or " ")
        with place:
            draw_field(sheet, question, field, shown=False, unknown=True)


def group(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """A few fields of different kinds: numbers side by side, the rest one under another."""
    numbers = [f for f in fields if isinstance(f.cell, NumberCell)]
    beside = st.columns(max(2, len(numbers))) if numbers else []
    places = dict(zip((f.id for f in numbers), beside, strict=False))
    for field in fields:
        with places.get(field.id) or st.container():
            draw_field(sheet, question, field, shown=True, unknown=not isinstance(field.cell, NumberCell))


KINDS: dict[Kind, Callable[[Sheet, Question, tuple[Field, ...]], None]] = {
    Kind.NUMBER: single,
    Kind.CHOICE: single,
    Kind.MULTI: single,
    Kind.LEVEL: single,
    Kind.SPLIT: split,
    Kind.ROWS: rows,
    Kind.GROUP: group,
}
