"""The best sets of measures for one firm: found by the solver, scored again by the engine, fitted into
quarters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assessment.evaluation.values import Floats
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import Amount, Effort, End, Outcome, PlanRequest
from assessment.scoring.available import Available, available, lag, length
from assessment.scoring.curves import Curve, Curves, curves_of
from assessment.scoring.effects import Ground
from assessment.scoring.place import level_number, weight_set
from assessment.scoring.solver import SLACK, Found, Model, OutOfTime, Row, Task, not_all
from assessment.scoring.timing import Job, timetable

ENDS = {End.LOW: 0, End.MID: 1, End.HIGH: 2}
UNITS = 100  # of cost in a percent of revenue: whole numbers, so that equal costs are equal
BELOW_CUT = 1e-3  # a score on a cut belongs to the level above it
ROUNDS = 5  # times the limits are tightened where a set misses them after all
TRIES = 200  # sets that turn out not to fit into the quarters before the search gives up


@dataclass(slots=True)
class Search:
    """One firm, what it asks for, and what is already known about its measures."""

    ground: Ground
    request: PlanRequest
    open: Available
    limits: Mapping[str, float]
    _curves: dict[End, Curves] = field(default_factory=dict)
    _timetables: dict[tuple[str, ...], dict[str, int] | None] = field(default_factory=dict)

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

    def exact(self, end: End) -> bool:
        """Whether every interplay of measures is seen by the search."""
        return self._curves_at(end).exact

    def effort(self, measure: str) -> Effort:
        return self.ground.edition.efforts[self.ground.edition.countermeasures[measure].effort]

    def cost(self, measures: Iterable[str]) -> float:
        """Middle cost in percent of one year's revenue."""
        return sum(_units(self.effort(m).money) for m in measures) / UNITS

    # --- one set ------------------------------------------------------------------------------------

    def outcome(self, measures: Iterable[str], end: End, gap: float | None = 0.0) -> Outcome:
        """What a set of measures costs and leads to once it has settled."""
        names = tuple(sorted(measures))
        sets = np.array([[m in names for m in self.ground.measures]])
        severity = self._named(self.ground.lead_to(sets, np.array([ENDS[end]]))[0])
        return Outcome(names, self.cost(names), severity, self.overshoot(severity), gap)

    def overshoot(self, severity: Mapping[str, float]) -> float:
        """Points above the limits, over all dilemmas."""
        return sum(max(severity[d] - limit, 0.0) for d, limit in self.limits.items())

    def timetable(self, measures: Iterable[str]) -> dict[str, int] | None:
        """First quarter of each measure, or None if they do not fit."""
        names = tuple(sorted(measures))
        if names not in self._timetables:
            jobs = [self._job(m) for m in names]
            self._timetables[names] = timetable(
                jobs,
                self.request.quarters,
                self.request.days_per_quarter,
                self._at_once,
                self.request.seconds,
            )
        return self._timetables[names]

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
    ) -> Outcome | None:
        """The cheapest set that keeps the limits, or the one that comes nearest. None: not even `kept` can be
        done.

        `without`: measures left out. `beside`: sets that are ruled out, with all that contain them.
        `ordered`: of equals the one with the lowest ids; otherwise any.
        """
        model = self._model(end, without, beside)
        try:
            for round_ in range(ROUNDS + 1):
                found = self._found(model, end, ordered=ordered)
                if found is None:
                    return None
                outcome = self.outcome(self._names(found), end, found.gap)
                if round_ == ROUNDS or not self._tightened(model, found, outcome):
                    return outcome
        except OutOfTime:
            pass
        return self.outcome(self.request.kept, end, gap=None)

    def _tightened(self, model: Model, found: Found, outcome: Outcome) -> bool:
        """Whether the engine finds a limit missed that the curves saw kept; it is then tightened by the
        miss.
        """
        missed = False
        for name, limit in self.limits.items():
            points = outcome.severity[name] - limit
            share = model.task.worst_share[name]
            if points > SLACK and foreseen(model.task.curves, found.chosen, name, share) <= limit + SLACK:
                model.margin[name] = model.margin.get(name, 0.0) + points
                missed = True
        return missed

    def _found(self, model: Model, end: End, *, ordered: bool) -> Found | None:
        """The cheapest set within the limits; if there is none, the cheapest of those that come nearest."""
        over: float | None = None
        found = self._fitting(model, lambda: model.cheapest(None))
        if found is None:
            near = self._fitting(model, model.nearest)
            if near is None:
                return None
            over = self._over(model, near, end)
            found = self._fitting(model, lambda: model.cheapest(over)) or near
        if not ordered:
            return found
        first = found
        return self._fitting(model, lambda: model.in_order(first, over))

    def _fitting(self, model: Model, solve: Callable[[], Found | None]) -> Found | None:
        """What `solve` finds once every set that does not fit into the quarters is ruled out."""
        for _ in range(TRIES):
            found = solve()
            if found is None or self.timetable(self._names(found)) is not None:
                return found
            model.cuts.append(not_all(self._conflict(found.chosen)))
        raise OutOfTime

    def _conflict(self, chosen: frozenset[int]) -> frozenset[int]:
        """As few of these measures as do not fit into the quarters together."""
        kept = set(chosen)
        for number in sorted(chosen):
            rest = kept - {number}
            if self.timetable(self.open.measures[n] for n in sorted(rest)) is None:
                kept = rest
        return frozenset(kept)

    def _over(self, model: Model, found: Found, end: End) -> float:
        """Points by which a set passes the limits as the model has them."""
        severity = self.outcome(self._names(found), end).severity
        return sum(
            max(severity[d] - limit + model.margin.get(d, 0.0), 0.0) for d, limit in self.limits.items()
        )

    def _model(self, end: End, without: Sequence[str], beside: Sequence[Sequence[str]]) -> Model:
        model = Model(self._task(end))
        number = {m: n for n, m in enumerate(self.open.measures)}
        model.cuts += [Row({number[m]: 1.0}, 0.0) for m in without]
        model.cuts += [not_all(frozenset(number[m] for m in names)) for names in beside]
        return model

    def _task(self, end: End) -> Task:
        names, edition, request = self.open.measures, self.ground.edition, self.request
        number = {m: n for n, m in enumerate(names)}
        place = {p: number[m] for p, m in enumerate(self.ground.measures) if m in number}
        return Task(
            cost=tuple(_units(self.effort(m).money) for m in names),
            days=tuple(self.effort(m).days.mid for m in names),
            curves=tuple(_renumbered(c, place) for c in self._curves_at(end).curves),
            limits=self.limits,
            worst_share={d: edition.indexes[d].worst_share for d in self.limits},
            pairs=tuple((number[m], number[first]) for m in names for first in self.open.after[m]),
            apart=tuple(
                (number[m], number[other])
                for m in names
                for other in (edition.effects[m].excludes if m in edition.effects else ())
                if other in number
            ),
            budget=None if request.budget is None else int(np.floor(request.budget * UNITS + SLACK)),
            day_limit=(
                None if request.days_per_quarter is None else request.days_per_quarter * request.quarters
            ),
            room=tuple(self._room(effort, most) for effort, most in self._at_once.items()),
            kept=frozenset(number[m] for m in request.kept if m in number),
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

    def _curves_at(self, end: End) -> Curves:
        if end not in self._curves:
            allowed = [p for p, m in enumerate(self.ground.measures) if m in self.open.measures]
            self._curves[end] = curves_of(self.ground, allowed, ENDS[end])
        return self._curves[end]

    def _names(self, found: Found) -> tuple[str, ...]:
        return tuple(self.open.measures[n] for n in sorted(found.chosen))


def foreseen(curves: Sequence[Curve], chosen: frozenset[int], dilemma: str, worst_share: float) -> float:
    """Severity of a dilemma as the curves have it."""
    mean, worst = 0.0, 0.0
    for curve in curves:
        if curve.dilemma != dilemma:
            continue
        bits = [b for b, m in enumerate(curve.measures) if m in chosen]
        if curve.table is None:
            severity = curve.today - float(sum(curve.relief[b] for b in bits))
        else:
            severity = float(curve.table[sum(1 << b for b in bits)])
        mean, worst = mean + curve.weight * severity, max(worst, severity)
    return (1.0 - worst_share) * mean + worst_share * worst


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


def _renumbered(curve: Curve, place: Mapping[int, int]) -> Curve:
    measures = tuple(place[m] for m in curve.measures)
    return Curve(
        curve.component, curve.dilemma, curve.weight, curve.today, measures, curve.relief, curve.table
    )


def _units(money: Amount) -> int:
    return round(money.mid * UNITS)


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
