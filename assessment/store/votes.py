"""The queries of workshops: seats, votes, and what is revealed of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, func, literal, select

from assessment.store import access, assessments
from assessment.store.records import Assessment, StoredAnswer
from assessment.store.schema import answer_current, answer_revision, capability, respondent, workshop
from assessment.store.tokens import digest, new_token

VOTE: Final = "vote"  # scope of a capability: may answer in a workshop, and read nobody else's answers
OPEN, CLOSED = "open", "closed"
LONGEST_NAME: Final = 80  # characters


@dataclass(frozen=True, slots=True)
class Workshop:
    """A session on one assessment. `until`: the code and all seats are worth nothing from then on."""

    id: str
    assessment: str
    state: str
    until: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """One respondent in a workshop. `record` is theirs alone: it refuses all that the firm may do."""

    workshop: Workshop
    record: Assessment
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Cast:
    """An answer in a workshop that was revealed."""

    respondent: str
    name: str
    role: str
    field: str
    answer: StoredAnswer
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """That a respondent has an answer to a field, or (`there` is False) has taken it back. Not what it is."""

    respondent: str
    field: str
    there: bool
    seq: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """Changes whenever anything in a workshop does: newest entry of the firm or of anybody, people, state."""

    newest: int
    people: int
    state: str


def mark(workshop_id: str) -> str:
    """What the entries of a workshop in the history of the firm begin with."""
    return f"workshop:{workshop_id}:"


def reveal_key(workshop_id: str, field: str) -> str:
    """The entry that reveals a field."""
    return f"{mark(workshop_id)}revealed:{field}"


def this(of: Assessment, which: Workshop) -> tuple[ColumnElement[bool], ...]:
    """The row of one workshop."""
    own = (workshop.c.workspace_id == of.workspace, workshop.c.assessment_id == of.id)
    return (*own, workshop.c.id == which.id)


def seats_of(of: Assessment, workshop_id: str) -> tuple[ColumnElement[bool], ...]:
    """The respondents of one workshop."""
    own = (respondent.c.workspace_id == of.workspace, respondent.c.assessment_id == of.id)
    return (*own, respondent.c.workshop_id == workshop_id)


def sit_down(connection: Connection, secret: str, role: str, name: str, at: datetime) -> str | None:
    """A new respondent with a token, if the code is in force."""
    valid = (workshop.c.code_sha256 == secret, workshop.c.state == OPEN, workshop.c.code_expires > at)
    found = connection.execute(select(workshop).where(*valid)).mappings().first()
    if found is None:
        return None
    place = {"workspace_id": found["workspace_id"], "assessment_id": found["assessment_id"]}
    who = {"id": assessments.new_id(), "label": name[:LONGEST_NAME], "role": role[:LONGEST_NAME], "at": at}
    connection.execute(respondent.insert().values(**place, **who, workshop_id=found["id"]))
    token, id_ = new_token(), assessments.new_id()
    pass_ = {"token_sha256": digest(token), "id": id_, "scope": VOTE, "params": "{}", "at": at}
    until = found["code_expires"]
    connection.execute(capability.insert().values(**place, **pass_, respondent_id=who["id"], expires=until))
    seat = seat_for(connection, token, at)
    assert seat is not None
    assessments.note(connection, seat.record, at, "join workshop", found["id"])
    return token


def seat_for(connection: Connection, token: str, at: datetime) -> Seat | None:
    """The seat a token leads to, if its session is on."""
    row = access.find(connection, token, at, (VOTE,))
    if row is None:
        return None
    record = access.as_assessment(row)
    given = {"workspace": record.workspace, "assessment": record.id, "who": record.respondent, "at": at}
    found = connection.execute(_taken(), given).mappings().first()
    return None if found is None else Seat(as_workshop(found), record, found["label"], found["role"])


@cache
def _taken() -> Select[Any]:
    """The query of `seat_for`, built once: building it costs more than asking."""
    return (
        select(workshop, respondent.c.label, respondent.c.role)
        .join_from(
            respondent,
            workshop,
            (respondent.c.workspace_id == workshop.c.workspace_id)
            & (respondent.c.workshop_id == workshop.c.id),
        )
        .where(
            respondent.c.workspace_id == bindparam("workspace"),
            respondent.c.assessment_id == bindparam("assessment"),
            respondent.c.id == bindparam("who"),
            workshop.c.state == OPEN,
            workshop.c.code_expires > bindparam("at"),
        )
    )


def given(
    of: Assessment, which: Workshop, *columns: Any, fields: Collection[str] | None = None
) -> Select[Any]:
    """The answers that count of everybody in a workshop, to these fields or to all."""
    here = (answer_current.c.workspace_id == respondent.c.workspace_id) & (
        answer_current.c.assessment_id == respondent.c.assessment_id
    )
    return (
        select(*columns)
        .select_from(respondent)
        .join(answer_current, here & (answer_current.c.respondent_id == respondent.c.id))
        .join(answer_revision, answer_revision.c.seq == answer_current.c.seq)
        .where(*seats_of(of, which.id), answer_revision.c.state != "not_answered")
        .where(*(() if fields is None else (answer_current.c.field.in_(fields),)))
    )


def newer(of: Assessment, which: Workshop, after: int) -> Select[Any]:
    """Who has given or taken back an answer to which field by an entry newer than `after`."""
    here = (answer_current.c.workspace_id == respondent.c.workspace_id) & (
        answer_current.c.assessment_id == respondent.c.assessment_id
    )
    columns = (
        answer_current.c.respondent_id,
        answer_current.c.field,
        answer_revision.c.state,
        answer_current.c.seq,
    )
    return (
        select(*columns)
        .select_from(respondent)
        .join(answer_current, here & (answer_current.c.respondent_id == respondent.c.id))
        .join(answer_revision, answer_revision.c.seq == answer_current.c.seq)
        .where(*seats_of(of, which.id), answer_current.c.seq > after)
    )


def stamp_of(connection: Connection, of: Assessment, which: Workshop) -> Stamp:
    """One look at what may have changed, however many have answered."""
    own = (answer_current.c.workspace_id == of.workspace, answer_current.c.assessment_id == of.id)
    newest = select(func.max(answer_current.c.seq)).where(*own).scalar_subquery()
    people = select(func.count()).select_from(respondent).where(*seats_of(of, which.id)).scalar_subquery()
    row = connection.execute(select(newest, people, workshop.c.state).where(*this(of, which))).first()
    return Stamp(0, 0, CLOSED) if row is None else Stamp(int(row[0] or 0), int(row[1]), str(row[2]))


def is_revealed(workshop_id: str, field: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the history of the firm says that a field of the outer query is revealed."""
    count, entry, who = (
        answer_current.alias("shown"),
        answer_revision.alias("entry"),
        respondent.alias("firm"),
    )
    same = (count.c.workspace_id == who.c.workspace_id) & (count.c.assessment_id == who.c.assessment_id)
    inner = (
        select(entry.c.seq)
        .select_from(count)
        .join(entry, entry.c.seq == count.c.seq)
        .join(who, same & (count.c.respondent_id == who.c.id))
        .where(
            who.c.workspace_id == respondent.c.workspace_id,
            who.c.assessment_id == respondent.c.assessment_id,
            who.c.workshop_id.is_(None),
            count.c.field == literal(reveal_key(workshop_id, "")) + field,
            entry.c.state == "answered",
        )
        .correlate(respondent, answer_current)
    )
    return inner.exists()


