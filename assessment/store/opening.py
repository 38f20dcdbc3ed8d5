"""An open database: its lock, the one thread that writes, and connections that only read."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from assessment.store import assessments, database, migrate, schema
from assessment.store.lock import DirectoryLock
from assessment.store.records import Health, NotSaved, Unreachable
from assessment.store.writer import Writer

T = TypeVar("T")
PATIENCE: Final = 5.0  # seconds to wait for a server on its way down or up


class Work(Protocol):
    """How a deed or a question gets its connection."""

    def __call__(self, deed: Callable[[Connection], T], /) -> T: ...


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Opening:
    """Thread-safe. One process opens a SQLite store at a time; `close` it, or use it in a `with`."""

    def __init__(self, url: str, busy_ms: int, clock: Callable[[], datetime], scripts: Path) -> None:
        """Open, upgrade if needed. Raises StoreBusy or SchemaTooNew, with a sentence for the operator."""
        self._clock = clock
        file = database.file_of(url)
        self._writing = database.writing_engine(url, busy_ms)
        self._reading = database.reading_engine(url, busy_ms)
        self._lock = None if file is None else DirectoryLock(file)
        try:
            self._schema, self._workspace = migrate.prepare(
                self._writing, scripts, assessments.new_id(), clock()
            )
        except BaseException as error:
            self._release()
            if isinstance(error, OperationalError) and database.lost(error):
                raise Unreachable(f"the database server does not answer: {error.orig}") from None
            raise
        self._writer = Writer(self._writing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the queued saves, then let go of the database."""
        self._writer.close()
        self._release()

    def _release(self) -> None:
        self._reading.dispose()
        self._writing.dispose()
        if self._lock is not None:
            self._lock.release()

    def _read(self, question: Callable[[Connection], T]) -> T:
        """What the question finds. A server that is being restarted is waited for. Raises Unreachable."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with self._reading.connect() as connection:
                    return question(connection)
            except OperationalError as error:
                if not database.lost(error):
                    raise
                if time.monotonic() > end:
                    raise Unreachable("the database server does not answer") from error
                time.sleep(0.1)

    def health(self) -> Health:
        """Whether the store reads, and can begin and end a write now; what it runs on."""
        version = ".".join(str(part) for part in self._writing.dialect.server_version_info or ())
        try:
            self._read(lambda connection: connection.execute(schema.workspace.select().limit(1)).first())
            self._writer.do(lambda _connection: None)
            ok = True
        except (SQLAlchemyError, NotSaved, Unreachable):
            ok = False
        return Health(ok, self._writing.dialect.name, version, self._schema)
