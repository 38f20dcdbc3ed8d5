"""One account of doubt: how wide the interval of a dilemma is, what it is made of, what would narrow it.

Three intervals, each holding the one before. From the answers: every open answer and range at its best and
worst, as the placement has it. With the data grade: every figure may also be off by the error of its
section's grade. With the rules: the 5 % point of all settings at the best end, the 95 % point at the worst.
What an interval adds in width is the share of its origin, so the shares add up.

Within the answers' interval each component holds (1 - L) x weight x its width; the component that is worst
at the worst end also holds the width of the worst-component term. Answers on which several people differ hold
the width that goes when each stands in their middle; ranges the width that goes when they stand at their
middle too; the rest is divided among open answers by their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from assessment.answering.limits import number_limits
from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.values import Values
from assessment.model.answers import Answered, Answers, Between, DontKnow, NotAnswered, Reply
from assessment.model.certainty import AskNext, Doubt, Origin
from assessment.model.edition import Edition
from assessment.model.fields import NumberCell, Unit
from assessment.model.results import ComponentResult, Placement
from assessment.scoring.asking import narrowing, open_questions, tries
from assessment.scoring.cohort import Scores, score
from assessment.scoring.place import is_asked
from assessment.scoring.quality import QUESTION, by_other_column
from assessment.scoring.robustness import ends_under_settings
from assessment.scoring.variants import Base

UNGRADED = "unknown"
# Rows of the batch: what people differ about at its middle; ranges too; figures widened; answers tried.
SETTLED, MIDDLE, GRADED, FIRST_TRY = 0, 1, 2, 3


def doubts(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    placed: Sequence[Placement],
    base: Base | None = None,
) -> dict[str, Doubt]:
    """The account of each placement, by dilemma."""
    asked = frozenset(name for name in edition.fields if is_asked(edition, scores, row, name))
    opened = open_questions(edition, answers, asked)
    settled = {n: r for n, r in answers.disputed.items() if not isinstance(answers.reply(n), Answered)}
    middles = {**_middles(answers), **settled}
    rows = [settled, middles, widened(edition, answers), *tries(edition, answers, opened)]
    columns = (base or Base.of(edition, answers)).with_replies(edition, answers, rows)
    scored = score(edition, columns, edition.dilemmas)
    widths = {p.dilemma: p.high - p.low for p in placed}
    asks = narrowing(edition, tuple(opened), scored, FIRST_TRY, widths)
    return {
        p.dilemma: _doubt(edition, scores, row, answers, p, scored, asks[p.dilemma], asked) for p in placed
    }


def _middles(answers: Answers) -> dict[str, Reply]:
    """Every range at its middle."""
    ranges = {n: r for n, r in answers.replies.items() if isinstance(r, Between)}
    return {name: Answered((r.low + r.high) / 2) for name, r in ranges.items()}


def widened(edition: Edition, answers: Answers) -> dict[str, Reply]:
    """Every figure as the range its data grade leaves open."""
    assert edition.robustness is not None, edition.id
    out: dict[str, Reply] = {}
    for name, reply in answers.replies.items():
        field = edition.fields.get(name)
        if field is None or not isinstance(field.cell, NumberCell) or not isinstance(reply, Answered):
            continue
        error = edition.robustness.grade_error.get(_grade(edition, answers, field.question), 0.0)
        if error and not field.cell.integer and field.cell.unit is not Unit.YEAR:
            out[name] = _spread(field.cell, reply, Decimal(repr(error)))
    return out


def _grade(edition: Edition, answers: Answers, question: str) -> str:
    """How the section of a question was answered; "" where no grade is asked for."""
    field = f"{QUESTION}.{edition.question[question].section}"
    if field not in edition.fields:
        return ""
    reply = answers.reply(field)
    return str(reply.value) if isinstance(reply, Answered) else UNGRADED


def _spread(cell: NumberCell, reply: Answered, error: Decimal) -> Between:
    value = Decimal(str(reply.value))
    low, high = number_limits(cell)
    least, most = sorted((value * (1 - error), value * (1 + error)))
    return Between(max(least, Decimal(repr(low))), most if high is None else min(most, Decimal(repr(high))))


def _doubt(
    edition: Edition, scores: Scores, row: int, answers: Answers, place: Placement, scored: Scores,
    asks: tuple[AskNext, ...], asked: frozenset[str],
) -> Doubt:  # fmt: skip
    low, high = place.low, place.high
    parts = _by_answers(edition, scores, row, answers, place, scored, asked)
    if not bool(scores.indexes[place.dilemma].unstated[row]):
        graded = scored.indexes[place.dilemma]
        low, high = min(low, float(graded.low[GRADED])), max(high, float(graded.high[GRADED]))
        parts[Origin.GRADE] = (high - low) - (place.high - place.low)
        width = high - low
        best, worst = ends_under_settings(edition, scored, GRADED, place.dilemma)
        low, high = min(low, float(np.quantile(best, 0.05))), max(high, float(np.quantile(worst, 0.95)))
        parts[Origin.RULES] = (high - low) - width
    return Doubt(low, high, place.low, place.high, parts, asks)


def _by_answers(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    place: Placement,
    scored: Scores,
    asked: frozenset[str],
) -> dict[Origin, float]:
    """The width of the placement's interval by origin, in points of severity."""
    parts = dict.fromkeys(Origin, 0.0)
    tried = scored.indexes[place.dilemma].components
    for number, (component, points) in enumerate(_held(edition, place)):
        width = component.high - component.low
        gone = [_gone(width, tried[number], at) for at in (SETTLED, MIDDLE)]
        of_people, of_ranges = points * gone[0], points * max(gone[1] - gone[0], 0.0)
        parts[Origin.RESPONDENTS] += of_people
        parts[Origin.RANGE] += of_ranges
        for origin, share in _states(edition, scores, answers, component, asked).items():
            parts[origin] += (points - of_people - of_ranges) * share
    rest = (place.high - place.low) - sum(parts.values())
    parts[_rest(scores.size[row], scored.size[SETTLED])] += max(rest, 0.0)
    return parts


