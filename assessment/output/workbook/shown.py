"""A number as the report shows it, for a cell: its value and the format that shows it so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assessment.output.cleaning import clean
from assessment.report.document import Cell, Typed
from assessment.report.numbers import MINUS, NARROW, number

_LONGEST = 40  # characters around a number; more is a sentence
_SHOWN = re.compile(
    rf'(?P<before>[^\d"{MINUS}]*)(?P<minus>{MINUS})?(?P<whole>\d{{1,3}}(?:{NARROW}\d{{3}})*|\d+)'
    r'(?P<rest>\.\d+)?(?P<after>[^\d"]*)'
)
_PERCENT = re.compile(r"[\u00a0 ]?%")


@dataclass(frozen=True, slots=True)
class Shown:
    """`value` as a spreadsheet holds it (35 % is 0.35); `format` shows what the report shows."""

    value: float
    format: str
    decimals: int = 0
    scale: float = 1.0  # the number shown is the value times this

    def shows(self, exact: float) -> bool:
        """Whether an unrounded number of the same scale would be shown in the same way."""
        return number(exact * self.scale, self.decimals) == number(self.value * self.scale, self.decimals)


def shown(cell: Cell) -> Shown | None:
    """The one number a cell shows; None if it shows none, several, or what a person typed."""
    if any(isinstance(part, Typed) for part in cell.parts):
        return None
    found = _SHOWN.fullmatch(clean("".join(cell.parts)))
    if found is None or len(found["before"]) + len(found["after"]) > _LONGEST:
        return None
    rest = found["rest"] or ""
    value = Decimal(found["whole"].replace(NARROW, "") + rest) * (-1 if found["minus"] else 1)
    percent = _PERCENT.fullmatch(found["after"])
    body = "#,##0" + (f".{'0' * (len(rest) - 1)}" if rest else "")
    after = f"{_literal(found['after'].removesuffix('%'))}%" if percent else _literal(found["after"])
    before = _literal(found["before"])
    form = f'{before}{body}{after};{before}"{MINUS}"{body}{after}'
    scale = 100 if percent else 1
    return Shown(float(value / scale), form, max(len(rest) - 1, 0), float(scale))


def _literal(text: str) -> str:
    """Text of a number format that stands for itself."""
    return f'"{text}"' if text else ""
