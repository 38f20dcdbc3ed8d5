"""The codes of running workshops, as this process was given them. The store keeps no code that can be read.

They are gone after a restart, and on another server; then a new code is made.
"""

from __future__ import annotations

from datetime import UTC, datetime

from assessment.store.votes import Workshop

_codes: dict[str, tuple[str, datetime]] = {}


def remember(which: Workshop, code: str) -> None:
    """Keep the code as long as the workshop is on; those of workshops that are over are forgotten."""
    now = datetime.now(UTC)
    for old in [id_ for id_, (_, until) in _codes.items() if until < now]:
        del _codes[old]
    _codes[which.id] = (code, which.until)


def forget(which: Workshop) -> None:
    """The workshop is over."""
    _codes.pop(which.id, None)


def code_of(which: Workshop) -> str:
    """The code, if this process was given it; else empty."""
    return _codes.get(which.id, ("", which.until))[0]
