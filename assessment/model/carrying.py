"""What becomes of the answers of one edition under another. Nothing is deleted: the old answers stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessment.model.answers import Answers, Reply


class Fate(StrEnum):
    """What became of a field. Text keys."""

    SAME = "same"
    RENAMED = "renamed"
    RESCALED = "rescaled"
    DROPPED = "dropped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ByFactor:
    """A number times a factor."""

    factor: Decimal


@dataclass(frozen=True, slots=True)
class BySteps:
    """For each old step of a scale the new steps it may be, lowest and highest; None: it has none."""

    steps: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class ByOptions:
    """Old option -> new option. An option that is missing has no counterpart."""

    options: Mapping[str, str]


Rescaling = ByFactor | BySteps | ByOptions


@dataclass(frozen=True, slots=True)
class Move:
    """One field on its way: `old` is "" for a new one, `new` is "" for a dropped one."""

    fate: Fate
    old: str
    new: str
    rescaling: Rescaling | None = None


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What became of every field between two editions: each old and each new field stands once."""

    before: str
    after: str
    moves: tuple[Move, ...]


class Why(StrEnum):
    """Why an answer cannot be carried. Text keys."""

    DROPPED = "dropped"
    NO_COUNTERPART = "no_counterpart"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that stands elsewhere, or otherwise, than before."""

    old: str
    new: str
    before: Reply
    after: Reply


@dataclass(frozen=True, slots=True)
class Cleared:
    """An answer that is not carried. `new`: the field that has to be answered again, "" if none is left."""

    old: str
    new: str
    reply: Reply
    why: Why
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers under the other edition and what happened to each: a preview until somebody agrees.

    Every answer of `source` is in exactly one of kept, renamed, rescaled, cleared. `new`: fields without an
    answer because the old edition did not ask.
    """

    source: Answers
    answers: Answers
    kept: tuple[str, ...]
    renamed: tuple[Moved, ...]
    rescaled: tuple[Moved, ...]
    cleared: tuple[Cleared, ...]
    new: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether somebody has to be asked first: an answer would be cleared, or be read on another scale."""
        return bool(self.cleared or self.rescaled)
