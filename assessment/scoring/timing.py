"""When the measures of a set run: the earliest quarters that staff, effort and order of the measures
allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from assessment.scoring.solver import Status


@dataclass(frozen=True, slots=True)
class Job:
    """One measure: quarters it runs, quarters until a first result, days of staff a quarter, effort class."""

    name: str
    quarters: int
    lag: int
    days: float
    effort: str
    after: tuple[str, ...]


@dataclass(slots=True)
class Calendar:
    """When sets of measures can run, and whether at all; what was found out is kept.

    `jobs`: by measure. The rest as in `timetable`.
    """

    jobs: Mapping[str, Job]
    horizon: int
    days: float | None
    at_once: Mapping[str, int]
    seconds: float
    _starts: dict[frozenset[str], dict[str, int] | None] = field(default_factory=dict)
    _fits: dict[frozenset[str], bool] = field(default_factory=dict)

    def starts(self, measures: Iterable[str]) -> dict[str, int] | None:
        """First quarter of each measure, or None if they do not fit."""
        names = frozenset(measures)
        if names not in self._starts:
            self._starts[names] = timetable(self._jobs(names), *self._frame, self.seconds)
        return self._starts[names]

    def fits(self, measures: Iterable[str]) -> bool:
        """Whether the measures fit into the quarters; searched only where the plain way does not say."""
        names = frozenset(measures)
        if names not in self._fits:
            jobs = self._jobs(names)
            easily = not jobs or (
                not _too_much(jobs, _as_early_as_can_be(jobs), *self._frame)
                and _one_by_one(jobs, *self._frame)
            )
            self._fits[names] = easily or self.starts(names) is not None
        return self._fits[names]

    def clash(self, measures: Iterable[str]) -> frozenset[str] | None:
        """As few of these measures as do not fit together; None if all do."""
        kept = set(measures)
        if self.fits(kept):
            return None
        for name in sorted(kept):
            if not self.fits(kept - {name}):
                kept.discard(name)
        return frozenset(kept)

    def _jobs(self, names: frozenset[str]) -> list[Job]:
        return [self.jobs[name] for name in sorted(names)]

    @property
    def _frame(self) -> tuple[int, float | None, Mapping[str, int]]:
        return self.horizon, self.days, self.at_once


def timetable(
    jobs: Sequence[Job],
    horizon: int,
    days: float | None,
    at_once: Mapping[str, int],
    seconds: float = 5.0,
) -> dict[str, int] | None:
    """First quarter of each job, all as early as can be; None if they do not fit.

    `days`: own staff a quarter. `at_once`: most jobs of an effort class in one quarter. Among timetables with
    the least sum of starts the first in the order of the jobs starts first.
    """
    if not jobs:
        return {}
    easy = _as_early_as_can_be(jobs)
    if _too_much(jobs, easy, horizon, days, at_once):
        return None
    if _fits(jobs, easy, horizon, days, at_once):
        return easy
    return _solved(jobs, horizon, days, at_once, seconds)


def _as_early_as_can_be(jobs: Sequence[Job]) -> dict[str, int]:
    """Starts if only the order counted: nothing can be earlier."""
    by_name, starts = {j.name: j for j in jobs}, dict[str, int]()

    def start(name: str) -> int:
        if name not in starts:
            first = [m for m in by_name[name].after if m in by_name]
            starts[name] = max((start(m) + by_name[m].lag for m in first), default=0)
        return starts[name]

    return {job.name: start(job.name) for job in jobs}


def _too_much(
    jobs: Sequence[Job],
    starts: Mapping[str, int],
    horizon: int,
    days: float | None,
    at_once: Mapping[str, int],
) -> bool:
    """Whether the jobs cannot fit whatever their starts: seen without a search."""
    if any(starts[j.name] + j.quarters > horizon for j in jobs):
        return True
    if days is not None:
        heavy = any(j.days > days + 1e-9 for j in jobs)
        if heavy or sum(j.days * j.quarters for j in jobs) > (days + 1e-9) * horizon:
            return True
    return any(
        sum(j.quarters for j in jobs if j.effort == effort) > most * horizon
        for effort, most in at_once.items()
    )


def _fits(
    jobs: Sequence[Job],
    starts: Mapping[str, int],
    horizon: int,
    days: float | None,
    at_once: Mapping[str, int],
) -> bool:
    if any(starts[j.name] + j.quarters > horizon for j in jobs):
        return False
    for quarter in range(horizon):
        running = [j for j in jobs if starts[j.name] <= quarter < starts[j.name] + j.quarters]
        if days is not None and sum(j.days for j in running) > days + 1e-9:
            return False
        if any(sum(j.effort == e for j in running) > most for e, most in at_once.items()):
            return False
    return True


def _one_by_one(jobs: Sequence[Job], horizon: int, days: float | None, at_once: Mapping[str, int]) -> bool:
    """Whether all fit if one after the other takes the first quarter that is free for it."""
    lag = {j.name: j.lag for j in jobs}
    left = {e: [most] * horizon for e, most in at_once.items()}
    staff = [np.inf if days is None else days + 1e-9] * horizon
    placed: dict[str, int] = {}
    for job in _in_order(jobs):
        first = max((placed[m] + lag[m] for m in job.after if m in placed), default=0)
        room = left.get(job.effort, [len(jobs)] * horizon)
        start = next(
            (
                t
                for t in range(first, horizon - job.quarters + 1)
                if all(room[q] >= 1 and staff[q] >= job.days for q in range(t, t + job.quarters))
            ),
            None,
        )
        if start is None:
            return False
        placed[job.name] = start
        for quarter in range(start, start + job.quarters):
            room[quarter] -= 1
            staff[quarter] -= job.days
    return True


def _in_order(jobs: Sequence[Job]) -> list[Job]:
    """What comes first before what waits for it, otherwise as they stand."""
    names, out = {j.name for j in jobs}, dict[str, Job]()
    while len(out) < len(jobs):
        out |= {j.name: j for j in jobs if j.name not in out and all(m in out for m in j.after if m in names)}
    return list(out.values())


def _solved(
    jobs: Sequence[Job], horizon: int, days: float | None, at_once: Mapping[str, int], seconds: float
) -> dict[str, int] | None:
    """The same by search: column job x horizon + quarter says whether the job starts there."""
    rows: list[tuple[dict[int, float], float, float]] = []
    column = {(j, t): j * horizon + t for j in range(len(jobs)) for t in range(horizon)}
    number = {job.name: j for j, job in enumerate(jobs)}
    latest = [horizon - job.quarters for job in jobs]
    rows += [({column[j, t]: 1.0 for t in range(latest[j] + 1)}, 1.0, 1.0) for j in range(len(jobs))]
    for j, job in enumerate(jobs):
        for first in (number[m] for m in job.after if m in number):
            later = {column[j, t]: float(t) for t in range(1, latest[j] + 1)}
            sooner = {column[first, t]: -float(t) for t in range(1, latest[first] + 1)}
            rows.append(({**later, **sooner}, float(jobs[first].lag), np.inf))
    for quarter in range(horizon):
        running = [
            (column[j, t], job)
            for j, job in enumerate(jobs)
            for t in range(max(0, quarter - job.quarters + 1), min(quarter, latest[j]) + 1)
        ]
        if days is not None:
            rows.append(({c: job.days for c, job in running}, -np.inf, days + 1e-9))
        rows += [
            ({c: 1.0 for c, job in running if job.effort == effort}, -np.inf, float(most))
            for effort, most in at_once.items()
        ]
    return _starts(jobs, horizon, latest, rows, seconds)


def _starts(
    jobs: Sequence[Job],
    horizon: int,
    latest: Sequence[int],
    rows: Sequence[tuple[Mapping[int, float], float, float]],
    seconds: float,
) -> dict[str, int] | None:
    size = len(jobs) * horizon
    entries = [(r, c, v) for r, (factors, _, _) in enumerate(rows) for c, v in factors.items()]
    at, columns, values = zip(*entries, strict=True)
    matrix = coo_array((values, (at, columns)), shape=(len(rows), size)).tocsr()
    # Starts weigh a little more for jobs that come first, so that one timetable is the best.
    weights = np.array([1.0 + (len(jobs) - j) * 1e-3 for j in range(len(jobs))])
    objective = (weights[:, None] * np.arange(horizon)).ravel()
    open_ = np.array([float(t <= latest[j]) for j in range(len(jobs)) for t in range(horizon)])
    result = milp(
        objective,
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        integrality=np.ones(size),
        bounds=Bounds(np.zeros(size), open_),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if result.status == Status.NONE or result.x is None:
        return None
    found = result.x.reshape(len(jobs), horizon).argmax(axis=1)
    return {job.name: int(t) for job, t in zip(jobs, found, strict=True)}
