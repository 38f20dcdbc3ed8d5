"""Links to one assessment: to answer, or to read. For whoever may answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from assessment.store import access, assessments
from assessment.store.opening import Work
from assessment.store.records import Assessment
from assessment.store.schema import capability

LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link in a list; its token is not known to anybody any more. `own`: the viewer came by it."""

    id: str
    scope: str
    label: str
    at: datetime
    expires: datetime
    revoked: datetime | None
    own: bool


class Links:
    """Comes from `Store.links`, or `Office.links`. Raises Refused for a reader and for a seat in a workshop,
    and on a deed if what the assessment was opened by has ended.
    """

    def __init__(self, of: Assessment, write: Work, read: Work, clock: Callable[[], datetime]) -> None:
        access.may_write(of)
        self._of, self._write, self._read, self._clock = of, write, read, clock
        self._mine = (
            capability.c.workspace_id == of.workspace,
            capability.c.assessment_id == of.id,
            capability.c.scope.in_(access.OPENS),
            capability.c.origin.is_(None),
            capability.c.account_id.is_(None),
        )

    def all(self) -> list[LinkLine]:
        """Every link of the assessment, oldest first; what browsers got in exchange for one is part of it."""
        names = ("id", "scope", "label", "at", "expires", "revoked_at")
        query = select(*(capability.c[name] for name in names)).where(*self._mine)
        query = query.order_by(capability.c.at, capability.c.id)
        return self._read(lambda c: [self._line(row) for row in c.execute(query)])

    def _line(self, row: Any) -> LinkLine:
        return LinkLine(
            row.id, row.scope, row.label, row.at, row.expires, row.revoked_at, own=row.id == self._of.link
        )

    def new(self, scope: str, label: str, days: int) -> str:
        """A further link. Returns its token, which is shown here once only. Raises ValueError."""
        access.expect("scope", scope, access.OPENS)
        if not 1 <= days <= LONGEST_DAYS:
            raise ValueError(f"a link is good for 1 to {LONGEST_DAYS} days")

        def deed(connection: Connection) -> str:
            at = self._clock()
            id_, token = access.issue_link(connection, self._of, scope, at, at + timedelta(days=days), label)
            assessments.note(connection, self._of, at, "new link", id_)
            return token

        return self._write(access.in_time(self._of, self._clock, deed))

    def revoke(self, id: str) -> bool:  # noqa: A002
        """Make a link useless at once, with all that was got in exchange for it. True if it was in force."""

        def deed(connection: Connection) -> bool:
            at = self._clock()
            done = connection.execute(
                update(capability)
                .where(*self._mine, capability.c.id == id, access.in_force(capability, at))
                .values(revoked_at=at)
            )
            if done.rowcount:
                assessments.note(connection, self._of, at, "revoke link", id)
            return done.rowcount == 1

        return self._write(access.in_time(self._of, self._clock, deed))
