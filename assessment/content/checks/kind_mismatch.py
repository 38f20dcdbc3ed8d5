"""A rule reads a field as what it is: numbers and levels are counted, choices compared, ticks ticked.

An edition with [sizes] also asks the questions that decide the size class.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assessment.content.desk import Desk
from assessment.content.nodes import Node, nodes_in
from assessment.evaluation.size import (
    CURRENCY,
    GROUP,
    GROUP_HEADCOUNT,
    HEADCOUNT,
    MONEY_UNIT,
    REGIME,
    REVENUE,
)
from assessment.model.fields import Cell, ChoiceCell, LevelCell, MultiCell, NumberCell
from assessment.model.formulas import ChosenIn, FieldValue, Points, Split, Ticked

NUMBERS: tuple[type[Cell], ...] = (NumberCell, LevelCell)
CURE = "Read it with the operator for its kind; see edition-format.md."


def check(desk: Desk) -> None:
    for file, place, rule in (*desk.formulas(), *desk.conditions()):
        for node in nodes_in(rule):
            for name, kinds in _read_as(node):
                _compare(desk, file, place, name, kinds)
    if desk.edition.sizes is not None:
        file = desk.file_of("edition.toml")
        for name in (REGIME, GROUP, CURRENCY, MONEY_UNIT):
            _compare(desk, file, "sizes", name, (ChoiceCell,))
        for name in (HEADCOUNT, GROUP_HEADCOUNT, REVENUE):
            _compare(desk, file, "sizes", name, (NumberCell,))


def _read_as(node: Node) -> Iterable[tuple[str, tuple[type[Cell], ...]]]:
    match node:
        case FieldValue(name):
            return [(name, NUMBERS)]
        case Points(name, _) | ChosenIn(name, _):
            return [(name, (ChoiceCell,))]
        case Ticked(name, _):
            return [(name, (MultiCell,))]
        case Split(names, _):
            return [(name, NUMBERS) for name in names]
        case _:
            return []


def _compare(desk: Desk, file: Path, place: str, name: str, kinds: tuple[type[Cell], ...]) -> None:
    field = desk.edition.fields.get(name)
    if field is None:
        what = f"the size class needs `{name}`, which does not exist."
        desk.faults.note("kind-mismatch", file, place, what, "Add the question, or remove [sizes].")
    elif not isinstance(field.cell, kinds):
        kind = type(field.cell).__name__.removesuffix("Cell").lower()
        what = f"`{name}` is a {kind} and is read as something else."
        desk.faults.note("kind-mismatch", file, place, what, CURE)
