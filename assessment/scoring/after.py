"""The answers of a firm once measures are done, as replies: for a what-if page, a trace or a second
opinion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import numpy as np

from assessment.evaluation.columns import ChoiceColumn, NumberColumn
from assessment.model.answers import Answered, Answers, Between, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, NumberCell
from assessment.model.plans import End
from assessment.scoring.effects import Ground
from assessment.scoring.search import ENDS

DIGITS = 9  # decimals kept of a changed number


def answers_after(edition: Edition, answers: Answers, measures: Iterable[str], end: End) -> Answers:
    """The answers with everything these measures change, settled, every effect at one end of its range.

    Raises `ValueError` for a measure the edition does not have.
    """
    names = tuple(sorted(measures))
    unknown = [m for m in names if m not in edition.countermeasures]
    if unknown:
        raise ValueError(f"not of {edition.id}: {', '.join(unknown)}")
    if not names:
        return answers
    ground = Ground.of(edition, answers, names)
    columns = ground.columns(ground.since(np.ones((1, len(names)))), np.array([ENDS[end]]))
    fields = {n: edition.fields[n] for n in (*ground.starts, *ground.codes)}
    changed = {n: _reply(field, columns.fields[n]) for n, field in fields.items()}
    before = ground.base.columns.fields
    moved = {n: r for n, r in changed.items() if r is not None and r != _reply(fields[n], before[n])}
    return replace(answers, replies={**answers.replies, **moved})


def _reply(field: Field, column: object) -> Reply | None:
    """The only row of a column as a reply; None where it holds none."""
    match field.cell, column:
        case ChoiceCell(options, _), ChoiceColumn(codes, _):
            return None if codes[0] < 0 else Answered(options[int(codes[0])])
        case ((NumberCell() | LevelCell()), NumberColumn(low, high, mid, _, dropped)):
            if np.isnan(mid[0]) or (dropped is not None and dropped[0]):
                return None
            if low[0] == high[0]:
                return Answered(_number(field, float(low[0])))
            return Between(_decimal(float(low[0])), _decimal(float(high[0])))
        case _:
            return None


def _number(field: Field, value: float) -> Decimal | int:
    if isinstance(field.cell, LevelCell):
        return round(value)
    whole = isinstance(field.cell, NumberCell) and field.cell.integer
    return Decimal(round(value)) if whole else _decimal(value)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(round(value, DIGITS)))
