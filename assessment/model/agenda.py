"""What a firm wants, has decided and tried, and its earlier assessment: all a report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assessment.model.answers import Answers, Reply
from assessment.model.brand import Brand
from assessment.model.plans import End, Frontier, Keeps, PlanProposal, PlanRequest
from assessment.model.workshop import WorkshopRecord


class ActionStatus(StrEnum):
    """How far a measure of the action register is."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class KpiTarget:
    """An indicator a measure is followed by, in its own unit: its value when the plan was decided, and the
    value expected once the plan is done with every effect at its middle. None: not known.
    """

    indicator: str
    baseline: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Action:
    """A decided measure in the action register. `owner` and `note` are typed by the firm."""

    measure: str
    owner: str = ""
    start: date | None = None
    due: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    note: str = ""
    kpis: tuple[KpiTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named what-if: measures switched on, and answers moved to other values by hand.

    `replies`: every field that differs, those that moved along included. `held`: what stayed as it was when
    an answer of a sum was moved: the amounts beside it, or their shares.
    """

    id: str
    name: str
    measures: tuple[str, ...] = ()
    replies: Mapping[str, Reply] = field(default_factory=dict)
    held: Keeps = Keeps.AMOUNT


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """Where a scenario leads. `cost` in percent of one year's revenue, effects at their middle.

    `severity`, `levels`: by end of the effects, by dilemma; None and "" where not placed.
    """

    scenario: Scenario
    cost: float
    severity: Mapping[End, Mapping[str, float | None]]
    levels: Mapping[End, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What stands beside the answers: the wishes for the plan, the action register, the scenarios.

    `request`: None until the firm has said what it wants. `reported`: id of the scenario the report shows.
    """

    request: PlanRequest | None = None
    actions: tuple[Action, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    reported: str = ""

    @property
    def decided(self) -> bool:
        """Whether the firm has taken a plan over into its action register."""
        return bool(self.actions)


NO_AGENDA = Agenda()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The assessment this one is compared with: its answers, when they were given, what was decided then."""

    answers: Answers
    on: date | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything a report is made from, apart from edition, language and date."""

    answers: Answers
    agenda: Agenda = NO_AGENDA
    earlier: Earlier | None = None
    workshop: WorkshopRecord | None = None
    brand: Brand | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be done: the least-cost plan, what else there is at which cost, what was decided or tried."""

    proposal: PlanProposal
    frontier: Frontier
    actions: tuple[Action, ...] = ()
    scenario: ScenarioResult | None = None
