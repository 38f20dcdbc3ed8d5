"""Many firms as one CSV table: one firm a row, one column a field. No text can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from assessment.exchange.cells import CellValue, write_cell, written
from assessment.model.answers import Answers
from assessment.model.edition import Edition

FIRM: Final = "firm"
EDITION: Final = "edition"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD: Final = "'"


def write_table(edition: Edition, batch: Iterable[Answers]) -> Iterator[str]:
    """Lines of a CSV file with head; comments and confirmations have no place in a table."""
    yield _line([FIRM, EDITION, *edition.fields])
    for answers in batch:
        cells = (write_cell(field, answers.reply(field.id)) for field in edition.fields.values())
        yield _line([guarded(answers.firm), answers.edition, *(_text(cell) for cell in cells)])


def _line(values: list[str]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerow(values)
    return target.getvalue()


def _text(cell: Decimal | str) -> str:
    """Numbers stay numbers, a minus sign included; texts are guarded."""
    return written(cell) if isinstance(cell, Decimal) else guarded(cell)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{_GUARD}{text}" if text.startswith((*_RISKY, _GUARD)) else text


def unguarded(cell: CellValue) -> CellValue:
    """The cell without the guard that `guarded` puts before a risky text."""
    risky = isinstance(cell, str) and cell[:1] == _GUARD and cell[1:].startswith((*_RISKY, _GUARD))
    return cell[1:] if risky and isinstance(cell, str) else cell
