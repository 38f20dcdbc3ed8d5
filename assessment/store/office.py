"""A workspace as its members see it. Each deed asks again who they are: nothing is kept from the last run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, select, update

from assessment.store import access, assessments, audit, brands, caseload, sessions
from assessment.store.accounts import Roster
from assessment.store.brands import StoredBrand
from assessment.store.caseload import FirmLine
from assessment.store.links import Links
from assessment.store.opening import Work
from assessment.store.passwords import Passwords
from assessment.store.records import ANSWER, CONSULTANT, PATHS, PROGRAMME, ROLES_OF_MEMBERS, Refused
from assessment.store.schema import workspace
from assessment.store.sessions import Member
from assessment.store.tokens import digest

T = TypeVar("T")
ENTRY_LIFE = timedelta(minutes=2)


class Office:
    """Comes from `Store.office`. Everything raises Refused once the session is no longer in force.

    A programme sees who is there and how far they are; answers, links and reports are a consultant's.
    """

    def __init__(
        self, token: str, write: Work, read: Work, clock: Callable[[], datetime], passwords: Passwords
    ) -> None:
        self._token, self._work, self._look = token, write, read
        self._clock, self._passwords = clock, passwords
        self.member: Member = self._read(lambda _connection, member: member)

    def _who(self, connection: Connection, roles: tuple[str, ...]) -> Member:
        member = sessions.member_of(connection, self._token, self._clock())
        if member is None or member.role not in roles:
            raise Refused("not signed in, or not in this role")
        return member

    def _read(self, question: Callable[[Connection, Member], T], *roles: str) -> T:
        return self._look(lambda c: question(c, self._who(c, roles or ROLES_OF_MEMBERS)))

    def _write(self, deed: Callable[[Connection, Member], T], *roles: str) -> T:
        return self._work(lambda c: deed(c, self._who(c, roles or ROLES_OF_MEMBERS)))

    # Firms -------------------------------------------------------------------------------------

    def firms(self) -> list[FirmLine]:
        """Every assessment of the workspace and how far it is, by name of the firm, newest first."""
        return self._read(lambda c, member: caseload.lines(c, member.workspace, self._clock()))

    def add_firm(self, name: str, edition: str, fingerprint: str, language: str, path: str) -> str:
        """A new firm, with oneself in charge. Returns the id of its assessment. Consultants only."""
        access.expect("path", path, PATHS)

        def deed(connection: Connection, member: Member) -> str:
            at = self._clock()
            made = assessments.new(member.workspace, edition, fingerprint, language, path, name)
            made = replace(made, account=member.account)
            assessments.create(connection, made, at)
            caseload.put_in_charge(connection, member.workspace, made.firm_id, member.account, at)
            return made.id

        return self._write(deed, CONSULTANT)

    def enter(self, assessment: str, browser: str) -> str:
        """A ticket that lets this one browser into an assessment, as `Store.new_entry_ticket`.

        What it is exchanged for ends with the session. Consultants only; Refused for an unknown id.
        """

        def deed(connection: Connection, member: Member) -> str:
            at, found = self._clock(), caseload.assessment_of(connection, member, self._token, assessment)
            access.forget_old(connection, at)
            assessments.note(connection, found, at, "enter")
            params = {"browser": digest(browser), "scope": ANSWER}
            return access.issue(connection, found, access.ENTRY, at, at + ENTRY_LIFE, params)

        return self._write(deed, CONSULTANT)

    def links(self, assessment: str) -> Links:
        """The links of an assessment, without entering it. Consultants only; Refused for an unknown id."""
        found = self._read(
            lambda c, member: caseload.assessment_of(c, member, self._token, assessment), CONSULTANT
        )
        return Links(found, self._work, self._look, self._clock)

    def take_charge(self, firm: str) -> None:
        """Become the consultant of a firm: its reports bear one's own brand. Refused for an unknown id."""

        def deed(connection: Connection, member: Member) -> None:
            caseload.take_charge(connection, member, firm, self._clock())

        self._write(deed, CONSULTANT)

    # One's own brand ---------------------------------------------------------------------------

    def brand(self) -> StoredBrand | None:
        """What the reports of one's own firms bear. Consultants only."""
        return self._read(lambda c, m: brands.of_account(c, m.workspace, m.account), CONSULTANT)

    def set_brand(self, name: str, office: str, colour: str, logo: bytes) -> None:
        """Set it. Raises ValueError for what is too long. Consultants only."""
        new = brands.checked(name, office, colour, logo)

        def deed(connection: Connection, member: Member) -> None:
            at = self._clock()
            brands.put(connection, member.workspace, member.account, new, at)
            audit.note(connection, member.workspace, at, "set brand", member.account, member.account)

        self._write(deed, CONSULTANT)

    # What a programme does ---------------------------------------------------------------------

    @property
    def accounts(self) -> Roster:
        """The accounts of the workspace. Programmes only."""

        def who(connection: Connection) -> tuple[str, str]:
            member = self._who(connection, (PROGRAMME,))
            return member.workspace, member.account

        return Roster(self._work, self._look, self._clock, self._passwords, who)

    def audit(self) -> list[dict[str, Any]]:
        """Every audit entry of the workspace as its columns, oldest first. Programmes only."""
        return self._read(lambda c, member: audit.entries(c, member.workspace), PROGRAMME)

    def audit_broken_at(self) -> int | None:
        """The first entry that was altered or follows a removed one; None if the chain holds."""
        return self._read(lambda c, member: audit.first_broken(c, member.workspace), PROGRAMME)

    def retention(self) -> int | None:
        """Days a firm's data stay after its last change; None: until it is erased. Programmes only."""

        def question(connection: Connection, member: Member) -> int | None:
            of = select(workspace.c.retain_days).where(workspace.c.id == member.workspace)
            found = connection.scalar(of)
            return None if found is None else int(found)

        return self._read(question, PROGRAMME)

    def set_retention(self, days: int | None) -> None:
        """Set or lift the period. Raises ValueError for less than a day. Programmes only."""
        if days is not None and days < 1:
            raise ValueError("a retention period is one day at least")

        def deed(connection: Connection, member: Member) -> None:
            home = member.workspace
            connection.execute(update(workspace).where(workspace.c.id == home).values(retain_days=days))
            audit.note(
                connection, home, self._clock(), "set retention", home, member.account, str(days or "")
            )

        self._write(deed, PROGRAMME)
