"""Evaluates formulas and conditions over the answers of a batch of firms.

Every sum is added in a fixed order, element by element, so one firm alone and the same firm among a
million give the same bits. Bounds are exact for every formula in which each field occurs once; the
operators in which a field stands twice (share, split, share of rows) have exact bounds of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

import numpy as np

from assessment.evaluation import conditions, operators
from assessment.evaluation.columns import (
    DROPPED,
    UNKNOWN,
    UNTOUCHED,
    ChoiceColumn,
    Columns,
    MultiColumn,
    NumberColumn,
    as_values,
    natural_bounds,
)
from assessment.evaluation.values import Truth, Values, combine, constant, settle
from assessment.model import formulas as f
from assessment.model.fields import ChoiceCell, Field, LevelCell, NumberCell


class Evaluator:
    """Formulas over one batch. Results are kept, so a part shared by two indicators is computed once.

    `size`: (codes, names), option numbers of the size classes, UNKNOWN where not known.
    """

    def __init__(self, fields: Mapping[str, Field], columns: Columns, size: tuple[np.ndarray, tuple[str, ...]] | None = None) -> None:
        self._fields = fields
        self._columns = columns
        self._size = size
        self._numbers: dict[int, Values] = {}
        self._truths: dict[int, Truth] = {}
        self._read: dict[str, Values] = {}
        self._choices: dict[str, np.ndarray] = {}
        self._asked: dict[int, Truth] = {}
        self._keep: list[f.Formula | f.Condition] = []  # ids stay unique while their nodes live

    @property
    def rows(self) -> int:
        return self._columns.rows

    @property
    def size_codes(self) -> np.ndarray:
        """Option numbers of the size class, UNKNOWN where it is open or the edition has none."""
        return np.full(self.rows, UNKNOWN, dtype=np.int8) if self._size is None else self._size[0]

    def values(self, formula: f.Formula) -> Values:
        """The formula in every row, shape (rows,)."""
        found = self._numbers.get(id(formula))
        if found is None:
            found = self._numbers[id(formula)] = self._evaluate(formula)
            self._keep.append(formula)
        return found

    def truth(self, condition: f.Condition) -> Truth:
        """The condition in every row, shape (rows,)."""
        found = self._truths.get(id(condition))
        if found is None:
            found = self._truths[id(condition)] = self._decide(condition)
            self._keep.append(condition)
        return found

    def asked(self, field: Field) -> Truth | None:
        """Where a field is asked; None if always."""
        return None if field.asked_when is None else self.truth(field.asked_when)

    def _evaluate(self, formula: f.Formula) -> Values:
        match formula:
            case f.Constant(value):
                return constant(value, self.rows)
            case f.FieldValue(name):
                return self.number(name)
            case f.Sum(terms):
                return combine(operators.add, self._each(terms))
            case f.SumOfRows(terms, where):
                truths = [None if c is None else self.truth(c) for c in where]
                return settle(operators.sum_of_rows(self._each(terms), truths))
            case f.Minus(left, right):
                return operators.minus(self.values(left), self.values(right))
            case f.Times(factors):
                return combine(operators.multiply, self._each(factors))
            case f.Ratio(over, under):
                return settle(operators.ratio(self.values(over), self.values(under)))
            case f.Share(part, rest):
                return settle(operators.share(self.values(part), self.values(rest)))
            case f.Larger(terms):
                return operators.over_present(self._each(terms), mean=False)
            case f.Mean(terms):
                return operators.over_present(self._each(terms), mean=True)
            case f.Either(first, second):
                return operators.either_value(self.values(first), self.values(second))
            case f.Points(name, values):
                return operators.points(self.choice(name), self._options(name), dict(values))
            case f.Split(names, weights):
                return settle(operators.split([self.number(n) for n in names], weights))
            case f.ShareOfRows(hit, of):
                return settle(operators.share_of_rows([self.truth(c) for c in hit], [self.truth(c) for c in of]))
            case f.CountOfRows(hit):
                return settle(operators.count([self.truth(c) for c in hit]))
            case f.HighestRow(hit):
                return settle(operators.highest([self.truth(c) for c in hit], self.rows))
            case _:
                assert_never(formula)

    def _each(self, formulas: Sequence[f.Formula]) -> list[Values]:
        return [self.values(x) for x in formulas]

    def _decide(self, condition: f.Condition) -> Truth:
        match condition:
            case f.Fixed(holds):
                mask = np.full(self.rows, holds)
                return Truth(mask, mask)
            case f.ChosenIn(name, options):
                return conditions.chosen_in(self.choice(name), self._options(name), options)
            case f.Ticked(name, option):
                return conditions.ticked(self._flags(name, option))
            case f.Compare(left, how, right):
                return conditions.compare(self.values(left), how, right)
            case f.SizeIn(classes):
                codes, names = self._size or (np.full(self.rows, UNKNOWN, dtype=np.int8), ("",))
                return conditions.chosen_in(codes, names, classes)
            case f.All(parts):
                return conditions.every([self.truth(c) for c in parts])
            case f.Any(parts):
                return conditions.some([self.truth(c) for c in parts])
            case f.Not(inner):
                return conditions.negate(self.truth(inner))
            case _:
                assert_never(condition)

    # --- fields, seen through what is asked ---------------------------------------------------

    def number(self, name: str) -> Values:
        """A number or level field; where it is not asked, what that stands for."""
        found = self._read.get(name)
        if found is None:
            field = self._fields[name]
            assert isinstance(field.cell, (NumberCell, LevelCell)), name
            column = self._columns.fields.get(name)
            bounds = natural_bounds(field.cell)
            if column is None:
                column = _nothing_known(bounds, self.rows)
            assert isinstance(column, NumberColumn), name
            found = as_values(column)
            asked = self.asked(field)
            if asked is not None:
                found = settle(operators.where_asked(found, column.open, asked, field.not_asked_value))
            self._read[name] = found
        return found

    def choice(self, name: str) -> np.ndarray:
        """Option numbers of a choice field, defaults and relevance applied."""
        found = self._choices.get(name)
        if found is None:
            field = self._fields[name]
            assert isinstance(field.cell, ChoiceCell), name
            column = self._columns.fields.get(name)
            codes = np.full(self.rows, UNTOUCHED, dtype=np.int8) if column is None else _codes(column)
            if column is None or not (isinstance(column, ChoiceColumn) and column.complete):
                untouched = UNKNOWN if field.cell.default is None else field.cell.options.index(field.cell.default)
                codes = np.where(codes == UNTOUCHED, np.int8(untouched), codes)
            asked = self.asked(field)
            moot = DROPPED if field.cell.default is None else field.cell.options.index(field.cell.default)
            found = codes if asked is None else np.where(asked.may, codes, np.int8(moot))
            self._choices[name] = found
        return found

    def _options(self, name: str) -> tuple[str, ...]:
        cell = self._fields[name].cell
        assert isinstance(cell, ChoiceCell), name
        return cell.options

    def _flags(self, name: str, option: str) -> np.ndarray:
        column = self._columns.fields.get(name)
        if not isinstance(column, MultiColumn) or option not in column.flags:
            return np.full(self.rows, UNKNOWN, dtype=np.int8)
        return column.flags[option]


def _nothing_known(bounds: tuple[float, float], rows: int) -> NumberColumn:
    low, high = np.full(rows, bounds[0]), np.full(rows, bounds[1])
    return NumberColumn(low, high, np.full(rows, np.nan), np.ones(rows, dtype=bool))


def _codes(column: object) -> np.ndarray:
    assert isinstance(column, ChoiceColumn)
    return column.codes
