"""What a value can be. None of the unknown states is ever turned into 0 or into "no"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Answered:
    """A number (Decimal), a level (int), a choice (str) or several choices (tuple)."""

    value: Decimal | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """An honest range, low <= value <= high."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class DontKnow:
    """Asked, and the firm says it does not know."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not fit the firm; the reason reaches the report."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """Asked, no answer yet."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Moot, because another answer says so."""


Reply = Answered | Between | DontKnow | NotApplicable | NotAnswered | NotAsked

NOT_ANSWERED = NotAnswered()
NOT_ASKED = NotAsked()
DONT_KNOW = DontKnow()


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one firm under one edition. A field that is absent is not answered.

    `disputed`: fields on which several respondents differ, with the reply in their middle. Their reply is the
    range of what was said, or open.
    """

    edition: str
    firm: str = ""
    replies: Mapping[str, Reply] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)  # field or question id -> remark
    confirmed: Mapping[str, str] = field(default_factory=dict)  # check id -> reason for keeping the answers
    disputed: Mapping[str, Reply] = field(default_factory=dict)

    def reply(self, field_id: str) -> Reply:
        """The reply stored for a field; `NotAnswered` if there is none."""
        return self.replies.get(field_id, NOT_ANSWERED)
