"""Capabilities: whoever shows the token may do what its scope says. The store keeps hashes only.

A token has 256 random bits, so one SHA-256 is enough and finding the hash leaks no timing about the token.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, delete, select, update

from assessment.store.database import upsert
from assessment.store.records import ANSWER, READ, Assessment, Refused
from assessment.store.schema import assessment, capability, firm, rate_bucket

ENTRY: Final = "entry"  # one use: lets one browser into an assessment
DOWNLOAD: Final = "download"
_OPENS: Final = (ANSWER, READ)
_LENGTH: Final = range(40, 65)  # 256 bits in URL-safe base64 are 43 characters


def digest(secret: str) -> str:
    """The only form in which a token, a ticket or an address enters the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(
    connection: Connection,
    to: Assessment,
    scope: str,
    at: datetime,
    expires: datetime,
    params: Mapping[str, object] | None = None,
) -> str:
    """Make a token for the assessment and respondent of `to`. It is shown here once and never again."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        capability.insert().values(
            token_sha256=digest(token),
            workspace_id=to.workspace,
            assessment_id=to.id,
            respondent_id=to.respondent,
            scope=scope,
            params=json.dumps(dict(params or {}), ensure_ascii=False, allow_nan=False),
            at=at,
            expires=expires,
        )
    )
    return token


def find(
    connection: Connection, token: str, at: datetime, scopes: tuple[str, ...] = _OPENS
) -> RowMapping | None:
    """The capability with its assessment and firm, if the token is known, in force and in scope."""
    if len(token) not in _LENGTH:
        return None
    query = (
        select(
            capability.c.respondent_id,
            capability.c.scope,
            capability.c.params,
            assessment,
            firm.c.name.label("firm_name"),
        )
        .join_from(
            capability,
            assessment,
            (capability.c.workspace_id == assessment.c.workspace_id)
            & (capability.c.assessment_id == assessment.c.id),
        )
        .join(firm, (firm.c.workspace_id == assessment.c.workspace_id) & (firm.c.id == assessment.c.firm_id))
        .where(
            capability.c.token_sha256 == digest(token),
            capability.c.scope.in_(scopes),
            capability.c.expires > at,
            capability.c.revoked_at.is_(None),
        )
    )
    return connection.execute(query).mappings().first()


def as_assessment(row: RowMapping) -> Assessment:
    """The record handed to the rest of the program."""
    return Assessment(
        workspace=row["workspace_id"],
        id=row["id"],
        firm_id=row["firm_id"],
        firm_name=row["firm_name"],
        edition=row["edition"],
        fingerprint=row["fingerprint"],
        language=row["language"],
        path=row["path"],
        status=row["status"],
        respondent=row["respondent_id"],
        scope=row["scope"],
    )


def params_of(row: RowMapping) -> dict[str, object]:
    """What was put on the ticket."""
    params: dict[str, object] = json.loads(row["params"])
    return params


def revoke(connection: Connection, token: str, at: datetime) -> bool:
    """Make one token useless. True if it was in force."""
    done = connection.execute(
        update(capability)
        .where(capability.c.token_sha256 == digest(token), capability.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return done.rowcount == 1


def revoke_all(connection: Connection, of: Assessment, at: datetime) -> int:
    """Make every link and ticket of an assessment useless. Returns how many were in force."""
    done = connection.execute(
        update(capability)
        .where(
            capability.c.workspace_id == of.workspace,
            capability.c.assessment_id == of.id,
            capability.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    return done.rowcount


def forget_old(connection: Connection, tickets_before: datetime, window_before: int) -> None:
    """Delete expired tickets and past rate windows. Links stay: their end is part of the record."""
    tickets = capability.c.scope.in_((ENTRY, DOWNLOAD))
    connection.execute(delete(capability).where(tickets, capability.c.expires < tickets_before))
    connection.execute(delete(rate_bucket).where(rate_bucket.c.window < window_before))


def count(connection: Connection, scope: str, key: str, window: int) -> None:
    """One more event of this kind from this address in this window."""
    first = upsert(connection, rate_bucket).values(scope=scope, key_sha256=digest(key), window=window, n=1)
    index = ("scope", "key_sha256", "window")
    connection.execute(first.on_conflict_do_update(index_elements=index, set_={"n": rate_bucket.c.n + 1}))


def counted(connection: Connection, scope: str, key: str, window: int) -> int:
    """How many events of this kind came from this address in this window."""
    table = rate_bucket.c
    where = (table.scope == scope, table.key_sha256 == digest(key), table.window == window)
    return int(connection.scalar(select(table.n).where(*where)) or 0)


def may_write(of: Assessment) -> None:
    """Raise Refused if the link in hand is for reading only."""
    if of.scope != ANSWER:
        raise Refused("this link is for reading only")


def expect(what: str, word: str, allowed: tuple[str, ...]) -> None:
    """Raise ValueError if the word is not one of those allowed."""
    if word not in allowed:
        raise ValueError(f"{what} is {word!r}, expected one of {', '.join(allowed)}")
