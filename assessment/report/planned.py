"""The measures a report speaks of: those decided, else those of the plan, else those recommended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assessment.model.agenda import Action, ActionStatus, Outlook
from assessment.model.plans import PlannedMeasure
from assessment.model.results import Recommendation

QUARTER = 3  # months


def planned(
    recommended: tuple[Recommendation, ...], outlook: Outlook | None, today: date
) -> tuple[Recommendation, ...]:
    """The measures with their months from `today`: as decided, else as planned, else as recommended."""
    if outlook is not None and outlook.actions:
        return _decided(recommended, outlook.actions, today)
    if outlook is not None and outlook.proposal.measures:
        return _proposed(recommended, outlook.proposal.measures)
    return tuple(r for r in recommended if r.chosen)


def _proposed(
    recommended: Iterable[Recommendation], measures: Iterable[PlannedMeasure]
) -> tuple[Recommendation, ...]:
    known = {r.countermeasure: r for r in recommended}
    ordered = sorted(measures, key=lambda m: (m.quarters, m.measure))
    return tuple(
        _in_plan(known[m.measure], m.quarters[0] * QUARTER, (m.quarters[1] + 1) * QUARTER) for m in ordered
    )


def _decided(
    recommended: Iterable[Recommendation], actions: Iterable[Action], today: date
) -> tuple[Recommendation, ...]:
    known = {r.countermeasure: r for r in recommended}
    found = [
        _in_plan(known[a.measure], _months(today, a.start), max(_months(today, a.due), 1))
        for a in actions
        if a.status is not ActionStatus.DROPPED and a.measure in known
    ]
    return tuple(sorted(found, key=lambda r: (r.start, r.end, r.countermeasure)))


def _in_plan(r: Recommendation, start: int, end: int) -> Recommendation:
    return replace(r, chosen=True, held_by="", waits_for=(), start=start, end=max(end, start + 1))


def _months(today: date, day: date | None) -> int:
    """Whole months from `today`; what lies in the past or has no date begins now."""
    return 0 if day is None else max((day.year - today.year) * 12 + day.month - today.month, 0)
