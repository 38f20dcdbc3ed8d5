"""Appendix: all answers as given."""

from __future__ import annotations

from assessment.model.answers import Answered
from assessment.model.fields import Question
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, Part, Row, Table, Text, Typed, Words
from assessment.report.replies import money_unit, option_text, question_parts, reply_parts
from assessment.report.view import View

MATRIX = ("mtx_mode", "mtx_core", "mtx_in", "mtx_out", "mtx_quality", "mtx_intent", "int_reach")


def answers(view: View) -> Part:
    """Every question with its answer, section by section, and the function matrix as one table."""
    say = view.say
    unit = money_unit(say, view.answers)
    blocks: list[Block] = [paragraph(say("answers.money_note", unit=unit))] if unit else []
    blocks += [answers_table(view), matrix_table(view)]
    return Part(
        "answers",
        say("answers.kicker"),
        (say("answers.headline"),),
        tuple(blocks),
        say("answers.short"),
        appendix=True,
    )


def answers_table(view: View) -> Table:
    """Questions and answers; the function matrix has a table of its own."""
    say = view.say
    rows: list[Row] = []
    for section in say.edition.sections:
        questions = [q for q in say.edition.questions if q.section == section and q.id not in MATRIX]
        if questions:
            rows.append(row(cell(say.texts.text(f"sections.{section}.title"), strong=True), "", heading=True))
            rows += [row(say.label(q.id), cell(*_answer(view, q)), of=q.id) for q in questions]
    return Table(
        "answers",
        say("answers.short"),
        (column(say("answers.question"), 2.9), column(say("answers.answer"), 3.9)),
        tuple(rows),
        compact=True,
    )


def _answer(view: View, question: Question) -> tuple[Text, ...]:
    said = question_parts(view.say, view.answers, question, view.asked)
    remark = view.answers.comments.get(question.id, "")
    return (*said, Words(" · "), view.say("answers.remark"), Typed(remark)) if remark else said


def matrix_table(view: View) -> Table:
    """One row a service function."""
    say = view.say
    columns = (
        column(say("functions.function"), 2.5),
        column(say("functions.mode"), 1.1),
        column(say("functions.core"), 0.9),
        column(say("answers.in"), 1.3, numeric=True),
        column(say("answers.out"), 1.1, numeric=True),
        column(say("functions.setup"), 0.7, numeric=True),
        column(say("answers.intent"), 1.0),
        column(say("answers.reach"), 0.8),
    )
    names = say.edition.rows.get("functions", ())
    return Table(
        "matrix", say("answers.functions"), columns, tuple(_matrix_row(view, n) for n in names), compact=True
    )


def _matrix_row(view: View, name: str) -> Row:
    say = view.say
    cells = [cell(say.function(name), strong=True)]
    cells += [cell(*_field(view, f"{question}.{name}")) for question in ("mtx_mode", "mtx_core")]
    cells += [
        cell(*_amount(view, f"mtx_in.{name}", "fte")),
        cell(*_amount(view, f"mtx_out.{name}", "own_group")),
    ]
    level = view.answers.reply(f"mtx_quality.{name}")
    cells.append(
        cell(str(level.value)) if isinstance(level, Answered) else cell(*_field(view, f"mtx_quality.{name}"))
    )
    cells += [cell(*_field(view, f"{question}.{name}")) for question in ("mtx_intent", "int_reach")]
    return row(*cells)


def _field(view: View, name: str) -> tuple[Text, ...]:
    if name not in view.asked:
        return (view.say("none"),)
    reply = view.answers.reply(name)
    short = (
        view.say.short(name.split(".", maxsplit=1)[0], str(reply.value))
        if isinstance(reply, Answered)
        else ""
    )
    if short:
        return (Words(short),)
    return reply_parts(view.say, view.say.edition.fields[name], view.answers.reply(name))


def _amount(view: View, name: str, extra: str) -> tuple[Text, ...]:
    """An amount with posts, or with the mark that the provider belongs to the own group."""
    said = list(_field(view, name))
    more = view.answers.reply(f"{name}.{extra}")
    if isinstance(more, Answered) and name in view.asked:
        if extra == "fte":
            value = numbers.exact(more.value)  # type: ignore[arg-type]
            said += [Words(" · "), view.say("answers.fte", value=value)]
        elif (
            option_text(view.say, view.say.edition.fields[f"{name}.{extra}"], str(more.value))
            and more.value == "yes"
        ):
            said += [Words(" · "), view.say("answers.own_group")]
    return tuple(said)
