"""Beside a running app: look, copy, restore. What only looks needs no lock and cannot write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, MetaData, create_engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from assessment.store import database, dump, erasure, migrate
from assessment.store.keeping import Keeping
from assessment.store.lock import DirectoryLock
from assessment.store.records import StoreBusy, StoreError, Unreachable
from assessment.store.schema import audit, firm

T = TypeVar("T")
_BUSY_MS = 5000


class NoStore(StoreError):
    """There is no store at this address."""


class Outdated(StoreError):
    """The store has the schema of an earlier version: it has to be opened once by the app."""


class Occupied(StoreError):
    """There are firms in the store: nothing is restored over them unasked."""


@contextmanager
def looking(url: str) -> Iterator[Keeping]:
    """The store's content, for reading only. Raises NoStore, Outdated or SchemaTooNew."""
    with _consistent(url) as connection:
        found = migrate.present(connection)
        if found != migrate.head():
            migrate.known(str(found))
            raise Outdated(f"the schema is {found}")

        def read(question: Callable[[Connection], T]) -> T:
            return question(connection)

        yield Keeping(read, lambda: datetime.now(UTC), None)


def back_up(url: str, target: Path) -> dump.Manifest:
    """Copy the store into a new file, and read that again. Raises FileExistsError, NoStore."""
    if target.exists():
        raise FileExistsError(target)
    number, name = tempfile.mkstemp(
        prefix=f".{target.name}-", dir=target.parent
    )  # readable by its owner only
    partial = Path(name)
    try:
        with os.fdopen(number, "wb") as out:
            with _consistent(url) as connection:
                made = dump.write(connection, out, datetime.now(UTC))
            out.flush()
            os.fsync(out.fileno())
        if dump.check(partial) != made:
            raise dump.Damaged("what was written does not read the same")
        os.link(partial, target)  # never over a file that came to be meanwhile
    finally:
        partial.unlink()
    return made


@contextmanager
def _consistent(url: str) -> Iterator[Connection]:
    """One state of the store, however much is written meanwhile."""
    file = database.file_of(url)
    engine = database.reading_engine(url, _BUSY_MS) if file is None else _copy_of(file)
    try:
        with engine.connect().execution_options(isolation_level=_level(engine)) as connection:
            if migrate.present(connection) is None:
                raise NoStore("there is no store at this address")
            yield connection
    except OperationalError as error:
        if not database.lost(error):
            raise
        raise Unreachable("the database server does not answer") from error
    finally:
        engine.dispose()


def _level(engine: Engine) -> str:
    return "REPEATABLE READ" if database.on_server(engine) else "SERIALIZABLE"


def _copy_of(file: Path) -> Engine:
    """A copy in memory. It is read through a connection that can neither write nor tidy up the log."""
    if not file.is_file():
        raise NoStore("there is no store at this address")
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(
        sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=_BUSY_MS / 1000)
    ) as source:
        source.backup(copy)
    ((verdict,),) = copy.execute("PRAGMA integrity_check").fetchall()[:1]
    if verdict != "ok":
        raise StoreError(f"the database is damaged: {verdict}")
    return create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)


def restore(url: str, source: Path, *, force: bool = False) -> dump.Manifest:
    """Put a copy in the place of the store, wholly or not at all.

    Raises Damaged, SchemaTooNew, StoreBusy while an app has it open, and Occupied if it holds firms, unless
    `force`. Firms that this store has erased since are erased again.
    """
    made = dump.check(source)
    migrate.known(made.schema)
    file = database.file_of(url)
    lock = None if file is None else DirectoryLock(file)
    engine = database.writing_engine(url, _BUSY_MS)
    try:
        with migrate.alone(engine) as connection:
            _replace(connection, source, made, force=force)
        erasure.clean(engine, copies=False)
    finally:
        engine.dispose()
        if lock is not None:
            lock.release()
    return made


def _replace(connection: Connection, source: Path, made: dump.Manifest, *, force: bool) -> None:
    if database.on_server(connection) and database.others(connection):
        raise StoreBusy("an app has the database open: stop it first")
    occupied, erased = _what_is_there(connection)
    connection.rollback()
    if occupied and not force:
        raise Occupied(f"{occupied} firms")
    if occupied:
        migrate.backup(connection.engine, "before-restore")
    with connection.begin():
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        migrate.upgrade(connection, to=made.schema)
        dump.read_into(connection, source, made)
        migrate.upgrade(connection)
        for home, firm_id in connection.execute(select(firm.c.workspace_id, firm.c.id)).all():
            if firm_id in erased:
                erasure.erase(connection, home, firm_id, datetime.now(UTC), "restore")


def _what_is_there(connection: Connection) -> tuple[int, set[str]]:
    """How many firms the store holds, and which it has erased."""
    if migrate.present(connection) is None:
        return 0, set()
    count = connection.scalar(select(func.count()).select_from(firm)) or 0
    return count, set(connection.scalars(select(audit.c.subject).where(audit.c.verb == erasure.ERASED)))
