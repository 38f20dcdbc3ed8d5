"""What stands beside the answers in a JSON file: the plan, and the assessment before this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from assessment.answering.agenda_form import read_agenda
from assessment.answering.earlier_form import KEYS, read_actions, read_day
from assessment.answering.limits import check_reply
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import Desk, clean_text, texts_of
from assessment.exchange.plain_replies import replies_of, settled
from assessment.model.agenda import Agenda, Earlier, Scenario
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.model.problems import Problem

PLAN, BEFORE = "plan", "before"
LONGEST_ID: Final = 80  # of a scenario, in characters
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def read_plan(edition: Edition, raw: Any, file: str) -> tuple[Agenda, list[Fault]]:
    """The agenda, and every entry of it that could not be read. Raises `FileFault`."""
    table = _cleaned(_table(raw, PLAN))
    agenda, problems = read_agenda(edition, table, file)
    faults = [_fault_of(problem, file, table) for problem in problems]
    kept = []
    for scenario in agenda.scenarios:
        taken, found = _scenario(edition, scenario, file)
        faults += found
        kept += [taken] if taken else []
    reported = agenda.reported if agenda.reported in {s.id for s in kept} else ""
    return replace(agenda, scenarios=tuple(kept), reported=reported), faults


def _scenario(edition: Edition, scenario: Scenario, file: str) -> tuple[Scenario | None, list[Fault]]:
    """The scenario with sound answers; None with its faults."""
    place = f"{PLAN}.scenarios.{scenario.id}"
    if not 0 < len(scenario.id) <= LONGEST_ID:
        return None, [Fault("unreadable-plan", Place(file), place, (("found", scenario.id),))]
    replies: dict[str, Reply] = {}
    faults = []
    for name, reply in scenario.replies.items():
        taken = settled(reply)
        if taken is None or check_reply(edition.fields[name], taken):
            faults.append(Fault("scenario-answer", Place(file), place, (("found", name),)))
        else:
            replies[name] = taken
    return (None if faults else replace(scenario, replies=replies)), faults


def read_before(raw: Any, file: str, desk: Desk) -> tuple[Earlier | None, list[Fault]]:
    """The earlier assessment, and everything in it that could not be read."""
    try:
        table = _table(raw, BEFORE)
        edition = desk.edition(_edition_id(table))
        answers, found = _answers(edition, table, file)
    except FileFault as fault:
        return None, [Fault(fault.code, Place(file), BEFORE, fault.values)]
    unknown, allowed = (k for k in table if k not in KEYS), (("allowed", ", ".join(KEYS)),)
    faults = [Fault("unknown-part", Place(file), f"{BEFORE}.{k}", allowed) for k in unknown]
    actions, problems = read_actions(edition, _cleaned(table), file)
    faults += [_named(f) for f in found]
    faults += [_named(_fault_of(p, file, table, PLAN), PLAN) for p in problems]
    on, wrong = _day(table.get("date"), file)
    return Earlier(answers, on, actions), faults + wrong


def _day(raw: object, file: str) -> tuple[date | None, list[Fault]]:
    try:
        if raw is None or DAY.fullmatch(str(raw)):
            return read_day(raw), []
    except ValueError:  # no such day
        pass
    return None, [Fault("no-date", Place(file), f"{BEFORE}.date", (("found", str(raw)[:60]),))]


def _edition_id(table: Mapping[str, Any]) -> str:
    if not isinstance(table.get("edition"), str):
        raise FileFault("no-edition")
    return str(table["edition"])


def _answers(edition: Edition, table: Mapping[str, Any], file: str) -> tuple[Answers, list[Fault]]:
    form = table.get("answers")
    if not isinstance(form, Mapping):
        raise FileFault("no-answers")
    replies, faults = replies_of(edition, form, file)
    comments, confirmed = (texts_of(table.get(key), f"{BEFORE}.{key}") for key in ("comments", "confirmed"))
    firm = clean_text(table.get("firm") or "")
    return Answers(edition.id, firm, replies, comments, confirmed), faults


def _named(fault: Fault, instead_of: str = "") -> Fault:
    """The fault with its place below `before`."""
    inside = fault.field.removeprefix(f"{instead_of}.") if instead_of else fault.field
    return replace(fault, field=f"{BEFORE}.{inside}")


def _fault_of(problem: Problem, file: str, table: Mapping[str, Any], root: str = PLAN) -> Fault:
    """A problem of an entry as a fault: its place, and what stood there."""
    place = problem.where.removeprefix(f"{file}: ")
    node: Any = table
    first, _, rest = place.removeprefix(f"{root}.").partition(".")
    for key in (first, rest):
        node = node.get(key, node) if key and isinstance(node, Mapping) else node
    code = "unreadable-actions" if first == "actions" else "unreadable-plan"
    return Fault(code, Place(file), place, (("found", str(node)[:100]),))


def _table(raw: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise FileFault("no-part", key=key)
    return raw


def _cleaned(raw: Any) -> Any:
    """The same with clean texts and keys. Raises `FileFault`."""
    try:
        match raw:
            case str():
                return clean_text(raw)
            case list():
                return [_cleaned(one) for one in raw]
            case Mapping():
                return {clean_text(key): _cleaned(one) for key, one in raw.items()}
            case _:
                return raw
    except RecursionError:
        raise FileFault("nested-too-deep") from None
