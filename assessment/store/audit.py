"""Who did what to what, as a chain: each entry carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from assessment.store.columns import Moment
from assessment.store.schema import audit, workspace

FIRST: Final = "0" * 64
_MOMENT = Moment()


def note(
    connection: Connection,
    workspace_id: str,
    at: datetime,
    verb: str,
    subject: str,
    actor: str = "",
    detail: str = "",
) -> None:
    """Append one entry. `detail` must hold no answer, no name and no token."""
    # Processes queue here on a database with row locks; SQLite has one writer and ignores it. NO KEY: rows
    # that point to the workspace hold a share of its key, and two that wait for each other's would never end.
    home = select(workspace.c.id).where(workspace.c.id == workspace_id)
    connection.execute(home.with_for_update(key_share=True))
    last = connection.scalar(
        select(audit.c.hash).where(audit.c.workspace_id == workspace_id).order_by(audit.c.seq.desc()).limit(1)
    )
    entry = {
        "workspace_id": workspace_id,
        "at": at,
        "actor": actor,
        "verb": verb,
        "subject": subject,
        "detail": detail,
        "prev_hash": last or FIRST,
    }
    connection.execute(audit.insert().values(**entry, hash=_digest(entry)))


def entries(connection: Connection, workspace_id: str) -> list[dict[str, Any]]:
    """Every entry of a workspace as its columns, oldest first."""
    query = select(audit).where(audit.c.workspace_id == workspace_id).order_by(audit.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def first_broken(connection: Connection, workspace_id: str) -> int | None:
    """The `seq` of the first entry that was altered or follows a removed one; None if the chain holds.

    Entries cut off at the end leave no trace inside the database: keep the last hash elsewhere to see that.
    """
    expected = FIRST
    for row in connection.execute(
        select(audit).where(audit.c.workspace_id == workspace_id).order_by(audit.c.seq)
    ).mappings():
        if row["prev_hash"] != expected or row["hash"] != _digest(row):
            return int(row["seq"])
        expected = row["hash"]
    return None


def _digest(entry: Mapping[str, object] | RowMapping) -> str:
    parts = [entry[key] for key in ("workspace_id", "actor", "verb", "subject", "detail", "prev_hash")]
    at = entry["at"]
    assert isinstance(at, datetime)
    text = json.dumps([at.isoformat(timespec="microseconds"), *parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
