"""From carry_over.toml to what became of each field of the edition before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assessment.content.files import CARRY_OVER
from assessment.content.load import EDITIONS
from assessment.content.reading import Faults, Table, read_toml
from assessment.model.carrying import ByFactor, ByOptions, BySteps, CarryOver, Fate, Move, Rescaling
from assessment.model.edition import Edition
from assessment.model.fields import Cell, ChoiceCell, LevelCell, MultiCell, NumberCell
from assessment.model.problems import UserError

_WAYS: dict[str, type | tuple[type, ...]] = {"factor": (int, Decimal), "levels": list, "options": dict}
CURE = "See carry_over.toml in docs/reference/edition-format.md."


def load_carry_over(old: Edition, new: Edition, root: Path = EDITIONS) -> CarryOver:
    """What `new` says about the fields of `old`. Raises `UserError` with every fault."""
    over, faults = read_carry_over(old, new, root / new.id)
    if faults.found:
        raise UserError(*faults.found)
    return over


def predecessor(folder: Path) -> str:
    """Id of the edition whose answers are carried over; "" if there is none."""
    file = folder / CARRY_OVER
    return str(read_toml(file, Faults(folder)).get("from", "")) if file.is_file() else ""


def read_carry_over(old: Edition, new: Edition, folder: Path) -> tuple[CarryOver, Faults]:
    """What became of each field, and everything that is wrong with the file that says so."""
    faults, file = Faults(folder), folder / CARRY_OVER
    table = Table(read_toml(file, faults, exact=True), file, "", faults)
    table.need("from", str, "")
    moves = tuple(_Reading(old, new, table).moves())
    table.close()
    _once(old, new, moves, table)
    return CarryOver(old.id, new.id, moves), faults


@dataclass
class _Reading:
    """The file being read, between two editions."""

    old: Edition
    new: Edition
    table: Table

    def moves(self) -> Iterator[Move]:
        for name in self.table.words("same"):
            yield from self._pairs(Fate.SAME, name, name)
        for name, to in self.table.take("renamed", dict, {}).items():
            yield from self._pairs(Fate.RENAMED, name, str(to))
        for raw in self.table.take("rescaled", list, []):
            yield from self._rescaled(raw)
        for name in self._reasons("dropped"):
            yield from (Move(Fate.DROPPED, f, "") for f in self._named(self.old, name))
        for name in self._reasons("new"):
            yield from (Move(Fate.NEW, "", f) for f in self._named(self.new, name))

    def _reasons(self, key: str) -> Iterator[str]:
        for name, reason in self.table.take(key, dict, {}).items():
            if not isinstance(reason, str) or not reason:
                self._note(name, f"no reason why `{name}` is {key}.")
            yield name

    def _pairs(self, fate: Fate, before: str, after: str) -> Iterator[Move]:
        """Fields of two sections, questions or fields, matched by what follows the name."""
        olds, news = self._named(self.old, before), set(self._named(self.new, after))
        for old in olds:
            new = after + old.removeprefix(before) if before != after else old
            if new not in news:
                self._note(before, f"`{old}` is {fate}, but edition {self.new.id} has no `{new}`.")
            elif not _alike(self.old.fields[old].cell, self.new.fields[new].cell):
                self._note(before, f"`{old}` is {fate}, but `{new}` is answered in another way.")
            else:
                yield Move(fate, old, new)

    def _rescaled(self, raw: Mapping[str, Any]) -> Iterator[Move]:
        table = Table(raw, self.table.file, str(raw.get("old", "rescaled")), self.table.faults)
        before = table.need("old", str, "")
        after = table.take("new", str, before)
        table.need("reason", str, "")
        ways = [k for k in _WAYS if k in raw]
        if len(ways) != 1:
            self._note(before, "a rescaling is exactly one of factor, levels, options.")
        olds, news = self._named(self.old, before), set(self._named(self.new, after))
        for old in olds if len(ways) == 1 else ():
            new = after + old.removeprefix(before)
            found = self._way(table, ways[0], old, new) if new in news else None
            if found is None:
                self._note(before, f"`{old}` cannot be rescaled to `{new}` by {ways[0]}.")
            else:
                yield Move(Fate.RESCALED, old, new, found)
        table.used |= {*ways}
        table.close()

    def _way(self, table: Table, key: str, old: str, new: str) -> Rescaling | None:
        value = table.take(key, _WAYS[key], None)
        return _rescaling(value, self.old.fields[old].cell, self.new.fields[new].cell)

    def _named(self, edition: Edition, name: str) -> tuple[str, ...]:
        """The fields of a section or question, or the field itself."""
        if name in edition.fields:
            return (name,)
        if name in edition.question:
            return tuple(f.id for f in edition.question[name].fields)
        if name in edition.sections:
            return tuple(f.id for q in edition.in_section(name) for f in q.fields)
        self._note(name, f"`{name}` is no field, question or section of edition {edition.id}.")
        return ()

    def _note(self, place: str, what: str) -> None:
        self.table.faults.note("carry-over", self.table.file, place, what, CURE)


def _rescaling(value: object, old: Cell, new: Cell) -> Rescaling | None:
    """The rescaling that `value` describes; None if it does not fit both cells."""
    if isinstance(value, (int, Decimal)) and isinstance(old, NumberCell) and isinstance(new, NumberCell):
        return ByFactor(Decimal(value)) if value > 0 else None
    if isinstance(value, list) and isinstance(old, LevelCell) and isinstance(new, LevelCell):
        fits = len(value) == old.steps and all(isinstance(s, int) and s in range(new.steps) for s in value)
        return BySteps(tuple((s, s) for s in value)) if fits else None
    choices = (ChoiceCell, MultiCell)
    if isinstance(value, dict) and isinstance(old, choices) and isinstance(new, choices):
        fits = set(value) <= set(old.options) and set(value.values()) <= set(new.options)
        return ByOptions(value) if fits and type(old) is type(new) else None
    return None


def _alike(old: Cell, new: Cell) -> bool:
    """Whether an answer to one means the same in the other; limits and defaults may differ."""
    if isinstance(old, NumberCell) and isinstance(new, NumberCell):
        return old.unit == new.unit
    if isinstance(old, (ChoiceCell, MultiCell)) and isinstance(new, (ChoiceCell, MultiCell)):
        return type(old) is type(new) and old.options == new.options
    return old == new


def _once(old: Edition, new: Edition, moves: tuple[Move, ...], table: Table) -> None:
    """Every field of either edition is accounted for exactly once."""
    for edition, named in ((old, [m.old for m in moves]), (new, [m.new for m in moves])):
        for name in edition.fields:
            count = named.count(name)
            if count != 1:
                often = f"stands {count} times" if count else "is not accounted for"
                place = name if count else ""
                what = f"`{name}` of edition {edition.id} {often}."
                table.faults.note("carry-over", table.file, place, what, "Say once what becomes of it.")
