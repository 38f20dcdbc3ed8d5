"""What one respondent of a workshop may read: their own answers, and what the facilitator set for all."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from assessment.store import answers, votes
from assessment.store.records import StoredAnswer
from assessment.store.schema import answer_current, answer_revision, respondent
from assessment.store.votes import Seat, mark, reveal_key


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told to all seats. `entries`: keys of the workshop, after its mark; `fields`: answers of the
    firm without which a question cannot be understood, such as the currency of amounts.
    """

    entries: Collection[str] = ()
    fields: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds for all seats of a workshop. `newest`: number of the last entry it was read from.

    `revealed`: fields nobody can vote on any more. `entries`: what stands under the keys asked for.
    """

    newest: int
    revealed: frozenset[str]
    entries: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat with all it may see. `saved`: when its last answer was; None before the first."""

    seat: Seat
    own: Mapping[str, StoredAnswer]
    decided: Decided
    saved: datetime | None = None


def sitting(
    connection: Connection, token: str, at: datetime, shown: Shown, known: Sitting | None
) -> Sitting | None:
    """What the respondent with this token may see; None if the session is over.

    `known`, the same seat as it was read before, saves reading again what has not changed.
    """
    seat = votes.seat_for(connection, token, at)
    if seat is None:
        return None
    if known is not None and known.seat.record.respondent != seat.record.respondent:
        known = None
    own = answers.load(connection, seat.record, known.own if known else None)
    decided = _decided(connection, seat, shown, known.decided if known else None)
    newest = _newest(own)
    if known is not None and _newest(known.own) == newest:
        return Sitting(seat, own, decided, known.saved)
    return Sitting(seat, own, decided, connection.scalar(_when(), {"entry": newest}))


def _newest(own: Mapping[str, StoredAnswer]) -> int:
    return max((answer.seq for answer in own.values()), default=0)


def _decided(connection: Connection, seat: Seat, shown: Shown, known: Decided | None) -> Decided:
    start, before = mark(seat.workshop.id), reveal_key(seat.workshop.id, "")
    given = {
        "workspace": seat.record.workspace,
        "assessment": seat.record.id,
        "revealed": before,
        "keys": [*(start + key for key in shown.entries), *shown.fields],
    }
    newest = connection.scalar(_newest_told(), given) or 0
    if known is not None and known.newest == newest:
        return known
    found = connection.execute(_told(), given).all()
    return Decided(
        int(newest),
        frozenset(field.removeprefix(before) for field, _ in found if field.startswith(before)),
        {field.removeprefix(start): json.loads(v) for field, v in found if not field.startswith(before)},
    )


# Built once, as the queries in `votes` are: every save and every look asks them.


@cache
def _newest_told() -> Select[Any]:
    """The number of the last entry that this seat may know of."""
    return _of_firm(func.max(answer_current.c.seq))


@cache
def _told() -> Select[Any]:
    """The entries that this seat may know of and that are in force."""
    query = _of_firm(answer_current.c.field, answer_revision.c.value)
    query = query.join(answer_revision, answer_revision.c.seq == answer_current.c.seq)
    return query.where(answer_revision.c.state == "answered")


@cache
def _when() -> Select[Any]:
    return select(answer_revision.c.at).where(answer_revision.c.seq == bindparam("entry"))


def _of_firm(*columns: Any) -> Select[Any]:
    """Entries of the firm's own history that a seat may know of: what is revealed, and some keys."""
    same = (respondent.c.workspace_id == answer_current.c.workspace_id) & (
        respondent.c.assessment_id == answer_current.c.assessment_id
    )
    field = answer_current.c.field
    return (
        select(*columns)
        .select_from(answer_current)
        .join(respondent, same & (respondent.c.id == answer_current.c.respondent_id))
        .where(
            answer_current.c.workspace_id == bindparam("workspace"),
            answer_current.c.assessment_id == bindparam("assessment"),
            respondent.c.workshop_id.is_(None),
            field.startswith(bindparam("revealed")) | field.in_(bindparam("keys", expanding=True)),
        )
    )
