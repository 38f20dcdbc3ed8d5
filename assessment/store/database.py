"""Engines: one that writes, one that only reads; and the few places where the two databases differ."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from assessment.store.records import StoreError

# FULL: in a simulation of power cuts NORMAL lost acknowledged answers. secure_delete: erased means erased.
_WRITER_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_READER_PRAGMAS = ("query_only=ON",)
_NAME: Final = "assessment"  # as the server lists us
_POSTGRESQL: Final = "postgresql+psycopg"
# A server that went away without a word is noticed within seconds, not after the system's two hours.
_NETWORK: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "tcp_user_timeout": 10_000,
}
_STATEMENT_MS: Final = 30_000
_CANCELLED: Final = "57014"  # a statement that took too long
_RUN_AGAIN: Final = ("40001", "40P01")  # serialization failure, deadlock: undone as a whole


def parsed(url: str) -> URL:
    """The address with its driver. Raises StoreError without the address, which may hold a password."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("the address of the database cannot be read") from None
    if address.drivername in ("postgres", "postgresql"):  # as hosters write it
        return address.set(drivername=_POSTGRESQL)
    if address.drivername not in ("sqlite", _POSTGRESQL):
        raise StoreError("the address of the database must begin with sqlite:/// or postgresql://")
    return address


def writing_engine(url: str, busy_ms: int) -> Engine:
    """The engine of the one connection with which this process writes. SQLite: with BEGIN IMMEDIATE."""
    return _engine(parsed(url), busy_ms, writes=True, pool_size=1, max_overflow=0)


def reading_engine(url: str, busy_ms: int) -> Engine:
    """The engine of everything else; its connections cannot write.

    SQLite before 3.51.3 can damage a database when two connections write or checkpoint at once.
    """
    return _engine(parsed(url), busy_ms, writes=False)


def _engine(url: URL, busy_ms: int, *, writes: bool, **options: Any) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, **options)
        _prepare_sqlite(engine, busy_ms, writes=writes)
        return engine
    settings = {
        "lock_timeout": busy_ms,
        "statement_timeout": _STATEMENT_MS,
        "idle_in_transaction_session_timeout": 2 * _STATEMENT_MS,
        "default_transaction_read_only": "off" if writes else "on",
        "synchronous_commit": "on",
    }
    told = " ".join(f"-c {name}={value}" for name, value in settings.items())
    own = {"application_name": _NAME, **_NETWORK, "options": told}
    # pre_ping: a connection that died while nobody used it is replaced, and nobody notices.
    return create_engine(url, connect_args=own, pool_pre_ping=True, pool_timeout=10, **options)


def _prepare_sqlite(engine: Engine, busy_ms: int, *, writes: bool) -> None:
    pragmas = _WRITER_PRAGMAS if writes else _READER_PRAGMAS

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin when we say so, not when the driver guesses
        for pragma in (f"busy_timeout={busy_ms}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def on_server(connection: Connection | Engine) -> bool:
    """Whether other processes may write to this database at the same time."""
    return connection.dialect.name == "postgresql"


def take_turn(connection: Connection, what: str) -> None:
    """Until this transaction ends nobody else in a turn of this name: whoever comes later sees what was done.

    SQLite has one writer and needs none.
    """
    if on_server(connection):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (lock_number(what),))


def others(connection: Connection) -> int:
    """How many connections of apps the server has to this database beside this one."""
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name = %s AND pid <> pg_backend_pid()"
    )
    return int(connection.exec_driver_sql(query, (_NAME,)).scalar_one())


def lock_number(what: str) -> int:
    """The name of an advisory lock as PostgreSQL wants it: 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(f"assessment {what}".encode()).digest()[:8], signed=True)


def may_run_again(error: BaseException) -> bool:
    """Whether the database undid a transaction only because it met another one."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _RUN_AGAIN


def lost(error: OperationalError) -> bool:
    """Whether the server could not be reached, went away or is on its way down or up."""
    state = getattr(error.orig, "sqlstate", None)
    unheard = isinstance(error.orig, psycopg.Error) and state is None
    return error.connection_invalidated or unheard or (str(state)[:2] in {"08", "57"} and state != _CANCELLED)


def storable(text: str) -> str:
    """The text without what a database cannot hold: NUL and halves of surrogate pairs become marks."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT with ON CONFLICT, which both databases spell alike and SQLAlchemy keeps apart."""
    return upsert_on(on_server(connection), table)


def upsert_on(server: bool, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The same without a connection, for a query that is built once. `server`: as `on_server` says."""
    return postgresql.insert(table) if server else sqlite.insert(table)


def file_of(url: str) -> Path | None:
    """The file behind a SQLite address; None for another database."""
    address = parsed(url)
    if address.get_backend_name() != "sqlite":
        return None
    if not address.database or address.database == ":memory:":
        raise ValueError("a SQLite store needs a file: sqlite:///path/to/file.sqlite3")
    return Path(address.database)
