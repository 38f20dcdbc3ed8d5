"""How sure a result is: robustness, margins, one account of doubt, and the chain behind any number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Hold(StrEnum):
    """How firmly a level stands under the admissible settings. Text keys."""

    FIRM = "firm"
    FAIRLY_ROBUST = "fairly_robust"
    FRAGILE = "fragile"


@dataclass(frozen=True, slots=True)
class Robustness:
    """One dilemma under all settings of the edition. `same`, `within_one`: shares of settings, 0..1.

    `other`: the most frequent level apart from the stated one, "" if there is none. `low`, `high`: the 5 %
    and 95 % points of severity.
    """

    level: str
    same: float
    within_one: float
    other: str
    hold: Hold
    low: float
    high: float

    @property
    def percent(self) -> int:
        """The share of settings with the same level as it is printed: never 0 and never 100."""
        return whole_percent(self.same)

    @property
    def within_one_percent(self) -> int:
        """The share of settings within one level as it is printed."""
        return whole_percent(self.within_one)


def whole_percent(share: float) -> int:
    """A share of drawn settings as a whole percent, 1 to 99: a sample proves neither 0 nor 100."""
    return min(max(int(100.0 * share + 0.5), 1), 99)


@dataclass(frozen=True, slots=True)
class WeightFree:
    """Least and greatest severity over every weighting the edition admits, with their levels.

    `always`: the level is the same throughout, so the statement needs no weights at all.
    """

    low: float
    high: float
    low_level: str
    high_level: str

    @property
    def always(self) -> bool:
        return self.low_level == self.high_level


class Way(StrEnum):
    """Whether a change moves the firm to a worse or to a better level."""

    WORSE = "worse"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class WeightMargin:
    """The smallest change of weights that moves the firm to another level.

    `change`: the largest relative change of any weight factor, 0..1. `raised`, `lowered`: components whose
    weight is multiplied by 1 + change and by 1 - change.
    """

    way: Way
    level: str
    change: float
    raised: tuple[str, ...]
    lowered: tuple[str, ...]


Told = float | str  # a number or level step, or an option


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One answer as it is and as it would have to be."""

    field: str
    question: str
    old: Told
    new: Told


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """The nearest change of one answer, or of two, that moves the firm to another level.

    A share of a split moves together with another share: both stand in `fields`. `answers` counts such a
    pair once. `size`: part of the admissible span, 0..1; of an amount without limit, change over the larger.
    """

    way: Way
    level: str
    fields: tuple[FieldChange, ...]
    size: float
    answers: int


@dataclass(frozen=True, slots=True)
class Margin:
    """What would move one dilemma to another level. `changes`: fewest answers first, then smallest.

    No `weights`: no weighting does. No `changes`: neither a single answer nor a tried pair does.
    """

    weights: WeightMargin | None
    changes: tuple[AnswerChange, ...]

    @property
    def single(self) -> AnswerChange | None:
        """The smallest change of a single answer; None: no single answer changes the level."""
        return next((c for c in self.changes if c.answers == 1), None)


class Origin(StrEnum):
    """Where doubt comes from. Text keys."""

    NOT_ANSWERED = "not_answered"
    DONT_KNOW = "dont_know"
    RANGE = "range"
    RESPONDENTS = "respondents"
    NOT_APPLICABLE = "not_applicable"
    SIZE = "size"
    GRADE = "grade"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class AskNext:
    """An open question and what its answer would do, in points of severity of the interval.

    `expected`: mean narrowing over the answers tried, all equally likely. `at_least`: the narrowing
    whichever of them is given.
    """

    question: str
    expected: float
    at_least: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """The whole interval of one dilemma and what it is made of: `parts` add up to high - low.

    `answers_low`, `answers_high`: the interval from open answers and ranges alone, as the placement has it.
    """

    low: float
    high: float
    answers_low: float
    answers_high: float
    parts: Mapping[Origin, float]
    ask_next: tuple[AskNext, ...]

    @property
    def main(self) -> Origin | None:
        """The origin of most of the doubt; None if there is none."""
        first = max(self.parts, key=lambda o: self.parts[o], default=None)
        return first if first is not None and self.parts[first] > 1e-9 else None


@dataclass(frozen=True, slots=True)
class DilemmaCertainty:
    """How sure one placement is. A firm that is not placed has doubt, and no robustness or margin."""

    dilemma: str
    doubt: Doubt
    robustness: Robustness | None = None
    weight_free: WeightFree | None = None
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the result of one firm is, by dilemma, and the settings it was tried under.

    `highest`: share of settings in which a placed dilemma is the highest, 0..1.
    """

    seed: int
    draws: int
    dilemmas: Mapping[str, DilemmaCertainty]
    highest: Mapping[str, float]
    ask_next: tuple[AskNext, ...]  # over all dilemmas, most narrowing first


@dataclass(frozen=True, slots=True)
class Node:
    """One number with the chain behind it. `kind`: dilemma, trend, component, indicator, formula or field.

    `value` is None where it is not known; `text`: the formula with ids; `reply`: the raw answer of a field in
    the plain form; `points`: what a component adds to its index, in points of severity.
    """

    id: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    state: str = "known"
    text: str = ""
    reply: object = None
    asked: bool = True
    anchors: tuple[tuple[float, float], ...] = ()
    weight: float | None = None
    points: float | None = None
    standing: str = ""
    source: tuple[str, ...] = ()
    reason: str = ""
    parts: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()
