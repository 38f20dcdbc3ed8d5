"""Every indicator, derived value and look-up table is used by something.

An indicator is used by a component, a trend, a measure, a check or another formula; one that reads as
`context` is used by being shown. Derived values may also serve the table of service functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.content.desk import Desk
from assessment.model.rules import Reads
from assessment.scoring.functions import INSIDE, OUTSIDE

CURE = "Use it or remove it."


def check(desk: Desk) -> None:
    file = desk.file_of("indicators.toml")
    tree = desk.raw.get(file, {})
    refs = {str(name) for raw in desk.raw.values() for name in _values_of(raw, "ref")}
    tables = {str(name) for raw in desk.raw.values() for name in _values_of(raw, "table")}
    for name in tree.get("table", {}):
        if name not in tables:
            desk.faults.note("unused-rule", file, name, "no formula looks anything up in this table.", CURE)
    for name in tree.get("derived", {}):
        if (
            name not in (INSIDE, OUTSIDE)
            and not refs & {name, f"{name}.{{row}}"}
            and not _one_row(name, refs)
        ):
            desk.faults.note("unused-rule", file, name, "no formula refers to this derived value.", CURE)
    used = refs | _by_rules(desk)
    for indicator in desk.edition.indicators.values():
        if indicator.id not in used and indicator.reads is not Reads.CONTEXT:
            what = "no component, trend, measure, check or formula uses this indicator."
            desk.faults.note("unused-rule", file, indicator.id, what, CURE + ' Or say `reads = "context"`.')


def _one_row(name: str, refs: set[str]) -> bool:
    return any(ref.startswith(f"{name}.") for ref in refs)


def _by_rules(desk: Desk) -> set[str]:
    parts = {c.indicator for i in desk.edition.indexes.values() for c in i.components}
    return parts | {k for m in desk.edition.countermeasures.values() for k in m.kpi}


def _values_of(node: Any, key: str) -> Iterator[Any]:
    """Every value of `key` anywhere in a tree where it is a text."""
    if isinstance(node, list):
        for item in node:
            yield from _values_of(item, key)
    elif isinstance(node, dict):
        if isinstance(node.get(key), str):
            yield node[key]
        for value in node.values():
            yield from _values_of(value, key)