def _gone(width: float, values: Values, row: int) -> float:
    """The part of a component's width that is gone in a row."""
    left = float(values.high[row] - values.low[row])
    return min(max((width - left) / width, 0.0), 1.0) if width > 0 else 0.0


def _rest(size: int, settled: int) -> Origin:
    """What no component holds: two sets of weights while the size is open, else what does not apply."""
    if size != UNKNOWN:
        return Origin.NOT_APPLICABLE
    return Origin.SIZE if settled == UNKNOWN else Origin.RESPONDENTS


def _held(edition: Edition, place: Placement) -> list[tuple[ComponentResult, float]]:
    """Components with the width of the dilemma's interval that they hold."""
    share = edition.indexes[place.dilemma].worst_share
    here = [c for c in place.components if c.applies]
    worst = max(here, key=lambda c: c.high, default=None)
    top = max((c.high for c in here), default=0.0) - max((c.low for c in here), default=0.0)
    return [
        (
            c,
            (1.0 - share) * c.weight * (c.high - c.low) + (share * top if c is worst else 0.0)
            if c.applies
            else 0.0,
        )
        for c in place.components
    ]


def _states(
    edition: Edition, scores: Scores, answers: Answers, component: ComponentResult, asked: frozenset[str]
) -> Mapping[Origin, float]:
    """Shares of "don't know" and "not answered" among the open answers that a component reads."""
    names = (
        scores.evaluator.reads(edition.indicators[component.indicator].formula) if component.indicator else ()
    )
    mine = [n for n in names if n in asked and n not in answers.disputed]
    replies = [answers.reply(n) for n in mine if not by_other_column(edition, answers, n)]
    counts = {
        Origin.DONT_KNOW: sum(isinstance(r, DontKnow) for r in replies),
        Origin.NOT_ANSWERED: sum(isinstance(r, NotAnswered) for r in replies),
    }
    total = sum(counts.values())
    if total:
        return {o: n / total for o, n in counts.items()}
    return {Origin.RESPONDENTS if any(n in answers.disputed for n in names) else Origin.RANGE: 1.0}
