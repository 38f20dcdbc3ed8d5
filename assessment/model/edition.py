"""One edition: everything that decides a result, in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessment.model.fields import Field, Question
from assessment.model.formulas import Formula
from assessment.model.plans import Effort, MeasureEffects, PlanRules
from assessment.model.rules import (
    Check,
    Countermeasure,
    Evidence,
    Index,
    Indicator,
    PlacementRules,
    RecommendationRules,
    RobustnessRules,
    SizeRules,
)
from assessment.model.workshop import AgreementRules


@dataclass(frozen=True, eq=False)
class Edition:
    """A questionnaire with its rules. `fingerprint`: SHA-256 over its files.

    Compared by identity, so that what is derived from an edition can be kept with it.
    """

    id: str
    status: str
    fingerprint: str
    languages: tuple[str, ...]
    sections: tuple[str, ...]
    currencies: tuple[str, ...]
    money_units: Mapping[str, int]
    rows: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, int]
    minutes: Mapping[str, int]
    questions: tuple[Question, ...]
    indicators: Mapping[str, Indicator]
    derived: Mapping[str, Formula]
    indexes: Mapping[str, Index]
    dilemmas: tuple[str, ...]
    trends: tuple[str, ...]
    countermeasures: Mapping[str, Countermeasure]
    evidence: Mapping[str, Evidence]
    checks: tuple[Check, ...]
    sizes: SizeRules | None
    placement: PlacementRules
    recommendation: RecommendationRules
    robustness: RobustnessRules | None = None  # None: the edition does not say how sure a result is
    agreement: AgreementRules | None = None  # None: answers of several people are not compared
    plan: PlanRules | None = None  # None: no plan is made unless the firm asks for one
    effects: Mapping[str, MeasureEffects] = field(default_factory=dict)  # by countermeasure
    efforts: Mapping[str, Effort] = field(default_factory=dict)  # by effort class
    workshop_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role -> its usual sections

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by id, in page order."""
        return {f.id: f for q in self.questions for f in q.fields}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Every question by id, in page order."""
        return {q.id: q for q in self.questions}

    @cached_property
    def components(self) -> Mapping[str, str]:
        """Component id -> id of the index it belongs to."""
        return {c.id: i.id for i in self.indexes.values() for c in i.components}

    def in_section(self, section: str, *, quick: bool = False) -> tuple[Question, ...]:
        """The questions of a section; with `quick`, those of the quick path only."""
        return tuple(q for q in self.questions if q.section == section and (q.quick or not quick))
