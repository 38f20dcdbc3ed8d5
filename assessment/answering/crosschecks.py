"""Checks across answers over columns: a check fires only in rows where it is certainly violated.

Unknown answers and ranges are seen through their bounds, so a check on an answer that is missing says
nothing unless what is known violates it already.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from assessment.answering.plain import plain, plain_span
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.size import MONEY_UNIT
from assessment.evaluation.values import Bools, Floats, Values, either
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Kind, Question
from assessment.model.formulas import Constant, FieldValue, Formula
from assessment.model.rules import Check

ROUNDING = 1e-9  # relative; amounts that agree to the cent must not differ by the last bit


def fires(edition: Edition, check: Check, evaluator: Evaluator, today: date) -> Bools:
    """Rows in which the check is certainly violated. Shape (rows,)."""
    left = left_of(edition, check, evaluator)
    hit: Bools = left.low != left.low  # nowhere
    for bound, side in ((check.at_most, 1), (check.at_least, -1), (check.about, 0)):
        if bound is not None:
            hit = hit | _beyond(left, evaluator.values(bound), check.tolerance, side)
    for rows, low, high in limits(edition, check, evaluator):
        hit = hit | (rows & ((left.high < low) | (left.low > high)))
    if check.year_within is not None:
        # The year that runs may pass: a business year may be named after the year in which it closes.
        hit = hit | (left.high < today.year - check.year_within) | (left.low > today.year)
    if left.gone is not None:
        hit = hit & ~left.gone
    if check.left is None or isinstance(check.left, FieldValue):
        hit = hit & (left.mid == left.mid)  # the limits of a field nobody answered are no answer to object to
    return hit if check.when is None else hit & evaluator.truth(check.when).must


def left_of(edition: Edition, check: Check, evaluator: Evaluator) -> Values:
    """The value that is checked; money in single units of the currency if the check says so."""
    formula: Formula = FieldValue(check.fields[0]) if check.left is None else check.left
    found = evaluator.values(formula)
    if not check.scale_money or MONEY_UNIT not in edition.fields:
        return found
    factor = _zeros(evaluator)
    for unit, rows in _chosen(edition, evaluator, MONEY_UNIT):
        factor = factor + rows * float(edition.money_units[unit])
    dropped = either(found.dropped, factor == 0.0)  # without a unit the amount says nothing
    return Values(found.low * factor, found.high * factor, found.mid * factor, dropped, found.undefined)


def _zeros(evaluator: Evaluator) -> Floats:
    return evaluator.values(Constant(0.0)).low


def limits(
    edition: Edition, check: Check, evaluator: Evaluator
) -> Iterator[tuple[Bools | bool, float, float]]:
    """Rows with their fixed bounds: the same for all, or by the choice of a field."""
    if check.between is not None:
        yield True, *check.between
    if check.between_by is not None:
        name, bounds = check.between_by
        for option, rows in _chosen(edition, evaluator, name):
            if option in bounds:
                yield rows, *bounds[option]


def _chosen(edition: Edition, evaluator: Evaluator, name: str) -> Iterator[tuple[str, Bools]]:
    cell = edition.fields[name].cell
    assert isinstance(cell, ChoiceCell), name
    codes = evaluator.choice(name)
    yield from ((option, codes == number) for number, option in enumerate(cell.options))


def _beyond(left: Values, right: Values, tolerance: float, side: int) -> Bools:
    """Rows certainly above (side 1), below (-1) or off on either side (0) by more than the tolerance."""
    slack = tolerance + ROUNDING
    above = left.low > right.high + slack * abs(right.high)
    below = left.high < right.low - slack * abs(right.low)
    hit = above | below if side == 0 else above if side > 0 else below
    return hit if right.gone is None else hit & ~right.gone


def splits_off(question: Question, evaluator: Evaluator) -> tuple[Bools, Bools, Values]:
    """Rows in which the shares certainly exceed 100, certainly fall short of it, and their sum.

    A share that does not apply counts as none; a split of which no share applies says nothing.
    """
    assert question.kind is Kind.SPLIT
    low = high = some = _zeros(evaluator)
    for field in question.fields:
        share = evaluator.number(field.id)
        here = _zeros(evaluator) + 1.0 if share.gone is None else ~share.gone * 1.0
        low, high, some = low + share.low * here, high + share.high * here, some + here
    total = Values(low, high, low)
    over = total.low > 100.0 + question.tolerance + ROUNDING
    under = (total.high < 100.0 - question.tolerance - ROUNDING) & (some > 0)
    return over, under, total


def placeholders(
    edition: Edition, check: Check, evaluator: Evaluator, row: int = 0
) -> tuple[tuple[str, str], ...]:
    """The numbers of a fired check as text: left, right or low and high, and factor if a slip explains it."""
    left = left_of(edition, check, evaluator)
    low, high = float(left.low[row]), float(left.high[row])
    year = check.year_within is not None
    values = {"left": f"{low:.0f}" if year else plain_span(low, high)}
    bound = check.at_most or check.at_least or check.about
    if bound is not None:
        right = evaluator.values(bound)
        values["right"] = plain_span(float(right.low[row]), float(right.high[row]))
    for rows, least, most in limits(edition, check, evaluator):
        if rows is True or rows[row]:  # type: ignore[index]
            values |= {"low": plain(least), "high": plain(most)}
            factor = slip_factor(edition, low if low > most else high, least, most) if check.slip else None
            values |= {} if factor is None else {"factor": plain(factor)}
    return tuple(values.items())


def slip_factor(edition: Edition, value: float, low: float, high: float) -> float | None:
    """The factor between two money units that brings `value` nearest the middle of its bounds, if any."""
    if value <= 0 or low <= 0:
        return None
    units = sorted({float(v) for v in edition.money_units.values()})
    steps = {b / a for a, b in combinations(units, 2)}
    middle = (math.log(low) + math.log(high)) / 2
    fitting = [
        (abs(math.log(v) - middle), s)
        for s in steps
        if low <= (v := value * s if value < low else value / s) <= high
    ]
    return min(fitting)[1] if fitting else None
