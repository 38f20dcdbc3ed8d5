"""What the plan costs, measure by measure: the report has the ranges in words, here they add up."""

from __future__ import annotations

from typing import Final

from assessment.model.plans import PlannedMeasure
from assessment.output.workbook.sheet import Sheet, place
from assessment.report.document import Words
from assessment.report.view import View

_HEADS: Final = ("measure", "first", "last", "quarters", "low", "middle", "high", "days", "money")
_COST, _DAYS, _MONEY = 4, 7, 8  # first column of the three costs; own days; money
_SHARE, _WHOLE = '0.00"\u00a0"%', "#,##0"


def write_costs(sheet: Sheet, view: View) -> None:
    """The measures of the least-cost plan with their totals; nothing where there is no such plan."""
    measures = view.outlook.proposal.measures if view.outlook else ()
    if not measures:
        return
    sheet.text(0, (_words(view, "title"),), "caption", fits=False)
    sheet.next()
    for column, name in enumerate(_HEADS[: _MONEY + (view.purse is not None)]):
        currency = view.purse.currency if view.purse and name == "money" else ""
        align = {"align": "right"} if column else {}
        told = Words(f"{_words(view, name)} {currency}".strip())
        sheet.text(column, (told,), "head", fits=column == 0, **align)
    sheet.next()
    first = sheet.row
    for measure in sorted(measures, key=lambda m: (m.quarters, m.measure)):
        _measure(sheet, view, measure)
        sheet.next()
    _totals(sheet, view, measures, first)
    sheet.next(2)


def _words(view: View, key: str) -> Words:
    return Words(view.say.words.text(f"exports.workbook.costs.{key}"))


def _measure(sheet: Sheet, view: View, measure: PlannedMeasure) -> None:
    row, (begins, ends) = sheet.row, measure.quarters
    sheet.text(0, (Words(view.say.measure(measure.measure)),), "strong")
    sheet.number(1, begins + 1, _WHOLE)
    sheet.number(2, ends + 1, _WHOLE)
    sheet.formula(row, 3, f"={place(row, 2)}-{place(row, 1)}+1", ends - begins + 1, _WHOLE)
    for column, cost in enumerate((measure.cost.low, measure.cost.mid, measure.cost.high), start=_COST):
        sheet.number(column, cost / 100, _SHARE)
    sheet.number(_DAYS, measure.days.mid, _WHOLE)
    if view.purse is not None:
        sheet.number(_MONEY, view.purse.revenue * measure.cost.mid / 100, _WHOLE)


def _totals(sheet: Sheet, view: View, measures: tuple[PlannedMeasure, ...], first: int) -> None:
    sheet.text(0, (_words(view, "total"),), "strong")
    for column in range(1, _COST):
        sheet.blank(column)
    middle = sum(m.cost.mid for m in measures) / 100
    sums = [sum(m.cost.low for m in measures) / 100, middle, sum(m.cost.high for m in measures) / 100]
    sums += [sum(m.days.mid for m in measures)]
    sums += [view.purse.revenue * middle] if view.purse else []
    for column, value in enumerate(sums, start=_COST):
        formula = f"=SUM({place(first, column)}:{place(sheet.row - 1, column)})"
        form = _SHARE if column < _DAYS else _WHOLE
        sheet.formula(sheet.row, column, formula, value, form, "strong")
