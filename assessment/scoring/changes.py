"""What each countermeasure changes in the answers of one firm, with numbers in place of rules.

Conditions, rows and amounts are read off the answers as they stand. A measure therefore changes the same
fields whatever else is done beside it, and a set of measures is the same in whichever order it was put
together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.columns import natural_bounds
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.values import Floats
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, LevelCell, NumberCell
from assessment.model.plans import Amount, Effect, EffectKind, RowChoice

GIVEN = "given"  # percent of what each giving field holds
ENDS = 3  # low, middle, high


@dataclass(frozen=True, slots=True)
class Change:
    """One field moved, at each end of the range: arrays of shape (3,).

    ADD and STEP add `by`, SCALE multiplies by it, MOVE takes `by` (or with `part` that part) from `givers` in
    order, CHOOSE sets option number `code` where `by` is 1. Values beyond `floor` or `ceiling` stay.
    """

    kind: EffectKind
    field: str
    by: Floats
    floor: float
    ceiling: float
    months: tuple[float, float]
    givers: tuple[str, ...] = ()
    part: bool = False
    code: int = -1

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.givers, self.field)


@dataclass(slots=True)
class Resolver:
    """Reads effects off the answers of one firm (the only row of `evaluator`). `unknown`: what could not be
    read.
    """

    edition: Edition
    evaluator: Evaluator
    unknown: dict[str, None]

    def changes(self, measure: str) -> tuple[Change, ...]:
        """Everything the measure changes, in the order of its effects; what reaches no answer is left out."""
        entry = self.edition.effects.get(measure)
        return tuple(c for effect in (entry.effects if entry else ()) for c in self._of(effect))

    def start(self, name: str, opens_at: float | None = None) -> float:
        """The number a field begins with; NaN if it is unknown, or does not apply to the firm."""
        field = self.edition.fields[name]
        asked = self.evaluator.asked(field)
        if asked is not None and not bool(asked.may[0]):
            begins = field.not_asked_value if field.not_asked_value is not None else opens_at
            return math.nan if begins is None else begins
        values = self.evaluator.number(name)
        gone = values.gone
        return math.nan if gone is not None and bool(gone[0]) else float(values.mid[0])

    # --- one effect -----------------------------------------------------------------------------

    def _of(self, effect: Effect) -> Iterator[Change]:
        if effect.when is not None and not self._holds(effect.when):
            return
        if effect.among is None:
            yield from self._written(effect, "", np.ones(ENDS))
            return
        for row, reached in self._rows(effect.among):
            yield from self._written(effect, row, reached)

    def _holds(self, condition: object) -> bool:
        return bool(self.evaluator.truth(condition).must[0])  # type: ignore[arg-type]

    def _rows(self, among: RowChoice) -> Iterator[tuple[str, Floats]]:
        """Rows the effect reaches, each with 1 at the ends at which it is among them."""
        fitting = [r for r in among.rows if r not in among.where or self._holds(among.where[r])]
        fitting.sort(key=lambda row: self._rank(among, row))
        most = np.array(_ends(among.most))
        for place, row in enumerate(fitting):
            reached = (place < most).astype(np.float64)
            if reached.any():
                yield row, reached

    def _rank(self, among: RowChoice, row: str) -> tuple[bool, float, int]:
        behind = row in among.first and not self._holds(among.first[row])
        size = self.start(among.largest[row]) if row in among.largest else 0.0
        return behind, 0.0 if math.isnan(size) else -size, among.rows.index(row)

    def _written(self, effect: Effect, row: str, reached: Floats) -> Iterator[Change]:
        fields = tuple(name.replace("{row}", row) for name in effect.fields)
        if effect.kind is EffectKind.CHOOSE:
            yield from self._choice(effect, fields[0], reached)
            return
        by = self._amounts(effect, row)
        if by is None:
            return
        if effect.kind is EffectKind.SCALE:
            known = self._known(effect, fields)
            yield from (
                self._change(effect, name, 1.0 + by * reached / 100.0) for name in fields if name in known
            )
        elif effect.kind is EffectKind.MOVE:
            taker = effect.to.replace("{row}", row)
            if len(self._known(effect, (*fields, taker))) > len(fields):
                yield self._change(effect, taker, by * reached, fields)
        elif self._known(effect, fields[:1]):
            yield self._change(effect, fields[0], by * reached)

    def _known(self, effect: Effect, fields: Sequence[str]) -> list[str]:
        """Fields that hold a number; the others are noted."""
        known = [name for name in fields if not math.isnan(self.start(name, effect.opens_at))]
        self.unknown |= dict.fromkeys(name for name in fields if name not in known)
        return known

    def _amounts(self, effect: Effect, row: str) -> Floats | None:
        by = np.array(_ends(effect.by))
        if not effect.of:
            return by
        if effect.of == GIVEN:
            return by / 100.0
        name = effect.of.replace("{row}", row)
        whole = self.start(name)
        if math.isnan(whole):
            self.unknown[name] = None
            return None
        return by * whole / 100.0

    def _change(self, effect: Effect, name: str, by: Floats, givers: tuple[str, ...] = ()) -> Change:
        cell = self.edition.fields[name].cell
        assert isinstance(cell, (NumberCell, LevelCell)), name
        low, high = natural_bounds(cell)
        floor = low if effect.at_least is None else max(low, effect.at_least)
        ceiling = high if effect.at_most is None else min(high, effect.at_most)
        return Change(
            effect.kind, name, by, floor, ceiling, _span(effect), givers, part=effect.of == GIVEN
        )  # fmt: skip

    def _choice(self, effect: Effect, name: str, reached: Floats) -> Iterator[Change]:
        cell = self.edition.fields[name].cell
        assert isinstance(cell, ChoiceCell), name
        if int(self.evaluator.choice(name)[0]) < 0:
            self.unknown[name] = None
            return
        code = cell.options.index(effect.to)
        yield Change(effect.kind, name, reached, 0.0, 0.0, _span(effect), code=code)


def _ends(amount: Amount) -> tuple[float, float, float]:
    return amount.low, amount.mid, amount.high


def _span(effect: Effect) -> tuple[float, float]:
    begin, until = effect.months
    return begin, math.inf if until is None else until
