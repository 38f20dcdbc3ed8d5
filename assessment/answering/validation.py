"""Everything that is wrong, doubtful or open in the answers of a firm.

REFUSE: cannot be true. WARN: unusual, may be confirmed with a reason. OPEN: waits for an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from assessment.answering.crosschecks import fires, placeholders, splits_off
from assessment.answering.limits import ALONE, TOO_LARGE, check_reply, number_limits
from assessment.answering.plain import plain_span
from assessment.answering.progress import open_fields
from assessment.answering.relevance import asked_by, evaluator_of, questions_on_path, with_size
from assessment.evaluation.columns import Column, Columns, MultiColumn, NumberColumn
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.values import Bools
from assessment.model.answers import Answers, DontKnow, NotApplicable
from assessment.model.edition import Edition
from assessment.model.fields import Cell, Kind, LevelCell, MultiCell, NumberCell, Question
from assessment.model.problems import AnswerProblem, Severity

__all__ = ["check_answers", "check_reply", "impossible", "refused_rows"]


def check_answers(
    edition: Edition, answers: Answers, today: date, quick: bool = False, known: Evaluator | None = None
) -> tuple[AnswerProblem, ...]:
    """All problems of one firm: fields, splits and checks across answers; then what is open on the path.

    `known`: these very answers evaluated, if that is at hand; used unless some of them are not sound.
    """
    replies = ((f.id, check_reply(f, answers.reply(f.id))) for f in edition.fields.values())
    faults = {name: found for name, found in replies if found}
    evaluator = known
    if faults or evaluator is None:
        sound = replace(answers, replies={k: r for k, r in answers.replies.items() if k not in faults})
        evaluator = evaluator_of(edition, [sound])
    now = asked_by(edition, evaluator)
    return (
        *(p for name, found in faults.items() if name in now for p in found),
        *_split_problems(edition, evaluator),
        *_check_problems(edition, answers, evaluator, today),
        *_open_problems(edition, answers, now, quick),
    )


def impossible(problems: Iterable[AnswerProblem]) -> tuple[AnswerProblem, ...]:
    """The problems that must be mended before a result means anything."""
    return tuple(p for p in problems if p.severity is Severity.REFUSE)


def refused_rows(edition: Edition, columns: Columns, today: date) -> Bools:
    """Rows of a batch that hold something impossible: limits, splits and refusing checks. Shape (rows,)."""
    evaluator = with_size(edition, columns)
    refused: Bools = evaluator.size_codes != evaluator.size_codes  # none yet
    for field in edition.fields.values():
        wrong = _impossible_replies(field.cell, columns.fields.get(field.id))
        refused = refused if wrong is None else refused | wrong
    for question in _splits(edition):
        over, under, _ = splits_off(question, evaluator)
        refused = refused | over | under
    for check in edition.checks:
        if check.severity == Severity.REFUSE:
            refused = refused | fires(edition, check, evaluator, today)
    return refused


def _impossible_replies(cell: Cell, column: Column | None) -> Bools | None:
    match cell, column:
        case NumberCell(), NumberColumn():
            low, high = number_limits(cell)
            highest = TOO_LARGE if high is None else high
            return _outside(column, low, float(highest), exclusive=cell.exclusive, whole=cell.integer)
        case LevelCell(_, steps), NumberColumn():
            return _outside(column, 0.0, steps - 1.0, exclusive=False, whole=True)
        case MultiCell(options, at_most), MultiColumn(flags):
            ticks = [flags[option] == 1 for option in options]
            count = sum(tick * 1 for tick in ticks)
            many: Bools = count > (at_most or len(options))
            others: Bools = count > 1
            return many | (ticks[options.index(ALONE)] & others) if ALONE in options else many
        case _:
            return None  # a code of a choice is always one of its options


def _outside(column: NumberColumn, low: float, high: float, *, exclusive: bool, whole: bool) -> Bools:
    wrong: Bools = (
        ~(column.low >= low) | ~(column.low <= column.high) | ~(column.high <= high)
    )  # so NaN is wrong too
    if exclusive:
        wrong = wrong | (column.low <= low)
    if whole:
        wrong = wrong | (column.low % 1 != 0) | (column.high % 1 != 0)
    for silent in (column.open, column.dropped):
        wrong = wrong if silent is None else wrong & ~silent
    return wrong


def _splits(edition: Edition) -> Iterator[Question]:
    return (q for q in edition.questions if q.kind is Kind.SPLIT)


def _split_problems(edition: Edition, evaluator: Evaluator) -> Iterator[AnswerProblem]:
    for question in _splits(edition):
        over, under, total = splits_off(question, evaluator)
        values = (("left", plain_span(float(total.low[0]), float(total.high[0]))), ("right", "100"))
        names = tuple(f.id for f in question.fields)
        if over[0]:
            yield AnswerProblem("faults.split_over", Severity.REFUSE, names, values)
        if under[0]:
            yield AnswerProblem("faults.split_under", Severity.REFUSE, names, values)


def _check_problems(
    edition: Edition, answers: Answers, evaluator: Evaluator, today: date
) -> Iterator[AnswerProblem]:
    for check in edition.checks:
        if not fires(edition, check, evaluator, today)[0]:
            continue
        severity = Severity(check.severity)
        reason = answers.confirmed.get(check.id, "") if severity is Severity.WARN else ""
        yield AnswerProblem(
            f"checks.{check.id}", severity, check.fields, placeholders(edition, check, evaluator), reason
        )


def _open_problems(
    edition: Edition, answers: Answers, now: Collection[str], quick: bool
) -> Iterator[AnswerProblem]:
    for question in questions_on_path(edition, quick):
        names = open_fields(answers, question, now)
        if question.required:
            unknown = (
                f.id for f in question.fields if isinstance(answers.reply(f.id), (DontKnow, NotApplicable))
            )
            names = (*names, *(n for n in unknown if n in now))
        if names:
            code = "faults.required" if question.required else "faults.open"
            yield AnswerProblem(code, Severity.OPEN, names, (("left", str(len(names))),))
