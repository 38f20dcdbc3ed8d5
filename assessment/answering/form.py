"""The plain form of answers, as in JSON files, worked cases and templates.

One entry a question (or a field): a value, a list of options, `{ low, high }`, `{ state = "dont_know" }`,
`{ state = "not_applicable", reason }`, or a table of parts, rows and further columns holding the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from assessment.model.answers import Answered, Between, DontKnow, NotAnswered, NotApplicable, NotAsked, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question
from assessment.model.problems import Problem

STATES = ("dont_know", "not_applicable", "not_answered")


class FormFault(Exception):
    """What is wrong with one entry: what was found and what is expected."""


def read_form(edition: Edition, raw: Mapping[str, Any], where: str) -> tuple[dict[str, Reply], list[Problem]]:
    """Replies by field id, and every entry that could not be read. `where` names the file."""
    replies: dict[str, Reply] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        for field_id, found in _spread(edition, key, value):
            field = edition.fields.get(field_id)
            if field is None:
                problems.append(
                    Problem(
                        "unknown-field", f"{where}: {field_id}", "no such question or field in this edition."
                    )
                )
                continue
            try:
                replies[field_id] = read_reply(field, found)
            except FormFault as fault:
                problems.append(Problem("unreadable-answer", f"{where}: {field_id}", f"{fault}."))
    return replies, problems


def _spread(edition: Edition, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """An entry of a question as entries of its fields."""
    question = edition.question.get(key)
    if question is None or key in edition.fields:
        yield key, value
        return
    if isinstance(value, Mapping) and "state" not in value:
        for part, found in value.items():
            yield from _spread_row(question, f"{key}.{part}", found)
        return
    yield from ((field.id, value) for field in question.fields)


def _spread_row(question: Question, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """`{ value = 3, own_group = "yes" }` as the row itself and its further columns."""
    if not (isinstance(value, Mapping) and question.columns and set(value) & {"value", *question.columns}):
        yield key, value
        return
    for name, found in value.items():
        yield (key, found) if name == "value" else (f"{key}.{name}", found)


def read_reply(field: Field, raw: Any) -> Reply:
    """One entry as a reply. Raises `FormFault`. Limits are checked by `validation`, not here."""
    if raw is None:
        return NotAnswered()
    if isinstance(raw, Mapping):
        return _read_table(field, raw)
    match field.cell:
        case NumberCell():
            return Answered(_number(raw))
        case LevelCell(_, steps):
            level = _number(raw)
            if level != level.to_integral_value() or not 0 <= level < steps:
                raise FormFault(f"`{raw}` is no level; expected a whole number from 0 to {steps - 1}")
            return Answered(int(level))
        case ChoiceCell(options, _):
            return Answered(_option(raw, options))
        case MultiCell(options, _):
            if isinstance(raw, str) or not isinstance(raw, Sequence):
                raise FormFault(f"`{raw}` is no list; expected a list of options: {', '.join(options)}")
            chosen = {_option(one, options) for one in raw}
            return Answered(tuple(o for o in options if o in chosen))


def _read_table(field: Field, raw: Mapping[str, Any]) -> Reply:
    if raw.get("state") == "dont_know":
        return DontKnow()
    if raw.get("state") == "not_applicable":
        return NotApplicable(str(raw.get("reason", "")))
    if raw.get("state") == "not_answered":
        return NotAnswered()
    if "state" in raw:
        raise FormFault(f"state `{raw['state']}` is unknown; expected one of {', '.join(STATES)}")
    if set(raw) == {"low", "high"} and isinstance(field.cell, (NumberCell, LevelCell)):
        low, high = _number(raw["low"]), _number(raw["high"])
        if low > high:
            raise FormFault(f"low {low} is above high {high}; expected low <= high")
        return Answered(low) if low == high and isinstance(field.cell, NumberCell) else Between(low, high)
    if set(raw) == {"value"}:
        return read_reply(field, raw["value"])
    raise FormFault(f"keys {sorted(raw)} are not understood; expected a value, low and high, or a state")


def _number(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise FormFault(f"`{raw}` is no number")
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        raise FormFault(f"`{raw}` is no number; expected digits with a decimal point") from None
    if not number.is_finite():
        raise FormFault(f"`{raw}` is not a finite number")
    return number


def _option(raw: Any, options: tuple[str, ...]) -> str:
    if raw not in options:
        raise FormFault(f"`{raw}` is no option; expected one of {', '.join(options)}")
    return str(raw)


def write_form(edition: Edition, replies: Mapping[str, Reply]) -> dict[str, Any]:
    """Replies as the plain form, field by field in page order; `read_form` gives them back."""
    return {
        f: write_reply(replies[f])
        for f in edition.fields
        if f in replies and not isinstance(replies[f], (NotAnswered, NotAsked))
    }


def _plain(value: Decimal) -> str:
    """A number as exact text without trailing zeros: 12 and 12.0 are one answer."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_reply(reply: Reply) -> Any:
    """One reply in the plain form. Numbers as exact text."""
    match reply:
        case Answered(value):
            if isinstance(value, tuple):
                return list(value)
            return _plain(value) if isinstance(value, Decimal) else value
        case Between(low, high):
            return {"low": _plain(low), "high": _plain(high)}
        case DontKnow():
            return {"state": "dont_know"}
        case NotApplicable(reason):
            return {"state": "not_applicable", "reason": reason}
        case NotAnswered() | NotAsked():
            return None
