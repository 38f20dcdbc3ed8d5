"""Reads a number the way people type it: 1,200 · 1.200,5 · 3.5万 · 18-22 · 35 %.

What could mean two numbers is refused with both readings, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assessment.model.answers import Answered, Between
from assessment.model.fields import NumberCell, Unit

LONGEST: Final = 60
_SCALES: Final = {
    "千": 1_000, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000,
    "億": 100_000_000, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000,
    "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_MARKS: Final = {
    Unit.MONEY: r"元|圆|[¥€$£]|cny|rmb|eur|usd|gbp|jpy",
    Unit.PERCENT: r"%|percent|pct",
    Unit.FTE: r"fte|人|people",
    Unit.DAYS: r"天|日|days?|d",
    Unit.HOURS: r"小时|hours?|h",
    Unit.YEAR: r"年",
    Unit.COUNT: r"个|项|种",
    Unit.NUMBER: r"(?!)",
}
_SCALED: Final = frozenset({Unit.MONEY, Unit.FTE, Unit.COUNT, Unit.NUMBER})
_NUMBER: Final = re.compile(r"(?P<sign>[-−]?)(?P<digits>[\d.,' ]*\d)\s*(?P<scale>[^\d.,' ]*)\.?")
_RANGE: Final = re.compile(r"(?P<low>.*\d\D*?)\s*(?:\.\.|–|—|~|〜|至|到|\bto\b|-)\s*(?P<high>[-−]?\d.*)")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*")
_TWO_WAYS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a typed text is no number. `code` is a text key, `values` fill its placeholders."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


def read_number(text: str, cell: NumberCell, money_unit: int | None = None) -> Answered | Between | Misread:
    """A number or a range in the unit of `cell`.

    `money_unit`: how many single currency units one unit of the firm's amounts is (1000 for thousands);
    None while the firm has not chosen it, then a typed 万 or million is refused for money.
    """
    plain = _plain(text, cell.unit)
    if not plain or len(plain) > LONGEST:
        return Misread("not_a_number")
    parts = _RANGE.fullmatch(plain)
    if parts is None:
        value = _value(plain, cell.unit, money_unit)
        return value if isinstance(value, Misread) else Answered(value)
    return _between(parts["low"], parts["high"], cell.unit, money_unit)


def _between(
    low_text: str, high_text: str, unit: Unit, money_unit: int | None
) -> Answered | Between | Misread:
    low, high = _NUMBER.fullmatch(low_text.strip()), _NUMBER.fullmatch(high_text.strip())
    if low is not None and high is not None and not low["scale"]:
        low_text += high["scale"]  # "18-22万" means 18万 to 22万
    ends = [_value(t.strip(), unit, money_unit) for t in (low_text, high_text)]
    for end in ends:
        if isinstance(end, Misread):
            return end
    first, second = (e for e in ends if isinstance(e, Decimal))
    return Answered(first) if first == second else Between(first, second)


def _plain(text: str, unit: Unit) -> str:
    """Full-width forms made plain, unit words dropped, accountants' brackets turned into a minus."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("’", "'").replace("\u00a0", " ")
    plain = re.sub(rf"(?<![a-z])(?:{_MARKS[unit]})(?![a-z])", " ", plain).strip()
    if re.fullmatch(r"\(.*\d.*\)", plain):
        plain = "-" + plain[1:-1].strip()
    return re.sub(r"\s+", " ", plain)


def _value(text: str, unit: Unit, money_unit: int | None) -> Decimal | Misread:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Misread("not_a_number")
    digits = _digits(found["digits"].strip())
    if isinstance(digits, Misread):
        return digits
    factor = _factor(found["scale"].strip(), unit, money_unit)
    if isinstance(factor, Misread):
        return factor
    return (-digits if found["sign"] else digits) * factor


def _factor(scale: str, unit: Unit, money_unit: int | None) -> Decimal | Misread:
    if not scale:
        return Decimal(1)
    if scale not in _SCALES or unit not in _SCALED:
        return Misread("not_a_number")
    if unit is not Unit.MONEY:
        return Decimal(_SCALES[scale])
    if money_unit is None:
        return Misread("unit_first")
    return Decimal(_SCALES[scale]) / Decimal(money_unit)


def _digits(text: str) -> Decimal | Misread:
    """Digits with thousands and decimal marks of either school."""
    if _TWO_WAYS.fullmatch(text):
        whole, rest = text.split(".")
        return Misread(
            "ambiguous", (("first", whole + rest), ("second", f"{whole}.{rest.rstrip('0') or '0'}"))
        )
    for mark, decimal in ((",", "."), (".", ","), ("'", "."), ("'", ","), (" ", "."), (" ", ",")):
        whole, point, rest = text.partition(decimal)
        grouped = _GROUPED.fullmatch(whole)
        if grouped and grouped["mark"] == mark and (not point or rest.isdigit()):
            return Decimal(whole.replace(mark, "") + (f".{rest}" if point else ""))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return Decimal(text.replace(",", "."))
    return Misread("not_a_number")
