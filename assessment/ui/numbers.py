"""Numbers in the fields: how they are put in, and the sentence that says what was understood."""

from __future__ import annotations

from decimal import Decimal

from assessment.model.answers import Answered, Between, Reply
from assessment.model.fields import NumberCell, Unit
from assessment.report.numbers import exact
from assessment.ui.widgets.sheet import Sheet


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
    unit = sheet.opened.answers.reply("prf_period.unit")
    currency = sheet.opened.answers.reply("prf_period.currency")
    if not isinstance(unit, Answered) or not isinstance(currency, Answered):
        return sheet.words.text("ui.readback.money_open", number=span)
    values = {
        "number": span, "unit": sheet.texts.text(f"money_units.{unit.value}"),
        "currency": sheet.texts.text(f"currencies.{currency.value}"),
        "single": _span(reply, Decimal(sheet.money_unit() or 1)),
    }  # fmt: skip
    return sheet.words.text("ui.readback.money_one" if unit.value == "one" else "ui.readback.money", **values)


def _span(reply: Answered | Between, factor: Decimal) -> str:
    if isinstance(reply, Between):
        return f"{exact(reply.low * factor)}–{exact(reply.high * factor)}"
    return exact(Decimal(str(reply.value)) * factor)
