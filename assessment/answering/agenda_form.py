"""The plain form of an agenda, as in JSON files and in the store: requests, actions, scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from assessment.answering.form import FormFault, read_reply, write_reply
from assessment.model.agenda import Action, ActionStatus, Agenda, KpiTarget, Scenario
from assessment.model.edition import Edition
from assessment.model.plans import Keeps, PlanRequest
from assessment.model.problems import Problem

LONGEST_NAME: Final = 80  # of an owner or a scenario, in characters
LONGEST_NOTE: Final = 600
KEYS: Final = ("request", "actions", "scenarios", "reported")
Part = Mapping[str, Any]
T = TypeVar("T")


def write_agenda(agenda: Agenda) -> dict[str, Any]:
    """The agenda as JSON can carry it; empty parts are left out."""
    parts: dict[str, Any] = {}
    if agenda.request is not None:
        parts["request"] = write_request(agenda.request)
    if agenda.actions:
        parts["actions"] = {a.measure: write_action(a) for a in agenda.actions}
    if agenda.scenarios:
        parts["scenarios"] = {s.id: write_scenario(s) for s in agenda.scenarios}
    if agenda.reported:
        parts["reported"] = agenda.reported
    return parts


def read_agenda(edition: Edition, raw: Part, where: str) -> tuple[Agenda, list[Problem]]:
    """The agenda, and every entry that could not be read. `where` names the file."""
    problems = [
        Problem("unknown-key", f"{where}: plan.{key}", f"expected one of {', '.join(KEYS)}.")
        for key in raw
        if key not in KEYS
    ]
    read = _Reading(edition, where, problems)
    wish = raw.get("request")
    request = None if wish is None else read.one("request", lambda: read_request(edition, wish))
    actions = read.each(raw, "actions", read_action)
    scenarios = read.each(raw, "scenarios", read_scenario)
    reported = str(raw.get("reported") or "")
    if reported and reported not in {s.id for s in scenarios}:
        problems.append(Problem("unreadable-plan", f"{where}: plan.reported", f"no scenario `{reported}`."))
        reported = ""
    return Agenda(request, actions, scenarios, reported), problems


@dataclass(frozen=True)
class _Reading:
    """Reads entry by entry; what cannot be read becomes a problem and is left out."""

    edition: Edition
    where: str
    problems: list[Problem]

    def one(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (FormFault, ValueError, TypeError, AttributeError, KeyError) as fault:
            self.problems.append(Problem("unreadable-plan", f"{self.where}: plan.{name}", f"{fault}."))
            return None

    def each(self, raw: Part, name: str, read: Callable[[Edition, str, Part], T]) -> tuple[T, ...]:
        found = raw.get(name) or {}
        if not isinstance(found, Mapping):
            self.one(name, lambda: read(self.edition, name, found))
            return ()
        made = (
            self.one(f"{name}.{key}", partial(read, self.edition, key, one)) for key, one in found.items()
        )
        return tuple(one for one in made if one is not None)


def write_request(request: PlanRequest) -> dict[str, Any]:
    """Levels wanted and limits; the time a search may take is no wish of the firm and is left out."""
    return {
        "targets": dict(sorted(request.targets.items())),
        "budget": _same(request.budget),
        "days_per_quarter": _same(request.days_per_quarter),
        "quarters": request.quarters,
        "refused": sorted(request.refused),
        "kept": sorted(request.kept),
    }


def _same(limit: float | None) -> float | None:
    """5 and 5.0 are one limit and one text."""
    return None if limit is None else float(limit)


def read_request(edition: Edition, raw: Part) -> PlanRequest:
    """Raises `FormFault` for a dilemma, level or measure the edition does not have, or a limit below 0."""
    targets = {str(d): str(level) for d, level in (raw.get("targets") or {}).items()}
    _known(targets, edition.dilemmas, "dilemma")
    _known(targets.values(), edition.placement.levels, "level")
    wanted = raw.get("quarters") or PlanRequest({}).quarters
    if not 1 <= float(wanted) <= 40 or float(wanted) != int(
        wanted
    ):  # as a float first: 1e999999999 is no int
        raise FormFault(f"`quarters` is {wanted}; expected 1 to 40")
    quarters = int(wanted)
    refused, kept = frozenset(raw.get("refused") or ()), frozenset(raw.get("kept") or ())
    _known(refused | kept, edition.countermeasures, "countermeasure")
    budget, days = _limit(raw, "budget"), _limit(raw, "days_per_quarter")
    return PlanRequest(targets, budget, days, quarters, refused, kept)


def _limit(raw: Part, name: str) -> float | None:
    found = raw.get(name)
    if found is None:
        return None
    if not 0 <= float(found) < 1e9:
        raise FormFault(f"`{name}` is {found}; expected 0 or more")
    return float(found)


def write_action(action: Action) -> dict[str, Any]:
    """One line of the action register."""
    return {
        "owner": action.owner,
        "start": action.start.isoformat() if action.start else None,
        "due": action.due.isoformat() if action.due else None,
        "status": action.status.value,
        "note": action.note,
        "kpis": [{"indicator": k.indicator, "baseline": k.baseline, "target": k.target} for k in action.kpis],
    }


def read_action(edition: Edition, measure: str, raw: Part) -> Action:
    """Raises `FormFault` or `ValueError` for an unknown measure, status, date or indicator."""
    _known([measure], edition.countermeasures, "countermeasure")
    kpis = tuple(
        KpiTarget(str(k["indicator"]), _number(k.get("baseline")), _number(k.get("target")))
        for k in raw.get("kpis") or ()
    )
    _known([k.indicator for k in kpis], edition.indicators, "indicator")
    return Action(
        measure,
        str(raw.get("owner") or "")[:LONGEST_NAME],
        _day(raw.get("start")),
        _day(raw.get("due")),
        ActionStatus(raw.get("status") or ActionStatus.PLANNED),
        str(raw.get("note") or "")[:LONGEST_NOTE],
        kpis,
    )


def write_scenario(scenario: Scenario) -> dict[str, Any]:
    """One named what-if."""
    return {
        "name": scenario.name,
        "measures": list(scenario.measures),
        "answers": {f: write_reply(reply) for f, reply in sorted(scenario.replies.items())},
        "held": scenario.held.value,
    }


def read_scenario(edition: Edition, id_: str, raw: Part) -> Scenario:
    """Raises `FormFault` or `ValueError` for a measure, field or answer the edition cannot read."""
    measures = tuple(str(m) for m in raw.get("measures") or ())
    _known(measures, edition.countermeasures, "countermeasure")
    moved = raw.get("answers") or {}
    _known(moved, edition.fields, "field")
    replies = {str(f): read_reply(edition.fields[f], value) for f, value in moved.items()}
    held = Keeps(raw.get("held") or Keeps.AMOUNT)
    return Scenario(id_, str(raw.get("name") or "")[:LONGEST_NAME], measures, replies, held)


def _known(found: Iterable[str], known: Collection[str], kind: str) -> None:
    for one in found:
        if one not in known:
            raise FormFault(f"no {kind} `{one}` in this edition")


def _number(raw: object) -> float | None:
    number = None if raw is None else float(str(raw))
    if number is not None and not math.isfinite(number):
        raise FormFault(f"`{raw}` is not a finite number")
    return number


def _day(raw: object) -> date | None:
    return date.fromisoformat(str(raw)) if raw else None
