"""From a plan to the action register: who does what by when, and by which number it is followed."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assessment.evaluation.columns import columns_of
from assessment.model.agenda import Action, ActionStatus, KpiTarget
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import PlanProposal
from assessment.scoring.available import MONTHS, length
from assessment.scoring.cohort import Scores, score
from assessment.scoring.effects import Ground
from assessment.scoring.place import reading

MIDDLE = 1  # the end of the effects that targets count on
UNDER_WAY = (ActionStatus.BEGUN, ActionStatus.DONE)


def register(edition: Edition, answers: Answers, proposal: PlanProposal, today: date) -> tuple[Action, ...]:
    """An action a measure of the plan, by start. An owner left empty is the role the catalogue names.

    Dates count the quarters of the plan from `today`. Baselines are today's readings; targets the readings
    once the whole plan is done and settled, with every effect at its middle. None: not known.
    """
    kpis = _Kpis.of(edition, answers, [m.measure for m in proposal.measures])
    return tuple(
        Action(
            m.measure,
            start=months_after(today, m.quarters[0] * MONTHS),
            due=months_after(today, (m.quarters[1] + 1) * MONTHS),
            kpis=kpis.targets(m.measure),
        )
        for m in proposal.measures
    )


def one_more(
    edition: Edition, answers: Answers, actions: Iterable[Action], measure: str, today: date
) -> Action:
    """A measure put into the register beside others: it begins today and takes as long as it takes."""
    beside = [a.measure for a in actions if a.status is not ActionStatus.DROPPED]
    kpis = _Kpis.of(edition, answers, [*beside, measure])
    due = months_after(today, length(edition, measure) * MONTHS)
    return Action(measure, start=today, due=due, kpis=kpis.targets(measure))


@dataclass(frozen=True, slots=True)
class Retaken:
    """What becomes of a register when another plan is taken over.

    `actions`: every line of the new register. `new`, `stays`, `dropped`: measures. `kept`: measures that are
    not in the plan but under way or done, and therefore stay as they are.
    """

    actions: tuple[Action, ...]
    new: tuple[str, ...]
    stays: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: tuple[str, ...]


def retaken(before: Sequence[Action], plan: Sequence[Action]) -> Retaken:
    """The plan over the register: owner, status and note of what stays are kept, and dates once it has begun.

    A measure that is not in the plan is dropped, unless it is under way or done.
    """
    known = {a.measure: a for a in before}
    planned = {a.measure for a in plan}
    others = [a for a in before if a.measure not in planned]
    falling = [a for a in others if a.status is ActionStatus.PLANNED]
    open_before = {m for m, a in known.items() if a.status is not ActionStatus.DROPPED}
    actions = [_over(known.get(a.measure), a) for a in plan]
    actions += [replace(a, status=ActionStatus.DROPPED) if a in falling else a for a in others]
    return Retaken(
        tuple(actions),
        new=tuple(a.measure for a in plan if a.measure not in open_before),
        stays=tuple(a.measure for a in plan if a.measure in open_before),
        dropped=tuple(a.measure for a in falling),
        kept=tuple(a.measure for a in others if a.status in UNDER_WAY),
    )


def _over(before: Action | None, plan: Action) -> Action:
    if before is None:
        return plan
    if before.status in UNDER_WAY:
        return before
    return replace(plan, owner=before.owner, note=before.note)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class _Kpis:
    """A firm today and with measures done."""

    edition: Edition
    answers: Answers
    today: Scores
    then: Scores

    @classmethod
    def of(cls, edition: Edition, answers: Answers, measures: Collection[str]) -> _Kpis:
        """Raises `ValueError` for an edition without effects."""
        if not edition.effects:
            raise ValueError(f"{edition.id} does not say what its countermeasures do")
        ground = Ground.of(edition, answers)
        done = np.array([[m in measures for m in ground.measures]])
        columns = ground.columns(ground.since(done), np.array([MIDDLE]))
        cells = {f.id: f.cell for f in edition.fields.values()}
        return cls(edition, answers, score(edition, columns_of(cells, [answers])), score(edition, columns))

    def targets(self, measure: str) -> tuple[KpiTarget, ...]:
        names = self.edition.countermeasures[measure].kpi
        return tuple(KpiTarget(n, self._value(self.today, n), self._value(self.then, n)) for n in names)

    def _value(self, scores: Scores, indicator: str) -> float | None:
        return reading(self.edition, scores, 0, indicator, self.answers).value
