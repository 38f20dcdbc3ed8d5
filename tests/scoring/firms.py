"""One firm scored, as the tests of certainty need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from assessment.evaluation.columns import columns_of
from assessment.model.answers import Answered, Answers, Reply
from assessment.model.certainty import FieldChange
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, LevelCell
from assessment.model.results import Placement
from assessment.scoring.cohort import Scores, score
from assessment.scoring.place import placement


@dataclass(frozen=True)
class Firm:
    """Answers with their scores and placements."""

    answers: Answers
    scores: Scores
    placed: dict[str, Placement]


def scored(edition: Edition, answers: Answers) -> Firm:
    scores = score_all(edition, [answers])
    return Firm(answers, scores, {d: placement(edition, scores, 0, d, answers) for d in edition.dilemmas})


def score_all(edition: Edition, batch: list[Answers]) -> Scores:
    return score(edition, columns_of({f.id: f.cell for f in edition.fields.values()}, batch))


def answered(answers: Answers, replies: dict[str, Reply]) -> Answers:
    return replace(answers, replies={**answers.replies, **replies})


def changed(edition: Edition, answers: Answers, changes: Iterable[FieldChange], part: float = 1.0) -> Answers:
    """The answers with changes made; of a number only `part` of the way."""
    replies: dict[str, Reply] = {}
    for change in changes:
        cell = edition.fields[change.field].cell
        if isinstance(cell, ChoiceCell):
            replies[change.field] = Answered(str(change.new))
        elif isinstance(cell, LevelCell):
            replies[change.field] = Answered(int(change.new))
        else:
            assert not isinstance(change.old, str) and not isinstance(change.new, str)
            replies[change.field] = Answered(Decimal(repr(change.old + part * (change.new - change.old))))
    return answered(answers, replies)
