"""Capabilities: whoever shows the token may do what its scope says.

Links stand by themselves. What a browser or a download gets in exchange for one is bound to it and ends with
it; what an account gets is bound to the account's session. Both are looked at in the same query.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from assessment.store import sessions, tries
from assessment.store.assessments import new_id
from assessment.store.database import storable
from assessment.store.records import ANSWER, CONSULTANT, OWNER, READ, READER, RESPONDENT, Assessment, Refused
from assessment.store.schema import account, assessment, capability, firm
from assessment.store.tokens import digest, may_be, new_token

T = TypeVar("T")
ENTRY: Final = "entry"  # one use: lets one browser into an assessment
DOWNLOAD: Final = "download"
OPENS: Final = (ANSWER, READ)
LONGEST_LABEL: Final = 80  # characters
_ROLES: Final = {ANSWER: OWNER, READ: READER}


def issue(
    connection: Connection,
    to: Assessment,
    scope: str,
    at: datetime,
    expires: datetime,
    params: Mapping[str, object] | None = None,
) -> str:
    """A token for whoever came by `to`: it ends with their link or their session. Shown here once only."""
    bound = {"origin": to.link, "account_id": to.account, "session_sha256": to.session}
    packed = json.dumps(dict(params or {}), ensure_ascii=False, allow_nan=False)
    more = {name: value or None for name, value in bound.items()}
    return _insert(connection, to, scope, at, expires, params=packed, **more)[1]


def issue_link(
    connection: Connection, to: Assessment, scope: str, at: datetime, expires: datetime, label: str = ""
) -> tuple[str, str]:
    """A link that stands by itself. Returns its id, and its token, which is shown here once only."""
    return _insert(connection, to, scope, at, expires, label=storable(label.strip())[:LONGEST_LABEL])


def _insert(
    connection: Connection, to: Assessment, scope: str, at: datetime, expires: datetime, **more: Any
) -> tuple[str, str]:
    token, id_ = new_token(), new_id()
    values = {
        "token_sha256": digest(token),
        "id": id_,
        "workspace_id": to.workspace,
        "assessment_id": to.id,
        "respondent_id": to.respondent,
        "scope": scope,
        "params": "{}",
        "at": at,
        "expires": expires,
    }
    connection.execute(capability.insert().values(values | more))
    return id_, token


def find(
    connection: Connection, token: str, at: datetime, scopes: tuple[str, ...] = OPENS
) -> RowMapping | None:
    """The capability with its assessment and firm, if the token is known, in force and in scope."""
    if not may_be(token):
        return None
    given = {"token": digest(token), "scopes": scopes, "at": at}
    return connection.execute(_finding(), given).mappings().first()


@cache
def _finding() -> Select[Any]:
    """The query of `find`, built once: it is asked several times a run, and building it cost most of it."""
    at = bindparam("at", type_=capability.c.expires.type)
    return (
        select(
            capability.c.respondent_id,
            capability.c.scope,
            capability.c.params,
            capability.c.origin,
            capability.c.account_id,
            capability.c.session_sha256,
            capability.c.id.label("capability_id"),
            account.c.name.label("account_name"),
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
        .outerjoin(account, account.c.id == capability.c.account_id)
        .where(
            capability.c.token_sha256 == bindparam("token"),
            capability.c.scope.in_(bindparam("scopes", expanding=True)),
            in_force(capability, at),
            or_(capability.c.origin.is_(None), _origin_in_force(at)),
            or_(capability.c.account_id.is_(None), sessions.backs_capability(at)),
        )
    )


def in_force(table: FromClause, at: sessions.When) -> ColumnElement[bool]:
    """Whether a capability, taken by itself, has neither ended nor been revoked."""
    return (table.c.expires > at) & table.c.revoked_at.is_(None)


def _origin_in_force(at: sessions.When) -> ColumnElement[bool]:
    """Whether the link that the capability of the outer query goes back to is good."""
    link = capability.alias("link")
    same = (
        link.c.id == capability.c.origin,
        link.c.workspace_id == capability.c.workspace_id,
        link.c.assessment_id == capability.c.assessment_id,
    )
    return select(link.c.id).where(*same, in_force(link, at)).correlate(capability).exists()


def as_assessment(row: Mapping[Any, Any]) -> Assessment:
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
        role=CONSULTANT if row["account_id"] else _ROLES.get(row["scope"], RESPONDENT),
        actor=row["account_name"] or "",
        account=row["account_id"] or "",
        session=row["session_sha256"] or "",
        link="" if row["account_id"] else row["origin"] or row["capability_id"],
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


def forget_old(connection: Connection, at: datetime) -> None:
    """Delete tickets, sessions and counts whose time is over. Links stay: their end is part of the record."""
    bound = capability.c.scope.in_((ENTRY, DOWNLOAD)) | capability.c.origin.is_not(None)
    connection.execute(delete(capability).where(bound, capability.c.expires < at))
    sessions.forget_old(connection, at)
    tries.forget_old(connection, at)


def may_write(of: Assessment) -> None:
    """Raise Refused if the link in hand is for reading only, or a seat in a workshop."""
    if of.scope != ANSWER:
        raise Refused("this link is for reading only")


def may_look(of: Assessment) -> None:
    """Raise Refused for a seat in a workshop: it opens nothing of the firm."""
    if of.scope not in OPENS:
        raise Refused("a seat opens nothing of the firm")


def in_time(
    of: Assessment, clock: Callable[[], datetime], deed: Callable[[Connection], T]
) -> Callable[[Connection], T]:
    """The deed, done only while what `of` was opened by is in force; it raises Refused otherwise.

    A page may stand open for hours, and its buttons act with what was read when it was drawn.
    """

    def checked(connection: Connection) -> T:
        if not _still_open(connection, of, clock()):
            raise Refused("the link was withdrawn, or the session has ended")
        return deed(connection)

    return checked


def _still_open(connection: Connection, of: Assessment, at: datetime) -> bool:
    if of.account:
        return sessions.consults(connection, of.workspace, of.account, of.session, at)
    own = (capability.c.id == of.link, capability.c.workspace_id == of.workspace)
    query = select(capability.c.id).where(*own, in_force(capability, at))
    return connection.scalar(query) is not None


def expect(what: str, word: str, allowed: tuple[str, ...]) -> None:
    """Raise ValueError if the word is not one of those allowed."""
    if word not in allowed:
        raise ValueError(f"{what} is {word!r}, expected one of {', '.join(allowed)}")
