"""What a countermeasure does to answers, what a firm asks of a plan, and the plan itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.model.formulas import Condition
from assessment.model.rules import Standing


class End(StrEnum):
    """Which end of its stated range every effect is taken at."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated range with its middle. `low` is the end that helps least, so an amount that hurts falls."""

    low: float
    mid: float
    high: float

    def at(self, end: End) -> float:
        return {End.LOW: self.low, End.MID: self.mid, End.HIGH: self.high}[end]


class EffectKind(StrEnum):
    """ADD to a number. SCALE numbers together. STEP a level. MOVE within a sum. CHOOSE an option."""

    ADD = "add"
    SCALE = "scale"
    STEP = "step"
    MOVE = "move"
    CHOOSE = "choose"


class Keeps(StrEnum):
    """What stays as it is: all other amounts, the shares among the fields changed, or their sum."""

    AMOUNT = "amount"
    SHARE = "share"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Which rows an effect reaches: at most `most` where `where` holds, those with `first` before others.

    Among equals the larger value of the field in `largest` comes first, then the order of the edition.
    Keyed by row.
    """

    rows: tuple[str, ...]
    most: Amount
    where: Mapping[str, Condition]
    first: Mapping[str, Condition] = field(default_factory=dict)
    largest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of answers. Field ids may hold `{row}`; they are then written out for the rows reached.

    ADD: `by` to `fields[0]`. SCALE: `fields` times 1 + `by` / 100. STEP: `by` levels on `fields[0]`. MOVE:
    `by` from `fields` in order to `to`. CHOOSE: option `to` in `fields[0]`. `of`: `by` is percent of this
    field's value (for MOVE: `"given"`, of each giving field's). `at_least`, `at_most`: how far this effect
    goes; a value beyond stays. `opens_at`: the level a row begins with that nobody was asked about. `months`:
    from when after the start of the measure, and until when (None: it stays).
    """

    kind: EffectKind
    fields: tuple[str, ...]
    by: Amount
    keeps: Keeps
    author: str
    date: str
    reason: str
    standing: Standing
    source: tuple[str, ...] = ()
    to: str = ""
    of: str = ""
    at_least: float | None = None
    at_most: float | None = None
    opens_at: float | None = None
    months: tuple[float, float | None] = (0.0, None)
    when: Condition | None = None
    among: RowChoice | None = None

    @property
    def passing(self) -> bool:
        """Whether it wears off again."""
        return self.months[1] is not None


@dataclass(frozen=True, slots=True)
class MeasureEffects:
    """The effects of one countermeasure, and measures that may not be done beside it."""

    measure: str
    effects: tuple[Effect, ...]
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """What an effort class costs: money in percent of one year's revenue, and days of own staff."""

    money: Amount
    days: Amount


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What the firm wants and what it can carry.

    `targets`: dilemma -> worst level allowed; a dilemma without one may not slip a level. `budget`: percent
    of one year's revenue, all measures together. `days_per_quarter`: own staff. None: no limit. `quarters`:
    horizon. `refused`: measures the firm will not do; `kept`: measures that are in, whatever they cost.
    `seconds`: time the search may take for each of its solutions.
    """

    targets: Mapping[str, str]
    budget: float | None = None
    days_per_quarter: float | None = None
    quarters: int = 12
    refused: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One set of measures and what it leads to. Money in percent of one year's revenue; `severity` by
    dilemma.

    `overshoot`: points above the limits, over all dilemmas. `gap`: how far the set may be from the cheapest
    (0: proven), as a part of its cost; None if the time ran out before anything was known.
    """

    measures: tuple[str, ...]
    cost: float
    severity: Mapping[str, float]
    overshoot: float
    gap: float | None = 0.0

    @property
    def reached(self) -> bool:
        return self.overshoot <= REACHED


REACHED = 1e-6  # points of severity a target may be missed by: less than the noise of the arithmetic


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """A measure of the plan: quarters it runs (first and last, from 0), what it relieves and why it is
    needed.

    `relief`: points it takes off each component when done alone; below 0 it makes it worse. `fails_without`:
    dilemmas that miss their limit if it is dropped. `cost_without`: cost of the best plan without it; None if
    there is none.
    """

    measure: str
    cost: Amount
    days: Amount
    quarters: tuple[int, int]
    relief: Mapping[str, Amount]
    fails_without: tuple[str, ...]
    needed_by: tuple[str, ...]
    cost_without: float | None


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a plan is asked for while the firm has not said what it wants.

    `relieve_from`: the level from which on a dilemma is to come one level better. `budget` (percent of one
    year's revenue) and `days_per_quarter` by size class; a class that is not there has no limit.
    """

    relieve_from: str
    quarters: int
    budget: Mapping[str, float]
    days_per_quarter: Mapping[str, float]


class Verdict(StrEnum):
    """NOTHING_TO_DO: the limits hold already. SURE: enough even if every effect is at its minimum. LIKELY,
    HOPED: only if effects reach their middle, or their top. SHORT: not within what the firm can carry.
    """

    NOTHING_TO_DO = "nothing_to_do"
    SURE = "sure"
    LIKELY = "likely"
    HOPED = "hoped"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Dip:
    """A dilemma or component that is worse in some quarter than at the start, by how many points at most."""

    id: str
    quarter: int
    points: float


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """The plan for one firm. `limits`: highest severity allowed, by dilemma. `end`: of the effects it counts
    on.

    `at`: what its measures lead to with every effect at each end. `best`: the best set at each end. `path`:
    severity at the end of each quarter, the first being today. `dips`: what gets worse first. `unavailable`:
    measure -> why. `settled`: quarters until everything passing has passed. `unknown`: fields whose unknown
    answers hide effects. `exact`: whether the search saw every interplay of measures; otherwise gains were
    added up.
    """

    request: PlanRequest
    limits: Mapping[str, float]
    today: Mapping[str, float]
    verdict: Verdict
    end: End
    chosen: Outcome
    at: Mapping[End, Outcome]
    best: Mapping[End, Outcome]
    measures: tuple[PlannedMeasure, ...]
    runners_up: tuple[Outcome, ...]
    path: tuple[Mapping[str, float], ...]
    dips: tuple[Dip, ...]
    unavailable: Mapping[str, str]
    settled: int
    unknown: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Frontier:
    """Sets of measures none of which is beaten in both cost and remaining severity, dearest first.

    The last one is to do nothing. `chosen`: number of the plan's place; None if the plan is not among them.
    `complete`: no set was left out for want of time or number.
    """

    points: tuple[Outcome, ...]
    chosen: int | None
    complete: bool
