"""Where a store under test keeps its data, looked at without the store's own code."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.postgres import PostgreSQL

Rows = list[tuple[Any, ...]]
FOLD = (
    "SELECT respondent_id, field, max(seq) FROM answer_revision GROUP BY respondent_id, field ORDER BY 1, 2"
)
CURRENT = "SELECT respondent_id, field, seq FROM answer_current ORDER BY 1, 2"


class Place(Protocol):
    """A database, the address of its store, and a way in beside the store."""

    kind: str

    @property
    def url(self) -> str: ...
    def run(self, statement: str) -> Rows: ...
    def dump(self) -> str: ...
    def occupied(self) -> Any: ...
    def check(self) -> None: ...


@dataclass
class File:
    """SQLite in a directory of its own."""

    file: Path
    kind: str = "sqlite"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def run(self, statement: str) -> Rows:
        with closing(sqlite3.connect(self.file, isolation_level=None)) as raw:
            return raw.execute(statement).fetchall()

    def dump(self) -> str:
        """Everything that is in it, as text."""
        with closing(sqlite3.connect(self.file)) as raw:
            return "\n".join(raw.iterdump())

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Somebody else writes and does not finish."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    def check(self) -> None:
        """The database is whole, and what counts is what the history says."""
        assert self.run("PRAGMA integrity_check") == [("ok",)]
        assert self.run("PRAGMA foreign_key_check") == []
        assert self.run(CURRENT) == self.run(FOLD)


@dataclass
class Served:
    """A database of a PostgreSQL server."""

    server: PostgreSQL
    name: str
    kind: str = "postgresql"

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    def run(self, statement: str) -> Rows:
        return self.server.run(statement, self.name)

    def tables(self) -> list[str]:
        return [name for (name,) in self.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    def dump(self) -> str:
        """Everything that is in it, as text."""
        return "\n".join(f"{name} {row!r}" for name in self.tables() for row in self.run(f"TABLE {name}"))

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Somebody else has locked every table and does not finish."""
        with psycopg.connect(self.server.conninfo(self.name)) as other:
            other.execute(f"LOCK TABLE {', '.join(self.tables())} IN EXCLUSIVE MODE".encode())
            yield
            other.rollback()

    def check(self) -> None:
        """Every index agrees with its table, and what counts is what the history says."""
        self.run("CREATE EXTENSION IF NOT EXISTS amcheck")
        self.run(
            "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname = 'public'"
        )
        assert self.run(CURRENT) == self.run(FOLD)
