"""What matters most and divides most; and where each role alone would place the firm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from assessment.evaluation.columns import columns_of
from assessment.model.answers import Answered, Answers, Between, NotApplicable, Reply
from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.model.workshop import Divide, Respondent, RoleView, Vote
from assessment.scoring.agreement import indexes, rules_of, shown_roles
from assessment.scoring.cohort import score
from assessment.scoring.place import placement
from assessment.scoring.pooling import pooled
from assessment.scoring.variants import Base

SAID = (Answered, Between, NotApplicable)

Row = dict[str, Reply]


def divides(
    edition: Edition,
    votes: Sequence[Vote],
    settled: Mapping[str, Reply] | None = None,
    beside: Answers | None = None,
) -> tuple[Divide, ...]:
    """The questions on which people differ: most points of severity first, then the less agreed one.

    Effect on the placement times disagreement, worked out rather than multiplied: every respondent's own
    answers to the question are put in turn among all others in their middle, and the firm is scored.
    """
    loose = [v for v in votes if v.field not in (settled or {})]
    answers = pooled(edition, loose, settled, beside)
    middle = replace(answers, replies={**answers.replies, **answers.disputed}, disputed={})
    apart = indexes(edition, loose)
    said = _by_question(edition, loose)
    swings = _swings(edition, middle, list(said.values()))
    found = [
        Divide(question, points, dilemma, max((apart.get(f, 0.0) for row in rows for f in row), default=0.0))
        for (question, rows), (points, dilemma) in zip(said.items(), swings, strict=True)
    ]
    return tuple(sorted(found, key=lambda d: (-round(d.points, 9), -round(d.index, 9))))


def _by_question(edition: Edition, votes: Sequence[Vote]) -> dict[str, list[Row]]:
    """The different ways in which a question was answered, of questions with more than one, in page order."""
    rows: dict[str, dict[str, Row]] = {}
    for vote in votes:
        if vote.field in edition.fields and isinstance(vote.reply, SAID):
            of_question = rows.setdefault(edition.fields[vote.field].question, {})
            of_question.setdefault(vote.respondent.id, {})[vote.field] = vote.reply
    ways = {q.id: _different(q, list(rows.get(q.id, {}).values())) for q in edition.questions}
    return {question: found for question, found in ways.items() if len(found) > 1}


def _different(question: Question, rows: Sequence[Row]) -> list[Row]:
    """Each way once, in an order that does not depend on who gave it."""
    keyed = {repr([row.get(f.id) for f in question.fields]): row for row in rows}
    return [keyed[key] for key in sorted(keyed)]


def _swings(edition: Edition, middle: Answers, ways: Sequence[Sequence[Row]]) -> list[tuple[float, str]]:
    """For each question: severity between its extreme ways, and the dilemma where that is most."""
    every = [row for rows in ways for row in rows]
    if not every:
        return []
    scored = score(edition, Base.of(edition, middle).with_replies(edition, middle, every), edition.dilemmas)
    out, start = [], 0
    for rows in ways:
        at = slice(start, start + len(rows))
        spans = {d: float(np.ptp(scored.indexes[d].mid[at])) for d in edition.dilemmas}
        most = max(spans, key=lambda d: spans[d])
        out.append((spans[most], most))
        start += len(rows)
    return out


def by_role(
    edition: Edition,
    votes: Sequence[Vote],
    settled: Mapping[str, Reply] | None = None,
    beside: Answers | None = None,
) -> dict[str, RoleView]:
    """Where each role alone would place the firm, for roles that may be shown; see `shown_roles`.

    What a role answered, settled or not, stands as its people said it; all else as everybody said. An answer
    counts as the role's own only if the role may be shown among those who answered that very field.
    """
    whole = pooled(edition, votes, settled, beside)
    own = {role: _own(edition, votes, role) for role in _shown({v.respondent for v in votes}, edition)}
    views = [pooled(edition, mine, beside=whole) for mine in own.values()]
    if not views:
        return {}
    scores = score(edition, columns_of({f.id: f.cell for f in edition.fields.values()}, views))
    return {
        role: RoleView(
            role=role,
            people=len({v.respondent.id for v in votes if v.respondent.role == role}),
            fields=len({v.field for v in mine}),
            placements=tuple(placement(edition, scores, n, d, views[n]) for d in edition.dilemmas),
        )
        for n, (role, mine) in enumerate(own.items())
    }


def _own(edition: Edition, votes: Sequence[Vote], role: str) -> list[Vote]:
    """The votes of a role on the fields where it may be shown."""
    voters: dict[str, set[Respondent]] = {}
    for vote in votes:
        voters.setdefault(vote.field, set()).add(vote.respondent)
    fields = {name for name, people in voters.items() if role in _shown(people, edition)}
    return [v for v in votes if v.respondent.role == role and v.field in fields]


def _shown(people: Collection[Respondent], edition: Edition) -> tuple[str, ...]:
    return shown_roles(people, rules_of(edition).least)[0]
