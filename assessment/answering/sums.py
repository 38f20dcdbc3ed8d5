"""Which answers hang together by a sum: parts of a whole, and what stands side by side in one row.

Nothing is listed by hand: the checks of an edition say which fields are added up and what they must not pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assessment.model.edition import Edition
from assessment.model.fields import Kind, NumberCell
from assessment.model.formulas import FieldValue, Formula, Sum, SumOfRows, fields_in
from assessment.model.rules import Check


@dataclass(frozen=True, slots=True)
class Addends:
    """Fields that are added up. `whole`: the field they are a part of; "" if there is none."""

    parts: tuple[str, ...]
    whole: str = ""


@lru_cache(maxsize=8)
def sums(edition: Edition) -> tuple[Addends, ...]:
    """Every sum of amounts the checks speak of. Splits add up by themselves and are not among them."""
    found = (one for check in edition.checks for one in _of(edition, check))
    return tuple(dict.fromkeys(one for one in found if one.whole or len(one.parts) > 1))


def beside(edition: Edition, field: str) -> tuple[str, ...]:
    """Fields that move along with one where shares are held, in page order.

    The other shares of a split; of amounts the other parts of the same sum, and the own parts with theirs.
    """
    question = edition.question[edition.fields[field].question]
    if question.kind is Kind.SPLIT:
        return tuple(f.id for f in question.fields if f.id != field)
    found = {field} | {p for one in sums(edition) if field in one.parts for p in one.parts}
    grown = True
    while grown:
        more = {p for one in sums(edition) if one.whole in found for p in one.parts} - found
        found, grown = found | more, bool(more)
    return tuple(name for name in edition.fields if name in found and name != field)


def _of(edition: Edition, check: Check) -> Iterator[Addends]:
    if isinstance(check.left, SumOfRows):
        yield from (_in_row(edition, term) for term in check.left.terms if isinstance(term, Sum))
    parts = _added(check.left)
    if not parts:
        return
    whole = check.at_most.field if isinstance(check.at_most, FieldValue) else ""
    if whole and _unit(edition, whole) != _unit(edition, parts[0]):
        whole = ""
    yield Addends(parts, whole)


def _added(formula: Formula | None) -> tuple[str, ...]:
    """The fields of a plain sum, or the only field; nothing for any other formula."""
    terms = formula.terms if isinstance(formula, Sum) else (formula,)
    names = tuple(term.field for term in terms if isinstance(term, FieldValue))
    return names if len(names) == len(terms) else ()


def _in_row(edition: Edition, term: Sum) -> Addends:
    return Addends(tuple(dict.fromkeys(name for name in fields_in(term) if edition.fields[name].row)))


def _unit(edition: Edition, name: str) -> object:
    cell = edition.fields[name].cell
    return cell.unit if isinstance(cell, NumberCell) else None
