"""The severity of each component for every set of the measures that reach it: what makes the search exact.

A component reads few answers, and few measures change those. All their sets, at every end of the effects, are
scored by the engine, so overlap, steps across anchors and ratios are seen as they are, not added up. Only
where more than `MOST` measures reach one component are their single reliefs added instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assessment.evaluation.size import fields_of_size
from assessment.evaluation.values import Floats
from assessment.model.edition import Edition
from assessment.model.formulas import fields_in
from assessment.model.plans import EffectKind, End
from assessment.scoring.effects import Ground

MOST = 14  # measures on one component, all sets of which are tried: at most 16,384 rows
NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """Severity of one component. `measures`: places (in the ground's order) of those that move it.

    `table[n]`: severity when those measures are done whose bits are set in n, shape (2 ** measures,); None if
    they were too many. `relief`: what each takes off alone, shape (measures,). `adds_up`: whether severity is
    `today` less the reliefs of what is done.
    """

    component: str
    dilemma: str
    weight: float
    today: float
    measures: tuple[int, ...]
    relief: Floats
    table: Floats | None
    adds_up: bool


@dataclass(frozen=True, slots=True)
class Curves:
    """All components that weigh something. `exact`: every one has its table, and no measure moves weights."""

    curves: tuple[Curve, ...]
    exact: bool


def curves_of(ground: Ground, allowed: Sequence[int]) -> dict[End, Curves]:
    """The curves of a firm for the measures in these places, at each end of their effects."""
    groups = _groups(ground, allowed)
    tables, hold = _scored(ground, groups)
    full = all(len(group) <= MOST for group in groups)
    dilemma_of = ground.edition.components
    return {
        end: Curves(
            tuple(
                _curve(name, dilemma_of[name], float(weight), group, table[place])
                for name, weight, group, table in zip(
                    ground.components, ground.weights, groups, tables, strict=True
                )
                if weight != 0.0
            ),
            exact=hold and full,
        )
        for place, end in enumerate(End)
    }


def _curve(name: str, dilemma: str, weight: float, group: tuple[int, ...], rows: Floats) -> Curve:
    """From the rows of one component: all its sets by number, or nothing and then each measure alone."""
    today = float(rows[0])
    if len(group) > MOST:
        relief = today - rows[1:]
        here = np.flatnonzero(np.abs(relief) > NOISE)
        moving = tuple(group[i] for i in here)
        return Curve(name, dilemma, weight, today, moving, relief[here], None, adds_up=True)
    table, kept = rows, list(group)
    for bit in reversed(range(len(group))):  # a measure that changes nothing here is dropped from the table
        halves = table.reshape(-1, 2, 1 << bit)
        if np.abs(halves[:, 0] - halves[:, 1]).max() <= NOISE:
            table, _ = halves[:, 0].reshape(-1), kept.pop(bit)
    relief = np.array([today - table[1 << bit] for bit in range(len(kept))])
    added = today - _bits(len(kept)) @ relief if kept else table
    adds_up = bool(np.abs(table - added).max() <= NOISE)
    return Curve(name, dilemma, weight, today, tuple(kept), relief, table, adds_up)


@lru_cache(maxsize=MOST + 1)
def _bits(count: int) -> Floats:
    """Row n holds the bits of n, lowest first. Shape (2 ** count, count)."""
    return ((np.arange(1 << count)[:, None] >> np.arange(count)) & 1).astype(np.float64)


def _scored(ground: Ground, groups: Sequence[tuple[int, ...]]) -> tuple[list[Floats], bool]:
    """For each component its severity in all sets of its group, shape (ends, sets), and whether all weights
    hold. One batch for each group, of all components that share it.
    """
    reached, hold = _reached(ground), True
    found: list[Floats] = [np.zeros(0)] * len(groups)
    for group in dict.fromkeys(groups):
        members = [n for n, g in enumerate(groups) if g == group]
        if not group:
            for n in members:
                found[n] = np.full((len(End), 1), ground.today[n])
            continue
        since, ends = _sets(ground, group)
        fields = frozenset().union(*(reached[n] for n in members))
        severity, same = ground.some(members, since, ends, fields)
        hold = hold and same
        for place, n in enumerate(members):
            found[n] = severity[:, place].reshape(len(End), -1)
    return found, hold


def _sets(ground: Ground, group: tuple[int, ...]) -> tuple[Floats, np.ndarray]:
    """All sets of a group that is small enough, otherwise none and each of its measures alone: one row for
    each at each end.
    """
    full = len(group) <= MOST
    chosen = _bits(len(group)) if full else np.vstack([np.zeros(len(group)), np.eye(len(group))])
    sets = np.zeros((len(End), len(chosen), len(ground.measures)), dtype=bool)
    sets[:, :, list(group)] = chosen > 0
    ends = np.repeat(np.arange(len(End)), len(chosen))
    return ground.since(sets.reshape(len(ends), -1)), ends


# --- which measures reach a component -----------------------------------------------------------------


def _groups(ground: Ground, allowed: Sequence[int]) -> list[tuple[int, ...]]:
    """For each component the measures that change a field it depends on."""
    touched = [frozenset(f for c in changes for f in c.fields) for changes in ground.changes]
    return [tuple(m for m in allowed if touched[m] & fields) for fields in _reached(ground)]


def _reached(ground: Ground) -> list[frozenset[str]]:
    """The fields each component depends on: those it reads, and those that a move exchanges with them."""
    moves = [
        frozenset(c.fields) for found in ground.changes for c in found if c.kind is EffectKind.MOVE
    ]  # fmt: skip
    return [_spread(fields, moves) for fields in _reads(ground.edition)]


def _spread(fields: frozenset[str], moves: Sequence[frozenset[str]]) -> frozenset[str]:
    while True:
        wider = fields.union(*(m for m in moves if m & fields))
        if wider == fields:
            return fields
        fields = wider


@lru_cache(maxsize=8)
def _reads(edition: Edition) -> tuple[frozenset[str], ...]:
    """The fields each component depends on, with those that decide the size class and so the weights."""
    parts = (c for d in edition.dilemmas for c in edition.indexes[d].components)
    size = fields_of_size(edition)
    return tuple(
        _with_gates(edition, (*fields_in(edition.indicators[c.indicator].formula), *size)) for c in parts
    )


def _with_gates(edition: Edition, names: Sequence[str]) -> frozenset[str]:
    """Fields and whatever decides whether they are asked."""
    found = list(dict.fromkeys(names))
    for name in found:  # grows while it is read
        gate = edition.fields[name].asked_when
        found += [n for n in (fields_in(gate) if gate is not None else ()) if n not in found]
    return frozenset(found)
