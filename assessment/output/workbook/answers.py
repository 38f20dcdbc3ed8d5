"""All answers, a row a field: in words as in the report, and as numbers where they are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from assessment.model.answers import Answered, Between, Reply
from assessment.model.fields import Field, NumberCell, Question, Unit
from assessment.output.workbook.sheet import Sheet
from assessment.report.document import Text, Typed, Words
from assessment.report.replies import part_text, reply_parts
from assessment.report.view import View

COLUMNS: Final = ("question", "part", "answer", "value", "low", "high", "unit", "remark", "field")
_VALUE: Final = COLUMNS.index("value")


def write_answers(sheet: Sheet, view: View) -> None:
    """The fields asked of this firm, section by section."""
    say = view.say
    for column, name in enumerate(COLUMNS):
        sheet.text(column, (say.words.text(f"exports.workbook.answers.{name}"),), "head", fits=False)  # type: ignore[arg-type]
    sheet.sheet.freeze_panes(sheet.row + 1, 1)
    sheet.next()
    for section in say.edition.sections:
        rows = list(_rows(view, section))
        if not rows:
            continue
        for column in range(len(COLUMNS)):
            sheet.blank(column, "heading")
        sheet.text(0, (say.text(f"sections.{section}.title"),), "heading", fits=False)
        sheet.next()
        for question, field in rows:
            _write(sheet, view, question, field)
            sheet.next()


def _rows(view: View, section: str) -> Iterator[tuple[Question, Field]]:
    for question in view.say.edition.questions:
        if question.section == section:
            yield from ((question, field) for field in question.fields if field.id in view.asked)


def _write(sheet: Sheet, view: View, question: Question, field: Field) -> None:
    say, reply = view.say, view.answers.reply(field.id)
    remark = view.answers.comments.get(field.id, "")
    if field is question.fields[0]:
        remark = remark or view.answers.comments.get(question.id, "")
    told: dict[str, tuple[Text, ...]] = {
        "question": (Words(say.label(question.id)),),
        "part": (Words(part_text(say, field)),),
        "answer": reply_parts(say, field, reply),
        "unit": (_unit(view, field),),
        "remark": (Typed(remark),),
        "field": (Words(field.id),),
    }
    for column, name in enumerate(COLUMNS):
        sheet.text(column, told.get(name, ()), "note" if name == "field" else "cell")
    for column, value in zip(range(_VALUE, _VALUE + 3), _numbers(reply), strict=True):
        if value is not None:
            percent = isinstance(field.cell, NumberCell) and field.cell.unit is Unit.PERCENT
            scaled = value / 100 if percent else value
            sheet.number(column, float(scaled), _percent(value) if percent else "General")


def _numbers(reply: Reply) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, or the two ends of a range."""
    match reply:
        case Answered(value) if isinstance(value, Decimal | int):
            return Decimal(value), None, None
        case Between(low, high):
            return None, low, high
        case _:
            return None, None, None


def _percent(value: Decimal) -> str:
    """A format with as many digits after the point as were typed."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return f'0{"." * bool(places)}{"0" * places}"\u00a0"%'


def _unit(view: View, field: Field) -> Words:
    if not isinstance(field.cell, NumberCell):
        return Words()
    return Words(view.say.words.text(f"exchange.units.{field.cell.unit}"))
