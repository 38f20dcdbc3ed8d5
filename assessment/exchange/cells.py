"""One cell of a table as a reply: text as people type it, or a value of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from decimal import Decimal
from typing import Final

from assessment.exchange.quantities import NotANumber, Quantity, Unclear, plain_text, read_quantity
from assessment.model.answers import (
    DONT_KNOW,
    NOT_ANSWERED,
    Answered,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
    NotAsked,
    Reply,
)
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Unit
from assessment.report.replies import option_text
from assessment.report.say import Say

LARGEST: Final = Decimal(10) ** 15  # as in answering.limits; guards everything that formats a number
MOST_DIGITS: Final = 25
EMPTY_LIST: Final = "[]"  # several options possible, none ticked
_SCALED: Final = frozenset({Unit.MONEY, Unit.FTE, Unit.COUNT, Unit.NUMBER})
_BLANKS: Final = frozenset(
    {"n/a", "na", "n.a.", "#n/a", "-", "--", "/", "?", "null", "none", "nil", "无", "暂无"}
)

CellValue = str | float | int | bool | None | Decimal


class Misread(Exception):
    """A cell that cannot be read. `code` and `values` as in `Fault`."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = tuple(values.items())


@dataclass(frozen=True, slots=True)
class Money:
    """What one unit of the firm's amounts is; empty while the firm has not said."""

    currency: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells of one edition. `decimal`: "", "point" or "comma"; `percent`: "" or "points".

    `labels`: field id -> option words in any language -> option, so that people may copy the words.
    """

    edition: Edition
    labels: Mapping[str, Mapping[str, str]] = data_field(default_factory=dict)
    states: Mapping[str, str] = data_field(default_factory=dict)  # words of a state, any language -> state
    decimal: str = ""
    percent: str = ""

    def reply(self, field: Field, found: CellValue, money: Money) -> Reply:
        """The reply in a cell. Raises `Misread`."""
        if found is None or (isinstance(found, str) and not found.strip()):
            return NOT_ANSWERED
        if isinstance(found, bool):
            raise Misread("boolean", found=str(found).upper())
        if isinstance(found, str):
            state = read_state(found)
            return self._text(field, found.strip(), money) if state is None else state
        return self._value(field, found)

    def _text(self, field: Field, text: str, money: Money) -> Reply:
        match field.cell:
            case NumberCell() as cell:
                return self._number(cell, text, money)
            case LevelCell(_, steps):
                return _level(text, steps, self.labels.get(field.id, {}))
            case ChoiceCell(options, _):
                return Answered(_option(text, options, self.labels.get(field.id, {})))
            case MultiCell(options, _):
                return _several(text, options, self.labels.get(field.id, {}))

    def _value(self, field: Field, found: float | Decimal) -> Reply:
        """A number cell: no doubt about marks, but what is shown as 35 % is kept as 0.35."""
        number = exact(found)
        match field.cell:
            case NumberCell() as cell:
                if cell.unit is Unit.PERCENT and self.percent != "points" and 0 < abs(number) <= 1:
                    raise Misread("fraction", found=format(number, "f"), points=format(number * 100, "f"))
                return Answered(number)
            case LevelCell(_, steps):
                return _level(format(number, "f"), steps, {})
            case _:
                raise Misread("no-option", found=format(number, "f"))

    def _number(self, cell: NumberCell, text: str, money: Money) -> Reply:
        try:
            found = read_quantity(text, self.decimal)
        except NotANumber:
            raise _no_number(text) from None
        if isinstance(found, Unclear):
            raise Misread(f"unclear-{found.about}", found=text, first=found.first, second=found.second)
        low, high = (end / self._divisor(cell, found, money, text) for end in (found.low, found.high))
        for end in (low, high):
            if too_large(end):
                raise Misread("too-large", found=text)
        largest = max(abs(low), abs(high))
        if cell.unit is Unit.PERCENT and not found.percent and self.percent != "points" and 0 < largest <= 1:
            raise Misread("fraction", found=text, points=format(largest * 100, "f"))
        if low > high:
            raise Misread("range-order", found=text)
        low, high = simple(low), simple(high)
        return Answered(low) if low == high else Between(low, high)

    def _divisor(self, cell: NumberCell, found: Quantity, money: Money, text: str) -> Decimal:
        """What single units are divided by; checks that the marks fit the field."""
        if found.percent and cell.unit is not Unit.PERCENT:
            raise Misread("percent-here", found=text)
        if found.currencies:
            if cell.unit is not Unit.MONEY:
                raise Misread("currency-here", found=text)
            if not money.currency:
                raise Misread("currency-unknown", found=text)
            if money.currency not in found.currencies:
                raise Misread("other-currency", found=text, currency=money.currency)
        if not found.scale:
            return Decimal(1)
        if cell.unit not in _SCALED:
            raise Misread("scale-here", found=text)
        if cell.unit is not Unit.MONEY:
            return Decimal(1)
        if not money.unit:
            raise Misread("unit-unknown", found=text)
        return Decimal(self.edition.money_units[money.unit])


def exact(found: float | Decimal) -> Decimal:
    """A spreadsheet number as the 15 digits a spreadsheet keeps. Raises `Misread`."""
    number = found if isinstance(found, Decimal) else Decimal(format(found, ".15g"))
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Misread("too-large", found=str(found))
    return simple(number)


def simple(number: Decimal) -> Decimal:
    """The number without zeros at its end, so that 12, 12.0 and 12.00 are one answer with one fingerprint.

    At most `MOST_DIGITS` digits and below `LARGEST`: see `too_large`.
    """
    whole = number.to_integral_value()
    return Decimal(int(whole)) if whole == number else number.normalize()


def too_large(number: Decimal) -> bool:
    """Larger or finer than any number a firm can report, or so long that writing it out is a danger."""
    parts = number.as_tuple()
    if number.adjusted() >= LARGEST.adjusted() or int(parts.exponent) < -MOST_DIGITS:
        return True
    return len(parts.digits) > MOST_DIGITS


def read_state(text: str) -> Reply | None:
    """`dont_know`, `not_applicable` or `not_applicable: reason`; None if the text is none of them."""
    word, colon, reason = text.strip().replace("：", ":", 1).partition(":")
    name = word.strip().lower()
    if name == "dont_know" and not colon:
        return DONT_KNOW
    if name == "not_applicable":
        return NotApplicable(reason.strip())
    return NOT_ANSWERED if name == "not_answered" and not colon else None


def _no_number(text: str) -> Misread:
    return Misread("blank-word" if text.lower() in _BLANKS else "no-number", found=text)


def _option(text: str, options: Iterable[str], labels: Mapping[str, str]) -> str:
    if text in options:
        return text
    found = labels.get(plain_text(text))
    if found is None:
        raise Misread("blank-word" if text.lower() in _BLANKS else "no-option", found=text)
    return found


def _level(text: str, steps: int, labels: Mapping[str, str]) -> Reply:
    name = labels.get(plain_text(text), plain_text(text))
    if name.isascii() and name.isdecimal() and len(name) < 3 and int(name) < steps:
        return Answered(int(name))
    low, dash, high = (part.strip() for part in name.partition("-"))
    if dash and all(p.isascii() and p.isdecimal() and len(p) < 3 and int(p) < steps for p in (low, high)):
        if int(low) > int(high):
            raise Misread("range-order", found=text)
        return Between(Decimal(low), Decimal(high))
    raise Misread("blank-word" if text.lower() in _BLANKS else "no-level", found=text)


def _several(text: str, options: tuple[str, ...], labels: Mapping[str, str]) -> Reply:
    if text == EMPTY_LIST:
        return Answered(())
    parts = [p for p in text.replace("；", ";").replace("|", ";").replace("\n", ";").split(";") if p.strip()]
    chosen = {_option(part.strip(), options, labels) for part in parts}
    return Answered(tuple(o for o in options if o in chosen))


def option_labels(*languages: Say) -> dict[str, dict[str, str]]:
    """Field id -> words of an option or level -> the option; words that could mean two are left out."""
    out: dict[str, dict[str, str]] = {}
    for field in languages[0].edition.fields.values():
        found: dict[str, str] = {}
        for word, option in (pair for say in languages for pair in _words_of(say, field)):
            found[word] = option if found.get(word, option) == option else ""
        out[field.id] = {word: option for word, option in found.items() if option}
    return out


def _words_of(say: Say, field: Field) -> list[tuple[str, str]]:
    match field.cell:
        case ChoiceCell(options, _) | MultiCell(options, _):
            return [(plain_text(option_text(say, field, o)), o) for o in options]
        case LevelCell(scale, _):
            levels = say.texts.many(f"scales.{scale}.levels")
            return [(plain_text(text), str(step)) for step, text in enumerate(levels)]
        case NumberCell():
            return []


def write_cell(field: Field, reply: Reply) -> Decimal | str:
    """A reply as one cell of a table of many firms; `Reader.reply` gives it back."""
    match reply:
        case Answered(value):
            if isinstance(value, tuple):
                return "; ".join(value) or EMPTY_LIST
            if isinstance(value, str) or isinstance(field.cell, LevelCell):
                return str(value)
            number = Decimal(value)
            return f"{number:f}%" if looks_like_a_fraction(field, number) else number
        case Between(low, high):
            sign = "%" if looks_like_a_fraction(field, low, high) else ""
            return f"{written(low)}{sign}-{written(high)}{sign}"
        case NotApplicable(reason):
            return f"not_applicable: {reason}" if reason else "not_applicable"
        case DontKnow():
            return "dont_know"
        case NotAnswered() | NotAsked():
            return ""


def written(number: Decimal) -> str:
    """A number as text that has one reading only: 1.234 becomes 1.2340."""
    text = f"{number:f}"
    return f"{text}0" if isinstance(read_quantity(text), Unclear) else text


def looks_like_a_fraction(field: Field, *numbers: Decimal) -> bool:
    """Whether a share of a percent or less needs its sign written, lest it be asked back."""
    percent = isinstance(field.cell, NumberCell) and field.cell.unit is Unit.PERCENT
    return percent and 0 < max(abs(n) for n in numbers) <= 1
