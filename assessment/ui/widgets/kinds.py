"""How the fields of a question stand together, by the kind of the question."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby

import streamlit as st

from assessment.model.answers import Answered, Between, NotAnswered
from assessment.model.fields import Field, Kind, LevelCell, NumberCell, Question
from assessment.model.formulas import fields_in
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
        described_by = sheet.texts.maybe(f"row_help.{base}")
        if described_by:
            name.caption(described_by)
        with place:
            draw_field(sheet, question, field, shown=False, unknown=True)


def group(sheet: Sheet, question: Question, fields: tuple[Field, ...]) -> None:
    """A few fields of different kinds in their order; numbers that follow one another stand side by side."""
    ready = [f for f in fields if not _waits(sheet, question, f)]
    for numeric, run in groupby(ready, key=lambda f: isinstance(f.cell, NumberCell)):
        beside = list(run)
        places = st.columns(max(2, len(beside))) if numeric else [st.container() for _ in beside]
        for place, field in zip(places, beside, strict=False):
            with place:
                draw_field(sheet, question, field, shown=True, unknown=not numeric)


def _waits(sheet: Sheet, question: Question, field: Field) -> bool:
    """Whether the field follows from another one of the question that has no answer yet."""
    own = {f.id for f in question.fields}
    reads = fields_in(field.asked_when) if field.asked_when is not None else ()
    return any(r in own and isinstance(sheet.opened.answers.reply(r), NotAnswered) for r in reads)


KINDS: dict[Kind, Callable[[Sheet, Question, tuple[Field, ...]], None]] = {
    Kind.NUMBER: single,
    Kind.CHOICE: single,
    Kind.MULTI: single,
    Kind.LEVEL: single,
    Kind.SPLIT: split,
    Kind.ROWS: rows,
    Kind.GROUP: group,
}
