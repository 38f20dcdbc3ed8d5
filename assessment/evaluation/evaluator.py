"""Evaluates formulas and conditions over the answers of a batch of firms.

Every sum is added in a fixed order, element by element, so one firm alone and the same firm among a
million give the same bits. Bounds are exact for every formula in which each field occurs once; the
operators in which a field stands twice (share, split, share of rows) have exact bounds of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assessment.evaluation import operators
from assessment.evaluation.columns import (
    DROPPED,
    UNKNOWN,
    UNTOUCHED,
    ChoiceColumn,
    Codes,
    Columns,
    MultiColumn,
    NumberColumn,
    as_values,
    natural_bounds,
)
from assessment.evaluation.plan import Plan, options_of
from assessment.evaluation.values import Option, Truth, Values, settle
from assessment.model import formulas as f
from assessment.model.fields import ChoiceCell, Field, LevelCell, NumberCell


class Evaluator:
    """Formulas over one batch. Results are kept, so a part shared by two indicators is computed once."""

    def __init__(self, plan: Plan, columns: Columns) -> None:
        self.rows = columns.rows
        self.size = Option(np.full(self.rows, UNKNOWN, dtype=np.int8), np.ones(self.rows, dtype=bool))
        self.size_names: tuple[str, ...] = ()
        self._plan = plan
        self._columns = columns
        self._values: dict[int, Values] = {}
        self._truths: dict[int, Truth] = {}
        self._numbers: dict[str, Values] = {}
        self._options: dict[str, Option] = {}

    def know_size(self, codes: Codes, names: tuple[str, ...]) -> None:
        """Size classes of the rows as option numbers of `names`, UNKNOWN where open; before anything asks."""
        self.size, self.size_names = _option(codes), names

    @property
    def size_codes(self) -> Codes:
        """Option numbers of the size class, UNKNOWN where it is open or the edition has none."""
        return self.size.codes

    def values(self, formula: f.Formula) -> Values:
        """The formula in every row, shape (rows,)."""
        return self.value(self._plan.number(formula))

    def truth(self, condition: f.Condition) -> Truth:
        """The condition in every row, shape (rows,)."""
        return self.tested(self._plan.truth(condition))

    def reads(self, formula: f.Formula) -> tuple[str, ...]:
        """The fields a formula reads, each once, in order."""
        return self._plan.reads(formula)

    def asked(self, field: Field) -> Truth | None:
        """Where a field is asked; None if always."""
        return None if field.asked_when is None else self.truth(field.asked_when)

    # --- steps of the plan, each worked out once ----------------------------------------------

    def value(self, step: int) -> Values:
        found = self._values.get(step)
        if found is None:
            found = self._values[step] = self._plan.steps[step](self)
        return found

    def computed(self, steps: Sequence[int]) -> list[Values]:
        return [self.value(step) for step in steps]

    def tested(self, test: int) -> Truth:
        found = self._truths.get(test)
        if found is None:
            found = self._truths[test] = self._plan.tests[test](self)
        return found

    def decided(self, tests: Sequence[int]) -> list[Truth]:
        return [self.tested(test) for test in tests]

    # --- fields, seen through what is asked ---------------------------------------------------

    def number(self, name: str) -> Values:
        """A number or level field; where it is not asked, what that stands for."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self._number(self._plan.fields[name])
        return found

    def _number(self, field: Field) -> Values:
        assert isinstance(field.cell, (NumberCell, LevelCell)), field.id
        column = self._columns.fields.get(field.id)
        if column is None:
            column = _nothing_known(natural_bounds(field.cell), self.rows)
        assert isinstance(column, NumberColumn), field.id
        asked = self.asked(field)
        if asked is None:
            return as_values(column)
        return settle(operators.where_asked(as_values(column), column.open, asked, field.not_asked_value))

    def choice(self, name: str) -> Codes:
        """Option numbers of a choice field, defaults and relevance applied."""
        return self.option(name).codes

    def option(self, name: str) -> Option:
        """A choice field with the rows in which it is unknown, defaults and relevance applied."""
        found = self._options.get(name)
        if found is None:
            found = self._options[name] = self._option(self._plan.fields[name])
        return found

    def _option(self, field: Field) -> Option:
        column, default = self._columns.fields.get(field.id), _default(field)
        if column is None:
            codes = np.full(self.rows, UNKNOWN if default is None else default, dtype=np.int8)
        else:
            assert isinstance(column, ChoiceColumn), field.id
            codes = column.codes
            if column.complete and field.asked_when is None:
                return Option(codes, None)
            codes = np.where(codes == UNTOUCHED, np.int8(UNKNOWN if default is None else default), codes)
        asked = self.asked(field)
        moot = np.int8(DROPPED if default is None else default)
        return _option(codes if asked is None else np.where(asked.may, codes, moot))

    def flags(self, name: str, option: str) -> Codes:
        """1 where the option of a multi field is ticked, 0 where not, UNKNOWN, DROPPED."""
        column = self._columns.fields.get(name)
        if not isinstance(column, MultiColumn) or option not in column.flags:
            return np.full(self.rows, UNKNOWN, dtype=np.int8)
        return column.flags[option]


def _option(codes: Codes) -> Option:
    unknown = codes == UNKNOWN
    return Option(codes, unknown if np.count_nonzero(unknown) else None)


def _default(field: Field) -> int | None:
    assert isinstance(field.cell, ChoiceCell), field.id
    return None if field.cell.default is None else options_of(field).index(field.cell.default)


def _nothing_known(bounds: tuple[float, float], rows: int) -> NumberColumn:
    low, high = np.full(rows, bounds[0]), np.full(rows, bounds[1])
    return NumberColumn(low, high, np.full(rows, np.nan), np.ones(rows, dtype=bool))
