"""How good the answers are: grade, and counts of what is open, unknown or estimated."""

from __future__ import annotations

from functools import lru_cache

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
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field
from assessment.model.results import DataQuality
from assessment.model.rules import Component, Indicator, Standing
from assessment.scoring.cohort import Scores

GRADES = {"audited": "A", "accounts": "B", "estimate": "C"}  # worst of the sections decides
QUESTION = "meta_quality"


def data_quality(
    edition: Edition, scores: Scores, row: int, answers: Answers, *, quick: bool = False
) -> DataQuality:
    """Counts over the fields asked of this firm on its path; ticks with a default count as answered."""
    counts = dict.fromkeys((Answered, Between, DontKnow, NotApplicable, NotAnswered, NotAsked), 0)
    asked = 0
    for field, silent, others in _counted(edition, quick):
        truth = scores.evaluator.asked(field)
        if truth is not None and not truth.may[row]:
            continue
        asked += 1
        reply = answers.reply(field.id)
        settled = (silent and isinstance(reply, NotAnswered)) or _one_is_enough(answers, reply, others)
        counts[Answered if settled else type(reply)] += 1
    rules: list[Indicator | Component] = [
        *edition.indicators.values(),
        *(c for i in edition.indexes.values() for c in i.components),
    ]
    return DataQuality(
        grade=_grade(edition, answers),
        asked=asked,
        answered=counts[Answered],
        ranges=counts[Between],
        dont_know=counts[DontKnow],
        not_applicable=counts[NotApplicable],
        open=counts[NotAnswered],
        assumed_rules=sum(r.standing is Standing.ASSUMED for r in rules),
        rules=len(rules),
    )


@lru_cache(maxsize=16)
def _counted(edition: Edition, quick: bool) -> tuple[tuple[Field, bool, tuple[str, ...]], ...]:
    """Fields of a path: whether an untouched tick has a meaning, and what else may answer the row."""
    return tuple(
        (f, isinstance(f.cell, ChoiceCell) and f.cell.default is not None, _others(edition, f))
        for q in edition.questions
        if q.quick or not quick
        for f in q.fields
    )


def _others(edition: Edition, field: Field) -> tuple[str, ...]:
    """The other amounts of the same row of a question with columns."""
    question = edition.question[field.question]
    if not question.columns or isinstance(field.cell, ChoiceCell):
        return ()
    same = (f for f in question.fields if f.row == field.row and f.id != field.id)
    return tuple(f.id for f in same if not isinstance(f.cell, ChoiceCell))


def _one_is_enough(answers: Answers, reply: Reply, others: tuple[str, ...]) -> bool:
    known = (Answered, Between)
    return (
        bool(others)
        and not isinstance(reply, known)
        and any(isinstance(answers.reply(o), known) for o in others)
    )


def by_other_column(edition: Edition, answers: Answers, name: str) -> bool:
    """A row may be answered in money or in posts: one of the two is enough."""
    return _one_is_enough(answers, answers.reply(name), _others(edition, edition.fields[name]))


def _grade(edition: Edition, answers: Answers) -> str:
    if QUESTION not in edition.question:
        return ""
    values = [
        answers.reply(f.id) for f in edition.question[QUESTION].fields if isinstance(f.cell, ChoiceCell)
    ]
    grades = [GRADES[str(v.value)] for v in values if isinstance(v, Answered)]
    return max(grades, default="")
