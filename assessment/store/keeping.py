"""What whoever keeps the data does: see who is in it, follow the audit, hand over, erase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, func, select, update

from assessment.store import audit, erasure, members
from assessment.store.members import AccountEntry
from assessment.store.records import Refused, StoreError
from assessment.store.schema import answer_revision, assessment, firm, workspace
from assessment.store.writer import Writer

T = TypeVar("T")
EXPORT: Final = "assessment-firm/1"


class Read(Protocol):
    """How a question gets its connection."""

    def __call__(self, question: Callable[[Connection], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class FirmEntry:
    """A firm in the store. `last`: when something of it was last answered or begun."""

    workspace: str
    id: str
    name: str
    assessments: int
    revisions: int
    last: datetime


class UnknownFirm(StoreError):
    """No firm has this id; erased ones have none any more."""


class Keeping:
    """Comes from `Store.keeping`, or from `outside.looking` if another process has the store open.

    Bound to one workspace, or to none for whoever runs the whole installation.
    """

    def __init__(
        self, read: Read, clock: Callable[[], datetime], home: str | None, writer: Writer | None = None
    ) -> None:
        self._read, self._clock, self._home, self._writer = read, clock, home, writer

    def firms(self) -> list[FirmEntry]:
        """Every firm, by name and id."""
        return self._read(lambda connection: _firms(connection, self._home))

    def accounts(self) -> list[AccountEntry]:
        """Every account, by workspace and name."""
        return self._read(lambda connection: members.entries(connection, self._home))

    def audit(self) -> list[dict[str, Any]]:
        """Every audit entry as its columns, oldest first within each workspace."""

        def question(connection: Connection) -> list[dict[str, Any]]:
            return [entry for home in self._homes(connection) for entry in audit.entries(connection, home)]

        return self._read(question)

    def audit_broken_at(self) -> int | None:
        """The first entry that was altered or follows a removed one; None if every chain holds."""

        def question(connection: Connection) -> int | None:
            broken = (audit.first_broken(connection, home) for home in self._homes(connection))
            return next((seq for seq in broken if seq is not None), None)

        return self._read(question)

    def export_firm(self, firm_id: str) -> dict[str, Any]:
        """All of a firm's data as JSON can carry it. Raises UnknownFirm."""

        def question(connection: Connection) -> dict[str, Any]:
            home = self._home_of(connection, firm_id)
            return {"format": EXPORT, **erasure.export(connection, home, firm_id)}

        return self._read(question)

    def erase_firm(self, firm_id: str, actor: str = "") -> None:
        """Erase all of a firm's data, in tables and files. Raises UnknownFirm; StoreError if pages remain."""

        def deed(connection: Connection) -> None:
            erasure.erase(connection, self._home_of(connection, firm_id), firm_id, self._clock(), actor)

        self._write(deed)
        self.clean()

    def retention(self) -> int | None:
        """Days a firm's data stay after its last change; None: until it is erased."""

        def question(connection: Connection) -> int | None:
            shortest = select(func.min(workspace.c.retain_days))
            found = connection.scalar(shortest.where(workspace.c.id.in_(self._homes(connection))))
            return None if found is None else int(found)

        return self._read(question)

    def set_retention(self, days: int | None, actor: str = "") -> None:
        """Set or lift the period. Raises ValueError for less than a day. Erases nothing by itself."""
        if days is not None and days < 1:
            raise ValueError("a retention period is one day at least")

        def deed(connection: Connection) -> None:
            for home in self._homes(connection):
                connection.execute(update(workspace).where(workspace.c.id == home).values(retain_days=days))
                audit.note(connection, home, self._clock(), "set retention", home, actor, str(days or ""))

        self._write(deed)

    def expired(self) -> list[str]:
        """Ids of the firms whose period is over."""
        return self._read(lambda connection: [id_ for _, id_ in self._expired(connection)])

    def erase_expired(self, actor: str = "") -> int:
        """Erase the firms whose period is over, and old pages in any case. Returns how many firms."""

        def deed(connection: Connection) -> int:
            over = self._expired(connection)
            for home, firm_id in over:
                erasure.erase(connection, home, firm_id, self._clock(), actor)
            return len(over)

        count = self._write(deed)
        self.clean()
        return count

    def clean(self) -> None:
        """Write the database's files anew, without pages of what was erased; delete copies beside them."""
        if self._writer is None:
            raise Refused("the store was opened for reading only")
        self._writer.alone(erasure.clean)

    def _write(self, deed: Callable[[Connection], T]) -> T:
        if self._writer is None:
            raise Refused("the store was opened for reading only")
        return self._writer.do(deed)

    def _homes(self, connection: Connection) -> list[str]:
        if self._home is not None:
            return [self._home]
        return [str(id_) for id_ in connection.scalars(select(workspace.c.id).order_by(workspace.c.id))]

    def _home_of(self, connection: Connection, firm_id: str) -> str:
        homes = self._homes(connection)
        query = select(firm.c.workspace_id).where(firm.c.id == firm_id, firm.c.workspace_id.in_(homes))
        found = connection.scalar(query)
        if found is None:
            raise UnknownFirm(firm_id)
        return str(found)

    def _expired(self, connection: Connection) -> list[tuple[str, str]]:
        homes = self._homes(connection)
        return [entry for entry in erasure.expired(connection, self._clock()) if entry[0] in homes]


def _firms(connection: Connection, home: str | None) -> list[FirmEntry]:
    same = (assessment.c.workspace_id == firm.c.workspace_id) & (assessment.c.firm_id == firm.c.id)
    its = (answer_revision.c.workspace_id == assessment.c.workspace_id) & (
        answer_revision.c.assessment_id == assessment.c.id
    )
    query = (
        select(
            firm,
            func.count(assessment.c.id.distinct()).label("assessments"),
            func.count(answer_revision.c.seq).label("revisions"),
            func.max(assessment.c.at).label("begun"),
            func.max(answer_revision.c.at).label("answered"),
        )
        .outerjoin(assessment, same)
        .outerjoin(answer_revision, its)
        .group_by(*firm.c)
        .order_by(firm.c.name, firm.c.id)
    )
    if home is not None:
        query = query.where(firm.c.workspace_id == home)
    return [
        FirmEntry(
            workspace=row["workspace_id"],
            id=row["id"],
            name=row["name"],
            assessments=row["assessments"],
            revisions=row["revisions"],
            last=max(moment for moment in (row["at"], row["begun"], row["answered"]) if moment),
        )
        for row in connection.execute(query).mappings()
    ]
