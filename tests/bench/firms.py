"""Invented firms as columns: every field of the edition, one cell in twenty unknown."""

from __future__ import annotations

import numpy as np

from assessment.evaluation.columns import (
    UNKNOWN,
    ChoiceColumn,
    Column,
    Columns,
    MultiColumn,
    NumberColumn,
    natural_bounds,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, MultiCell, NumberCell, Unit

UNKNOWN_SHARE = 0.05
SPANS = {"fin_opcost": (0.7, 1.1), "fin_inputs": (0.2, 0.6), "fin_inputs_services": (0.02, 0.2)}  # of revenue
# The modes that ask for a row of a question, by option number.
MATRIX = {
    "mtx_in": (2, 3),
    "mtx_out": (3, 4),
    "mtx_quality": (2, 3, 4),
    "int_reach": (1, 2, 3, 4),
}


def firms(edition: Edition, rows: int, seed: int) -> Columns:
    """`rows` firms, the same for the same seed. Amounts are shares of a revenue of 0.3 to 300 million."""
    rng = np.random.default_rng(seed)
    revenue = 10.0 ** rng.uniform(5.5, 8.5, rows)
    columns: dict[str, Column] = {}
    for question in edition.questions:
        for field in question.fields:
            columns[field.id] = _column(field, revenue, rng)
        if question.kind is Kind.SPLIT:
            columns |= _split([f.id for f in question.fields], rows, rng)
    for question, modes in MATRIX.items():
        for field in edition.question[question].fields:
            _blank(columns, field, f"mtx_mode.{field.row}", modes)
    columns["fin_revenue"] = _numbers(revenue, (0.0, 1e30), _unknown(rows, rng))
    return Columns(rows, columns)


def _unknown(rows: int, rng: np.random.Generator) -> np.ndarray:
    return rng.random(rows) < UNKNOWN_SHARE


def _numbers(values: np.ndarray, bounds: tuple[float, float], unknown: np.ndarray) -> NumberColumn:
    low, high, mid = (np.where(unknown, end, values) for end in (*bounds, np.nan))
    return NumberColumn(low, high, mid, unknown)


def _column(field: Field, revenue: np.ndarray, rng: np.random.Generator) -> Column:
    rows = len(revenue)
    match field.cell:
        case NumberCell() as cell:
            return _numbers(_amounts(field, cell, revenue, rng), natural_bounds(cell), _unknown(rows, rng))
        case LevelCell(_, steps) as level:
            values = rng.integers(0, steps, rows).astype(np.float64)
            return _numbers(values, natural_bounds(level), _unknown(rows, rng))
        case ChoiceCell(options, _):
            codes = rng.integers(0, len(options), rows).astype(np.int8)
            return ChoiceColumn(np.where(_unknown(rows, rng), np.int8(UNKNOWN), codes))
        case MultiCell(options, _):
            return MultiColumn({o: rng.integers(0, 2, rows).astype(np.int8) for o in options})


def _amounts(field: Field, cell: NumberCell, revenue: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    rows = len(revenue)
    match cell.unit:
        case Unit.MONEY:
            low, high = SPANS.get(field.id, (0.0, 0.03))
            return np.asarray(revenue * rng.uniform(low, high, rows))
        case Unit.PERCENT:
            return rng.uniform(0.0, 100.0, rows)
        case Unit.FTE:
            people = np.maximum(revenue / 100_000.0, 1.0)
            return np.asarray(
                people if field.id.endswith("headcount") else people * rng.uniform(0.0, 0.05, rows)
            )
        case Unit.YEAR:
            return np.full(rows, 2025.0)
        case _:
            return rng.integers(0, 100, rows).astype(np.float64)


def _split(names: list[str], rows: int, rng: np.random.Generator) -> dict[str, Column]:
    shares = rng.dirichlet(np.ones(len(names)), rows) * 100.0
    unknown = [_unknown(rows, rng) for _ in names]
    return {
        n: _numbers(np.ascontiguousarray(shares[:, i]), (0.0, 100.0), unknown[i]) for i, n in enumerate(names)
    }


def _blank(columns: dict[str, Column], field: Field, mode: str, asked: tuple[int, ...]) -> None:
    """A cell that is not asked is left blank, as firms leave it."""
    column, codes = columns[field.id], columns[mode]
    assert isinstance(codes, ChoiceColumn)
    moot = ~np.isin(codes.codes, (*asked, UNKNOWN))
    if isinstance(column, NumberColumn) and isinstance(field.cell, (NumberCell, LevelCell)):
        unknown = moot | (False if column.open is None else column.open)
        columns[field.id] = _numbers(column.low, natural_bounds(field.cell), unknown)
    elif isinstance(column, ChoiceColumn):
        columns[field.id] = ChoiceColumn(np.where(moot, np.int8(-3), column.codes))
