"""What answers are called when they are named away from their question."""

from __future__ import annotations

from assessment.model.fields import Field
from assessment.report.document import Words
from assessment.report.replies import part_text
from assessment.report.say import Say

FUNCTIONS = "functions"  # a row of this list is known by the name of the function


def together_text(say: Say, fields: tuple[str, ...]) -> Words:
    """One answer, or answers that move together: a service function, a question, a part of one."""
    told = [say.edition.fields[name] for name in fields]
    if all(_of_function(say, field) for field in told) and len({field.row for field in told}) == 1:
        return Words(say.function(told[0].row))
    questions = list(dict.fromkeys(field.question for field in told))
    if len(told) == 1:
        return answer_text(say, told[0])
    return Words(say.listed([_label(say, question) for question in questions]))


def answer_text(say: Say, field: Field) -> Words:
    """The question, with the part of it that was answered."""
    part, label = part_text(say, field), _label(say, field.question)
    return Words(f"{label}{say('colon')}{part}") if part else Words(label)


def _of_function(say: Say, field: Field) -> bool:
    return bool(field.row) and say.edition.question[field.question].row_list == FUNCTIONS


def _label(say: Say, question: str) -> str:
    return say.label(question).rstrip("?？")
