"""What a plan costs: in percent of one year's revenue, and in the firm's own currency where that is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from assessment.model.answers import Answered, Answers, Between
from assessment.model.edition import Edition
from assessment.model.plans import Amount
from assessment.report import numbers
from assessment.report.document import Words
from assessment.report.say import Say

# The fields that say what a percent of revenue is worth; see `evaluation.size` for the same names.
REVENUE, CURRENCY, UNIT = "fin_revenue", "prf_period.currency", "prf_period.unit"


@dataclass(frozen=True, slots=True)
class Purse:
    """One year's revenue in single units of a currency."""

    revenue: float
    currency: str


def purse_of(edition: Edition, answers: Answers) -> Purse | None:
    """None while revenue, currency or unit are not known. Of a range the middle is taken."""
    unit, currency = answers.reply(UNIT), answers.reply(CURRENCY)
    if not isinstance(unit, Answered) or not isinstance(currency, Answered):
        return None
    match answers.reply(REVENUE):
        case Answered(value):
            revenue = float(str(value))
        case Between(low, high):
            revenue = float(low + high) / 2
        case _:
            return None
    return Purse(revenue * edition.money_units[str(unit.value)], str(currency.value))


def percent(value: float) -> str:
    """Percent of one year's revenue: one decimal where there is one."""
    return f"{short(value)}{numbers.FIXED}%"


def short(value: float) -> str:
    """A number with one decimal, or none for a whole one."""
    return numbers.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def money(say: Say, purse: Purse, *shares: float) -> str:
    """`shares`, one or a range, in percent of revenue as amounts of two digits: no estimate is finer."""
    currency = say.words.text(f"options.currencies.{purse.currency}")
    number = say.words.text("options.to").join(_rounded(say, purse.revenue * s / 100) for s in shares)
    return say.words.text("options.money", number=number, currency=currency).strip()


def _rounded(say: Say, amount: float) -> str:
    steps, names = (say.words.many(f"options.money_{part}") for part in ("steps", "names"))
    scales = [(float(step), name) for step, name in zip(steps, names, strict=True)]
    step, word = [one for one in scales if one[0] <= max(amount, 1.0)][-1]
    counted = amount / step
    digits = 1 - math.floor(math.log10(counted)) if counted > 0 else 0
    rounded = Decimal(str(round(counted, digits)))
    number = numbers.number(rounded, max(digits, 0) if rounded % 1 else 0)
    return f"{number}{numbers.FIXED}{word}" if word else number


def cost_text(say: Say, share: float, purse: Purse | None = None) -> Words:
    """A cost in percent of one year's revenue, and as an amount if revenue is known."""
    if purse is None or share <= 0:
        return Words(say.words.text("options.cost", percent=percent(share)))
    told = {"percent": percent(share), "money": money(say, purse, share)}
    return Words(say.words.text("options.cost_money", **told))


def cost_range(say: Say, amount: Amount, purse: Purse | None = None) -> Words:
    """A range of cost, for a cell of a table."""
    span = say("place.interval", low=short(amount.low), high=percent(amount.high))
    if purse is None:
        return span
    told = money(say, purse, amount.low, amount.high)
    return Words(say.words.text("options.cost_range", percent=span, money=told))
