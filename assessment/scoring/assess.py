"""The whole way for single firms: answers -> indicators -> placements -> recommendations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assessment.answering.form import write_form
from assessment.evaluation.columns import UNKNOWN, columns_of
from assessment.evaluation.size import size_names
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.problems import AnswerProblem
from assessment.model.results import Assessment
from assessment.scoring.certainty import certainty
from assessment.scoring.cohort import Scores, score
from assessment.scoring.functions import function_rows
from assessment.scoring.place import placement, reading, trend_position
from assessment.scoring.quality import data_quality
from assessment.scoring.recommend import recommend
from assessment.scoring.yardsticks import yardsticks


def assess(
    edition: Edition,
    answers: Answers,
    problems: Sequence[AnswerProblem] = (),
    *,
    quick: bool = False,
    certain: bool = False,
) -> Assessment:
    """Everything computed for one firm: a batch of one. `certain`: how sure it is, too (some 0.1 s more)."""
    scores = score(edition, columns_of({f.id: f.cell for f in edition.fields.values()}, [answers]))
    found = _one(edition, scores, 0, answers, tuple(problems), quick)
    if not certain or edition.robustness is None:
        return found
    return replace(found, certainty=certainty(edition, scores, 0, answers))


def assess_many(
    edition: Edition,
    batch: Sequence[Answers],
    problems: Sequence[tuple[AnswerProblem, ...]] = (),
    *,
    quick: bool = False,
) -> list[Assessment]:
    """Everything computed for each firm of a batch, in order."""
    if not batch:
        return []
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, batch)
    scores = score(edition, columns)
    noted = problems or [()] * len(batch)
    return [_one(edition, scores, row, answers, noted[row], quick) for row, answers in enumerate(batch)]


def _one(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    problems: tuple[AnswerProblem, ...],
    quick: bool,
) -> Assessment:
    placements = tuple(placement(edition, scores, row, d, answers) for d in edition.dilemmas)
    code = int(scores.size[row])
    names = size_names(edition)
    default = edition.sizes.default if edition.sizes else ""
    return Assessment(
        edition=edition.id,
        fingerprint=edition.fingerprint,
        answers=answers,
        answers_fingerprint=answers_fingerprint(edition, answers),
        size=default if code == UNKNOWN else names[code],
        size_assumed=code == UNKNOWN,
        readings={i: reading(edition, scores, row, i, answers) for i in edition.indicators},
        placements=placements,
        trends=tuple(trend_position(edition, scores, row, t) for t in edition.trends),
        recommendations=recommend(edition, scores, row, placements),
        functions=function_rows(edition, scores, row, answers),
        quality=data_quality(edition, scores, row, answers, quick=quick),
        yardsticks=yardsticks(edition, scores, row),
        problems=problems,
    )


def answers_fingerprint(edition: Edition, answers: Answers) -> str:
    """SHA-256 over the edition and everything that was answered; names of the firm stay out of it."""
    body: Mapping[str, Any] = {
        "edition": edition.id,
        "answers": write_form(edition, answers.replies),
        "comments": dict(sorted(answers.comments.items())),
        "confirmed": dict(sorted(answers.confirmed.items())),
    }
    if answers.disputed:
        body = {**body, "disputed": write_form(edition, answers.disputed)}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
