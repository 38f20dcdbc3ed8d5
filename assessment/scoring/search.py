"""The best sets of measures for one firm, fitted into quarters: looked up where all sets can be listed, found
by the solver where they are too many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assessment.evaluation.values import Floats
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import Amount, Effort, End, Outcome, PlanRequest
from assessment.scoring.available import Available, available, lag, length
from assessment.scoring.curves import Curves, curves_of
from assessment.scoring.effects import Ground
from assessment.scoring.listing import Listing
from assessment.scoring.place import level_number, weight_set
from assessment.scoring.solver import SLACK, Model, OutOfTime, Row, Task, not_all
from assessment.scoring.solving import Rounds, foreseen
from assessment.scoring.timing import Calendar, Job

ENDS = {End.LOW: 0, End.MID: 1, End.HIGH: 2}
UNITS = 100  # of cost in a percent of revenue: whole numbers, so that equal costs are equal
BELOW_CUT = 1e-3  # a score on a cut belongs to the level above it
MOST = 1 << 19  # sets of measures listed; more are left to the solver


@dataclass(slots=True)
class Search:
    """One firm, what it asks for, and what is already known about its measures. `most`: sets it may list."""

    ground: Ground
    request: PlanRequest
    open: Available
    limits: Mapping[str, float]
    most: int = MOST
    _curves: dict[End, Curves] = field(default_factory=dict)
    _listings: dict[tuple[End, float | None], Listing | None] = field(default_factory=dict, init=False)
    _calendars: list[Calendar] = field(default_factory=list, init=False)

    @classmethod
    def of(cls, edition: Edition, answers: Answers, request: PlanRequest) -> Search:
        """Raises `ValueError` if the edition has no effects, or a target or measure is not one of its own."""
        _check(edition, request)
        ground = Ground.of(edition, answers)
        return cls(ground, request, available(ground, request), limits_of(ground, request))

    @property
    def today(self) -> dict[str, float]:
        """Severity of each dilemma as things stand."""
        return self._named(self.ground.totals(self.ground.today[None, :], self.ground.weights[None, :])[0])

    @property
    def nothing_to_do(self) -> bool:
        """Whether every limit holds as things stand, and no measure is in."""
        return not self.request.kept and self.overshoot(self.today) <= SLACK

    def exact(self, end: End) -> bool:
        """Whether every interplay of measures is seen by the search."""
        return self.nothing_to_do or self.curves(end).exact

    def effort(self, measure: str) -> Effort:
        return self.ground.edition.efforts[self.ground.edition.countermeasures[measure].effort]

    def cost(self, measures: Iterable[str]) -> float:
        """Middle cost in percent of one year's revenue."""
        return sum(_units(self.effort(m).money) for m in measures) / UNITS

    # --- one set ------------------------------------------------------------------------------------

    def outcome(self, measures: Iterable[str], end: End, gap: float | None = 0.0) -> Outcome:
        """What a set of measures costs and leads to once it has settled, scored by the engine."""
        names = tuple(sorted(measures))
        if not names:
            return self._outcome(names, self.today, gap)
        sets = np.array([[m in names for m in self.ground.measures]])
        return self.led_to(names, self.ground.lead_to(sets, np.array([ENDS[end]]))[0], gap)

    def led_to(self, names: tuple[str, ...], severities: Floats, gap: float | None = 0.0) -> Outcome:
        """The outcome of a set that leads to these severities of the dilemmas."""
        return self._outcome(names, self._named(severities), gap)

    def _outcome(self, names: tuple[str, ...], severity: Mapping[str, float], gap: float | None) -> Outcome:
        return Outcome(names, self.cost(names), severity, self.overshoot(severity), gap)

    def read_off(self, measures: Iterable[str], end: End) -> Outcome:
        """The same for open measures from what the engine found for each component, where that is exact."""
        names = tuple(sorted(measures))
        if not names or not self.curves(end).exact:
            return self.outcome(names, end)
        done = frozenset(p for p, m in enumerate(self.ground.measures) if m in names)
        share = {d: self.ground.edition.indexes[d].worst_share for d in self.limits}
        curves = self.curves(end).curves
        return self._outcome(names, {d: foreseen(curves, done, d, share[d]) for d in self.limits}, 0.0)

    def overshoot(self, severity: Mapping[str, float]) -> float:
        """Points above the limits, over all dilemmas."""
        return sum(max(severity[d] - limit, 0.0) for d, limit in self.limits.items())

    def timetable(self, measures: Iterable[str]) -> dict[str, int] | None:
        """First quarter of each measure, or None if they do not fit."""
        return self.calendar.starts(measures)

    @property
    def calendar(self) -> Calendar:
        """The quarters of the request, with all open measures."""
        if not self._calendars:
            jobs = {m: self._job(m) for m in self.open.measures}
            request = self.request
            self._calendars.append(
                Calendar(jobs, request.quarters, request.days_per_quarter, self._at_once, request.seconds)
            )
        return self._calendars[0]

    @property
    def _at_once(self) -> Mapping[str, int]:
        """Most measures of an effort class in one quarter."""
        edition = self.ground.edition
        return edition.recommendation.at_once.get(weight_set(edition, int(self.ground.scores.size[0])), {})

    def _job(self, measure: str) -> Job:
        edition, quarters = self.ground.edition, length(self.ground.edition, measure)
        days = self.effort(measure).days.mid / quarters
        effort = edition.countermeasures[measure].effort
        return Job(measure, quarters, lag(edition, measure), days, effort, self.open.after[measure])

    def _named(self, severities: Floats) -> dict[str, float]:
        return dict(zip(self.ground.dilemmas, map(float, severities), strict=True))

    # --- the best set -------------------------------------------------------------------------------

    def best(
        self,
        end: End,
        without: Sequence[str] = (),
        beside: Sequence[Sequence[str]] = (),
        *,
        ordered: bool = True,
        budget: float | None = None,
    ) -> Outcome | None:
        """The cheapest set that keeps the limits, or the one that comes nearest. None: not even `kept` can be
        done.

        `without`: measures left out. `beside`: sets that are ruled out, with all that contain them.
        `ordered`: of equals the one with the lowest ids, which takes the solver longer; otherwise any.
        `budget`: in place of that of the request; infinite for none.
        """
        if self.nothing_to_do and all(beside):
            return self.outcome((), end)
        wide = None if budget is not None else self.request.budget
        listing = self._listing(end, wide)
        try:
            if listing is None:
                limit = self.request.budget if budget is None else budget
                return self._solved(end, without, beside, limit, ordered)
            found = listing.best(
                self._clash,
                self._numbers(without),
                [self._numbers(names) for names in beside],
                self._numbers(self.request.kept),
                _whole(budget),
            )
            return None if found is None else self.read_off(self._names(found), end)
        except OutOfTime:
            return self.outcome(self.request.kept, end, gap=None)

    def _listing(self, end: End, budget: float | None) -> Listing | None:
        """All sets within a budget; None where they are too many, or the curves do not say all."""
        key = (end, budget)
        if key not in self._listings:
            exact = self.curves(end).exact
            self._listings[key] = Listing.of(self._task(end, budget), self.most) if exact else None
        return self._listings[key]

    def _solved(
        self,
        end: End,
        without: Sequence[str],
        beside: Sequence[Sequence[str]],
        budget: float | None,
        ordered: bool,
    ) -> Outcome | None:
        model = Model(self._task(end, budget))
        model.cuts += [Row({number: 1.0}, 0.0) for number in self._numbers(without)]
        model.cuts += [not_all(self._numbers(names)) for names in beside]

        def severity(chosen: frozenset[int]) -> Mapping[str, float]:
            return self.outcome(self._names(chosen), end).severity

        found = Rounds(model, self._clash, severity, ordered).best()
        return None if found is None else self.outcome(self._names(found.chosen), end, found.gap)

    def _clash(self, chosen: frozenset[int]) -> frozenset[int] | None:
        """As few of these measures as do not fit into the quarters together; None if all fit."""
        names = self.calendar.clash(self._names(chosen))
        return None if names is None else self._numbers(names)

    def _task(self, end: End, budget: float | None) -> Task:
        names, edition, request = self.open.measures, self.ground.edition, self.request
        number = {m: n for n, m in enumerate(names)}
        place = {p: number[m] for p, m in enumerate(self.ground.measures) if m in number}
        curves = self.curves(end).curves
        return Task(
            cost=tuple(_units(self.effort(m).money) for m in names),
            days=tuple(self.effort(m).days.mid for m in names),
            curves=tuple(replace(c, measures=tuple(place[m] for m in c.measures)) for c in curves),
            limits=self.limits,
            worst_share={d: edition.indexes[d].worst_share for d in self.limits},
            pairs=tuple((number[m], number[first]) for m in names for first in self.open.after[m]),
            apart=tuple(
                (number[m], number[other])
                for m in names
                for other in (edition.effects[m].excludes if m in edition.effects else ())
                if other in number
            ),
            budget=_whole(budget),
            day_limit=(
                None if request.days_per_quarter is None else request.days_per_quarter * request.quarters
            ),
            room=tuple(self._room(effort, most) for effort, most in self._at_once.items()),
            kept=self._numbers(request.kept),
            seconds=request.seconds,
        )

    def _room(self, effort: str, most: int) -> tuple[Mapping[int, float], float]:
        """Quarters that the measures of an effort class take, and those there are: more never fits."""
        edition = self.ground.edition
        taken = {
            n: float(length(edition, m))
            for n, m in enumerate(self.open.measures)
            if edition.countermeasures[m].effort == effort
        }
        return taken, float(most * self.request.quarters)

    def curves(self, end: End) -> Curves:
        """Severity of each component for every set of the measures that reach it."""
        if not self._curves:
            allowed = [p for p, m in enumerate(self.ground.measures) if m in self.open.measures]
            self._curves |= curves_of(self.ground, allowed)
        return self._curves[end]

    def _names(self, chosen: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.open.measures[n] for n in sorted(chosen))

    def _numbers(self, names: Iterable[str]) -> frozenset[int]:
        """Places of these among the open measures; what is not open is left out."""
        wanted = frozenset(names)
        return frozenset(n for n, m in enumerate(self.open.measures) if m in wanted)


