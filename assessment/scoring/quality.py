"""How good the answers are: grade, and counts of what is open, unknown or estimated."""

from __future__ import annotations

from assessment.model.answers import (
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell
from assessment.model.results import DataQuality
from assessment.model.rules import Component, Indicator, Standing
from assessment.scoring.cohort import Scores
from assessment.scoring.place import is_asked

GRADES = {"audited": "A", "accounts": "B", "estimate": "C"}  # worst of the sections decides
QUESTION = "meta_quality"


def data_quality(
    edition: Edition, scores: Scores, row: int, answers: Answers, *, quick: bool = False
) -> DataQuality:
    """Counts over the fields asked of this firm on its path; ticks with a default count as answered."""
    names = [
        f.id
        for q in edition.questions
        if q.quick or not quick
        for f in q.fields
        if is_asked(edition, scores, row, f.id)
    ]
    counts = dict.fromkeys((Answered, Between, DontKnow, NotApplicable, NotAnswered, NotAsked), 0)
    for name in names:
        cell, reply = edition.fields[name].cell, answers.reply(name)
        silent = isinstance(reply, NotAnswered) and isinstance(cell, ChoiceCell) and cell.default is not None
        counts[Answered if silent or by_other_column(edition, answers, name) else type(reply)] += 1
    rules: list[Indicator | Component] = [
        *edition.indicators.values(),
        *(c for i in edition.indexes.values() for c in i.components),
    ]
    return DataQuality(
        grade=_grade(edition, answers),
        asked=len(names),
        answered=counts[Answered],
        ranges=counts[Between],
        dont_know=counts[DontKnow],
        not_applicable=counts[NotApplicable],
        open=counts[NotAnswered],
        assumed_rules=sum(r.standing is Standing.ASSUMED for r in rules),
        rules=len(rules),
    )


def by_other_column(edition: Edition, answers: Answers, name: str) -> bool:
    """A row may be answered in money or in posts: one of the two is enough."""
    field = edition.fields[name]
    if not edition.question[field.question].columns or isinstance(field.cell, ChoiceCell):
        return False
    row = f"{field.question}.{field.row}"
    return not isinstance(answers.reply(name), (Answered, Between)) and any(
        f.startswith(row)
        and f != name
        and isinstance(answers.reply(f), (Answered, Between))
        and not isinstance(edition.fields[f].cell, ChoiceCell)
        for f in (row, *(f"{row}.{c}" for c in edition.question[field.question].columns))
    )


def _grade(edition: Edition, answers: Answers) -> str:
    if QUESTION not in edition.question:
        return ""
    values = [
        answers.reply(f.id) for f in edition.question[QUESTION].fields if isinstance(f.cell, ChoiceCell)
    ]
    grades = [GRADES[str(v.value)] for v in values if isinstance(v, Answered)]
    return max(grades, default="")
