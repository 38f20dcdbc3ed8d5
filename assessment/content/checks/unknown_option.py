"""Conditions and bounds name options, size classes and units that exist."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assessment.content.desk import Desk
from assessment.content.nodes import nodes_in
from assessment.evaluation.size import CURRENCY, MONEY_UNIT
from assessment.model.fields import ChoiceCell, MultiCell
from assessment.model.formulas import ChosenIn, SizeIn, Ticked


def check(desk: Desk) -> None:
    sizes = tuple(desk.edition.sizes.weight_set) if desk.edition.sizes else ()
    for file, place, rule in (*desk.formulas(), *desk.conditions()):
        for node in nodes_in(rule):
            match node:
                case ChosenIn(name, wanted):
                    _known(desk, file, place, wanted, options_of(desk, name), name)
                case Ticked(name, option):
                    _known(desk, file, place, (option,), options_of(desk, name), name)
                case SizeIn(classes):
                    _known(desk, file, place, classes, sizes, "[sizes]")
                case _:
                    pass
    _lists(desk)


def _known(
    desk: Desk, file: Path, place: str, wanted: Iterable[str], options: tuple[str, ...], name: str
) -> None:
    for option in wanted:
        if option not in options:
            cure = f"Use one of {', '.join(options)}." if options else "Name a field with options."
            desk.faults.note("unknown-option", file, place, f"`{option}` is no option of `{name}`.", cure)


def options_of(desk: Desk, name: str) -> tuple[str, ...]:
    """The options of a choice or multi field; empty for others."""
    cell = desk.edition.fields[name].cell
    return cell.options if isinstance(cell, (ChoiceCell, MultiCell)) else ()


def _lists(desk: Desk) -> None:
    """Currencies and units of the questionnaire are those of edition.toml; bounds by choice name options."""
    edition = desk.edition
    for name, known in ((CURRENCY, edition.currencies), (MONEY_UNIT, tuple(edition.money_units))):
        if name in edition.fields:
            question = edition.fields[name].question
            _known(
                desk, desk.question_file(question), question, options_of(desk, name), known, "edition.toml"
            )
    for rule in edition.checks:
        if rule.between_by is not None:
            name, bounds = rule.between_by
            _known(desk, desk.file_of("checks.toml"), rule.id, bounds, options_of(desk, name), name)
