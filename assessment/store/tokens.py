"""Secrets: links, tickets, seats, sessions. Whoever shows one is let in; the store keeps hashes only.

A token has 256 random bits, so one SHA-256 is enough and finding the hash leaks no timing about the token.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

_LENGTH: Final = range(40, 65)  # 256 bits in URL-safe base64 are 43 characters


def new_token() -> str:
    """256 random bits. It is shown once and never again."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """The only form in which a token, a ticket or an address enters the database."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def may_be(token: str) -> bool:
    """Whether it is as long as a token; saves looking for what cannot be there."""
    return len(token) in _LENGTH
