"""Results of one firm at two dates: what moved, by which answers, and how much of it is the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.model.carrying import Carried
from assessment.model.results import Placement, Reading


class Turn(StrEnum):
    """Which way it went. MOVED: changed, and not judged. NOT_SHOWN: no change is shown. Text keys."""

    WORSE = "worse"
    BETTER = "better"
    MOVED = "moved"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Change:
    """One dilemma at two dates, both scored under the same rules. Points of severity, plus is worse.

    `low`, `high`: bounds of the change, from the intervals at both dates. `agree`: share of the common
    settings, 0..1, in which the change has the sign it has most often; None if no settings were tried.
    """

    dilemma: str
    before: Placement
    after: Placement
    turn: Turn
    points: float
    low: float
    high: float
    agree: float | None = None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """Points of one dilemma's change that come from one answer, or from answers that hang together."""

    fields: tuple[str, ...]
    points: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """The change of one dilemma by answer, largest first. `parts` and `joint` add up to the change.

    `joint`: what answers do only together, so that it belongs to no single one.
    """

    dilemma: str
    parts: tuple[AnswerPart, ...]
    joint: float


@dataclass(frozen=True, slots=True)
class YardstickSplit:
    """The step from the severity printed then to that printed now: `printed` = firm + questionnaire.

    Each part is the mean over both ways to take it apart: the firm under the old and under the new edition,
    the editions on the old and on the new answers.
    """

    dilemma: str
    printed: float
    firm: float
    questionnaire: float


@dataclass(frozen=True, slots=True)
class IndicatorMove:
    """One indicator at two dates."""

    indicator: str
    before: Reading
    after: Reading
    turn: Turn


@dataclass(frozen=True, slots=True)
class MeasureOutcome:
    """A countermeasure that was done between the dates, and the indicators it is followed by.

    That an indicator moved after a measure does not say that it moved because of it.
    """

    measure: str
    followed: tuple[IndicatorMove, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One firm at two dates under one edition.

    `shared`: the change on the questions known at both dates alone; `known_at_both` of `asked` fields are.
    `split`: by dilemma, only where the dates were answered under different editions; then `carried` tells
    what became of the earlier answers.
    """

    edition: str
    changes: Mapping[str, Change]
    shared: Mapping[str, Change]
    known_at_both: int
    asked: int
    attribution: Mapping[str, Attribution]
    indicators: tuple[IndicatorMove, ...]
    measures: tuple[MeasureOutcome, ...] = ()
    split: Mapping[str, YardstickSplit] = field(default_factory=dict)
    carried: Carried | None = None

    @property
    def without_measure(self) -> tuple[IndicatorMove, ...]:
        """Indicators that moved although no measure that was done is followed by them."""
        followed = {move.indicator for outcome in self.measures for move in outcome.followed}
        return tuple(
            m for m in self.indicators if m.turn is not Turn.NOT_SHOWN and m.indicator not in followed
        )
