"""Appendix: all answers as given."""

from __future__ import annotations

from assessment.model.fields import Question
from assessment.report.blocks import cell, column, row
from assessment.report.document import Part, Row, Table, Text, Typed, Words
from assessment.report.replies import money_unit, question_parts
from assessment.report.view import View

MATRIX = ("mtx_mode", "mtx_core", "mtx_in", "mtx_out", "mtx_quality", "mtx_intent", "int_reach")


def answers(view: View) -> Part:
    """Every question with its answer, section by section; the function matrix stands with its picture."""
    say = view.say
    return Part(
        "answers",
        say("answers.kicker"),
        (say("answers.headline"),),
        (answers_table(view),),
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
    unit = money_unit(say, view.answers)
    return Table(
        "answers",
        say("answers.money_note", unit=unit) if unit else say("answers.short"),
        (column(say("answers.question"), 2.9), column(say("answers.answer"), 3.9)),
        tuple(rows),
        compact=True,
    )


def _answer(view: View, question: Question) -> tuple[Text, ...]:
    said = question_parts(view.say, view.answers, question, view.asked)
    remark = view.answers.comments.get(question.id, "")
    return (*said, Words(" · "), view.say("answers.remark"), Typed(remark)) if remark else said
