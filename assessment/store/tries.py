"""Counting tries in the database, which all processes share: from one address, and from everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, select, update

from assessment.store.database import upsert
from assessment.store.records import TooManyTries
from assessment.store.schema import rate_bucket
from assessment.store.tokens import digest

WINDOW: Final = 60  # seconds
LONGEST: Final = 10  # windows: nothing is counted for longer


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries of a kind under a key (an address, a login) in so many minutes."""

    scope: str
    key: str
    most: int
    minutes: int = 1

    def window(self, at: datetime) -> int:
        """The minute in which the present window began."""
        return window(at) // self.minutes * self.minutes


def window(at: datetime) -> int:
    """The number of the minute since 1970."""
    return int(at.timestamp()) // WINDOW


def take(connection: Connection, limits: Iterable[Limit], at: datetime) -> None:
    """Count a try before it is known how it ends. Raises TooManyTries, and then nothing was counted.

    Counting first: tries made at the same moment cannot all slip through under the limit.
    """
    for limit in limits:
        if count(connection, limit.scope, limit.key, limit.window(at)) > limit.most:
            raise TooManyTries("too many tries; wait a little")


def give_back(connection: Connection, limits: Iterable[Limit], at: datetime) -> None:
    """The try was right: it does not count."""
    for limit in limits:
        connection.execute(
            update(rate_bucket)
            .where(*_bucket(limit.scope, limit.key, limit.window(at)), rate_bucket.c.n > 0)
            .values(n=rate_bucket.c.n - 1)
        )


def count(connection: Connection, scope: str, key: str, window: int) -> int:
    """One more event of this kind from this address in this window. Returns how many there are."""
    first = upsert(connection, rate_bucket).values(scope=scope, key_sha256=digest(key), window=window, n=1)
    index = ("scope", "key_sha256", "window")
    more = first.on_conflict_do_update(index_elements=index, set_={"n": rate_bucket.c.n + 1})
    return int(connection.scalar(more.returning(rate_bucket.c.n)) or 0)


def counted(connection: Connection, scope: str, key: str, window: int) -> int:
    """How many events of this kind came from this address in this window."""
    return int(connection.scalar(select(rate_bucket.c.n).where(*_bucket(scope, key, window))) or 0)


def _bucket(scope: str, key: str, window: int) -> tuple[ColumnElement[bool], ...]:
    table = rate_bucket.c
    return (table.scope == scope, table.key_sha256 == digest(key), table.window == window)


def forget_old(connection: Connection, at: datetime) -> None:
    """Delete windows that are over."""
    connection.execute(delete(rate_bucket).where(rate_bucket.c.window < window(at) - LONGEST))
