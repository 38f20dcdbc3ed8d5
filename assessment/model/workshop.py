"""Several people of one firm: who they are, what each said, how far they agree, what they settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assessment.model.answers import Reply
from assessment.model.results import Placement, Stated


@dataclass(frozen=True, slots=True)
class Respondent:
    """One who answers in a workshop. `name` is empty where only the role was given."""

    id: str
    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one respondent said to one field."""

    respondent: Respondent
    field: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Ballot:
    """Voting on a question or a section. `voted`: how many of those who are to answer it, `invited`, have
    answered any of its fields.
    """

    subject: str
    fields: tuple[str, ...]
    voted: int
    revealed: bool
    invited: int


class Accord(StrEnum):
    """How far those who know agree. Text keys."""

    AGREED = "agreed"
    PARTLY = "partly"
    APART = "apart"


class Clash(StrEnum):
    """Why respondents differ, as far as their answers show it. Text keys.

    Knowledge: some know, others say they don't. Scope: they speak of different things (a unit, a period, firm
    or group; or the question fits for some and not for others). Judgement: they see the same thing otherwise.
    """

    KNOWLEDGE = "knowledge"
    SCOPE = "scope"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """When answers of several people agree. Indexes run from 0 (all the same) to 1.

    `least`: people from whom on agreement is named, and below which no group is shown by itself. `agreed`,
    `apart`: index up to which they agree, and from which on they are apart, by way of measuring: "scale",
    "amount", "choice". `trim_from`, `trim`: from so many answers on, this share is cut off at either end.
    `factors`: by unit, factors between two answers that speak of another scope; money units come by
    themselves. `near`: relative distance within which a ratio counts as such a factor.
    """

    least: int
    agreed: Mapping[str, float]
    apart: Mapping[str, float]
    trim_from: int
    trim: float
    factors: Mapping[str, tuple[float, ...]]
    near: float


@dataclass(frozen=True, slots=True)
class Spread:
    """What a group said to one field, without names. `role` is empty for everybody.

    `low`, `middle`, `high`: of those who know, in the field's own unit; None for choices and ticks. `tally`:
    how often each option, or level by its number, was given.
    """

    role: str
    people: int
    known: int
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    tally: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far several people agree on one field.

    `replies`: all that was said, without names and reasons, in an order of their own. `deviation`: mean
    absolute deviation from the median in the field's unit (levels: steps); of choices the share of other
    answers than the most frequent one, of ticks the mean distance from the ticks of the majority. `index`:
    the same against its scale, 0..1. Both None, and no `accord`, below the least number of people who know.
    `clashes`: most telling first. `by_role`: roles that may be shown; `withheld`: people whose role may not.
    """

    field: str
    replies: tuple[Reply, ...]
    known: int
    dont_know: int
    not_applicable: int
    overall: Spread
    deviation: float | None = None
    index: float | None = None
    accord: Accord | None = None
    clashes: tuple[Clash, ...] = ()
    by_role: tuple[Spread, ...] = ()
    withheld: int = 0

    @property
    def clash(self) -> Clash | None:
        """The kind of clash to speak about first."""
        return self.clashes[0] if self.clashes else None


@dataclass(frozen=True, slots=True)
class Divide:
    """A question on which respondents differ. `points`: severity between the respondents who would place the
    firm lowest and highest by it, on the dilemma where that is most; all other answers in their middle.
    """

    question: str
    points: float
    dilemma: str
    index: float


@dataclass(frozen=True, slots=True)
class RoleView:
    """Where one role alone would place the firm. `fields`: how many of the answers are its own."""

    role: str
    people: int
    fields: int
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The value agreed on for one field, with the reason, by whom and when."""

    field: str
    reply: Reply
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """A question put off, with what has to be found out."""

    question: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """The state of the answers frozen under a name. `fingerprint`: of the answers as they stood."""

    name: str
    by: str
    at: datetime
    fingerprint: str
    settled: int
    parked: int


@dataclass(frozen=True, slots=True)
class Party:
    """How many people took part in one role. An empty role: those whose roles have too few to be named."""

    role: str
    people: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A placement as a report shows it: `score`, `low`, `high` are severities 0..100."""

    dilemma: str
    stated: Stated
    level: str
    low_level: str
    high_level: str
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RoleStand:
    """Where one role alone would place the firm. `fields`: how many of the answers are its own."""

    role: str
    people: int
    fields: int
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class WorkshopRecord:
    """What a report tells of a workshop: no name of a respondent, no group below the least number.

    `agreements`: of the revealed fields, in page order, without single replies and groups, and without a
    spread where too few know. `divides`: how much hung on the first answers, settled or not, most first.
    `said`: what counts of revealed fields that are not settled: a range, or open, where people differ.
    `disputed`: those of them on which people still differed, with the reply in their middle. `milestone`: the
    last state that was frozen.
    """

    on: date
    facilitator: str = ""
    parties: tuple[Party, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    divides: tuple[Divide, ...] = ()
    by_role: tuple[RoleStand, ...] = ()
    settled: tuple[Settlement, ...] = ()
    parked: tuple[Parked, ...] = ()
    said: Mapping[str, Reply] = field(default_factory=dict)
    disputed: Mapping[str, Reply] = field(default_factory=dict)
    milestone: Milestone | None = None
