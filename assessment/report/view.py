"""One firm's results arranged for reading: which dilemma leads, which measures are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.model.agenda import Action, Outlook
from assessment.model.answers import Answers
from assessment.model.plans import Amount
from assessment.model.results import Assessment, Placement, Recommendation, Stated
from assessment.report.costs import Purse, purse_of
from assessment.report.document import Text, Typed
from assessment.report.planned import planned
from assessment.report.say import Say, months_later


@dataclass(frozen=True)
class View:
    """What every part of a report is written from."""

    say: Say
    assessment: Assessment
    today: date
    asked: frozenset[str]
    outlook: Outlook | None = None

    @property
    def firm(self) -> Typed:
        return Typed(self.assessment.answers.firm)

    @property
    def answers(self) -> Answers:
        return self.assessment.answers

    @cached_property
    def ranked(self) -> tuple[Placement, ...]:
        """Dilemmas with a level, heaviest first; then spans; then those not placed."""
        order = {Stated.LEVEL: 0, Stated.SPAN: 0, Stated.NOT_PLACED: 1}
        return tuple(sorted(self.assessment.placements, key=lambda p: (order[p.stated], -p.score, p.dilemma)))

    @property
    def main(self) -> Placement:
        """The dilemma the report leads with."""
        return self.ranked[0]

    @cached_property
    def calling(self) -> tuple[Placement, ...]:
        """Dilemmas that call for a plan: pronounced or acute."""
        levels = self.say.edition.placement.levels
        return tuple(p for p in self.ranked if p.stated is Stated.LEVEL and levels.index(p.level) >= 2)

    @cached_property
    def chosen(self) -> tuple[Recommendation, ...]:
        """The measures of the plan, earliest first; without a plan those recommended, highest rank first."""
        return planned(self.assessment.recommendations, self.outlook, self.today)

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The decided measures of the action register."""
        return {a.measure: a for a in self.outlook.actions} if self.outlook else {}

    @property
    def plans(self) -> bool:
        """Whether there is a least-cost plan with something to do."""
        return self.outlook is not None and bool(self.outlook.proposal.chosen.measures)

    @cached_property
    def relief(self) -> Mapping[str, Mapping[str, Amount]]:
        """By planned measure, the points its effects take off each component."""
        return {m.measure: m.relief for m in self.outlook.proposal.measures} if self.outlook else {}

    @cached_property
    def purse(self) -> Purse | None:
        """What a percent of revenue is worth."""
        return purse_of(self.say.edition, self.answers)

    @cached_property
    def first_three(self) -> tuple[Recommendation, ...]:
        """The three measures of the decision page: highest rank among those that can begin at once."""
        ready = [r for r in self.chosen if r.start == 0]
        return tuple((ready + [r for r in self.chosen if r.start > 0])[:3])

    def due(self, measure: Recommendation) -> date:
        """When a first result is due."""
        first = self.say.edition.countermeasures[measure.countermeasure].months[0]
        return months_later(self.today, measure.start + max(first, 1))

    def effort(self, measure: Recommendation) -> str:
        return self.say(f"effort.{measure.effort}")

    def owner(self, measure: Recommendation) -> Text:
        """Who was named, else the role of the catalogue."""
        action = self.actions.get(measure.countermeasure)
        if action is not None and action.owner:
            return Typed(action.owner)
        return self.say.text(f"countermeasures.{measure.countermeasure}.owner")
