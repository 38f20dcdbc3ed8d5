"""The size class of a firm under its regime. A bound that cannot be tested leaves the class open."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from assessment.evaluation.columns import UNKNOWN
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.values import Bools, Truth, Values
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell
from assessment.model.formulas import fields_in
from assessment.model.rules import SizeBound, SizeRegime

# The fields that decide size are part of the format: an edition with [sizes] has these questions.
REGIME, GROUP, GROUP_HEADCOUNT = "prf_regime.regime", "prf_regime.group", "prf_regime.group_headcount"
HEADCOUNT, REVENUE, CURRENCY, MONEY_UNIT = (
    "prf_headcount",
    "fin_revenue",
    "prf_period.currency",
    "prf_period.unit",
)


def size_names(edition: Edition) -> tuple[str, ...]:
    """Size classes, smallest first; empty if the edition has none."""
    return tuple(edition.sizes.weight_set) if edition.sizes else ()


@lru_cache(maxsize=8)
def fields_of_size(edition: Edition) -> tuple[str, ...]:
    """The fields that decide the size class, and whether those are asked; none if there are no classes."""
    names = (REGIME, GROUP, GROUP_HEADCOUNT, HEADCOUNT, REVENUE, CURRENCY, MONEY_UNIT)
    found = [n for n in names if n in edition.fields] if edition.sizes else []
    for name in found:  # grows while it is read
        gate = edition.fields[name].asked_when
        found += [n for n in (fields_in(gate) if gate is not None else ()) if n not in found]
    return tuple(found)


def classify(edition: Edition, answers: Evaluator) -> np.ndarray:
    """Option numbers of the size class in every row, UNKNOWN where the answers leave it open. int8."""
    names = size_names(edition)
    codes = np.full(answers.rows, UNKNOWN, dtype=np.int8)
    if edition.sizes is None:
        return codes
    regimes = answers.choice(REGIME)
    options = _options(edition, REGIME)
    for name, regime in edition.sizes.regimes.items():
        here = regimes == options.index(name)
        if here.any():
            codes = np.where(here, _class_of(edition, answers, regime, names), codes)
    return codes


def _options(edition: Edition, name: str) -> tuple[str, ...]:
    cell = edition.fields[name].cell
    assert isinstance(cell, ChoiceCell), name
    return cell.options


def _class_of(edition: Edition, answers: Evaluator, regime: SizeRegime, names: tuple[str, ...]) -> np.ndarray:
    people = _people(edition, answers, regime)
    revenue, comparable = _revenue(edition, answers, regime)
    codes = np.full(answers.rows, names.index(regime.bounds[-1].size), dtype=np.int8)
    for bound in reversed(regime.bounds[:-1]):
        met = _meets(bound, regime, people, revenue, comparable)
        codes = np.where(
            met.must, np.int8(names.index(bound.size)), np.where(met.may, np.int8(UNKNOWN), codes)
        )
    return codes


def _people(edition: Edition, answers: Evaluator, regime: SizeRegime) -> Values:
    own = answers.number(HEADCOUNT)
    if not regime.group_counts:
        return own
    in_group = answers.choice(GROUP) == _options(edition, GROUP).index("yes")
    group = answers.number(GROUP_HEADCOUNT)
    low, high = np.maximum(group.low, own.low), np.maximum(group.high, own.high)
    return Values(np.where(in_group, low, own.low), np.where(in_group, high, own.high), own.mid)


def _revenue(edition: Edition, answers: Evaluator, regime: SizeRegime) -> tuple[Values, Bools]:
    """Revenue in single units of the firm's currency, and where that is the regime's currency."""
    factors = np.array([float(edition.money_units[u]) for u in _options(edition, MONEY_UNIT)])
    unit, money = answers.choice(MONEY_UNIT), answers.number(REVENUE)
    factor = np.take(factors, np.maximum(unit, 0))
    currencies = _options(edition, CURRENCY)
    wanted = currencies.index(regime.currency) if regime.currency in currencies else -99
    comparable = (answers.choice(CURRENCY) == wanted) & (unit >= 0)
    return Values(money.low * factor, money.high * factor, money.mid * factor), comparable


def _meets(bound: SizeBound, regime: SizeRegime, people: Values, revenue: Values, comparable: Bools) -> Truth:
    many = Truth(people.high >= bound.headcount, people.low >= bound.headcount)
    if bound.revenue is None:
        return many
    reach = np.greater if regime.strictly else np.greater_equal
    rich = Truth(reach(revenue.high, bound.revenue), reach(revenue.low, bound.revenue))
    joined = np.logical_or if regime.any_bound else np.logical_and
    return Truth(
        np.where(comparable, joined(many.may, rich.may), many.may),
        np.where(comparable, joined(many.must, rich.must), many.must),
    )
