"""Numbers as people and programs write them, read without guessing.

`1,234.5`, `1.234,5`, `1 234,5`, `1'234.5`, full-width digits, `3.5万`, `1.2亿`, `35%`, `(500)`, `18-22`.
What could mean two numbers is `Unclear` with both readings; the reader of a file asks back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LONGEST: Final = 60  # characters; longer texts are remarks, not numbers

_WAN, _YI = 10_000, 100_000_000
_SCALES: Final[Mapping[str, tuple[int, ...]]] = {  # word -> what it may multiply by
    "千": (1_000,), "万": (_WAN,), "萬": (_WAN,), "十万": (10 * _WAN,), "百万": (100 * _WAN,),
    "千万": (1_000 * _WAN,), "亿": (_YI,), "億": (_YI,), "k": (1_000,), "thousand": (1_000,),
    "tsd": (1_000,), "mn": (10**6,), "mio": (10**6,), "million": (10**6,), "millions": (10**6,),
    "m": (1_000, 10**6),  # a thousand to bankers, a million to most others
    "bn": (10**9,), "mrd": (10**9,), "billion": (10**9, 10**12),
}  # fmt: skip
_CURRENCIES: Final[Mapping[str, frozenset[str]]] = {  # mark -> currencies it may stand for
    "元": frozenset({"CNY"}), "人民币": frozenset({"CNY"}), "rmb": frozenset({"CNY"}),
    "cny": frozenset({"CNY"}),
    "¥": frozenset({"CNY", "JPY"}), "円": frozenset({"JPY"}), "jpy": frozenset({"JPY"}),
    "€": frozenset({"EUR"}), "eur": frozenset({"EUR"}), "euro": frozenset({"EUR"}), "£": frozenset({"GBP"}),
    "gbp": frozenset({"GBP"}), "$": frozenset({"USD", "other"}), "usd": frozenset({"USD"}),
    "us$": frozenset({"USD"}), "₩": frozenset({"KRW"}), "krw": frozenset({"KRW"}), "₹": frozenset({"INR"}),
    "inr": frozenset({"INR"}), "₺": frozenset({"TRY"}), "try": frozenset({"TRY"}), "zł": frozenset({"PLN"}),
    "pln": frozenset({"PLN"}), "₫": frozenset({"VND"}), "vnd": frozenset({"VND"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range (`low` = `high`: one number), before the unit of the field is considered.

    `scale`: what a word such as 万 multiplied by, already applied; 0 if there was none. `currencies`:
    what a currency mark may stand for. `percent`: a percent sign was written.
    """

    low: Decimal
    high: Decimal
    scale: int = 0
    currencies: frozenset[str] = frozenset()
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """Two readings of one text. `about`: "decimal" (mark of thousands or of decimals) or "scale"."""

    about: str
    first: str
    second: str


class NotANumber(ValueError):
    """The text is no number and no range."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One written number: its possible values, and the words around it."""

    values: tuple[Decimal, ...]
    scales: tuple[int, ...]
    currencies: frozenset[str]
    percent: bool


_MARK: Final = "|".join(re.escape(w) for w in sorted(_CURRENCIES, key=len, reverse=True))
_SCALE: Final = "|".join(re.escape(w) for w in sorted(_SCALES, key=len, reverse=True))
_DIGITS: Final = r"\d[\d.,' ]*\d|\d|[.,]\d+"
_NUMBER: Final = re.compile(
    rf"(?P<sign>-?) ?(?P<before>(?:{_MARK})?) ?(?P<inner>-?) ?(?P<digits>{_DIGITS}) ?"
    rf"(?P<scale>(?:{_SCALE})?)\.? ?(?P<after>(?:{_MARK}|%)?)"
)
_RANGE: Final = re.compile(
    r"(?P<low>-?[^-~]*?\d[^-~]*?) ?(?:-|~|\.\.\.?|至|到|\bto\b) ?(?P<high>-?[^-~]*\d[^-~]*)"
)
_POINT: Final = re.compile(
    r"\d+(?:\.\d+)?|\.\d+|[1-9]\d{0,2}(?P<mark>[,' ])\d{3}(?:(?P=mark)\d{3})*(?:\.\d+)?"
)
_COMMA: Final = re.compile(r"\d+(?:,\d+)?|,\d+|[1-9]\d{0,2}(?P<mark>[.' ])\d{3}(?:(?P=mark)\d{3})*(?:,\d+)?")
_NOTES: Final = frozenset({"<su", "<fr", "<ci"})  # 5² is 5 with a footnote, not 52; nor is ½ a digit
_PLAIN: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?", re.ASCII)


