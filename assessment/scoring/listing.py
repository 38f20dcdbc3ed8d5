"""All sets of measures a firm can carry, one row a set: where they are few enough, the best is looked up.

Left out are only measures that never lower a component of a dilemma that may miss its limit, and lead to none
that does: a set with one of them is dearer and no better than without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assessment.evaluation.values import Bools, Floats
from assessment.scoring.curves import NOISE, Curve
from assessment.scoring.solver import NEAR, SLACK, OutOfTime, Task

Codes = NDArray[np.int64]
TRIES = 200  # sets that turn out not to fit into the quarters before the search gives up
SIZES = 64  # more than the measures of any set

Conflict = Callable[[frozenset[int]], frozenset[int] | None]  # measures that do not fit; None: they fit


@dataclass(slots=True)
class Listing:
    """Sets of the measures `used` (numbers, in order of ids; the first is the highest bit of `codes`).

    `key`: orders sets by cost, then by how many measures they have, then lowest ids first. `cost` in whole
    units; `over`: points above the limits. Shapes (sets,). `dead`: sets that do not fit into the quarters.
    """

    used: tuple[int, ...]
    codes: Codes
    cost: Codes
    key: Codes
    over: Floats
    dead: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @classmethod
    def of(cls, task: Task, most: int) -> Listing | None:
        """Every set that keeps order, exclusions, budget and room. None: they are more than `most`."""
        live = _live(task)
        used = _useful(task, live)
        found = _all_sets(task, used, most)
        if found is None:
            return None
        codes, cost = found
        size = np.bitwise_count(codes).astype(np.int64)
        key = ((cost * SIZES + size) << len(used)) | (codes ^ ((1 << len(used)) - 1))
        over = _over(task, live, used, codes)
        return cls(used, codes, cost, key, over, np.zeros(len(codes), dtype=bool))

    def best(
        self,
        conflict: Conflict,
        without: frozenset[int],
        beside: Sequence[frozenset[int]],
        kept: frozenset[int],
        budget: int | None,
    ) -> frozenset[int] | None:
        """The first set by `key` of those within the limits; where there are none, of those that come
        nearest. None: no set is left. Raises `OutOfTime`.
        """
        rows = np.flatnonzero(self._open(without, beside, kept, budget))
        within = self._first_that_fits(rows[self.over[rows] <= SLACK], self.key, conflict)
        if within is not None:
            return self._set(within)
        nearest = self._first_that_fits(rows, self.over, conflict)
        if nearest is None:
            return None
        as_near = rows[self.over[rows] <= self.over[nearest] + NEAR]
        cheapest = self._first_that_fits(as_near, self.key, conflict)
        return self._set(nearest if cheapest is None else cheapest)

    def _open(
        self,
        without: frozenset[int],
        beside: Sequence[frozenset[int]],
        kept: frozenset[int],
        budget: int | None,
    ) -> Bools:
        """Sets that none of this rules out."""
        wanted = self._code(kept)
        out = ~self.dead & (self.codes & self._code(without) == 0) & (self.codes & wanted == wanted)
        for ruled_out in beside:
            if ruled_out <= set(self.used):
                out &= ~self._holding(ruled_out)
        return np.asarray(out if budget is None else out & (self.cost <= budget))

    def _first_that_fits(self, rows: NDArray[np.intp], by: Floats | Codes, conflict: Conflict) -> int | None:
        for _ in range(TRIES):
            rows = rows[~self.dead[rows]]
            if not len(rows):
                return None
            first = int(rows[by[rows].argmin()])
            clash = conflict(self._set(first))
            if clash is None:
                return first
            self.dead |= self._holding(clash)
        raise OutOfTime

    def _holding(self, measures: frozenset[int]) -> Bools:
        code = self._code(measures)
        return np.asarray(self.codes & code == code)

    def _code(self, measures: frozenset[int]) -> int:
        return sum(_bit(self.used, m) for m in measures if m in self.used)

    def _set(self, row: int) -> frozenset[int]:
        code = int(self.codes[row])
        return frozenset(m for m in self.used if code & _bit(self.used, m))


def _bit(used: Sequence[int], measure: int) -> int:
    return 1 << (len(used) - 1 - used.index(measure))


# --- what is listed -----------------------------------------------------------------------------------


def _live(task: Task) -> tuple[str, ...]:
    """Dilemmas that some set may leave above their limit."""
    out = []
    for name, limit in task.limits.items():
        worst = [(c.weight, float(_table(c).max())) for c in task.curves if c.dilemma == name]
        share = task.worst_share[name]
        top = (1 - share) * sum(w * s for w, s in worst) + share * max((s for _, s in worst), default=0.0)
        if top > limit:
            out.append(name)
    return tuple(out)


def _useful(task: Task, live: Sequence[str]) -> tuple[int, ...]:
    """Measures that lower a component of these dilemmas in some set, those kept, and what comes before."""
    found = set(task.kept)
    for curve in task.curves:
        if curve.dilemma in live:
            found |= {m for bit, m in enumerate(curve.measures) if _lowers(_table(curve), bit)}
    while more := {first for later, first in task.pairs if later in found} - found:
        found |= more
    return tuple(sorted(found))


def _lowers(table: Floats, bit: int) -> bool:
    halves = table.reshape(-1, 2, 1 << bit)
    return bool((halves[:, 0] - halves[:, 1]).max() > NOISE)


def _all_sets(task: Task, used: Sequence[int], most: int) -> tuple[Codes, Codes] | None:
    """Codes and costs of all sets that keep the rules, put together measure by measure."""
    codes, cost = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    limits = _limits(task)
    loads = [np.zeros(1) for _ in limits]
    first_of: Mapping[int, set[int]] = {m: {f for later, f in task.pairs if later == m} for m in used}
    for measure in _first_things_first(used, first_of):
        needed = sum(_bit(used, f) for f in first_of[measure])
        barred = sum(
            _bit(used, b if a == measure else a)
            for a, b in task.apart
            if measure in (a, b) and a in used and b in used
        )
        fits = (codes & needed == needed) & (codes & barred == 0)
        for (taken, there), load in zip(limits, loads, strict=True):
            fits &= load + taken.get(measure, 0.0) <= there
        codes = np.concatenate([codes, codes[fits] | _bit(used, measure)])
        cost = np.concatenate([cost, cost[fits] + task.cost[measure]])
        loads = [
            np.concatenate([load, load[fits] + taken.get(measure, 0.0)])
            for (taken, _), load in zip(limits, loads, strict=True)
        ]
        if len(codes) > most:
            return None
    return codes, cost


def _limits(task: Task) -> list[tuple[Mapping[int, float], float]]:
    """What each measure takes of what there is: room, staff, money."""
    out = [(taken, there + SLACK) for taken, there in task.room if taken]
    if task.day_limit is not None:
        out.append((dict(enumerate(task.days)), task.day_limit + SLACK))
    if task.budget is not None:
        out.append((dict(enumerate(map(float, task.cost))), task.budget + SLACK))
    return out


def _first_things_first(used: Sequence[int], first_of: Mapping[int, set[int]]) -> list[int]:
    """The measures in an order in which what is needed comes before what needs it."""
    out: list[int] = []
    while len(out) < len(used):
        out += [m for m in used if m not in out and first_of[m] <= set(out)]
    return out


def _over(task: Task, live: Sequence[str], used: Sequence[int], codes: Codes) -> Floats:
    """Points above the limits of each set, over all dilemmas, added as the engine adds them."""
    over = np.zeros(len(codes))
    for name in live:
        share, mean, worst = task.worst_share[name], np.zeros(len(codes)), np.zeros(len(codes))
        for curve in task.curves:
            if curve.dilemma == name:
                place = _places(curve, used, codes)
                mean += (_table(curve) * curve.weight)[place]
                np.maximum(worst, _table(curve)[place], out=worst)
        over += np.maximum((1.0 - share) * mean + share * worst - task.limits[name], 0.0)
    return over


def _places(curve: Curve, used: Sequence[int], codes: Codes) -> NDArray[np.intp] | int:
    """Where each set stands in the table of a curve. What is not used is not done."""
    place: NDArray[np.intp] | int = 0
    for bit, measure in enumerate(curve.measures):
        if measure in used:
            place = place | (((codes >> (len(used) - 1 - used.index(measure))) & 1) << bit)
    return place


def _table(curve: Curve) -> Floats:
    assert curve.table is not None, curve.component
    return curve.table
