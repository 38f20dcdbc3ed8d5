"""From TOML to what countermeasures do to answers, and to what an effort class costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assessment.content.formulas import Vocabulary, condition_in
from assessment.content.reading import Faults, Table, read_toml
from assessment.content.rules import source_and_reason, standing_of
from assessment.model.formulas import Condition
from assessment.model.plans import Amount, Effect, EffectKind, Effort, Keeps, MeasureEffects, RowChoice

EFFORT_FILE = "effort.toml"


def read_effects(files: Iterable[Path], v: Vocabulary, faults: Faults) -> dict[str, MeasureEffects]:
    """The effects of every measure that has a file among `files`, by measure."""
    found = [_measure(read_toml(f, faults), f, v, faults) for f in files if f.name != EFFORT_FILE]
    return {m.measure: m for m in found}


def read_efforts(file: Path, faults: Faults) -> dict[str, Effort]:
    """What each effort class costs; empty if the edition does not say."""
    raw = read_toml(file, faults).get("effort", {}) if file.is_file() else {}
    return {name: _effort(Table(entry, file, name, faults)) for name, entry in raw.items()}


def _effort(table: Table) -> Effort:
    source_and_reason(table, standing_of(table))
    effort = Effort(_amount(table, "money"), _amount(table, "days"))
    table.close()
    return effort


def _measure(raw: Mapping[str, Any], file: Path, v: Vocabulary, faults: Faults) -> MeasureEffects:
    table = Table(raw, file, str(raw.get("measure", file.stem)), faults)
    author, date = table.need("author", str, ""), table.need("date", str, "")
    entries = table.take("effect", list, [])
    effects = tuple(_effect(Table(e, file, table.place, faults), v, author, date) for e in entries)
    found = MeasureEffects(table.need("measure", str, file.stem), effects, table.words("excludes"))
    table.take("note", str, "")
    table.close()
    return found


def _effect(table: Table, v: Vocabulary, author: str, date: str) -> Effect:
    standing = standing_of(table)
    source, reason = source_and_reason(table, standing)
    kind = EffectKind(_one_of(table, "kind", tuple(EffectKind)))
    effect = Effect(
        kind=kind,
        fields=table.words("fields"),
        by=_amount(table, "by") if kind is not EffectKind.CHOOSE else Amount(1, 1, 1),
        keeps=Keeps(_one_of(table, "keeps", tuple(Keeps))),
        author=table.take("author", str, author),
        date=table.take("date", str, date),
        reason=reason,
        standing=standing,
        source=source,
        to=table.take("to", str, ""),
        of=table.take("of", str, ""),
        at_least=table.number("at_least"),
        at_most=table.number("at_most"),
        opens_at=table.number("opens_at"),
        months=_months(table),
        when=condition_in(table, "when", v),
        among=_among(table, v),
    )
    table.close()
    return effect


def _one_of(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    value = table.need(key, str, allowed[0])
    if value in allowed:
        return str(value)
    table.note("unknown-value", f"`{key}` is `{value}`.", f"Use one of {', '.join(allowed)}.")
    return str(allowed[0])


def _amount(table: Table, key: str) -> Amount:
    """Three numbers: the end that helps least, the middle, the end that helps most. The middle lies
    between.
    """
    found = table.need_figures(key, list, [])
    if len(found) == 3 and min(found[0], found[2]) <= found[1] <= max(found[0], found[2]):
        return Amount(*(float(x) for x in found))
    table.note("wrong-type", f"`{key}` is {found}.", "Give three numbers in order: least, middle, most help.")
    return Amount(0, 0, 0)


def _months(table: Table) -> tuple[float, float | None]:
    """When an effect begins and, if it passes, ends."""
    found = table.figures("months", list, [0]) or [0]
    if len(found) <= 2 and found[0] >= 0 and (len(found) == 1 or found[1] > found[0]):
        return float(found[0]), float(found[1]) if len(found) == 2 else None
    table.note("wrong-type", f"`months` is {found}.", "Give the first month, and the last where it passes.")
    return 0.0, None


def _among(parent: Table, v: Vocabulary) -> RowChoice | None:
    raw = parent.take("among", dict, {})
    if not raw:
        return None
    table = Table(raw, parent.file, parent.place, parent.faults)
    name = table.need("rows", str, "")
    rows = v.rows.get(name, ())
    if not rows:
        table.note("unknown-rows", f"row list `{name}` is not in edition.toml.", "Name one that is.")
    largest = table.take("largest", str, "")
    choice = RowChoice(
        rows=rows,
        most=_amount(table, "most"),
        where=_by_row(table, "where", v, rows),
        first=_by_row(table, "first", v, rows),
        largest={row: largest.replace("{row}", row) for row in rows} if largest else {},
    )
    table.close()
    return choice


def _by_row(table: Table, key: str, v: Vocabulary, rows: tuple[str, ...]) -> dict[str, Condition]:
    read = {row: condition_in(table, key, v, row) for row in rows}
    return {row: condition for row, condition in read.items() if condition is not None}
