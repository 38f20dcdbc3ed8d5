"""One firm's results arranged for reading: which dilemma leads, which measures are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessment.model.answers import Answers
from assessment.model.results import Assessment, Placement, Recommendation, Stated
from assessment.report.document import Typed
from assessment.report.say import Say, months_later


@dataclass(frozen=True)
class View:
    """What every part of a report is written from."""

    say: Say
    assessment: Assessment
    today: date
    asked: frozenset[str]

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
        """Measures chosen, highest rank first."""
        return tuple(r for r in self.assessment.recommendations if r.chosen)

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

    def owner(self, measure: Recommendation) -> str:
        return self.say.texts.text(f"countermeasures.{measure.countermeasure}.owner")
