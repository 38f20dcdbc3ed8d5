"""Answers as columns: one array a field, one row a firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.values import UNBOUNDED, Floats, Values
from assessment.model.answers import Answered, Answers, Between, DontKnow, NotAnswered, NotApplicable, NotAsked, Reply
from assessment.model.fields import Cell, ChoiceCell, LevelCell, MultiCell, NumberCell

Codes = NDArray[np.int8]

UNKNOWN, DROPPED, UNTOUCHED = -1, -2, -3  # codes of a choice that is not one of its options


@dataclass(slots=True)
class NumberColumn:
    """A number or level. `low`..`high` where asked; `mid` NaN where unknown.

    `open`: unknown rows (don't know or not answered). `dropped`: not applicable.
    None stands for "no such row".
    """

    low: Floats
    high: Floats
    mid: Floats
    open: NDArray[np.bool_] | None = None
    dropped: NDArray[np.bool_] | None = None


@dataclass(slots=True)
class ChoiceColumn:
    """Option numbers, or UNKNOWN, DROPPED, UNTOUCHED. `complete`: every row holds an option."""

    codes: Codes
    complete: bool = False


@dataclass(slots=True)
class MultiColumn:
    """One column of 0/1 an option (or UNKNOWN, DROPPED), by option."""

    flags: Mapping[str, Codes]


Column = NumberColumn | ChoiceColumn | MultiColumn


@dataclass(slots=True)
class Columns:
    """All answers of a batch of firms. A field that is missing is unknown in every row."""

    rows: int
    fields: Mapping[str, Column]

    def part(self, start: int, stop: int) -> Columns:
        """Rows start..stop as views."""
        return Columns(min(stop, self.rows) - start, {k: _cut(c, start, stop) for k, c in self.fields.items()})


def _cut(column: Column, start: int, stop: int) -> Column:
    match column:
        case NumberColumn(low, high, mid, open_, dropped):
            first = low[start:stop]
            if low is high and low is mid:
                return NumberColumn(first, first, first, _slice(open_, start, stop), _slice(dropped, start, stop))
            return NumberColumn(
                first, high[start:stop], mid[start:stop], _slice(open_, start, stop), _slice(dropped, start, stop)
            )
        case ChoiceColumn(codes, complete):
            return ChoiceColumn(codes[start:stop], complete)
        case MultiColumn(flags):
            return MultiColumn({k: v[start:stop] for k, v in flags.items()})


def _slice(mask: NDArray[np.bool_] | None, start: int, stop: int) -> NDArray[np.bool_] | None:
    """A mask of a part; None again if no row of the part is in it."""
    if mask is None:
        return None
    part = mask[start:stop]
    return part if part.any() else None


def natural_bounds(cell: NumberCell | LevelCell) -> tuple[float, float]:
    """Lowest and highest admissible value of a number or level."""
    if isinstance(cell, LevelCell):
        return 0.0, float(cell.steps - 1)
    low = 0.0 if cell.minimum is None else cell.minimum
    return low, UNBOUNDED if cell.maximum is None else cell.maximum


def columns_of(fields: Mapping[str, Cell], batch: Sequence[Answers]) -> Columns:
    """The answers of a batch as columns, shape (firms,) each."""
    return Columns(len(batch), {id_: _column(cell, [a.reply(id_) for a in batch]) for id_, cell in fields.items()})


def _column(cell: Cell, replies: list[Reply]) -> Column:
    match cell:
        case NumberCell() | LevelCell():
            return _numbers(cell, replies)
        case ChoiceCell(options, _):
            codes = np.array([_code(r, options) for r in replies], dtype=np.int8)
            return ChoiceColumn(codes, bool((codes >= 0).all()))
        case MultiCell(options, _):
            return MultiColumn({o: np.array([_flag(r, o) for r in replies], dtype=np.int8) for o in options})


def _numbers(cell: NumberCell | LevelCell, replies: list[Reply]) -> NumberColumn:
    bounds = natural_bounds(cell)
    triples = [_triple(r, bounds) for r in replies]
    low, high, mid = (np.array(t, dtype=np.float64) for t in zip(*triples, strict=True))
    open_ = np.array([isinstance(r, (DontKnow, NotAnswered)) for r in replies])
    dropped = np.array([isinstance(r, (NotApplicable, NotAsked)) for r in replies])
    if not open_.any() and bool((low == high).all()):
        high = mid = low
    return NumberColumn(low, high, mid, open_ if open_.any() else None, dropped if dropped.any() else None)


def _triple(reply: Reply, bounds: tuple[float, float]) -> tuple[float, float, float]:
    match reply:
        case Answered(value):
            number = float(value)  # type: ignore[arg-type]
            return number, number, number
        case Between(low, high):
            return float(low), float(high), float((low + high) / 2)
        case NotApplicable() | NotAsked():
            return 0.0, 0.0, 0.0
        case DontKnow() | NotAnswered():
            return bounds[0], bounds[1], float("nan")


@lru_cache(maxsize=4096)
def _numbered(options: tuple[str, ...]) -> dict[str, int]:
    return {option: number for number, option in enumerate(options)}


def _code(reply: Reply, options: tuple[str, ...]) -> int:
    match reply:
        case Answered(value):
            return _numbered(options).get(str(value), UNKNOWN)
        case NotApplicable() | NotAsked():
            return DROPPED
        case NotAnswered():
            return UNTOUCHED
        case DontKnow() | Between():
            return UNKNOWN


def _flag(reply: Reply, option: str) -> int:
    match reply:
        case Answered(value):
            return int(isinstance(value, tuple) and option in value)
        case NotApplicable() | NotAsked():
            return DROPPED
        case DontKnow() | NotAnswered() | Between():
            return UNKNOWN


def as_values(column: NumberColumn) -> Values:
    """The column as values."""
    return Values(column.low, column.high, column.mid, column.dropped)
