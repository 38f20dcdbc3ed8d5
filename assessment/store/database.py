"""Engines: one that writes, one that only reads, and the lock that keeps a second process out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from assessment.store.records import StoreBusy

# FULL: in a simulation of power cuts NORMAL lost acknowledged answers. secure_delete: erased means erased.
_WRITER_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_READER_PRAGMAS = ("query_only=ON",)


def writing_engine(url: str, busy_ms: int) -> Engine:
    """The engine of the one connection that writes. Each transaction on SQLite is BEGIN IMMEDIATE."""
    return _engine(url, busy_ms, _WRITER_PRAGMAS, begin="BEGIN IMMEDIATE", poolclass=NullPool)


def reading_engine(url: str, busy_ms: int) -> Engine:
    """The engine of everything else; on SQLite its connections cannot write.

    SQLite before 3.51.3 can damage a database when two connections write or checkpoint at once.
    """
    return _engine(url, busy_ms, _READER_PRAGMAS, begin="BEGIN")


def _engine(url: str, busy_ms: int, pragmas: tuple[str, ...], begin: str, **options: Any) -> Engine:
    engine = create_engine(url, **options)
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin when we say so, not when the driver guesses
        for pragma in (f"busy_timeout={busy_ms}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT with ON CONFLICT, which both databases spell alike and SQLAlchemy keeps apart."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def file_of(url: str) -> Path | None:
    """The file behind a SQLite address; None for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a SQLite store needs a file: sqlite:///path/to/file.sqlite3")
    return Path(parsed.database)


class DirectoryLock:
    """Held as long as the store is open. The operating system drops it when the process dies."""

    def __init__(self, database: Path) -> None:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = database.with_name(database.name + ".lock")
        self._file = self._path.open("a+", encoding="ascii")
        try:
            _lock(self._file)
        except OSError:
            holder = self._holder()
            self._file.close()
            raise StoreBusy(
                f"The data in {database.parent} is already in use by another process ({holder}). "
                "Stop that one first, or choose another data directory with ASSESSMENT_DATA."
            ) from None
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}")
        self._file.flush()

    def _holder(self) -> str:
        self._file.seek(0)
        try:
            return self._file.read(40) or "unknown"
        except OSError:  # Windows refuses to read a locked range
            return "unknown"

    def release(self) -> None:
        """Let the next process in. The file stays: were it deleted, two processes could lock two files."""
        self._file.close()


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
