"""The plain form of the record of a workshop, as in JSON files and in the store."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar

from assessment.answering.form import FormFault, read_reply, write_reply
from assessment.answering.limits import check_reply
from assessment.model.answers import Reply
from assessment.model.edition import Edition
from assessment.model.problems import Problem
from assessment.model.results import Stated
from assessment.model.workshop import (
    Accord,
    Agreement,
    Clash,
    Divide,
    Milestone,
    Parked,
    Party,
    RoleStand,
    Settlement,
    Spread,
    Stand,
    WorkshopRecord,
)

ROOT: Final = "workshop"
LONGEST_NAME: Final = 80  # of a facilitator, a role or a milestone, in characters
LONGEST_NOTE: Final = 600
MOST_PEOPLE: Final = 10_000
MOST_ENTRIES: Final = 2_000  # of one list
KEYS: Final = (
    "date", "facilitator", "parties", "agreements", "divides", "by_role", "settled", "parked", "said",
    "disputed", "milestone",
)  # fmt: skip
Part = Mapping[str, Any]
T = TypeVar("T")


# --- writing ----------------------------------------------------------------------------------------


def write_record(told: WorkshopRecord) -> dict[str, Any]:
    """The record as JSON can carry it; empty parts are left out. Same value, same form."""
    parts: dict[str, Any] = {
        "date": told.on.isoformat(),
        "facilitator": told.facilitator,
        "parties": [{"role": p.role, "people": p.people} for p in told.parties],
        "agreements": [_write_agreement(a) for a in told.agreements],
        "divides": [
            {"question": d.question, "points": d.points, "dilemma": d.dilemma, "index": d.index}
            for d in told.divides
        ],
        "by_role": [_write_stand(r) for r in told.by_role],
        "settled": [
            {"field": s.field, "reply": write_reply(s.reply), "reason": s.reason, **_signed(s)}
            for s in told.settled
        ],
        "parked": [{"question": p.question, "note": p.note, **_signed(p)} for p in told.parked],
        "said": _write_replies(told.said),
        "disputed": _write_replies(told.disputed),
        "milestone": _write_milestone(told.milestone),
    }
    return {k: v for k, v in parts.items() if v or k == "date"}


def _write_replies(replies: Mapping[str, Reply]) -> dict[str, Any]:
    return {f: write_reply(reply) for f, reply in sorted(replies.items())}


def _signed(one: Settlement | Parked | Milestone) -> dict[str, str]:
    return {"by": one.by, "at": one.at.isoformat()}


def _write_agreement(found: Agreement) -> dict[str, Any]:
    spread = found.overall
    return {
        "field": found.field,
        "people": spread.people,
        "known": found.known,
        "dont_know": found.dont_know,
        "not_applicable": found.not_applicable,
        "low": spread.low,
        "middle": spread.middle,
        "high": spread.high,
        "tally": dict(spread.tally),
        "deviation": found.deviation,
        "index": found.index,
        "accord": found.accord.value if found.accord else None,
        "clashes": [c.value for c in found.clashes],
    }


def _write_stand(role: RoleStand) -> dict[str, Any]:
    return {
        "role": role.role,
        "people": role.people,
        "fields": role.fields,
        "stands": [
            {
                "dilemma": s.dilemma,
                "stated": s.stated.value,
                "level": s.level,
                "low_level": s.low_level,
                "high_level": s.high_level,
                "score": s.score,
                "low": s.low,
                "high": s.high,
            }
            for s in role.stands
        ],
    }


def _write_milestone(found: Milestone | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "name": found.name,
        **_signed(found),
        "fingerprint": found.fingerprint,
        "settled": found.settled,
        "parked": found.parked,
    }


# --- reading ----------------------------------------------------------------------------------------


def read_record(edition: Edition, raw: Part, where: str) -> tuple[WorkshopRecord, list[Problem]]:
    """The record, and every entry of it that could not be read and is left out. `where` names the file."""
    read = _Reading(edition, where)
    for key in raw:
        if key not in KEYS:
            read.problems.append(Problem("unknown-key", f"{where}: {ROOT}.{key}", "expected another."))
    on = read.one("date", lambda: date.fromisoformat(str(raw.get("date"))))
    milestone = raw.get("milestone")
    return WorkshopRecord(
        on=on or date.min,
        facilitator=str(raw.get("facilitator") or "")[:LONGEST_NAME],
        parties=read.each(raw, "parties", _party),
        agreements=read.each(raw, "agreements", _agreement),
        divides=read.each(raw, "divides", _divide),
        by_role=read.each(raw, "by_role", _role_stand),
        settled=read.each(raw, "settled", _settlement),
        parked=read.each(raw, "parked", _parked),
        said=read.replies(raw, "said"),
        disputed=read.replies(raw, "disputed"),
        milestone=None if milestone is None else read.one("milestone", lambda: _milestone(milestone)),
    ), read.problems


class _Reading:
    """Reads entry by entry; what cannot be read becomes a problem and is left out."""

    def __init__(self, edition: Edition, where: str) -> None:
        self._edition, self._where = edition, where
        self.problems: list[Problem] = []

    def one(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (FormFault, ValueError, TypeError, AttributeError, KeyError, ArithmeticError) as fault:
            place = f"{self._where}: {ROOT}.{name}"
            self.problems.append(Problem("unreadable-workshop", place, f"{fault}."))
            return None

    def each(self, raw: Part, name: str, read: Callable[[Edition, Part], T]) -> tuple[T, ...]:
        found = raw.get(name) or ()
        if not isinstance(found, Sequence) or isinstance(found, str) or len(found) > MOST_ENTRIES:
            self.one(name, lambda: _refuse(found))
            return ()
        made = (self._nth(name, n, one, read) for n, one in enumerate(found))
        return tuple(one for one in made if one is not None)

    def _nth(self, name: str, n: int, one: Part, read: Callable[[Edition, Part], T]) -> T | None:
        return self.one(f"{name}.{n}", lambda: read(self._edition, one))

    def replies(self, raw: Part, name: str) -> dict[str, Reply]:
        found = raw.get(name) or {}
        if not isinstance(found, Mapping):
            self.one(name, lambda: _refuse(found))
            return {}
        made = {f: self._reply(name, str(f), value) for f, value in found.items()}
        return {f: reply for f, reply in made.items() if reply is not None}

    def _reply(self, name: str, field: str, value: Any) -> Reply | None:
        return self.one(f"{name}.{field}", lambda: _reply(self._edition, field, value))


def _refuse(found: object) -> None:
    raise FormFault(f"`{str(found)[:60]}` is no list or table of entries")


def _reply(edition: Edition, field: str, raw: Any) -> Reply:
    """Raises `FormFault` for a field the edition does not have, or an answer beyond what it takes."""
    asked = edition.fields[_known(field, edition.fields, "field")]
    reply = read_reply(asked, raw)
    if check_reply(asked, reply):
        raise FormFault(f"`{raw}` is beyond what {field} takes")
    return reply


def _party(_: Edition, raw: Part) -> Party:
    return Party(_text(raw, "role", LONGEST_NAME), _count(raw, "people"))


def _agreement(edition: Edition, raw: Part) -> Agreement:
    field = _known(str(raw["field"]), edition.fields, "field")
    low, middle, high = (_float(raw, key) for key in ("low", "middle", "high"))
    counted = raw.get("tally") or {}
    tally = {str(k)[:LONGEST_NAME]: _count(counted, k) for k in sorted(counted)}
    known, people = _count(raw, "known"), _count(raw, "people")
    return Agreement(
        field=field,
        replies=(),
        known=known,
        dont_know=_count(raw, "dont_know"),
        not_applicable=_count(raw, "not_applicable"),
        overall=Spread("", people, known, low, middle, high, tally),
        deviation=_float(raw, "deviation"),
        index=_float(raw, "index", 1.0),
        accord=Accord(raw["accord"]) if raw.get("accord") else None,
        clashes=tuple(Clash(c) for c in raw.get("clashes") or ()),
    )


def _divide(edition: Edition, raw: Part) -> Divide:
    question = _known(str(raw["question"]), edition.question, "question")
    dilemma = _known(str(raw["dilemma"]), edition.dilemmas, "dilemma")
    points, index = _float(raw, "points", 100.0), _float(raw, "index", 1.0)
    return Divide(question, points or 0.0, dilemma, index or 0.0)


def _role_stand(edition: Edition, raw: Part) -> RoleStand:
    stands = tuple(_stand(edition, one) for one in raw.get("stands") or ())
    return RoleStand(_text(raw, "role", LONGEST_NAME), _count(raw, "people"), _count(raw, "fields"), stands)


def _stand(edition: Edition, raw: Part) -> Stand:
    levels = edition.placement.levels
    dilemma = _known(str(raw["dilemma"]), edition.dilemmas, "dilemma")
    here, first, last = (_known(str(raw[k]), levels, "level") for k in ("level", "low_level", "high_level"))
    score, low, high = (_float(raw, key, 100.0) or 0.0 for key in ("score", "low", "high"))
    return Stand(dilemma, Stated(raw["stated"]), here, first, last, score, low, high)


def _settlement(edition: Edition, raw: Part) -> Settlement:
    field = str(raw["field"])
    reply = _reply(edition, field, raw["reply"])
    return Settlement(field, reply, _text(raw, "reason", LONGEST_NOTE), *_by_at(raw))


def _parked(edition: Edition, raw: Part) -> Parked:
    question = _known(str(raw["question"]), edition.question, "question")
    return Parked(question, _text(raw, "note", LONGEST_NOTE), *_by_at(raw))


def _milestone(raw: Part) -> Milestone:
    name, mark = _text(raw, "name", LONGEST_NAME), _text(raw, "fingerprint", 64)
    return Milestone(name, *_by_at(raw), mark, _count(raw, "settled"), _count(raw, "parked"))


def _by_at(raw: Part) -> tuple[str, datetime]:
    return _text(raw, "by", LONGEST_NAME), datetime.fromisoformat(str(raw["at"]))


def _text(raw: Part, key: str, most: int) -> str:
    return str(raw.get(key) or "")[:most]


def _known(found: str, known: Iterable[str], kind: str) -> str:
    if found not in known:
        raise FormFault(f"no {kind} `{found[:60]}` in this edition")
    return found


def _count(raw: Part, key: str) -> int:
    found = float(raw.get(key) or 0)  # as a float first: 1e999999999 is no int
    if not 0 <= found <= MOST_PEOPLE or found != int(found):
        raise FormFault(f"`{key}` is {raw.get(key)}; expected a whole number up to {MOST_PEOPLE}")
    return int(found)


def _float(raw: Part, key: str, most: float = math.inf) -> float | None:
    found = raw.get(key)
    if found is None:
        return None
    number = float(found)
    if not math.isfinite(number) or (most < math.inf and not 0 <= number <= most):
        raise FormFault(f"`{key}` is {found}; expected a finite number")
    return number
