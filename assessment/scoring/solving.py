"""HiGHS asked until its answer holds: sets that do not fit into the quarters are ruled out, and limits that
the engine finds missed are tightened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessment.scoring.curves import Curve
from assessment.scoring.solver import SLACK, Found, Model, OutOfTime, not_all

ROUNDS = 5  # times the limits are tightened where a set misses them after all
TRIES = 200  # sets that turn out not to fit into the quarters before the search gives up


@dataclass(slots=True)
class Rounds:
    """One question to the solver. `clash`: measures of a set that do not fit into the quarters together, None
    if all fit. `severity`: what a set leads to, by dilemma, scored by the engine. `ordered`: of equals the
    lowest ids.
    """

    model: Model
    clash: Callable[[frozenset[int]], frozenset[int] | None]
    severity: Callable[[frozenset[int]], Mapping[str, float]]
    ordered: bool

    def best(self) -> Found | None:
        """The cheapest set within the limits, or of those that come nearest; None if there is none at all.

        Raises `OutOfTime`.
        """
        for round_ in range(ROUNDS + 1):
            found = self._found()
            if found is None or round_ == ROUNDS or not self._tightened(found):
                return found
        raise AssertionError("the last round returns")

    def _tightened(self, found: Found) -> bool:
        """Whether the engine finds a limit missed that the curves saw kept; it is then tightened by the
        miss.
        """
        severity, task = self.severity(found.chosen), self.model.task
        missed = False
        for name, limit in task.limits.items():
            points, share = severity[name] - limit, task.worst_share[name]
            if points > SLACK and foreseen(task.curves, found.chosen, name, share) <= limit + SLACK:
                self.model.margin[name] = self.model.margin.get(name, 0.0) + points
                missed = True
        return missed

    def _found(self) -> Found | None:
        model, over = self.model, None
        found = self._fitting(lambda: model.cheapest(None))
        if found is None:
            near = self._fitting(model.nearest)
            if near is None:
                return None
            over = limit = self._over(near)
            found = self._fitting(lambda: model.cheapest(limit)) or near
        if not self.ordered:
            return found
        first = found
        return self._fitting(lambda: model.in_order(first, over))

    def _fitting(self, solve: Callable[[], Found | None]) -> Found | None:
        """What `solve` finds once every set that does not fit into the quarters is ruled out."""
        for _ in range(TRIES):
            found = solve()
            clash = None if found is None else self.clash(found.chosen)
            if clash is None:
                return found
            self.model.cuts.append(not_all(clash))
        raise OutOfTime

    def _over(self, found: Found) -> float:
        """Points by which a set passes the limits as the model has them."""
        severity, margin = self.severity(found.chosen), self.model.margin
        return sum(
            max(severity[d] - limit + margin.get(d, 0.0), 0.0) for d, limit in self.model.task.limits.items()
        )


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
