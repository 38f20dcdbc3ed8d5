"""The effects of a countermeasure can be carried out: measures, fields, options and what is kept fit the
kind.

Where an edition has effects, every measure has an entry (which may be empty, with a note) and every effort
class its cost.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessment.content.desk import Desk
from assessment.content.nodes import nodes_in
from assessment.model.fields import ChoiceCell, LevelCell, NumberCell
from assessment.model.formulas import ChosenIn, Condition
from assessment.model.plans import Effect, EffectKind, Keeps, MeasureEffects

KEPT = {
    EffectKind.ADD: Keeps.AMOUNT,
    EffectKind.SCALE: Keeps.SHARE,
    EffectKind.STEP: Keeps.AMOUNT,
    EffectKind.MOVE: Keeps.SUM,
    EffectKind.CHOOSE: Keeps.AMOUNT,
}
CELLS = {
    EffectKind.ADD: NumberCell,
    EffectKind.SCALE: NumberCell,
    EffectKind.STEP: LevelCell,
    EffectKind.MOVE: NumberCell,
    EffectKind.CHOOSE: ChoiceCell,
}
GIVEN = "given"  # percent of what each giving field holds
CURE = "See the effects in docs/reference/edition-format.md."


def check(desk: Desk) -> None:
    edition = desk.edition
    if not edition.effects:
        return
    for name in edition.countermeasures:
        if name not in edition.effects:
            what = f"measure `{name}` has no entry in effects/."
            desk.faults.note(
                "effect-shape",
                desk.measure_file(name),
                name,
                what,
                "Add effects, or an empty file with a note.",
            )
    for effort in sorted({m.effort for m in edition.countermeasures.values()} - set(edition.efforts)):
        file = desk.file_of("effects", "effort.toml")
        desk.faults.note("effect-shape", file, effort, f"effort class `{effort}` has no cost.", "Add it.")
    for entry in edition.effects.values():
        for what in _faults(desk, entry):
            file = desk.file_of("effects", f"{entry.measure}.toml")
            desk.faults.note("effect-shape", file, entry.measure, what, CURE)


def _faults(desk: Desk, entry: MeasureEffects) -> Iterator[str]:
    measures = desk.edition.countermeasures
    for name in (entry.measure, *entry.excludes):
        if name not in measures:
            yield f"measure `{name}` does not exist."
    for effect in entry.effects:
        yield from _of_effect(desk, effect)
        latest = measures[entry.measure].months[1] if entry.measure in measures else effect.months[0]
        if effect.months[0] > latest and not effect.passing:
            yield f"an effect begins in month {effect.months[0]:g}, the measure ends in month {latest}."


def _of_effect(desk: Desk, effect: Effect) -> Iterator[str]:
    if KEPT[effect.kind] is not effect.keeps:
        yield f"an effect that is `{effect.kind}` keeps the {KEPT[effect.kind]}, not the {effect.keeps}."
    if not effect.fields:
        yield f"an effect that is `{effect.kind}` names no field."
    written = [_in_rows(effect, name) for name in effect.fields]
    taker = _in_rows(effect, effect.to) if effect.kind is EffectKind.MOVE else []
    for name in (*(n for names in written for n in names), *taker):
        yield from _field(desk, effect, name)
    if effect.of and effect.of != GIVEN:
        yield from (
            f"field `{n}` does not exist." for n in _in_rows(effect, effect.of) if not _there(desk, n)
        )
    yield from _conditions(desk, effect)


def _in_rows(effect: Effect, name: str) -> list[str]:
    if "{row}" not in name:
        return [name]
    return [name.replace("{row}", row) for row in effect.among.rows] if effect.among else [name]


def _there(desk: Desk, name: str) -> bool:
    return name in desk.edition.fields


def _field(desk: Desk, effect: Effect, name: str) -> Iterator[str]:
    if not _there(desk, name):
        yield f"field `{name}` does not exist."
        return
    cell = desk.edition.fields[name].cell
    if not isinstance(cell, CELLS[effect.kind]):
        yield f"`{name}` cannot be changed by an effect that is `{effect.kind}`."
    elif isinstance(cell, ChoiceCell) and effect.to not in cell.options:
        yield f"`{effect.to}` is no option of `{name}`; use one of {', '.join(cell.options)}."


def _conditions(desk: Desk, effect: Effect) -> Iterator[str]:
    among = effect.among
    found: list[Condition] = [effect.when] if effect.when is not None else []
    if among is not None:
        found += [*among.where.values(), *among.first.values()]
        yield from (f"field `{n}` does not exist." for n in among.largest.values() if not _there(desk, n))
    for condition in found:
        for node in nodes_in(condition):
            if isinstance(node, ChosenIn):
                cell = desk.edition.fields[node.field].cell
                options = cell.options if isinstance(cell, ChoiceCell) else ()
                yield from (
                    f"`{o}` is no option of `{node.field}`." for o in node.options if o not in options
                )
