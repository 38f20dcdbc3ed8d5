"""Accounts: who may sign in, and signing in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, update

from assessment.store import access, members, sessions, tries
from assessment.store.database import storable
from assessment.store.members import AccountEntry, Ownself
from assessment.store.opening import Work
from assessment.store.passwords import Passwords
from assessment.store.records import ROLES_OF_MEMBERS
from assessment.store.schema import account as accounts
from assessment.store.sessions import Member
from assessment.store.tries import Limit

FROM_ONE_ADDRESS: Final = 10  # wrong tries a minute
FROM_EVERYWHERE: Final = 300  # a minute
FOR_ONE_LOGIN: Final = 8  # in five minutes, so under 100 an hour: OWASP ASVS 4.0.3, 2.2.1
Who = Callable[[Connection], tuple[str | None, str]]


class Roster:
    """The accounts of one workspace (`Office.accounts`) or of all of them (`Store.accounts`).

    `who` is asked within each deed: the workspace it may be done in, None for any, and the id of who does it.
    """

    def __init__(
        self, write: Work, read: Work, clock: Callable[[], datetime], passwords: Passwords, who: Who
    ) -> None:
        self._write, self._read, self._clock = write, read, clock
        self._passwords, self._who = passwords, who

    def add(self, login: str, name: str, role: str, password: str | None, workspace: str = "") -> Member:
        """Add an account to a workspace, by its name; "": the first. A new name makes a new workspace.

        Without a password only who is known elsewhere can sign in. An office adds to its own workspace alone.
        Raises LoginTaken, WeakPassword; ValueError for an unknown role or a login that is empty or too long.
        """
        access.expect("role", role, ROLES_OF_MEMBERS)
        plain, shown = members.plain_login(login), storable(name.strip())
        if not 0 < len(plain) <= members.LONGEST or len(shown) > members.LONGEST:
            raise ValueError(f"a login has from 1 to {members.LONGEST} characters, a name no more")
        kept = None if password is None else self._passwords.hash(password)

        def deed(connection: Connection) -> Member:
            at, (own, actor) = self._clock(), self._who(connection)
            home = own or members.workspace_named(connection, storable(workspace.strip()), at)
            id_ = members.add(connection, home, (plain, shown or plain, role), kept, at, actor)
            return members.member(connection, id_)

        return self._write(deed)

    def set_password(self, account: str, password: str) -> None:
        """Replace the password and end all sessions. Raises WeakPassword, UnknownAccount."""
        kept = self._passwords.hash(password)
        self._change(
            account, lambda c, home, who: members.set_password(c, home, account, kept, self._at, who)
        )

    def disable(self, account: str) -> None:
        """End all sessions at once and let the account open none. Raises UnknownAccount, Ownself."""
        self._change(
            account,
            lambda c, home, who: members.set_disabled(c, home, account, self._at, who, disabled=True),
            own=False,
        )

    def enable(self, account: str) -> None:
        """Let the account sign in again. Raises UnknownAccount."""
        self._change(
            account,
            lambda c, home, who: members.set_disabled(c, home, account, self._at, who, disabled=False),
        )

    def remove(self, account: str) -> None:
        """Take the account out of its workspace at once; `add` takes it back. As `disable`."""
        self._change(account, lambda c, home, who: members.remove(c, home, account, self._at, who), own=False)

    def all_of(self, workspace: str | None = None) -> list[AccountEntry]:
        """The accounts of a workspace, by its id; None: all that one may see."""

        def question(connection: Connection) -> list[AccountEntry]:
            own, _ = self._who(connection)
            return members.entries(connection, own or workspace)

        return self._read(question)

    @property
    def _at(self) -> datetime:
        return self._clock()

    def _change(
        self, account: str, what: Callable[[Connection, str, str], None], *, own: bool = True
    ) -> None:
        """`own`: whether one may do it to oneself; or the last to look after accounts could be shut out."""

        def deed(connection: Connection) -> None:
            within, actor = self._who(connection)
            home = members.home_of(connection, account, within)
            if actor == account and not own:
                raise Ownself("nobody shuts themselves out")
            what(connection, home, actor)

        self._write(deed)


class Accounts(Roster):
    """All accounts of the installation, and its door. Comes from `Store.accounts`."""

    def of(self, who: Member) -> Roster:
        """The accounts of a member's workspace, in their name: what they may do is the caller's to know."""
        work = (self._write, self._read, self._clock, self._passwords)
        return Roster(*work, lambda _connection: (who.workspace, who.account))

    def find(self, login: str) -> AccountEntry | None:
        """The account with this login."""
        plain = members.plain_login(login)
        return next((entry for entry in self.all_of() if entry.login == plain), None)

    def sign_in(self, login: str, password: str, address: str) -> str | None:
        """The token of a session of 12 hours, or None: unknown, wrong, disabled and removed alike.

        `address`: where the try comes from; wrong tries are counted by it, by login and in all, before the
        password is looked at. Unknown logins cost the same work. Raises TooManyTries, NotSaved.
        """
        at, plain = self._clock(), members.plain_login(login)
        limits = (
            Limit("sign in", address, FROM_ONE_ADDRESS),
            Limit("sign in login", plain, FOR_ONE_LOGIN, minutes=5),
            Limit("sign in everywhere", "", FROM_EVERYWHERE),
        )
        self._write(lambda connection: tries.take(connection, limits, at))
        found = self._read(lambda connection: members.by_login(connection, plain))
        if not self._passwords.check(found.password_hash if found else None, password) or found is None:
            return None
        newer = self._passwords.hash(password) if self._passwords.outdated(found.password_hash) else None

        def deed(connection: Connection) -> str | None:
            tries.give_back(connection, limits, at)
            if newer is not None:
                own = (accounts.c.id == found.id, accounts.c.password_hash == found.password_hash)
                connection.execute(update(accounts).where(*own).values(password_hash=newer))
            return self._begin(connection, plain, "password", newer or found.password_hash)

        return self._write(deed)

    def sign_in_proven(self, login: str) -> str | None:
        """The same for somebody who has proved elsewhere (OIDC) that the login is theirs."""
        return self._write(lambda connection: self._begin(connection, login, "proven"))

    def _begin(self, connection: Connection, login: str, how: str, kept: str | None = None) -> str | None:
        """A session, if the account may have one now and its password is still the one that was checked."""
        at, found = self._clock(), members.by_login(connection, login)
        if found is None or (kept is not None and found.password_hash != kept):
            return None
        sessions.forget_old(connection, at)
        return sessions.begin(connection, found.workspace_id, found.id, at, how)

    def member(self, token: str) -> Member | None:
        """Whose session it is; None if unknown, over, ended, disabled or removed. Ask on every run."""
        return self._read(lambda connection: sessions.member_of(connection, token, self._clock()))

    def sign_out(self, token: str) -> None:
        """End the session, and all that was entered with it."""
        self._write(lambda connection: sessions.end(connection, token, self._clock()))
