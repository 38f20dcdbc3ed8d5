"""The search for a set of measures as a mixed-integer programme, solved exactly by HiGHS through scipy.

Columns: y (a measure is done, 0 or 1), over (points above the limit of a dilemma), worst (its worst
component), and for each component whose measures interplay one part for every set of them. The parts add up
to 1, and those with a measure add up to its y: with whole y exactly one part is 1, that of the set done, so
severity is read off the table.

    (1 - L) sum of w x severity + L x worst - over <= limit        for every dilemma
    severity <= worst                                              for every component of it
    y of a measure <= y of what comes first, budget, days, exclusions, cuts
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from assessment.evaluation.values import Floats
from assessment.scoring.curves import Curve

CHUNK = 12  # measures put in order of their ids by one solution: powers of 2 up to here are told apart safely
SLACK = 1e-6  # points of severity by which a limit may be missed: the noise of the arithmetic
NEAR = 1e-4  # points by which a set may come less near than the nearest: well above HiGHS's own tolerance


class OutOfTime(Exception):
    """The search ended before any set was found: its time was over, or the arithmetic failed."""


class Status(IntEnum):
    """What HiGHS says, by scipy's numbers."""

    BEST = 0
    TIME_OUT = 1
    NONE = 2


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of factor x column <= high."""

    factors: Mapping[int, float]
    high: float
    low: float = -np.inf


@dataclass(frozen=True, slots=True)
class Task:
    """What is searched. Measures by number, in order of their ids; `cost` in whole units.

    `limits`, `worst_share`: by dilemma. `pairs`: (later, earlier). `apart`: pairs that exclude each other.
    `room`: quarters that measures of one effort class take, and those there are.
    """

    cost: tuple[int, ...]
    days: tuple[float, ...]
    curves: tuple[Curve, ...]
    limits: Mapping[str, float]
    worst_share: Mapping[str, float]
    pairs: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]
    budget: int | None
    day_limit: float | None
    room: tuple[tuple[Mapping[int, float], float], ...]
    kept: frozenset[int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """A set of measures by number, and how far it may be from the best: 0 is proven, None not known."""

    chosen: frozenset[int]
    gap: float | None


@dataclass(slots=True)
class Model:
    """The rows of one task. `margin`: points its limits are tightened by, by dilemma; `cuts`: sets ruled
    out.
    """

    task: Task
    margin: dict[str, float] = field(default_factory=dict)
    cuts: list[Row] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _columns: int = 0
    _severity: list[tuple[float, dict[int, float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columns = self._worst(len(self.task.limits))
        self._severity = [self._read_off(curve) for curve in self.task.curves]
        self._rows += [*self._rules(), *self._worst_rows()]

    @property
    def _count(self) -> int:
        return len(self.task.cost)

    def _over(self, number: int) -> int:
        return self._count + number

    def _worst(self, number: int) -> int:
        return self._count + len(self.task.limits) + number

    def _read_off(self, curve: Curve) -> tuple[float, dict[int, float]]:
        """Severity of a component as a constant and factors of columns; a table adds its parts and their
        rows.
        """
        if curve.table is None or curve.adds_up:
            return curve.today, {m: -float(r) for m, r in zip(curve.measures, curve.relief, strict=True)}
        first, size = self._columns, len(curve.table)
        self._columns += size
        self._rows.append(Row({first + n: 1.0 for n in range(size)}, 1.0, 1.0))
        for bit, measure in enumerate(curve.measures):
            with_it = {first + n: 1.0 for n in range(size) if n >> bit & 1}
            self._rows.append(Row({**with_it, measure: -1.0}, 0.0, 0.0))
        return 0.0, {first + n: float(s) for n, s in enumerate(curve.table)}

    def _rules(self) -> Iterator[Row]:
        task = self.task
        yield from (Row({later: 1.0, earlier: -1.0}, 0.0) for later, earlier in task.pairs)
        yield from (Row({one: 1.0, other: 1.0}, 1.0) for one, other in task.apart)
        yield from (Row(taken, there) for taken, there in task.room if taken)
        if task.budget is not None:
            yield Row(dict(enumerate(map(float, task.cost))), float(task.budget))
        if task.day_limit is not None:
            yield Row(dict(enumerate(task.days)), task.day_limit)

    def _worst_rows(self) -> Iterator[Row]:
        names = tuple(self.task.limits)
        for curve, (constant, factors) in zip(self.task.curves, self._severity, strict=True):
            worst = self._worst(names.index(curve.dilemma))
            yield Row({**factors, worst: -1.0}, -constant)

    def _limit_rows(self) -> Iterator[Row]:
        for number, (name, limit) in enumerate(self.task.limits.items()):
            share, constant = self.task.worst_share[name], 0.0
            factors: dict[int, float] = {self._worst(number): share, self._over(number): -1.0}
            for curve, (start, terms) in zip(self.task.curves, self._severity, strict=True):
                if curve.dilemma == name:
                    weight = (1.0 - share) * curve.weight
                    constant += weight * start
                    for column, factor in terms.items():
                        factors[column] = factors.get(column, 0.0) + weight * factor
            yield Row(factors, limit - self.margin.get(name, 0.0) - constant)

    # --- solving ----------------------------------------------------------------------------------

    def cheapest(self, over: float | None) -> Found | None:
        """A cheapest set whose points above the limits stay within `over` (None: no limit is passed at all).

        Among sets of one cost one with the fewest measures. None: there is no such set.
        """
        rows = [] if over is None else [self._over_at_most(over)]
        steps = {n: float(c * (self._count + 1) + 1) for n, c in enumerate(self.task.cost)}
        return self._solve(steps, rows, closed=over is None)

    def nearest(self) -> Found | None:
        """A set with the fewest points above the limits."""
        return self._solve({self._over(n): 1.0 for n in range(len(self.task.limits))}, [], closed=False)

    def _over_at_most(self, over: float) -> Row:
        return Row({self._over(n): 1.0 for n in range(len(self.task.limits))}, over + NEAR)

    def in_order(self, found: Found, over: float | None) -> Found:
        """Of the sets that cost and count as much as this one, and lead as far, that with the lowest ids."""
        cost = sum(self.task.cost[m] for m in found.chosen)
        fixed = [
            *([] if over is None else [self._over_at_most(over)]),
            Row(dict(enumerate(map(float, self.task.cost))), float(cost)),
            Row(dict.fromkeys(range(self._count), 1.0), float(len(found.chosen))),
        ]
        for start in range(0, self._count, CHUNK):
            part = range(start, min(start + CHUNK, self._count))
            steps = {m: -float(1 << (part[-1] - m)) for m in part}
            better = self._solve(steps, fixed, closed=over is None)
            if better is None:
                return found
            found = Found(better.chosen, _wider(found.gap, better.gap))
            fixed += [Row({m: 1.0}, float(m in found.chosen), float(m in found.chosen)) for m in part]
        return found

    def _solve(self, costs: Mapping[int, float], extra: Sequence[Row], *, closed: bool) -> Found | None:
        rows = [*self._rows, *self._limit_rows(), *self.cuts, *extra]
        matrix, low, high = _stacked(rows, self._columns)
        objective = np.zeros(self._columns)
        objective[list(costs)] = list(costs.values())
        whole = np.zeros(self._columns)
        whole[: self._count] = 1
        result = milp(
            objective,
            constraints=LinearConstraint(matrix, low, high),
            integrality=whole,
            bounds=self._bounds(closed=closed),
            options={"time_limit": self.task.seconds, "mip_rel_gap": 0.0},
        )
        if result.x is None:
            if result.status != Status.NONE:
                raise OutOfTime
            return None
        chosen = frozenset(int(n) for n in np.flatnonzero(result.x[: self._count] > 0.5))
        return Found(chosen, 0.0 if result.status == Status.BEST else _gap(result))

    def _bounds(self, *, closed: bool) -> Bounds:
        low, high = np.zeros(self._columns), np.ones(self._columns)
        low[list(self.task.kept)] = 1.0
        dilemmas = len(self.task.limits)
        high[self._over(0) : self._over(dilemmas)] = 0.0 if closed else np.inf
        high[self._worst(0) : self._worst(dilemmas)] = np.inf
        return Bounds(low, high)


def _wider(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else max(one, other)


def _gap(result: object) -> float | None:
    gap = getattr(result, "mip_gap", None)
    return None if gap is None or not np.isfinite(gap) else float(gap)


def _stacked(rows: Sequence[Row], columns: int) -> tuple[csr_array, Floats, Floats]:
    """The rows as one sparse matrix with its bounds."""
    ends = np.cumsum([0, *(len(r.factors) for r in rows)])
    places = np.fromiter((c for r in rows for c in r.factors), dtype=np.int64, count=int(ends[-1]))
    values = np.fromiter((v for r in rows for v in r.factors.values()), dtype=np.float64, count=int(ends[-1]))
    matrix = csr_array((values, places, ends), shape=(len(rows), columns))
    return matrix, np.array([r.low for r in rows]), np.array([r.high for r in rows])


def not_all(chosen: frozenset[int]) -> Row:
    """Rules out this set and every larger one."""
    return Row(dict.fromkeys(sorted(chosen), 1.0), float(len(chosen) - 1))
