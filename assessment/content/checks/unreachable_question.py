"""Every question can be asked: its `asked_when` is true of some firm."""

from __future__ import annotations

from assessment.answering.relevance import evaluator_of
from assessment.content.desk import Desk
from assessment.model.answers import Answers

EVALUATES = True  # looked at once the rules can be evaluated


def check(desk: Desk) -> None:
    # With nothing answered every condition that can hold may hold.
    evaluator = evaluator_of(desk.edition, [Answers(desk.edition.id)])
    for question in desk.edition.questions:
        truths = [evaluator.asked(f) for f in question.fields]
        never = [f.id for f, t in zip(question.fields, truths, strict=True) if t is not None and not t.may[0]]
        if never:
            what = f"`asked_when` can never hold for {', '.join(never)}."
            cure = "Mend the condition or remove the question."
            desk.faults.note("unreachable-question", desk.question_file(question.id), question.id, what, cure)
