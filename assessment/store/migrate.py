"""Bring a database to this program's schema: refuse a newer one, keep a copy before a change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, select

from assessment.store.database import file_of, lock_number, on_server
from assessment.store.records import SchemaTooNew, StoreError
from assessment.store.schema import workspace

SCRIPTS = Path(__file__).with_name("migrations")
FIRST: Final = "default"  # name of the workspace that is made first
_PATIENCE: Final = "10min"  # an upgrade of a large database, and the wait for another process's


def prepare(engine: Engine, scripts: Path, new_id: str, at: datetime) -> tuple[str, str]:
    """Schema's revision and first workspace, both made if missing. Processes that start together take turns.

    Raises SchemaTooNew, touching nothing.
    """
    with alone(engine) as connection:
        return upgrade(connection, scripts), first_workspace(connection, new_id, at)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A connection without limits of time, while no other process prepares the same database."""
    with engine.connect() as connection:
        if not on_server(connection):
            yield connection
            return
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(f"SET {limit} = '{_PATIENCE}'")
        connection.exec_driver_sql("SELECT pg_advisory_lock(%s)", (lock_number("upgrade"),))
        connection.commit()
        try:
            yield connection
        finally:
            connection.invalidate()  # the lock and the limits end with the session


def upgrade(connection: Connection, scripts: Path = SCRIPTS, to: str = "head") -> str:
    """Apply what is missing. Returns the schema's revision. Raises SchemaTooNew, touching nothing.

    Within a transaction of the caller's it becomes part of it, and no copy is made.
    """
    config = _config(scripts)
    config.attributes["connection"] = connection
    wanted, within = head(scripts), connection.in_transaction()
    found = present(connection)
    if not within:
        connection.rollback()
    if found == wanted:
        return wanted
    if found is not None:
        known(found, scripts)
        if not within:
            backup(connection.engine, f"before-{wanted}")
    command.upgrade(config, to)
    return wanted


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def head(scripts: Path = SCRIPTS) -> str:
    """The schema of this program."""
    found = ScriptDirectory.from_config(_config(scripts)).get_current_head()
    assert found is not None
    return found


def present(connection: Connection) -> str | None:
    """The schema of the database; None if it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def known(revision: str, scripts: Path = SCRIPTS) -> None:
    """Raises SchemaTooNew for a schema this program has never heard of."""
    try:
        ScriptDirectory.from_config(_config(scripts)).get_revision(revision)
    except CommandError as error:
        raise SchemaTooNew(
            f"The data was written by a newer version of this program (schema {revision}). "
            "Start that version, or restore the copy made before its upgrade from the folder 'backups'."
        ) from error


def backup(engine: Engine, name: str) -> Path | None:
    """A checked copy beside the database, in `backups/`. None where the database server has its own tools."""
    source = file_of(engine.url.render_as_string(hide_password=False))
    if source is None:
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = source.parent / "backups" / f"{source.stem}-{name}-{stamp}{source.suffix}"
    target.parent.mkdir(mode=0o700, exist_ok=True)
    # The backup call sees one consistent state; copying the file without its -wal would lose answers.
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise StoreError(f"the copy {target} is damaged: {verdict}")
    return target


def first_workspace(connection: Connection, new_id: str, at: datetime) -> str:
    """The id of the workspace a single installation works in, made on the first start.

    It is known by its name: a clock that was set back must not let another one take its place.
    """
    first = (
        select(workspace.c.id).order_by(workspace.c.name != FIRST, workspace.c.at, workspace.c.id).limit(1)
    )
    with connection.begin():
        known = connection.scalar(first)
        if known is None:
            connection.execute(workspace.insert().values(id=new_id, name=FIRST, at=at))
        return str(known or new_id)
