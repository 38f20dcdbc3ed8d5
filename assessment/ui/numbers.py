"""Numbers in the fields: how they are put in, and the sentence that says what was understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assessment.exchange.cells import Misread, Money, Reader
from assessment.model.answers import Answered, Between, Reply
from assessment.model.fields import Field, NumberCell, Unit
from assessment.report.numbers import exact
from assessment.ui.widgets.sheet import Sheet

MARKS: Final = ("point", "comma")  # what may stand before decimals


@dataclass(frozen=True)
class Typing:
    """How texts in the fields are read: as in files, except that 0.5 in a field of % is half a per cent."""

    reader: Reader
    money: Money

    def read(self, field: Field, text: str) -> Reply:
        """What was typed. Raises `Misread`, also where it could mean two numbers."""
        return self.reader.reply(field, text, self.money)

    def readings(self, field: Field, text: str) -> tuple[Answered | Between, ...]:
        """What a text with a mark for thousands or decimals may mean: both of it, for the firm to choose."""
        found: list[Answered | Between] = []
        for mark in MARKS:
            try:
                reply = replace(self.reader, decimal=mark).reply(field, text, self.money)
            except Misread:
                continue
            if isinstance(reply, Answered | Between):
                found.append(reply)
        return tuple(found)


def typing_of(sheet: Sheet) -> Typing:
    """How numbers are read now, in the firm's currency and unit."""
    chosen = (sheet.amounts_in(part) for part in ("currency", "unit"))
    money = Money(*(str(reply.value) if isinstance(reply, Answered) else "" for reply in chosen))
    return Typing(Reader(sheet.opened.edition, percent="points"), money)


def as_typed(reply: Reply) -> str:
    """A number as it stands in its field: digits with a decimal point, a range with a dash."""
    if isinstance(reply, Between):
        return f"{_digits(reply.low)}–{_digits(reply.high)}"
    return _digits(reply.value) if isinstance(reply, Answered) and isinstance(reply.value, Decimal) else ""


def _digits(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_back(sheet: Sheet, cell: NumberCell, reply: Answered | Between) -> str:
    """What was understood, with its unit; amounts also in single units, so that a slip of ten shows."""
    span = _span(reply, Decimal(1))
    if cell.unit is not Unit.MONEY:
        return sheet.words.text(f"ui.readback.{cell.unit}", number=span)
    unit, currency = sheet.amounts_in("unit"), sheet.amounts_in("currency")
    if not isinstance(unit, Answered) or not isinstance(currency, Answered):
        return sheet.words.text("ui.readback.money_open", number=span)
    values = {
        "number": span, "unit": sheet.texts.text(f"money_units.{unit.value}"),
        "currency": sheet.texts.text(f"currencies.{currency.value}"),
        "single": _span(reply, Decimal(sheet.money_unit() or 1)),
    }  # fmt: skip
    return sheet.words.text("ui.readback.money_one" if unit.value == "one" else "ui.readback.money", **values)


def amount_of(reply: Answered | Between) -> str:
    """A number or range in the unit it was given in, grouped for reading."""
    return _span(reply, Decimal(1))


def _span(reply: Answered | Between, factor: Decimal) -> str:
    if isinstance(reply, Between):
        return f"{exact(reply.low * factor)}–{exact(reply.high * factor)}"
    return exact(Decimal(str(reply.value)) * factor)
