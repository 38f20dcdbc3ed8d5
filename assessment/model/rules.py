"""The rules of an edition: indicators, dilemmas, trends, countermeasures, evidence, checks, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.model.formulas import Condition, Formula


class Standing(StrEnum):
    """Where a rule comes from: stated in a source, derived from it, or assumed by us."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Reads(StrEnum):
    """How an indicator is read: more is better, less is better, best inside a corridor, not judged."""

    UP = "up"
    DOWN = "down"
    CORRIDOR = "corridor"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number computed from answers. `limits`: its natural range; values are cut to it."""

    id: str
    formula: Formula
    unit: str
    decimals: int
    reads: Reads
    standing: Standing
    source: tuple[str, ...]
    reason: str
    limits: tuple[float, float] = (float("-inf"), float("inf"))
    corridor: tuple[float, float] | None = None
    yardsticks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an index: an indicator seen through its anchors, or another index.

    `anchors` and `weights` are keyed by weight set. `anchors[s]` are indicator values at the scores
    `scores` (equal steps 0..100 as a rule); rising or falling decides the direction.
    """

    id: str
    indicator: str
    weights: Mapping[str, float]
    anchors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    scores: tuple[float, ...] = (0.0, 25.0, 50.0, 75.0, 100.0)
    logarithm: bool = False
    index: str = ""
    standing: Standing = Standing.ASSUMED
    source: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """A composite of components: `worst_share` L gives (1-L) x weighted mean + L x worst component.

    `aggregator`: `mixed` (the mean when L is 0) or `geometric` (weighted geometric mean).
    """

    id: str
    components: tuple[Component, ...]
    aggregator: str = "mixed"
    worst_share: float = 0.0
    source: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to hold a countermeasure back."""

    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Countermeasure:
    """One measure of the catalogue. `relieves`: share of the severity above 25 it can take away."""

    id: str
    trace: tuple[str, ...]
    relieves: Mapping[str, float]
    side_effects: Mapping[str, float]
    effort: str
    months: tuple[int, int]
    kind: str
    actor: str
    after: tuple[str, ...]
    needs: Condition | None
    holds: tuple[Hold, ...]
    applies_to: tuple[str, ...]
    kpi: tuple[str, ...]
    standing: Standing
    source: tuple[str, ...]
    reason: str
    urgent: Condition | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure or claim of a source and the use the product makes of it."""

    id: str
    document: str
    section: str
    figure: str
    use: str
    value: float | None = None
    indicator: str = ""
    year: int | None = None
    address: str = ""
    verified: bool = True
    shown_when: Condition | None = None  # firms it may be shown to; None: all


@dataclass(frozen=True, slots=True)
class Check:
    """A rule across answers. Exactly one of the tests is set."""

    id: str
    severity: str
    fields: tuple[str, ...]
    left: Formula | None = None
    at_most: Formula | None = None
    at_least: Formula | None = None
    about: Formula | None = None
    tolerance: float = 0.0
    between: tuple[float, float] | None = None
    between_by: tuple[str, Mapping[str, tuple[float, float]]] | None = None
    year_within: int | None = None
    when: Condition | None = None
    scale_money: bool = False
    slip: bool = False


@dataclass(frozen=True, slots=True)
class SizeBound:
    """Lower bounds of a size class: people and yearly revenue in the regime's currency."""

    size: str
    headcount: float
    revenue: float | None


@dataclass(frozen=True, slots=True)
class SizeRegime:
    """How one regime tells size classes apart, largest first; the last class is what remains.

    `any_bound`: one bound met is enough (EU ceilings); otherwise all must be met (China).
    `strictly`: revenue must exceed its bound. `currency` "": revenue is not looked at.
    """

    bounds: tuple[SizeBound, ...]
    any_bound: bool
    strictly: bool
    group_counts: bool
    currency: str


@dataclass(frozen=True, slots=True)
class SizeRules:
    """Size classes by regime, and the weight set each class is scored with."""

    regimes: Mapping[str, SizeRegime]
    weight_set: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True)
class PlacementRules:
    """Level names, their cuts, and how much must be known to state them."""

    levels: tuple[str, ...]
    cuts: tuple[float, ...]
    coverage_level: float
    coverage_span: float
    borderline: float


@dataclass(frozen=True, slots=True)
class RecommendationRules:
    """Cost of an effort class, and what a firm can carry: measures by kind, and effort classes at once.

    `least_benefit`: points per step of effort below which a measure is not worth it. `urgent_benefit`:
    points an urgent measure is credited with. `kinds` and `at_once` are keyed by size class or weight set.
    """

    least_benefit: float
    urgent_benefit: float
    effort_cost: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, int]]
    at_once: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class RobustnessRules:
    """Settings a result is tried under, drawn once: `draws` of them from `seed`.

    Factors of weights and shares of the worst component are drawn evenly between two numbers. Anchors of
    assumed rules move by parts of their span: inner ones by up to `inner_anchors` either way, the best one
    by `best_anchor` towards the worst. `firm`, `fairly_robust`: whole percents from which the words hold;
    `agree`: whole percent of the settings common to two dates from which they show a change.
    `reach`: how many times its value an amount without a limit is tried up to. `grade_error`: relative error
    of a figure by data grade, "unknown" included. `facts`: questions on which firm it is: never changed.
    """

    seed: int
    draws: int
    weight_factor: tuple[float, float]
    worst_share: tuple[float, float]
    aggregations: tuple[str, ...]
    power: tuple[float, float]
    health_floor: float
    inner_anchors: float
    best_anchor: tuple[float, float]
    firm: int
    fairly_robust: int
    agree: int
    reach: float
    grade_error: Mapping[str, float]
    facts: tuple[str, ...]
