"""Trying things on: measures and other answers, without a word to the answers of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from assessment.answering.relevance import asked
from assessment.answering.validation import check_answers, impossible
from assessment.model.agenda import Scenario, ScenarioResult
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.model.plans import End, Keeps, Outcome, PlanRequest, Verdict
from assessment.model.problems import AnswerProblem
from assessment.model.results import Assessment
from assessment.scoring.assess import assess
from assessment.scoring.leverage import leverage
from assessment.scoring.optimise import VERDICTS
from assessment.scoring.request import default_request
from assessment.scoring.search import Search
from assessment.scoring.whatif import after_moves, moved, result_on, switched

MOST_SCENARIOS: Final = 12
NOTHING: Final = Scenario("", "")
SECONDS: Final = 0.5  # for each search of the way on: it is looked at beside other things
KEPT: Final = 40  # grounds and results remembered

Moves = frozenset[tuple[str, Reply]]
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class WayOn:
    """The cheapest way to the levels wanted from where a scenario stands. `more`: measures to add to its own.

    None for `outcome`: what is switched on cannot be done within the limits of the wishes. `proven`: False if
    the time ran out, so that SHORT says only what was found.
    """

    verdict: Verdict
    outcome: Outcome | None
    more: tuple[str, ...] = ()
    proven: bool = True


@dataclass
class Trial:
    """One firm to try things on. `wish`: what it wants of its plan, if it said so; `decided`: measures in its
    action register. What was worked out once is remembered.
    """

    edition: Edition
    answers: Answers
    wish: PlanRequest | None = None
    decided: tuple[str, ...] = ()
    _searches: dict[Moves, Search] = field(default_factory=dict)
    _results: dict[tuple[Moves, tuple[str, ...]], ScenarioResult] = field(default_factory=dict)
    _problems: dict[tuple[Moves, date], tuple[AnswerProblem, ...]] = field(default_factory=dict)
    _ways: dict[tuple[Moves, tuple[str, ...]], WayOn] = field(default_factory=dict)

    @cached_property
    def assessment(self) -> Assessment:
        """The result as it stands."""
        return assess(self.edition, self.answers)

    @cached_property
    def request(self) -> PlanRequest:
        """What the firm wants of its plan, or what is proposed to it."""
        found = self.assessment
        return self.wish or default_request(self.edition, found.placements, found.size)

    @cached_property
    def leverage(self) -> Mapping[str, float]:
        """Points by which one answer alone can move a dilemma, by field, most first."""
        return leverage(self.edition, self.answers, asked(self.edition, self.answers))

    @cached_property
    def leading(self) -> Mapping[str, str]:
        """Measures that come first, with the reason: decided, of the plan, recommended."""
        chosen = [r.countermeasure for r in self.assessment.recommendations if r.chosen]
        planned = self.way_on(NOTHING).more
        found = (("decided", self.decided), ("planned", planned), ("recommended", chosen))
        out: dict[str, str] = {}
        for why, measures in found:
            out |= {m: why for m in measures if m not in out}
        return out

    @cached_property
    def today(self) -> ScenarioResult:
        return self.result(NOTHING)

    def result(self, scenario: Scenario) -> ScenarioResult:
        """Where a scenario leads."""
        key = _key(scenario)
        if key not in self._results:
            ground = self.search(scenario).ground
            found = result_on(ground, after_moves(self.answers, scenario), scenario)
            _remember(self._results, key, found)
        return replace(self._results[key], scenario=scenario)

    def search(self, scenario: Scenario) -> Search:
        """The firm with the answers of a scenario, ready for any set of measures."""
        moves = _key(scenario)[0]
        if moves not in self._searches:
            told = after_moves(self.answers, scenario)
            _remember(self._searches, moves, Search.of(self.edition, told, self.request))
        return self._searches[moves]

    def switched(self, scenario: Scenario, measure: str, *, on: bool) -> Scenario:
        """The scenario after a measure was switched."""
        open_ = self.search(scenario).open
        return replace(scenario, measures=switched(self.edition, open_, scenario.measures, measure, on=on))

    def moved(self, scenario: Scenario, name: str, value: Reply, held: Keeps) -> Scenario:
        """The scenario after an answer was moved; what stands as the firm gave it is no move."""
        told = after_moves(self.answers, scenario)
        replies = {**scenario.replies, **moved(self.edition, told, name, value, held)}
        kept = {f: r for f, r in replies.items() if r != self.answers.reply(f)}
        return replace(scenario, replies=kept, held=held)

    def clashes(self, scenario: Scenario, today: date) -> tuple[AnswerProblem, ...]:
        """What cannot be true of the moved answers together, and was not there before."""
        if not scenario.replies:
            return ()
        before = {problem.code for problem in self._impossible(NOTHING, today)}
        return tuple(p for p in self._impossible(scenario, today) if p.code not in before)

    def _impossible(self, scenario: Scenario, today: date) -> tuple[AnswerProblem, ...]:
        key = _key(scenario)[0], today
        if key not in self._problems:
            told = after_moves(self.answers, scenario)
            found = impossible(check_answers(self.edition, told, today))
            _remember(self._problems, key, found)
        return self._problems[key]

    def way_on(self, scenario: Scenario) -> WayOn:
        """What it would take from there, with the measures of the scenario as given."""
        key = _key(scenario)
        if key not in self._ways:
            _remember(self._ways, key, self._way_on(scenario))
        return self._ways[key]

    def _way_on(self, scenario: Scenario) -> WayOn:
        ready = self.search(scenario)
        kept = frozenset(scenario.measures)
        wish = replace(self.request, kept=kept, refused=self.request.refused - kept, seconds=SECONDS)
        search = replace(ready, request=wish)
        if not kept and search.outcome((), End.LOW).overshoot <= 0:
            return WayOn(Verdict.NOTHING_TO_DO, ready.outcome((), End.LOW))
        tried: list[Outcome | None] = []
        for end in End:
            best = search.best(end, ordered=False)
            if best is not None and best.reached:
                return WayOn(VERDICTS[end], best, _added(best, kept))
            tried.append(best)
        proven = all(one is None or one.gap is not None for one in tried)
        return WayOn(Verdict.SHORT, tried[0], _added(tried[0], kept), proven)


def _added(outcome: Outcome | None, kept: frozenset[str]) -> tuple[str, ...]:
    return () if outcome is None else tuple(m for m in outcome.measures if m not in kept)


def _key(scenario: Scenario) -> tuple[Moves, tuple[str, ...]]:
    return frozenset(scenario.replies.items()), tuple(sorted(scenario.measures))


def _remember(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Keep it; the oldest goes when there are many."""
    if len(known) >= KEPT:
        del known[next(iter(known))]
    known[key] = value
