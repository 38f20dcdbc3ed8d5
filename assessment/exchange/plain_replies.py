"""The answers of a plain file: read entry by entry, with what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assessment.answering.form import read_form
from assessment.exchange.cells import simple, too_large
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import clean_text
from assessment.model.answers import Answered, Between, NotApplicable, Reply
from assessment.model.edition import Edition


def replies_of(edition: Edition, form: Mapping[str, Any], file: str) -> tuple[dict[str, Reply], list[Fault]]:
    """Replies by field id, and the faults. Raises `FileFault` if the form is no table of answers."""
    try:
        found, problems = read_form(edition, form, file)
    except (RecursionError, AttributeError, TypeError):  # a table where no table belongs
        raise FileFault("no-answers") from None
    faults = []
    for problem in problems:
        field = problem.where.removeprefix(f"{file}: ")
        found_there = field if problem.code == "unknown-field" else _found(form, field)
        faults.append(Fault(problem.code, Place(file), field, (("found", found_there),)))
    replies: dict[str, Reply] = {}
    for name, reply in found.items():
        taken = settled(reply)
        if taken is None:
            faults.append(Fault("too-large", Place(file), name, (("found", _found(form, name)),)))
        else:
            replies[name] = taken
    return replies, faults


def settled(reply: Reply) -> Reply | None:
    """The reply with simple numbers and a clean reason; None if a number is absurd. Raises `FileFault`."""
    match reply:
        case Answered(Decimal() as value):
            return None if too_large(value) else Answered(simple(value))
        case Between(low, high):
            return None if too_large(low) or too_large(high) else Between(simple(low), simple(high))
        case NotApplicable(reason):
            return NotApplicable(clean_text(reason))
        case _:
            return reply


def _found(form: Mapping[str, Any], field: str) -> str:
    """What stood in the form for a field, for the message."""
    node: Any = form
    rest = field
    while isinstance(node, Mapping) and rest:
        key = rest if rest in node else next((k for k in node if rest.startswith(f"{k}.")), None)
        if key is None:
            break
        node, rest = node[key], rest[len(key) + 1 :]
    return str(node)[:100]
