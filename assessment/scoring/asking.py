"""Which open question to ask next: the one whose answer narrows the interval most.

Each open question is answered in turn by six evenly spread answers, and the firm is scored with each. Ranked
by the mean narrowing, all six taken as equally likely; the least narrowing is given beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from assessment.answering.limits import number_limits
from assessment.model.answers import Answered, Answers, Between, DontKnow, NotAnswered, Reply
from assessment.model.certainty import AskNext
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, NumberCell, Question, Unit
from assessment.scoring.cohort import Scores
from assessment.scoring.moves import largest, number_of, relevant
from assessment.scoring.quality import by_other_column

TRIES = 6  # divides evenly among two, three and six options
LEAST = 1e-9  # points of severity; less is rounding

Try = dict[str, Reply]


def open_questions(edition: Edition, answers: Answers, asked: frozenset[str]) -> dict[str, list[Field]]:
    """Questions with open fields that can move a dilemma, in page order."""
    out: dict[str, list[Field]] = {}
    names = (*relevant(edition), *(f.id for q in _facts(edition) for f in edition.question[q].fields))
    for name in edition.fields:
        loose = isinstance(answers.reply(name), (DontKnow, NotAnswered, Between))
        field = edition.fields[name]
        silent = isinstance(field.cell, ChoiceCell) and field.cell.default is not None
        if (
            name in names
            and name in asked
            and loose
            and not silent
            and not by_other_column(edition, answers, name)
        ):
            out.setdefault(field.question, []).append(field)
    return out


def _facts(edition: Edition) -> tuple[str, ...]:
    facts = edition.robustness.facts if edition.robustness else ()
    return tuple(q for q in facts if q in edition.question)


def tries(edition: Edition, answers: Answers, opened: Mapping[str, list[Field]]) -> list[Try]:
    """Six answers to each open question, question after question."""
    most = largest(edition, answers)
    return [
        t for name, fields in opened.items() for t in _tries_of(edition.question[name], fields, answers, most)
    ]


def _tries_of(
    question: Question, fields: Sequence[Field], answers: Answers, most: Mapping[Unit, float]
) -> Iterator[Try]:
    for number in range(TRIES):
        if question.kind is Kind.SPLIT:
            yield _shares(question, fields, answers, number)
        else:
            rows = max(len(question.rows), 1)
            # Fields of one question are turned against one another, so that not all are low or high at once.
            yield {
                f.id: _reply(f, answers.reply(f.id), (number + n) % TRIES, rows, most)
                for n, f in enumerate(fields)
            }


def _reply(field: Field, now: Reply, number: int, rows: int, most: Mapping[Unit, float]) -> Reply:
    part = (number + 0.5) / TRIES
    match field.cell:
        case NumberCell() as cell:
            low, high = _span(cell, now, rows, most)
            return Answered(Decimal(repr(low + part * (high - low))))
        case LevelCell(_, steps):
            low, high = (int(now.low), int(now.high)) if isinstance(now, Between) else (0, steps - 1)
            return Answered(low + int(part * (high - low + 1)))
        case ChoiceCell(options, _):
            return Answered(options[int(part * len(options))])
        case _:
            return now


def _span(cell: NumberCell, now: Reply, rows: int, most: Mapping[Unit, float]) -> tuple[float, float]:
    """What a number may be: its range, its limits, or up to the largest amount given in its unit."""
    if isinstance(now, Between):
        return float(now.low), float(now.high)
    low, high = number_limits(cell)
    return (low, high) if high is not None else (low, max(most.get(cell.unit, 1.0) / rows, low))


def _shares(question: Question, fields: Sequence[Field], answers: Answers, number: int) -> Try:
    """What is left to 100: half of it to one share in turn, the rest to all evenly."""
    given = (answers.reply(f.id) for f in question.fields if f not in fields)
    rest = max(100.0 - sum(number_of(r) for r in given if isinstance(r, Answered)), 0.0)
    even = rest / len(fields) / 2.0
    chosen = number % len(fields)
    return {
        f.id: Answered(Decimal(repr(even + (rest / 2.0 if n == chosen else 0.0))))
        for n, f in enumerate(fields)
    }


def narrowing(
    edition: Edition, questions: Sequence[str], scored: Scores, first: int, widths: Mapping[str, float]
) -> dict[str, tuple[AskNext, ...]]:
    """By dilemma: the open questions that narrow it, most first. `first`: row of the first try."""
    out: dict[str, list[AskNext]] = {d: [] for d in edition.dilemmas}
    for number, question in enumerate(questions):
        rows = slice(first + number * TRIES, first + (number + 1) * TRIES)
        for dilemma in edition.dilemmas:
            index = scored.indexes[dilemma]
            gains = widths[dilemma] - (index.high[rows] - index.low[rows])
            if float(gains.mean()) > LEAST:
                out[dilemma].append(AskNext(question, float(gains.mean()), max(float(gains.min()), 0.0)))
    return {d: tuple(sorted(found, key=_order)) for d, found in out.items()}


def together(by_dilemma: Mapping[str, tuple[AskNext, ...]]) -> tuple[AskNext, ...]:
    """Over all dilemmas: narrowing added up."""
    found = dict.fromkeys(a.question for asks in by_dilemma.values() for a in asks)
    parts = {q: [a for asks in by_dilemma.values() for a in asks if a.question == q] for q in found}
    joined = (AskNext(q, sum(a.expected for a in p), sum(a.at_least for a in p)) for q, p in parts.items())
    return tuple(sorted(joined, key=_order))


def _order(ask: AskNext) -> tuple[float, str]:
    return -ask.expected, ask.question
