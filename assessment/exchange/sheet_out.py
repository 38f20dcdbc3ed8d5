"""One firm as a workbook: sheet "Answers" with a row a field, sheet "Read me" with the cover."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessment.exchange.cells import EMPTY_LIST, looks_like_a_fraction
from assessment.exchange.faults import expected
from assessment.exchange.incoming import FORMAT
from assessment.model.answers import Answered, Answers, Between, DontKnow, NotApplicable, Reply
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question
from assessment.report.replies import option_text, part_text
from assessment.report.say import Say

ANSWERS: Final = "Answers"
COVER: Final = "Read me"
COLUMNS: Final = (
    "section",
    "question",
    "field",
    "wording",
    "unit",
    "allowed",
    "definition",
    "example",
    "value",
    "low",
    "high",
    "state",
    "reason",
    "comment",
)
_WIDTHS: Final = (14, 16, 22, 44, 12, 44, 60, 44, 16, 10, 10, 16, 24, 30)
_TYPED: Final = COLUMNS.index("value")  # from here on the firm writes
_LONGEST_LIST: Final = 250  # characters a drop-down list may have in the file format
_LONGEST_CELL: Final = 32_000


def write_sheet(say: Say, answers: Answers, questions: tuple[Question, ...]) -> bytes:
    """The answers of one firm to `questions` as a workbook; every text is inert, numbers are numbers."""
    target = io.BytesIO()
    # No strings_to_*: and only write_string and write_number are used, so no text becomes a formula.
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    styles = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        ),
        "id": book.add_format({"font_color": "#808080", "font_size": 8}),
        "told": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#404040"}),
        "typed": book.add_format(
            {
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#FFF8E1",
                "border": 1,
                "border_color": "#D0D0D0",
            }
        ),
    }
    # The order of the sheets is the order of reading: first what this is, then the questions.
    cover, sheet = book.add_worksheet(COVER), book.add_worksheet(ANSWERS)
    _write_cover(cover, say, answers, styles)
    _write_head(sheet, say, styles)
    for number, row in enumerate(_rows(say, answers, questions), 2):
        _write_row(sheet, number, row, styles)
        _offer(sheet, number, row)
    sheet.activate()
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet. `field` None: the heading of a question with several fields."""

    field: Field | None
    told: tuple[str, ...]
    typed: tuple[Decimal | str | None, ...]


def _rows(say: Say, answers: Answers, questions: tuple[Question, ...]) -> Iterator[_Row]:
    for question in questions:
        single = len(question.fields) == 1 and question.fields[0].id == question.id
        definition, example = (
            say.texts.maybe(f"questions.{question.id}.{key}") for key in ("definition", "example")
        )
        section = say.texts.text(f"sections.{question.section}.title")
        if not single:
            told = (section, question.id, question.id, say.label(question.id), "", "", definition, example)
            yield _Row(None, told, (None,) * 5 + (answers.comments.get(question.id),))
            definition = example = ""
        for field in question.fields:
            wording = part_text(say, field) or say.label(question.id)
            told = (
                section,
                question.id,
                field.id,
                wording,
                unit_text(say, field),
                allowed(say, field),
                definition,
                example,
            )
            yield _Row(field, told, (*_typed(field, answers.reply(field.id)), answers.comments.get(field.id)))


def _typed(field: Field, reply: Reply) -> tuple[Decimal | str | None, ...]:
    """value, low, high, state, reason."""
    match reply:
        case Answered(value):
            if isinstance(value, tuple):
                return "; ".join(value) or EMPTY_LIST, None, None, None, None
            if isinstance(value, str):
                return value, None, None, None, None
            number = Decimal(value)
            shown = f"{number:f}%" if looks_like_a_fraction(field, number) else number
            return shown, None, None, None, None
        case Between(low, high):
            sign = looks_like_a_fraction(field, low, high)
            ends = (f"{low:f}%", f"{high:f}%") if sign else (low, high)
            return None, *ends, None, None
        case DontKnow():
            return None, None, None, "dont_know", None
        case NotApplicable(reason):
            return None, None, None, "not_applicable", reason
        case _:
            return (None,) * 5


def unit_text(say: Say, field: Field) -> str:
    """The unit of a number in words; empty for other fields."""
    return say.words.text(f"exchange.units.{field.cell.unit}") if isinstance(field.cell, NumberCell) else ""


def allowed(say: Say, field: Field) -> str:
    """What the field takes: limits, or every option with its words."""
    match field.cell:
        case NumberCell():
            return expected(say, field)
        case LevelCell(scale, _):
            levels = say.texts.many(f"scales.{scale}.levels")
            return "\n".join(f"{step}: {text}" for step, text in enumerate(levels))
        case ChoiceCell(options, _):
            return "\n".join(f"{o}: {option_text(say, field, o)}" for o in options)
        case MultiCell(options, at_most):
            lines = [f"{o}: {option_text(say, field, o)}" for o in options]
            head = (
                say.words.text("exchange.several_at_most", most=at_most)
                if at_most
                else say.words.text("exchange.several")
            )
            return "\n".join((head, *lines))


def _write_cover(sheet: Worksheet, say: Say, answers: Answers, styles: Mapping[str, Format]) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    facts = [
        ("format", FORMAT),
        ("edition", answers.edition),
        ("firm", answers.firm),
        ("language", say.words.language),
    ]
    facts += [(f"confirmed {check}", reason) for check, reason in sorted(answers.confirmed.items())]
    for number, (key, text) in enumerate(facts):
        sheet.write_string(number, 0, key, styles["head"])
        sheet.write_string(number, 1, text, styles["typed"])
    for number, line in enumerate(say.words.many("exchange.read_me"), len(facts) + 1):
        sheet.write_string(number, 1, line, styles["told"])


def _write_head(sheet: Worksheet, say: Say, styles: Mapping[str, Format]) -> None:
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say.words.text(f"exchange.columns.{name}"), styles["head"])
        sheet.write_string(1, column, name, styles["id"])  # what is read back, in every language
    sheet.freeze_panes(2, COLUMNS.index("unit"))


def _write_row(sheet: Worksheet, number: int, row: _Row, styles: Mapping[str, Format]) -> None:
    for column, text in enumerate(row.told):
        sheet.write_string(number, column, text[:_LONGEST_CELL], styles["told"])
    for column, value in enumerate(row.typed, _TYPED):
        if row.field is None and column != len(COLUMNS) - 1:
            continue
        if value is None:
            sheet.write_blank(number, column, None, styles["typed"])
        elif isinstance(value, Decimal) and Decimal(format(float(value), ".15g")) == value:
            sheet.write_number(number, column, float(value), styles["typed"])
        else:
            text = value if isinstance(value, str) else format(value, "f")
            sheet.write_string(number, column, text[:_LONGEST_CELL], styles["typed"])


def _offer(sheet: Worksheet, number: int, row: _Row) -> None:
    """Drop-down lists for choices, levels and the state."""
    if row.field is None:
        return
    match row.field.cell:
        case ChoiceCell(options, _):
            offered: tuple[object, ...] = options
        case LevelCell(_, steps):
            offered = tuple(range(steps))
        case _:
            offered = ()
    states = ("dont_know", "not_applicable")
    for column, items in ((_TYPED, offered), (COLUMNS.index("state"), states)):
        if items and len(",".join(map(str, items))) <= _LONGEST_LIST:
            sheet.data_validation(
                number,
                column,
                number,
                column,
                {"validate": "list", "source": list(items), "error_type": "warning"},
            )
