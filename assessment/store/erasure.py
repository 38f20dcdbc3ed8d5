"""All rows of one firm: to hand them over, or to erase them and leave nothing of them in the files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, func, select

from assessment.store import audit
from assessment.store.database import file_of, on_server
from assessment.store.records import StoreError
from assessment.store.schema import (
    answer_revision,
    assessment,
    capability,
    firm,
    metadata,
    workshop,
    workspace,
)

ERASED: Final = "erase firm"  # the verb of the audit entry that stays
_JSON: Final = {"answer_revision": ("value", "confirmed"), "capability": ("params",)}
_SECRET: Final = {capability.c.token_sha256, capability.c.session_sha256, workshop.c.code_sha256}
_PATIENCE: Final = 10.0  # seconds for readers to let go of the old pages


def owned(table: Table, home: str, firm_id: str) -> ColumnElement[bool] | None:
    """Which rows of a table are the firm's; None if the table holds nothing of any firm."""
    if table is firm:
        mine = firm.c.id == firm_id
    elif "firm_id" in table.c:
        mine = table.c.firm_id == firm_id
    elif "assessment_id" in table.c:
        its = select(assessment.c.id).where(
            assessment.c.workspace_id == home, assessment.c.firm_id == firm_id
        )
        mine = table.c.assessment_id.in_(its)
    else:
        return None
    return (table.c.workspace_id == home) & mine


def _tables(home: str, firm_id: str) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    for table in metadata.sorted_tables:
        where = owned(table, home, firm_id)
        if where is not None:
            yield table, where


def export(connection: Connection, home: str, firm_id: str) -> dict[str, Any]:
    """Every row of the firm, table by table, with its part of the audit; without hashes of its links."""
    tables = {}
    for table, where in _tables(home, firm_id):
        columns = [column for column in table.c if column not in _SECRET]
        rows = connection.execute(select(*columns).where(where).order_by(*table.primary_key)).mappings()
        tables[table.name] = [_plain(table.name, dict(row)) for row in rows]
    subjects = {firm_id, *(row["id"] for row in tables["assessment"])}
    entries = audit.entries(connection, home)
    told = [_plain("audit", entry) for entry in entries if entry["subject"] in subjects]
    return {"tables": tables, "audit": told}


def _plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row as JSON can carry it."""
    for name, value in row.items():
        if isinstance(value, datetime):
            row[name] = value.isoformat()
        elif name in _JSON.get(table, ()):
            row[name] = json.loads(value)
    return row


def erase(connection: Connection, home: str, firm_id: str, at: datetime, actor: str) -> None:
    """Delete every row of the firm; the fact that it was erased stays in the audit, without its name."""
    for table, where in reversed(list(_tables(home, firm_id))):
        connection.execute(delete(table).where(where))
    audit.note(connection, home, at, ERASED, firm_id, actor)


def expired(connection: Connection, at: datetime) -> list[tuple[str, str]]:
    """Workspace and id of each firm in which nothing happened for as long as its workspace keeps data."""
    same = (assessment.c.workspace_id == firm.c.workspace_id) & (assessment.c.firm_id == firm.c.id)
    its = (answer_revision.c.workspace_id == assessment.c.workspace_id) & (
        answer_revision.c.assessment_id == assessment.c.id
    )
    query = (
        select(
            firm.c.workspace_id,
            firm.c.id,
            firm.c.at,
            workspace.c.retain_days,
            func.max(assessment.c.at).label("begun"),
            func.max(answer_revision.c.at).label("answered"),
        )
        .join(workspace, workspace.c.id == firm.c.workspace_id)
        .outerjoin(assessment, same)
        .outerjoin(answer_revision, its)
        .where(workspace.c.retain_days.is_not(None))
        .group_by(firm.c.workspace_id, firm.c.id, firm.c.at, workspace.c.retain_days)
    )
    found = []
    for row in connection.execute(query).mappings():
        last = max(moment for moment in (row["at"], row["begun"], row["answered"]) if moment)
        if last < at - timedelta(days=row["retain_days"]):
            found.append((str(row["workspace_id"]), str(row["id"])))
    return found


def clean(engine: Engine, *, copies: bool = True) -> None:
    """Write the files anew, without the old pages; `copies`: delete the copies made before upgrades too.

    Raises StoreError if readers do not let go in time: what was erased is erased, only old pages remain.
    """
    raw = engine.raw_connection()
    try:
        if on_server(engine):
            raw.driver_connection.autocommit = True  # type: ignore[union-attr]
            for table in metadata.tables:
                raw.cursor().execute(f'VACUUM (FULL, ANALYZE) "{table}"')
        else:
            raw.cursor().execute("VACUUM")
            _empty_log(raw.cursor())
    finally:
        raw.invalidate()
        raw.close()
    file = file_of(engine.url.render_as_string(hide_password=False))
    if copies and file is not None:
        for copy in file.parent.glob(f"backups/{file.stem}-*"):
            copy.unlink()


def _empty_log(cursor: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > end:
            raise StoreError("old pages remain in the log file: something reads without end")
        time.sleep(0.05)
