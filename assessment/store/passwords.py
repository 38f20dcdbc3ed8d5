"""Passwords: argon2id, few at once, and the same work whether or not anybody has that login."""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assessment.store.records import Refused, TooManyTries

SHORTEST, LONGEST = 12, 128  # characters; OWASP ASVS 4.0.3, 2.1.1 and 2.1.2
AT_ONCE: Final = 2  # a hash takes 64 MiB and all cores: more at once would starve everybody else
PATIENCE: Final = 20.0  # seconds to wait for one's turn


class WeakPassword(Refused):
    """Fewer than SHORTEST characters, or more than LONGEST."""


class Passwords:
    """Makes and checks hashes. The defaults are those of RFC 9106 for machines with little memory."""

    def __init__(
        self, *, time_cost: int = 3, memory_kib: int = 65536, parallelism: int = 4, at_once: int = AT_ONCE
    ) -> None:
        self._hasher = PasswordHasher(time_cost, memory_kib, parallelism)
        self._turns = threading.BoundedSemaphore(at_once)
        self._nobody = self._of_nobody()

    def _of_nobody(self) -> str:
        """A hash that no password has. Checking it takes as long as checking any other."""
        parts = (secrets.token_bytes(of) for of in (self._hasher.salt_len, self._hasher.hash_len))
        salt, digest = (base64.b64encode(part).decode().rstrip("=") for part in parts)
        costs = f"m={self._hasher.memory_cost},t={self._hasher.time_cost},p={self._hasher.parallelism}"
        return f"$argon2id$v=19${costs}${salt}${digest}"

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=PATIENCE):
            raise TooManyTries("too many people sign in at this moment")
        try:
            yield
        finally:
            self._turns.release()

    def hash(self, password: str) -> str:
        """The only form in which a password enters the database. Raises WeakPassword, TooManyTries."""
        plain = _plain(password)
        if not SHORTEST <= len(plain) <= LONGEST:
            raise WeakPassword(f"a password has from {SHORTEST} to {LONGEST} characters")
        with self._turn():
            return self._hasher.hash(plain)

    def check(self, kept: str | None, password: str) -> bool:
        """Whether it is the password. `kept`: None: there is none; it takes as long. Raises TooManyTries."""
        with self._turn():
            try:
                return self._hasher.verify(kept or self._nobody, _plain(password)[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with other costs than are used today."""
        return self._hasher.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same characters however a keyboard puts them together."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
