"""What is asked now, as the answers stand. Where relevance is unknown the field is asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assessment.evaluation.columns import Codes, Columns, columns_of
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.plan import plan_of
from assessment.evaluation.size import classify, fields_of_size, size_names
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.model.formulas import Condition, fields_in


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
    return _asked(edition, tuple(map(answers.reply, _deciding(edition))))


@lru_cache(maxsize=256)
def _asked(edition: Edition, replies: tuple[Reply, ...]) -> frozenset[str]:
    """As `asked`, from the replies that decide it: most changes on a page are to other fields."""
    deciding = _deciding(edition)
    columns = columns_of(
        {name: edition.fields[name].cell for name in deciding},
        [Answers(edition.id, replies=dict(zip(deciding, replies, strict=True)))],
    )
    return asked_by(edition, with_size(edition, columns))


@lru_cache(maxsize=8)
def _deciding(edition: Edition) -> tuple[str, ...]:
    """The fields that conditions of relevance name, and those of the size class."""
    named = [name for gate, _ in _gates(edition)[1] for name in fields_in(gate)]
    found = [*dict.fromkeys((*named, *fields_of_size(edition)))]
    for name in found:  # grows while it is read: whether a field is asked decides what it says
        gate = edition.fields[name].asked_when
        found += [n for n in (fields_in(gate) if gate is not None else ()) if n not in found]
    return tuple(found)


def asked_by(edition: Edition, evaluator: Evaluator) -> frozenset[str]:
    """The same, where the answers of the firm are evaluated already (its only row)."""
    always, gates = _gates(edition)
    return always.union(*(names for gate, names in gates if bool(evaluator.truth(gate).may[0])))


@lru_cache(maxsize=8)
def _gates(edition: Edition) -> tuple[frozenset[str], tuple[tuple[Condition, frozenset[str]], ...]]:
    """The fields that are always asked, and those that each condition opens."""
    behind: dict[Condition, list[str]] = {}
    for field in edition.fields.values():
        if field.asked_when is not None:
            behind.setdefault(field.asked_when, []).append(field.id)
    always = frozenset(f.id for f in edition.fields.values() if f.asked_when is None)
    return always, tuple((gate, frozenset(names)) for gate, names in behind.items())


def questions_on_path(edition: Edition, quick: bool) -> tuple[Question, ...]:
    """The questions of the chosen path, in page order."""
    return tuple(q for q in edition.questions if q.quick or not quick)


def fields_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """Field ids of questions, in page order."""
    return tuple(f.id for q in questions for f in q.fields)
