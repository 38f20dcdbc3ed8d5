"""Sessions of accounts: who is signed in, as a member of which workspace. Asked on every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, delete, select, update

from assessment.store import audit
from assessment.store.records import CONSULTANT, ROLES_OF_MEMBERS
from assessment.store.schema import account, account_session, capability, membership, workspace
from assessment.store.tokens import digest, may_be, new_token

LIFE: Final = timedelta(hours=12)
When = datetime | BindParameter[datetime]  # a time, or its place in a query that is built once


@dataclass(frozen=True, slots=True)
class Member:
    """An account in its workspace. `role`: "programme" or "consultant"."""

    account: str
    login: str
    name: str
    workspace: str
    workspace_name: str
    role: str


def valid_members() -> tuple[ColumnElement[bool], ...]:
    """Accounts that are enabled and have not been removed from their workspace."""
    return (
        account.c.disabled_at.is_(None),
        membership.c.removed_at.is_(None),
        membership.c.role.in_(ROLES_OF_MEMBERS),
    )


def _in_force(at: When, *columns: Any) -> Select[Any]:
    """Sessions that have neither ended nor been ended, of valid members."""
    same = (account_session.c.workspace_id == membership.c.workspace_id) & (
        account_session.c.account_id == membership.c.account_id
    )
    return (
        select(*columns)
        .select_from(account_session)
        .join(membership, same)
        .join(account, account.c.id == membership.c.account_id)
        .join(workspace, workspace.c.id == membership.c.workspace_id)
        .where(
            account_session.c.expires > at,
            account_session.c.revoked_at.is_(None),
            *valid_members(),
        )
    )


def backs_capability(at: When) -> ColumnElement[bool]:
    """Whether the capability of the outer query is backed by the session of a consultant."""
    return (
        _in_force(at, account_session.c.token_sha256)
        .where(
            account_session.c.token_sha256 == capability.c.session_sha256,
            account_session.c.account_id == capability.c.account_id,
            account_session.c.workspace_id == capability.c.workspace_id,
            membership.c.role == CONSULTANT,
        )
        .correlate(capability)
        .exists()
    )


def consults(connection: Connection, home: str, account_id: str, session: str, at: datetime) -> bool:
    """Whether the session with this hash is in force, of a consultant of the workspace."""
    query = _in_force(at, account_session.c.token_sha256).where(
        account_session.c.token_sha256 == session,
        account_session.c.account_id == account_id,
        account_session.c.workspace_id == home,
        membership.c.role == CONSULTANT,
    )
    return connection.scalar(query) is not None


def member_of(connection: Connection, token: str, at: datetime) -> Member | None:
    """Whose session it is, if it is in force."""
    if not may_be(token):
        return None
    columns = (
        account.c.id,
        account.c.login,
        account.c.name,
        membership.c.workspace_id,
        workspace.c.name.label("workspace_name"),
        membership.c.role,
    )
    query = _in_force(at, *columns).where(account_session.c.token_sha256 == digest(token))
    row = connection.execute(query).first()
    return None if row is None else Member(*row)


def begin(connection: Connection, home: str, account_id: str, at: datetime, how: str) -> str:
    """Open a session of the account. Returns its token, which is shown here once only."""
    token = new_token()
    key = {"workspace_id": home, "account_id": account_id}
    connection.execute(
        account_session.insert().values(**key, token_sha256=digest(token), at=at, expires=at + LIFE)
    )
    connection.execute(update(account).where(account.c.id == account_id).values(seen_at=at))
    audit.note(connection, home, at, "sign in", account_id, account_id, how)
    return token


def end(connection: Connection, token: str, at: datetime) -> None:
    """Close one session, if it is open."""
    found = member_of(connection, token, at)
    connection.execute(
        update(account_session)
        .where(account_session.c.token_sha256 == digest(token), account_session.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    if found is not None:
        audit.note(connection, found.workspace, at, "sign out", found.account, found.account)


def end_all(connection: Connection, account_id: str, at: datetime) -> None:
    """Close all sessions of an account."""
    connection.execute(
        update(account_session)
        .where(account_session.c.account_id == account_id, account_session.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def forget_old(connection: Connection, at: datetime) -> None:
    """Delete sessions whose time is over, and what was good as long as they were."""
    over = select(account_session.c.token_sha256).where(account_session.c.expires < at)
    connection.execute(delete(capability).where(capability.c.session_sha256.in_(over)))
    connection.execute(delete(account_session).where(account_session.c.expires < at))
