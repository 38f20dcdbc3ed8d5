"""What is asked now, as the answers stand. Where relevance is unknown the field is asked."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.evaluation.columns import Codes, Columns, columns_of
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.plan import plan_of
from assessment.evaluation.size import classify, size_names
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.fields import Question


def evaluator_of(edition: Edition, batch: list[Answers]) -> Evaluator:
    """An evaluator over answers, with the size class of every firm."""
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, batch)
    return with_size(edition, columns)


def with_size(edition: Edition, columns: Columns, size: Codes | None = None) -> Evaluator:
    """An evaluator that knows the size class of every row. `size`: these classes, if they are at hand."""
    evaluator = Evaluator(plan_of(edition), columns)
    evaluator.know_size(classify(edition, evaluator) if size is None else size, size_names(edition))
    return evaluator


def asked(edition: Edition, answers: Answers) -> frozenset[str]:
    """Ids of the fields that are asked of this firm now."""
    evaluator = evaluator_of(edition, [answers])
    truths = ((f.id, evaluator.asked(f)) for f in edition.fields.values())
    return frozenset(name for name, truth in truths if truth is None or bool(truth.may[0]))


def questions_on_path(edition: Edition, quick: bool) -> tuple[Question, ...]:
    """The questions of the chosen path, in page order."""
    return tuple(q for q in edition.questions if q.quick or not quick)


def fields_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """Field ids of questions, in page order."""
    return tuple(f.id for q in questions for f in q.fields)
