"""What stands beside the answers in a JSON file: plan, assessment before, workshop, brand."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from assessment.answering.agenda_form import read_agenda
from assessment.answering.earlier_form import KEYS, read_actions, read_day
from assessment.answering.limits import check_reply
from assessment.answering.workshop_form import read_record
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import Desk, clean_text, texts_of
from assessment.exchange.plain_replies import replies_of, settled
from assessment.model.agenda import Agenda, Earlier, Scenario
from assessment.model.answers import Answers, Reply
from assessment.model.brand import Brand
from assessment.model.edition import Edition
from assessment.model.problems import Problem
from assessment.model.workshop import WorkshopRecord
from assessment.report.brand import check_brand

PLAN, BEFORE, WORKSHOP, BRAND, DISPUTED = "plan", "before", "workshop", "brand", "disputed"
BRAND_KEYS: Final = ("name", "office", "colour", "logo")
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


def read_workshop(edition: Edition, raw: Any, file: str) -> tuple[WorkshopRecord, list[Fault]]:
    """The record of a workshop, and every entry of it that could not be read. Raises `FileFault`."""
    table = _cleaned(_table(raw, WORKSHOP))
    told, problems = read_record(edition, table, file)
    return told, [_fault_of(p, file, table, WORKSHOP, "unreadable-workshop") for p in problems]


def read_disputed(edition: Edition, raw: Any, file: str) -> tuple[dict[str, Reply], list[Fault]]:
    """The middle of what people said where they differ, and the faults. Raises `FileFault`."""
    found, faults = replies_of(edition, _table(raw, DISPUTED), file)
    wrong = [f for f, reply in found.items() if check_reply(edition.fields[f], reply)]
    for name in wrong:
        del found[name]
    faults += [Fault("unreadable-answer", Place(file), name, (("found", DISPUTED),)) for name in wrong]
    return found, [replace(fault, field=f"{DISPUTED}.{fault.field}") for fault in faults]


def write_brand(brand: Brand) -> dict[str, str]:
    """Empty parts are left out; the logo as base64."""
    parts = {"name": brand.name, "office": brand.office, "colour": brand.colour}
    return {k: v for k, v in (*parts.items(), ("logo", b64encode(brand.logo).decode())) if v}


def read_brand(raw: Any, file: str) -> tuple[Brand | None, list[Fault]]:
    """Whose report it is; None with its faults. The logo has to be in the one form of `report.logo`."""
    table = _table(raw, BRAND)
    unknown, allowed = (k for k in table if k not in BRAND_KEYS), (("allowed", ", ".join(BRAND_KEYS)),)
    faults = [Fault("unknown-part", Place(file), f"{BRAND}.{k}", allowed) for k in unknown]
    name, office, colour, logo = (table.get(key, "") for key in BRAND_KEYS)
    try:
        taken = Brand(clean_text(name), clean_text(office), str(colour), b64decode(logo, validate=True))
        check_brand(taken)
    except (ValueError, TypeError) as wrong:
        return None, [*faults, Fault("unreadable-brand", Place(file), BRAND, (("found", str(wrong)),))]
    return taken, faults


def _named(fault: Fault, instead_of: str = "") -> Fault:
    """The fault with its place below `before`."""
    inside = fault.field.removeprefix(f"{instead_of}.") if instead_of else fault.field
    return replace(fault, field=f"{BEFORE}.{inside}")


def _fault_of(
    problem: Problem, file: str, table: Mapping[str, Any], root: str = PLAN, code: str = ""
) -> Fault:
    """A problem of an entry as a fault: its place, and what stood there."""
    place = problem.where.removeprefix(f"{file}: ")
    node: Any = table
    first, _, rest = place.removeprefix(f"{root}.").partition(".")
    for key in (first, rest):
        node = node.get(key, node) if key and isinstance(node, Mapping) else node
    code = code or ("unreadable-actions" if first == "actions" else "unreadable-plan")
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