def plain_text(text: str) -> str:
    """Full-width forms made plain, all dashes and spaces made one, lower case."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = re.sub(r"[\u2010-\u2015\u2212\uff0d]", "-", plain)
    plain = re.sub(r"[\u2018\u2019\u02bc\uff07]", "'", plain)
    plain = re.sub(r"[\u301c\uff5e\u223c]", "~", plain)
    return re.sub(r"\s+", " ", plain)


def read_quantity(text: str, decimal: str = "") -> Quantity | Unclear:
    """The number or range in `text`. `decimal` ("point" or "comma") settles what else is `Unclear`.

    Raises `NotANumber`.
    """
    if _PLAIN.fullmatch(text) and decimal != "comma":
        value = Decimal(text)
        return Quantity(value, value)
    plain = plain_text(text)
    if not plain or len(plain) > LONGEST or any(unicodedata.decomposition(c)[:3] in _NOTES for c in text):
        raise NotANumber(text)
    if plain.startswith("(") and plain.endswith(")"):
        inner = plain[1:-1].strip()
        if inner.startswith("-") or _NUMBER.fullmatch(inner) is None:
            raise NotANumber(text)
        plain = "-" + inner
    single = _part(plain, decimal)
    if single is not None:
        return _one(single)
    split = _RANGE.fullmatch(plain)
    if split is None:
        raise NotANumber(text)
    return _between(split["low"].strip(), split["high"].strip(), decimal)


def _part(text: str, decimal: str) -> _Part | None:
    found = _NUMBER.fullmatch(text)
    if found is None or (found["sign"] and found["inner"]) or (found["before"] and found["after"]):
        return None
    values = _values(found["digits"], decimal)
    if not values:
        return None
    sign = -1 if found["sign"] or found["inner"] else 1
    mark = found["before"] or found["after"]
    return _Part(
        tuple(sign * v for v in values), _SCALES.get(found["scale"], ()),
        _CURRENCIES.get(mark, frozenset()), mark == "%",
    )  # fmt: skip


def _values(digits: str, decimal: str) -> tuple[Decimal, ...]:
    """Every number the digits may mean: with a decimal point, with a decimal comma."""
    found: list[Decimal] = []
    if decimal != "comma" and (match := _POINT.fullmatch(digits)):
        found.append(Decimal(digits.replace(match["mark"], "") if match["mark"] else digits))
    if decimal != "point" and (match := _COMMA.fullmatch(digits)):
        found.append(
            Decimal((digits.replace(match["mark"], "") if match["mark"] else digits).replace(",", "."))
        )
    return tuple(dict.fromkeys(found))


def _one(part: _Part) -> Quantity | Unclear:
    if len(part.values) > 1:
        return Unclear("decimal", format(part.values[0], "f"), format(part.values[1], "f"))
    if len(part.scales) > 1:
        first, second = (format(part.values[0] * s, "f") for s in part.scales)
        return Unclear("scale", first, second)
    scale = part.scales[0] if part.scales else 0
    value = part.values[0] * (scale or 1)
    return Quantity(value, value, scale, part.currencies, part.percent)


def _between(low_text: str, high_text: str, decimal: str) -> Quantity | Unclear:
    low, high = _part(low_text, decimal), _part(high_text, decimal)
    if low is None or high is None:
        raise NotANumber(f"{low_text}-{high_text}")
    if low.scales and not high.scales:
        raise NotANumber(f"{low_text}-{high_text}")  # "18万-22": 22 of what?
    if high.scales and not low.scales:
        low = _Part(low.values, high.scales, low.currencies, low.percent)  # "18-22万": both
    ends = [_one(low), _one(high)]
    for end in ends:
        if isinstance(end, Unclear):
            return end
    first, last = (e for e in ends if isinstance(e, Quantity))
    marks = {m for m in (first.currencies, last.currencies) if m}
    if len(marks) > 1 or (first.percent and not last.percent):
        raise NotANumber(f"{low_text}-{high_text}")
    return Quantity(
        first.low, last.low, first.scale or last.scale, next(iter(marks), frozenset()), last.percent
    )
