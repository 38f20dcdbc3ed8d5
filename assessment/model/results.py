"""Results for one firm: readings, placements, trend positions, recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.model.answers import Answers
from assessment.model.certainty import Certainty
from assessment.model.problems import AnswerProblem
from assessment.model.rules import Standing


class Known(StrEnum):
    """KNOWN: one value. PARTLY: bounds are narrower than the natural limits, or a range was given.
    UNKNOWN: nothing narrows it. NOT_APPLICABLE: dropped. UNDEFINED: zero denominator, dropped.
    """

    KNOWN = "known"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator of one firm. `value` is None unless known; `open_fields`: what would settle it."""

    indicator: str
    known: Known
    value: float | None
    low: float
    high: float
    open_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """Severity 0-100 (100 = worst) of one component, and the points it adds to its index."""

    id: str
    index: str
    indicator: str
    applies: bool
    severity: float
    low: float
    high: float
    weight: float  # renormalised share of the index, 0..1
    points: float
    is_worst: bool
    anchors: tuple[float, ...]
    scores: tuple[float, ...]
    standing: Standing
    source: tuple[str, ...]


class Stated(StrEnum):
    """How much can be said: one level, a span of levels, or nothing yet."""

    LEVEL = "level"
    SPAN = "span"
    NOT_PLACED = "not_placed"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a firm stands on one dilemma: level, interval and coverage."""

    dilemma: str
    stated: Stated
    level: str
    low_level: str
    high_level: str
    score: float
    low: float
    high: float
    coverage: float
    borderline: bool
    components: tuple[ComponentResult, ...]
    deciding: tuple[str, ...]  # question ids that would settle it, heaviest first
    na_low: float = 0.0  # bounds if every "not applicable" were unknown instead
    na_high: float = 100.0

    @property
    def drivers(self) -> tuple[ComponentResult, ...]:
        """Components that apply, most points first, ties by id."""
        return tuple(sorted((c for c in self.components if c.applies), key=lambda c: (-c.points, c.id)))


@dataclass(frozen=True, slots=True)
class TrendPosition:
    """Where a firm stands on one trend, 0 (not begun) .. 100 (far along). Never blended with severity."""

    trend: str
    assessable: bool
    position: float
    low: float
    high: float
    coverage: float
    components: tuple[ComponentResult, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A countermeasure chosen for this firm, or considered and not chosen now."""

    countermeasure: str
    chosen: bool
    benefit: float  # points of severity it can relieve, low-end guess
    rank: float
    kind: str
    effort: str
    relieves: tuple[tuple[str, float], ...]  # component -> points of severity
    held_by: str = ""  # hold id, "needs", "unknown", "after", "capacity", "no_effect" or "size"
    waits_for: tuple[str, ...] = ()
    urgent: bool = False  # an answer of the firm makes it pressing
    start: int = 0  # month in which a chosen measure begins, and in which its last stage ends
    end: int = 0


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One service function as the firm runs it; money in the firm's own unit."""

    function: str
    mode: str
    core: bool | None
    inside: float | None
    outside: float | None
    setup: int | None
    estimated: bool
    reach: str


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How good the answers are. Grade A audited, B management accounts, C estimate, "" unknown."""

    grade: str
    asked: int
    answered: int
    ranges: int
    dont_know: int
    not_applicable: int
    open: int
    assumed_rules: int
    rules: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything computed for one firm under one edition."""

    edition: str
    fingerprint: str
    answers: Answers
    answers_fingerprint: str
    size: str
    size_assumed: bool
    readings: Mapping[str, Reading]
    placements: tuple[Placement, ...]
    trends: tuple[TrendPosition, ...]
    recommendations: tuple[Recommendation, ...]
    functions: tuple[FunctionRow, ...]
    quality: DataQuality
    yardsticks: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # indicator -> evidence ids that fit the firm
    problems: tuple[AnswerProblem, ...] = field(default=())
    certainty: Certainty | None = None  # computed where a report is asked for
