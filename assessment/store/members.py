"""The queries of accounts and their membership of a workspace. An account works in one workspace."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from assessment.store import audit, sessions
from assessment.store.assessments import new_id
from assessment.store.database import storable, take_turn
from assessment.store.migrate import FIRST
from assessment.store.records import Refused
from assessment.store.schema import account, membership, workspace
from assessment.store.sessions import Member

LONGEST = 200  # characters of a login or a name


class LoginTaken(Refused):
    """Somebody has this login."""


class UnknownAccount(Refused):
    """No account in this workspace has this id."""


class Ownself(Refused):
    """Nobody disables or removes the account they are signed in with."""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account as those see it who look after accounts. `last_seen`: when it last signed in."""

    account: str
    login: str
    name: str
    role: str
    disabled: bool
    last_seen: datetime | None
    workspace_name: str


def plain_login(login: str) -> str:
    """As logins are kept and compared."""
    return storable(unicodedata.normalize("NFKC", login).strip().casefold())


def add(
    connection: Connection, home: str, new: tuple[str, str, str], kept: str | None, at: datetime, actor: str
) -> str:
    """Add (login, name, role), or take back who was removed from this workspace. Returns the account's id."""
    login, name, role = new
    take_turn(connection, "accounts")
    found = connection.execute(
        select(account.c.id, membership.c.workspace_id, membership.c.removed_at)
        .outerjoin(membership, membership.c.account_id == account.c.id)
        .where(account.c.login == login)
    ).first()
    if found is None:
        id_ = new_id()
        person = {"id": id_, "login": login, "name": name, "password_hash": kept, "at": at}
        connection.execute(account.insert().values(person))
        connection.execute(membership.insert().values(workspace_id=home, account_id=id_, role=role, at=at))
    elif found.workspace_id == home and found.removed_at is not None:
        id_ = str(found.id)
        again = {"name": name, "password_hash": kept, "disabled_at": None}
        connection.execute(update(account).where(account.c.id == id_).values(again))
        connection.execute(
            update(membership).where(membership.c.account_id == id_).values(role=role, removed_at=None)
        )
    else:
        raise LoginTaken("somebody has this login")
    audit.note(connection, home, at, "add account", id_, actor, role)
    return id_


def home_of(connection: Connection, account_id: str, within: str | None) -> str:
    """The workspace of an account. Raises UnknownAccount, also if it is not the one looked `within`."""
    query = select(membership.c.workspace_id).where(
        membership.c.account_id == account_id, membership.c.removed_at.is_(None)
    )
    found = connection.scalar(query if within is None else query.where(membership.c.workspace_id == within))
    if found is None:
        raise UnknownAccount("no account has this id")
    return str(found)


def remove(connection: Connection, home: str, account_id: str, at: datetime, actor: str) -> None:
    """End the membership and all sessions. Firms keep saying who was in charge, reports keep the brand."""
    own = (membership.c.workspace_id == home, membership.c.account_id == account_id)
    connection.execute(update(membership).where(*own).values(removed_at=at))
    sessions.end_all(connection, account_id, at)
    audit.note(connection, home, at, "remove account", account_id, actor)


def set_disabled(
    connection: Connection, home: str, account_id: str, at: datetime, actor: str, *, disabled: bool
) -> None:
    """Shut an account out at once, or let it sign in again."""
    value = at if disabled else None
    connection.execute(update(account).where(account.c.id == account_id).values(disabled_at=value))
    if disabled:
        sessions.end_all(connection, account_id, at)
    audit.note(connection, home, at, "disable account" if disabled else "enable account", account_id, actor)


def set_password(
    connection: Connection, home: str, account_id: str, kept: str, at: datetime, actor: str
) -> None:
    """Replace the hash; whoever was signed in with the old password no longer is."""
    connection.execute(update(account).where(account.c.id == account_id).values(password_hash=kept))
    sessions.end_all(connection, account_id, at)
    audit.note(connection, home, at, "set password", account_id, actor)


def by_login(connection: Connection, login: str) -> Row[Any, Any, Any] | None:
    """Id, hash and workspace of the account that may sign in with this login."""
    columns = (account.c.id, account.c.password_hash, membership.c.workspace_id)
    return connection.execute(
        select(*columns)
        .join(membership, membership.c.account_id == account.c.id)
        .where(account.c.login == plain_login(login), *sessions.valid_members())
    ).first()


def member(connection: Connection, account_id: str) -> Member:
    """The account in its workspace."""
    columns = (account.c.id, account.c.login, account.c.name, membership.c.workspace_id)
    row = connection.execute(
        select(*columns, workspace.c.name.label("home"), membership.c.role)
        .join(membership, membership.c.account_id == account.c.id)
        .join(workspace, workspace.c.id == membership.c.workspace_id)
        .where(account.c.id == account_id)
    ).one()
    return Member(*row)


def entries(connection: Connection, home: str | None) -> list[AccountEntry]:
    """The accounts of a workspace, or of all of them, by name."""
    columns = (account.c.id, account.c.login, account.c.name, membership.c.role)
    query = (
        select(*columns, account.c.disabled_at, account.c.seen_at, workspace.c.name.label("home"))
        .join(membership, membership.c.account_id == account.c.id)
        .join(workspace, workspace.c.id == membership.c.workspace_id)
        .where(membership.c.removed_at.is_(None))
        .order_by(workspace.c.at, workspace.c.id, account.c.name, account.c.login)
    )
    if home is not None:
        query = query.where(membership.c.workspace_id == home)
    return [
        AccountEntry(row[0], row[1], row[2], row.role, row.disabled_at is not None, row.seen_at, row.home)
        for row in connection.execute(query)
    ]


def workspace_named(connection: Connection, name: str, at: datetime) -> str:
    """The id of the workspace of this name, made if it is new; "": the first one."""
    take_turn(connection, "workspaces")
    found = connection.scalar(select(workspace.c.id).where(workspace.c.name == (name or FIRST)))
    if found is not None:
        return str(found)
    made = new_id()
    connection.execute(workspace.insert().values(id=made, name=name or FIRST, at=at))
    return made
