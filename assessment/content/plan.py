"""From TOML to what a plan is asked for by default: `[plan]` of edition.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.content.reading import Table
from assessment.content.rules import source_and_reason, standing_of
from assessment.model.plans import PlanRequest, PlanRules


def read_plan(main: Table) -> PlanRules | None:
    """The default of an edition; None if it has none. `main`: edition.toml."""
    raw = main.take("plan", dict, {})
    if not raw:
        return None
    table = Table(raw, main.file, "plan", main.faults)
    source_and_reason(table, standing_of(table))
    levels, sizes = _names(main, "placement", "levels"), _names(main, "sizes", "weight_set")
    rules = PlanRules(
        relieve_from=table.need("relieve_from", str, ""),
        quarters=table.take("quarters", int, PlanRequest({}).quarters),
        budget=_by_size(table, "budget", sizes),
        days_per_quarter=_by_size(table, "days_per_quarter", sizes),
    )
    if levels and rules.relieve_from not in levels:
        _unknown(table, "relieve_from", rules.relieve_from, levels)
    if rules.quarters < 1:
        table.note("wrong-type", f"`quarters` is {rules.quarters}.", "Give 1 or more.")
    table.close()
    return rules


def _by_size(table: Table, key: str, sizes: tuple[str, ...]) -> dict[str, float]:
    found: Mapping[str, Any] = table.figures(key, dict, {})
    for name, limit in found.items():
        if name not in sizes:
            _unknown(table, key, name, sizes)
        if limit < 0:
            table.note("wrong-type", f"`{key}` of {name} is {limit}.", "Give 0 or more.")
    return {name: float(limit) for name, limit in found.items()}


def _unknown(table: Table, key: str, value: str, allowed: tuple[str, ...]) -> None:
    table.note("unknown-value", f"`{key}` has `{value}`.", f"Use one of {', '.join(allowed) or 'none'}.")


def _names(main: Table, table: str, key: str) -> tuple[str, ...]:
    """The names another table of edition.toml holds under a key."""
    return tuple(main.data.get(table, {}).get(key, ()))
