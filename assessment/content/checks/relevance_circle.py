"""No question depends on itself, directly or through others, for being asked."""

from __future__ import annotations

from assessment.content.circles import circle_through
from assessment.content.desk import Desk
from assessment.evaluation.size import (
    CURRENCY,
    GROUP,
    GROUP_HEADCOUNT,
    HEADCOUNT,
    MONEY_UNIT,
    REGIME,
    REVENUE,
)
from assessment.model.formulas import fields_in, reads_size

BEHIND_SIZE = (REGIME, GROUP, GROUP_HEADCOUNT, HEADCOUNT, REVENUE, CURRENCY, MONEY_UNIT)


def check(desk: Desk) -> None:
    fields = desk.edition.fields
    needs = {
        f.id: {*fields_in(f.asked_when), *(BEHIND_SIZE if reads_size(f.asked_when) else ())}
        for f in fields.values()
        if f.asked_when is not None
    }
    reported = set[str]()
    for name in needs:
        circle = circle_through(needs, name)
        questions = dict.fromkeys(fields[n].question for n in circle if n in fields)
        if circle and not reported & set(questions):
            reported |= set(questions)
            what = f"`asked_when` goes round in a circle: {' -> '.join(circle)}."
            question = fields[name].question
            desk.faults.note(
                "relevance-circle", desk.question_file(question), question, what, "Ask one of them always."
            )
