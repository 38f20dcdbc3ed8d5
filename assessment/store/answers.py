"""Answers: an append-only history, and a table saying which entry of it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.sql.dml import ReturningInsert

from assessment.store.database import on_server, storable, take_turn, upsert_on
from assessment.store.records import Assessment, OpIdReused, Revision, Saved, StoredAnswer
from assessment.store.schema import answer_current, answer_revision

LONGEST: Final = (
    100_000  # characters of one answer's JSON: a guard against a runaway page, not a rule for firms
)
_KEY: Final = ("workspace_id", "assessment_id", "respondent_id", "field")
_READ: Final = ("field", "state", "value", "reason", "comment", "confirmed", "unit", "evidence", "seq")


def columns(answer: StoredAnswer) -> dict[str, str]:
    """The answer as text columns. Raises ValueError or TypeError for what JSON cannot carry."""
    packed = {
        "state": answer.state,
        "value": json.dumps(answer.value, ensure_ascii=False, allow_nan=False),
        "confirmed": json.dumps(answer.confirmed, ensure_ascii=False, allow_nan=False),
        "reason": answer.reason,
        "comment": answer.comment,
        "unit": answer.unit,
        "evidence": answer.evidence,
    }
    packed = {name: storable(text) for name, text in packed.items()}
    if sum(map(len, packed.values())) > LONGEST:
        raise ValueError(f"an answer of more than {LONGEST} characters is not stored")
    return packed


@dataclass(frozen=True, slots=True)
class Draft:
    """One intended save; `packed` comes from `columns`."""

    field: str
    packed: Mapping[str, str]
    op_id: str
    base_seq: int | None
    actor: str
    role: str


def take_turns(connection: Connection, to: Assessment) -> None:
    """From here to the commit no other process saves to this assessment.

    So the numbers of its revisions rise in the order in which they are committed, and none is overtaken
    unseen.
    """
    take_turn(connection, f"answers of {to.id}")


def append(connection: Connection, to: Assessment, draft: Draft, at: datetime) -> Saved:
    """Add one revision and let it count. A known `op_id` gives the first outcome again and adds nothing."""
    take_turns(connection, to)
    key = {**_respondent(to), "field": draft.field}
    known = connection.execute(_same(), {"wanted": draft.op_id}).mappings().first()
    if known is not None:
        return _again(known, {**key, **draft.packed})
    overtook = _unseen(connection, key, draft.base_seq)
    origin = {"op_id": draft.op_id, "base_seq": draft.base_seq, "actor": draft.actor, "role": draft.role}
    values = {**key, **draft.packed, **origin, "edition": to.edition, "at": at}
    seq = connection.execute(_adding(), values).scalar_one()
    _count(connection, key, seq)
    return Saved(seq, at, overtook)


# Queries of every save and every run are built once: building one costs more than asking it.


@cache
def _same() -> Select[Any]:
    return select(answer_revision).where(answer_revision.c.op_id == bindparam("wanted"))


@cache
def _adding() -> ReturningInsert[Any]:
    return insert(answer_revision).returning(answer_revision.c.seq)


def _again(known: RowMapping, wanted: Mapping[str, str]) -> Saved:
    if any(known[column] != value for column, value in wanted.items()):
        raise OpIdReused(f"op_id {known['op_id']!r} already stands for another save")
    return Saved(int(known["seq"]), known["at"])


def _unseen(connection: Connection, key: Mapping[str, str], base_seq: int | None) -> int | None:
    """The current revision, if the editor had seen an older one (0: none at all)."""
    if base_seq is None:
        return None
    where = [answer_current.c[name] == value for name, value in key.items()]
    current = connection.scalar(select(answer_current.c.seq).where(*where))
    return int(current) if current is not None and current != base_seq else None


def _count(connection: Connection, key: Mapping[str, str], seq: int) -> None:
    connection.execute(_counting(on_server(connection)), {**key, "seq": seq})


@cache
def _counting(server: bool) -> Insert:
    newer = upsert_on(server, answer_current)
    return newer.on_conflict_do_update(
        index_elements=_KEY,
        set_={"seq": newer.excluded.seq},
        where=answer_current.c.seq < newer.excluded.seq,
    )


def load(
    connection: Connection, of: Assessment, known: Mapping[str, StoredAnswer] | None = None
) -> dict[str, StoredAnswer]:
    """Field id -> the answer that counts, for the respondent of the capability.

    `known`, what was loaded before, saves reading it again. Each change raises the sum of the numbers of the
    entries that count; so the sum tells whether the newer entries are all that `known` lacks, which they may
    not be where several processes write and a lower number is committed after a higher one.
    """
    if known:
        newest = max(answer.seq for answer in known.values())
        found = {**known, **_load(connection, of, newest)}
        total = connection.scalar(_total(), _respondent(of))
        if sum(answer.seq for answer in found.values()) == total:
            return found
    return _load(connection, of, 0)


def _load(connection: Connection, of: Assessment, after: int) -> dict[str, StoredAnswer]:
    """The entries that count and are newer than number `after`; without their times, which cost much."""
    found = connection.execute(_newer(), {**_respondent(of), "after": after}).mappings()
    return {row["field"]: _answer(row) for row in found}


@cache
def _newer() -> Select[Any]:
    return (
        select(*(answer_revision.c[name] for name in _READ))
        .join(answer_current, answer_current.c.seq == answer_revision.c.seq)
        .where(*_mine(), answer_current.c.seq > bindparam("after"))
    )


@cache
def _total() -> Select[Any]:
    return select(func.sum(answer_current.c.seq)).where(*_mine())


def _mine() -> list[ColumnElement[bool]]:
    """The entries of one respondent, who is named when the query is asked."""
    return [answer_current.c[name] == bindparam(name) for name in _KEY[:-1]]


def _respondent(of: Assessment) -> dict[str, str]:
    return {"workspace_id": of.workspace, "assessment_id": of.id, "respondent_id": of.respondent}


def history(connection: Connection, of: Assessment, field: str) -> list[Revision]:
    """All revisions of a field, oldest first."""
    table = answer_revision.c
    query = (
        select(answer_revision)
        .where(
            table.workspace_id == of.workspace,
            table.assessment_id == of.id,
            table.respondent_id == of.respondent,
            table.field == field,
        )
        .order_by(table.seq)
    )
    return [_revision(row) for row in connection.execute(query).mappings()]


def rebuild(connection: Connection) -> int:
    """Derive `answer_current` anew from the history. Returns the number of its rows."""
    connection.execute(delete(answer_current))
    fold = _fold()
    connection.execute(insert(answer_current).from_select([*_KEY, "seq"], fold))
    return int(connection.scalar(select(func.count()).select_from(answer_current)) or 0)


def _fold() -> Select[Any]:
    key = [answer_revision.c[name] for name in _KEY]
    return select(*key, func.max(answer_revision.c.seq).label("seq")).group_by(*key)


def _answer(row: RowMapping) -> StoredAnswer:
    return StoredAnswer(
        state=row["state"],
        value=json.loads(row["value"]),
        reason=row["reason"],
        comment=row["comment"],
        confirmed=json.loads(row["confirmed"]),
        unit=row["unit"],
        evidence=row["evidence"],
        seq=int(row["seq"]),
    )


def _revision(row: RowMapping) -> Revision:
    return Revision(
        seq=int(row["seq"]),
        at=row["at"],
        answer=_answer(row),
        actor=row["actor"],
        role=row["role"],
        base_seq=row["base_seq"],
        op_id=row["op_id"],
    )