def revealed_among(connection: Connection, seat: Seat, fields: Mapping[str, object]) -> bool:
    """Whether any of these fields was revealed."""
    keys = [reveal_key(seat.workshop.id, field) for field in fields]
    own = {"workspace": seat.record.workspace, "assessment": seat.record.id}
    return connection.execute(_entries(), {**own, "keys": keys}).first() is not None


@cache
def _entries() -> Select[Any]:
    """One of these entries in the history of the firm, if it is in force; built once as `_taken` is."""
    same = (respondent.c.workspace_id == answer_current.c.workspace_id) & (
        respondent.c.assessment_id == answer_current.c.assessment_id
    )
    return (
        select(answer_revision.c.seq)
        .join(answer_current, answer_current.c.seq == answer_revision.c.seq)
        .join(respondent, same & (respondent.c.id == answer_current.c.respondent_id))
        .where(
            answer_current.c.workspace_id == bindparam("workspace"),
            answer_current.c.assessment_id == bindparam("assessment"),
            answer_current.c.field.in_(bindparam("keys", expanding=True)),
            answer_revision.c.state == "answered",
            respondent.c.workshop_id.is_(None),
        )
        .limit(1)
    )


def as_workshop(row: RowMapping) -> Workshop:
    """The record handed to the rest of the program."""
    return Workshop(row["id"], row["assessment_id"], row["state"], row["code_expires"], row["at"])


def as_cast(row: RowMapping) -> Cast:
    """The same of a revealed answer."""
    return Cast(row["respondent_id"], row["label"], row["seat_role"], row["field"], _said(row), row["at"])


def _said(row: RowMapping) -> StoredAnswer:
    value, seq = json.loads(row["value"]), int(row["seq"])
    return StoredAnswer(row["state"], value, row["reason"], row["comment"], seq=seq)
