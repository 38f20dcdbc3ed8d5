"""Answers as columns: one array a field, one row a firm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.values import UNBOUNDED, Floats, Values
from assessment.model.answers import (
    NOT_ANSWERED,
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
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
        return Columns(
            min(stop, self.rows) - start, {k: _cut(c, start, stop) for k, c in self.fields.items()}
        )


def _cut(column: Column, start: int, stop: int) -> Column:
    match column:
        case NumberColumn(low, high, mid, open_, dropped):
            first = low[start:stop]
            if low is high and low is mid:
                return NumberColumn(
                    first, first, first, _slice(open_, start, stop), _slice(dropped, start, stop)
                )
            return NumberColumn(
                first,
                high[start:stop],
                mid[start:stop],
                _slice(open_, start, stop),
                _slice(dropped, start, stop),
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
    replies = [a.replies for a in batch]
    numbers: dict[str, NumberCell | LevelCell] = {}
    choices: dict[str, ChoiceCell] = {}
    columns: dict[str, Column] = {}
    for name, cell in fields.items():
        match cell:
            case NumberCell() | LevelCell():
                numbers[name] = cell
            case ChoiceCell():
                choices[name] = cell
            case MultiCell(options, _):
                columns[name] = MultiColumn(_flags([r.get(name, NOT_ANSWERED) for r in replies], options))
    middles = [a.disputed for a in batch]
    return Columns(
        len(batch), columns | _number_columns(numbers, replies, middles) | _choice_columns(choices, replies)
    )


Replies = Sequence[Mapping[str, Reply]]


def _choice_columns(cells: Mapping[str, ChoiceCell], replies: Replies) -> dict[str, Column]:
    if not cells:
        return {}
    table = np.array(
        [[_code(r.get(name, NOT_ANSWERED), cell.options) for r in replies] for name, cell in cells.items()],
        dtype=np.int8,
    )
    complete: list[bool] = np.all(table >= 0, axis=1).tolist()
    return {name: ChoiceColumn(table[i], complete[i]) for i, name in enumerate(cells)}


def _flags(replies: Sequence[Reply], options: tuple[str, ...]) -> dict[str, Codes]:
    table = np.array([[_flag(r, o) for r in replies] for o in options], dtype=np.int8)
    return dict(zip(options, table, strict=True))


OPEN, MOOT = 1.0, 2.0  # states of a number that was not given; 0 is a number


def _number_columns(
    cells: Mapping[str, NumberCell | LevelCell], replies: Replies, middles: Replies
) -> dict[str, Column]:
    """All numbers through one table: for a single firm a few calls in all, not a few a field."""
    if not cells or not replies:
        return {}
    entries = []
    for name, cell in cells.items():
        bounds = natural_bounds(cell)
        row = zip(replies, middles, strict=True)
        entries.append([_entry(r.get(name, NOT_ANSWERED), bounds, m.get(name)) for r, m in row])
    low, high, mid, state = np.ascontiguousarray(np.array(entries, dtype=np.float64).transpose(2, 0, 1))
    open_, dropped = state == OPEN, state == MOOT
    some_open, some_dropped = open_.any(axis=1).tolist(), dropped.any(axis=1).tolist()
    same = (low == high).all(axis=1).tolist()
    columns: dict[str, Column] = {}
    for i, name in enumerate(cells):
        first = low[i]
        known = same[i] and not some_open[i]
        columns[name] = NumberColumn(
            first, first if known else high[i], first if known else mid[i],
            open_[i] if some_open[i] else None, dropped[i] if some_dropped[i] else None,
        )  # fmt: skip
    return columns


def _entry(
    reply: Reply, bounds: tuple[float, float], middle: Reply | None
) -> tuple[float, float, float, float]:
    """Low, high, middle and state of one number. `middle`: that of several answers, if they differ."""
    match reply:
        case Answered(value):
            number = float(value)  # type: ignore[arg-type]
            return number, number, number, 0.0
        case Between(low, high):
            return float(low), float(high), _middle(reply, middle), 0.0
        case NotApplicable() | NotAsked():
            return 0.0, 0.0, 0.0, MOOT
        case DontKnow() | NotAnswered():
            return bounds[0], bounds[1], float("nan"), OPEN


def _middle(reply: Between, middle: Reply | None) -> float:
    """The point that stands for a range: the answer in the middle of several, if it lies within."""
    if isinstance(middle, Answered) and not isinstance(middle.value, (str, tuple)):
        return min(max(float(middle.value), float(reply.low)), float(reply.high))
    return float((reply.low + reply.high) / 2)


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