def limits_of(ground: Ground, request: PlanRequest) -> dict[str, float]:
    """The highest severity allowed by dilemma: just below the cut above its target, or above its level
    today.
    """
    rules = ground.edition.placement
    totals = ground.totals(ground.today[None, :], ground.weights[None, :])[0]
    out = {}
    for name, score in zip(ground.dilemmas, map(float, totals), strict=True):
        target = request.targets.get(name)
        level = level_number(score, rules) if target is None else rules.levels.index(target)
        limit = rules.cuts[level] - BELOW_CUT if level < len(rules.cuts) else 100.0
        out[name] = limit if target is not None else max(limit, score)
    return out


def _units(money: Amount) -> int:
    return round(money.mid * UNITS)


def _whole(budget: float | None) -> int | None:
    """A budget in whole units; None: no limit."""
    return None if budget is None or math.isinf(budget) else math.floor(budget * UNITS + SLACK)


def _check(edition: Edition, request: PlanRequest) -> None:
    """Raises `ValueError` for what no plan can be made of."""
    if not edition.effects or not edition.efforts:
        raise ValueError(f"{edition.id} does not say what its countermeasures do and cost")
    mixed = all(
        edition.indexes[d].aggregator == "mixed" and not any(c.index for c in edition.indexes[d].components)
        for d in edition.dilemmas
    )
    if not mixed:
        raise ValueError(f"{edition.id} puts its dilemmas together in a way plans cannot search")
    unknown = [d for d in request.targets if d not in edition.dilemmas]
    unknown += [t for t in request.targets.values() if t not in edition.placement.levels]
    unknown += [m for m in (*request.refused, *request.kept) if m not in edition.countermeasures]
    if unknown:
        raise ValueError(f"not of {edition.id}: {', '.join(sorted(unknown))}")
