"""What is wrong with a file of answers: where, which field, what was found, what is expected."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell
from assessment.model.problems import Problem
from assessment.report.replies import part_text
from assessment.report.say import Say

LONGEST_FOUND = 60  # characters of what was found that a message repeats
EARLIER = "before."  # stands before a field of the assessment before this one


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: row from 1 (0: the whole file), column as a letter or a header."""

    file: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `code` is a text key below `exchange.faults`; `values` fill its placeholders."""

    code: str
    place: Place
    field: str = ""
    values: tuple[tuple[str, str], ...] = ()


class FileFault(Exception):
    """A file that cannot be read at all."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = tuple((k, str(v)) for k, v in values.items())

    def at(self, file: str) -> Fault:
        """The fault with the name of its file."""
        return Fault(self.code, Place(file), values=self.values)


def in_words(fault: Fault, say: Say, first: str = "") -> Problem:
    """The fault in the reader's language: place, what is wrong, what is expected.

    `first`: a table of words that goes before `exchange.faults`, where another cure helps than on a command
    line.
    """
    values = {k: shown(v) for k, v in fault.values}
    own = f"{first}.{fault.code}" if first else ""
    usual = f"exchange.faults.{fault.code}"
    what = (own and say.words.maybe(f"{own}.what", **values)) or say.words.text(f"{usual}.what", **values)
    cure = own and say.words.maybe(f"{own}.expected", **values)
    cure = cure or say.words.maybe(f"{usual}.expected", **values)
    field = say.edition.fields.get(fault.field.removeprefix(EARLIER))
    if field is not None and not cure:
        cure = expected(say, field)
    return Problem(fault.code, _where(fault, field, say), what, cure)


def _where(fault: Fault, field: Field | None, say: Say) -> str:
    place = fault.place
    parts = [shown(place.file)]
    if place.row:
        parts.append(say.words.text("exchange.place.row", row=place.row))
    if place.column and place.column != fault.field:
        parts.append(say.words.text("exchange.place.column", column=shown(place.column)))
    if field is not None:
        parts.append(say.words.text("exchange.place.field", field=fault.field, label=field_label(say, field)))
    elif fault.field:
        parts.append(shown(fault.field))
    return say.words.text("exchange.place.separator").join(parts)


def field_label(say: Say, field: Field) -> str:
    """Question and part in words."""
    part = part_text(say, field)
    label = say.label(field.question)
    return say.words.text("exchange.place.part", question=label, part=part) if part else label


def expected(say: Say, field: Field) -> str:
    """What a field takes, in one sentence."""
    match field.cell:
        case NumberCell() as cell:
            return say.words.text(f"exchange.expected.{_limits(cell)}", **_bounds(cell))
        case LevelCell(_, steps):
            return say.words.text("exchange.expected.level", high=steps - 1)
        case ChoiceCell(options, _):
            return say.words.text("exchange.expected.choice", options=", ".join(options))
        case MultiCell(options, _):
            return say.words.text("exchange.expected.multi", options=", ".join(options))


def _limits(cell: NumberCell) -> str:
    whole = "whole" if cell.integer else "number"
    if cell.maximum is not None:
        return f"{whole}_between"
    return f"{whole}_above" if cell.exclusive else f"{whole}_from"


def _bounds(cell: NumberCell) -> Mapping[str, str]:
    high = "" if cell.maximum is None else f"{cell.maximum:g}"
    return {"low": f"{cell.minimum or 0:g}", "high": high}


def shown(text: str) -> str:
    """A piece of a file made fit for a message: one line, no control characters, not too long."""
    kept = "".join(c if c == " " or unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    return kept if len(kept) <= LONGEST_FOUND else kept[: LONGEST_FOUND - 1] + "…"
