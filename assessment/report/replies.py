"""Answers in words, as the firm gave them."""

from __future__ import annotations

from decimal import Decimal

from assessment.model.answers import (
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, MultiCell, NumberCell, Question, Unit
from assessment.report import numbers
from assessment.report.document import Text, Typed, Words
from assessment.report.say import Say

_UNITLESS = (Unit.MONEY, Unit.YEAR, Unit.NUMBER, Unit.COUNT)


def option_text(say: Say, field: Field, option: str) -> str:
    """The words of an option, wherever the edition keeps them for this kind of field."""
    name = field.column or field.part or ("cell" if field.row else "")
    if field.question == "prf_period" and name == "currency":
        return say.texts.text(f"currencies.{option}")
    if field.question == "prf_period" and name == "unit":
        return say.texts.text(f"money_units.{option}")
    nested = say.texts.maybe(f"questions.{field.question}.fields.{name}.options.{option}") if name else ""
    return nested or say.texts.text(f"questions.{field.question}.options.{option}")


def part_text(say: Say, field: Field) -> str:
    """What a field of a split, a group or a row is called; empty for a question of one field."""
    if field.row:
        question = say.edition.question[field.question]
        row = say.texts.text(f"rows.{question.row_list}.{field.row}")
        return (
            f"{row}, {say.texts.text(f'questions.{field.question}.parts.{field.column}')}"
            if field.column
            else row
        )
    return say.texts.text(f"questions.{field.question}.parts.{field.part}") if field.part else ""


def reply_parts(say: Say, field: Field, reply: Reply) -> tuple[Text, ...]:
    """One reply in words. A reason that was typed stays a separate part."""
    match reply:
        case Answered(value):
            return (Words(_value(say, field, value)),)
        case Between(low, high):
            return (Words(_with_unit(say, field, f"{_plain(field, low)}–{_plain(field, high)}")),)
        case DontKnow():
            return (say("answers.dont_know"),)
        case NotApplicable(reason):
            return (
                (say("answers.not_applicable_reason"), Typed(reason))
                if reason
                else (say("answers.not_applicable"),)
            )
        case NotAnswered():
            return (say("answers.open"),)
        case NotAsked():
            return (say("answers.not_asked"),)


def _value(say: Say, field: Field, value: Decimal | int | str | tuple[str, ...]) -> str:
    match field.cell:
        case NumberCell():
            return _with_unit(say, field, _plain(field, Decimal(value)))  # type: ignore[arg-type]
        case LevelCell(scale, _):
            level = int(value)  # type: ignore[arg-type]
            return f"{level} · {say.texts.many(f'scales.{scale}.levels')[level]}"
        case ChoiceCell():
            return option_text(say, field, str(value))
        case MultiCell():
            chosen = [option_text(say, field, option) for option in value]  # type: ignore[union-attr]
            return say("answers.separator").join(chosen) or say("none")


def _plain(field: Field, value: Decimal) -> str:
    year = isinstance(field.cell, NumberCell) and field.cell.unit is Unit.YEAR
    return str(int(value)) if year else numbers.exact(value)


def _with_unit(say: Say, field: Field, text: str) -> str:
    unit = field.cell.unit if isinstance(field.cell, NumberCell) else Unit.NUMBER
    return text if unit in _UNITLESS else say.with_unit(text, unit)


def question_parts(say: Say, answers: Answers, question: Question, asked: frozenset[str]) -> tuple[Text, ...]:
    """All fields of a question in one line; rows that are not asked are left out."""
    shown = [f for f in question.fields if f.id in asked or question.kind is not Kind.ROWS]
    if not shown:
        return (say("answers.not_asked"),)
    same = {answers.reply(f.id) for f in shown}
    if len(shown) == 1 or (len(same) == 1 and not isinstance(next(iter(same)), Answered)):
        return reply_parts(say, shown[0], answers.reply(shown[0].id))
    if question.kind is Kind.ROWS and not question.columns:
        return _by_reply(say, answers, shown)
    out: list[Text] = []
    for number, field in enumerate(shown):
        out.append(
            Words(
                (say("answers.separator") if number else "") + say("answers.part", part=part_text(say, field))
            )
        )
        out += reply_parts(say, field, answers.reply(field.id) if field.id in asked else NotAsked())
    return tuple(out)


def _by_reply(say: Say, answers: Answers, shown: list[Field]) -> tuple[Text, ...]:
    """Rows grouped by what was answered: shorter to read than row after row."""
    groups: dict[tuple[Text, ...], list[str]] = {}
    for field in shown:
        groups.setdefault(reply_parts(say, field, answers.reply(field.id)), []).append(part_text(say, field))
    out: list[Text] = []
    for said, names in groups.items():
        out += [Words(say("answers.separator"))] if out else []
        out += [Words(f"{say('list_comma').join(names)}{say('colon')}"), *said]
    return tuple(out)


def money_unit(say: Say, answers: Answers) -> str:
    """Currency and unit of all amounts, in words; empty while they are not chosen."""
    currency, unit = answers.reply("prf_period.currency"), answers.reply("prf_period.unit")
    if not isinstance(currency, Answered) or not isinstance(unit, Answered):
        return ""
    code = str(currency.value) if currency.value != "other" else say.texts.text("currencies.other")
    if unit.value == "one":
        return code
    return say("unit_of_money", currency=code, unit=say.texts.text(f"money_units.{unit.value}"))
