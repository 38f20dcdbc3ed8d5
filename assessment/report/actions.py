"""The action register in words, for screen and exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.model.agenda import Action, ActionStatus, KpiTarget
from assessment.model.results import Reading
from assessment.report.blocks import cell, column, row
from assessment.report.document import Table, Text, Typed, Words
from assessment.report.readings import reading_text, value_text
from assessment.report.say import Say


def say_action(say: Say, key: str, /, **values: object) -> Words:
    """A sentence about the action register."""
    return Words(say.words.text(f"actions.{key}", **values))


def status_text(say: Say, status: ActionStatus) -> Words:
    return say_action(say, f"status.{status}")


def owner_text(say: Say, action: Action) -> Text:
    """Whom the firm named, or the role the catalogue names."""
    typed = " ".join(action.owner.split())
    return Typed(typed) if typed else role_text(say, action.measure)


def role_text(say: Say, measure: str) -> Words:
    """The role that the catalogue names for a measure."""
    return say.text(f"countermeasures.{measure}.owner")


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One indicator of an action, as it is printed."""

    name: Words
    baseline: str
    today: str
    target: str


def kpi_lines(say: Say, action: Action, readings: Mapping[str, Reading]) -> tuple[KpiLine, ...]:
    """Each indicator: when the plan was decided, today, and once the plan is done."""
    return tuple(
        KpiLine(
            say.indicator(k.indicator),
            _value(say, k, k.baseline),
            reading_text(say, readings[k.indicator]) if k.indicator in readings else say("none"),
            _value(say, k, k.target),
        )
        for k in action.kpis
    )


def _value(say: Say, kpi: KpiTarget, value: float | None) -> str:
    if value is None:
        return say("drivers.unknown_part")
    return value_text(say, say.edition.indicators[kpi.indicator], value)


def kpi_table(say: Say, action: Action, readings: Mapping[str, Reading]) -> Table:
    """The indicators of one action."""
    rows = tuple(
        row(cell(k.name, strong=True), k.baseline, k.today, k.target)
        for k in kpi_lines(say, action, readings)
    )
    columns = tuple(
        column(say_action(say, f"kpi.{name}"), 3.0 if name == "indicator" else 1.2)
        for name in ("indicator", "baseline", "today", "target")
    )
    return Table(f"kpi-{action.measure}", say_action(say, "kpi.title"), columns, rows)
