"""The severity of each component for every set of the measures that reach it: what makes the search exact.

A component reads few answers, and few measures change those. All their sets are scored in one batch, so
overlap, steps across anchors and ratios are seen as they are, not added up. Only where more than `MOST`
measures reach one component are their single reliefs added instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.values import Floats
from assessment.model.edition import Edition
from assessment.model.formulas import fields_in
from assessment.model.plans import EffectKind
from assessment.scoring.effects import Ground

MOST = 14  # measures on one component, all sets of which are tried: at most 16,384 rows
NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """Severity of one component. `measures`: places (in the ground's order) of those that move it.

    `table[n]`: severity when those measures are done whose bits are set in n, shape (2 ** measures,). Without
    a table `relief` is added up: severity = `today` - sum of reliefs, shape (measures,).
    """

    component: str
    dilemma: str
    weight: float
    today: float
    measures: tuple[int, ...]
    relief: Floats
    table: Floats | None


@dataclass(frozen=True, slots=True)
class Curves:
    """All components that weigh something. `exact`: every one is a table or truly adds up."""

    curves: tuple[Curve, ...]
    exact: bool


def curves_of(ground: Ground, allowed: Sequence[int], end: int) -> Curves:
    """The curves of a firm for the measures in these places, at one end of their effects (0, 1, 2)."""
    groups = [_group(ground, reached, allowed) for reached in _reached(ground)]
    tables = _scored(ground, groups, end)
    weights_hold = all(np.array_equal(w, np.broadcast_to(ground.weights, w.shape)) for _, w in tables)
    found, exact = [], weights_hold
    dilemma_of = ground.edition.components
    for number, (name, group, (severity, _)) in enumerate(
        zip(ground.components, groups, tables, strict=True)
    ):
        weight = float(ground.weights[number])
        if weight == 0.0:
            continue
        full = len(group) <= MOST
        exact = exact and full
        found.append(
            _curve(name, dilemma_of[name], weight, group, severity[:, number], full=full)
        )  # fmt: skip
    return Curves(tuple(found), exact)


def _curve(
    name: str, dilemma: str, weight: float, group: tuple[int, ...], rows: Floats, *, full: bool
) -> Curve:
    """From the rows of one component: all its sets by number, or nothing and then each measure alone."""
    today = float(rows[0])
    if not full:
        relief = today - rows[1:]
        here = np.flatnonzero(np.abs(relief) > NOISE)
        return Curve(name, dilemma, weight, today, tuple(group[i] for i in here), relief[here], None)
    table = rows
    kept = list(group)
    for bit in reversed(range(len(group))):  # a measure that changes nothing here is dropped from the table
        halves = table.reshape(-1, 2, 1 << bit)
        if np.abs(halves[:, 0] - halves[:, 1]).max() <= NOISE:
            table, _ = halves[:, 0].reshape(-1), kept.pop(bit)
    relief = np.array([today - table[1 << bit] for bit in range(len(kept))])
    added = today - _bits(len(kept)) @ relief if kept else table
    adds_up = np.abs(table - added).max() <= NOISE
    return Curve(name, dilemma, weight, today, tuple(kept), relief, None if adds_up else table)


def _bits(count: int) -> Floats:
    """Row n holds the bits of n, lowest first. Shape (2 ** count, count)."""
    return ((np.arange(1 << count)[:, None] >> np.arange(count)) & 1).astype(np.float64)


def _scored(ground: Ground, groups: Sequence[tuple[int, ...]], end: int) -> list[tuple[Floats, Floats]]:
    """Severities and weights of all sets of each group, one batch for all groups that are the same."""
    distinct = list(dict.fromkeys(groups))
    blocks = [_sets(ground, group) for group in distinct]
    sets = np.concatenate(blocks)
    severity, weights = ground.severities(ground.since(sets), np.full(len(sets), end, dtype=np.intp))
    ends = np.cumsum([len(b) for b in blocks])[:-1]
    parts = dict(
        zip(distinct, zip(np.split(severity, ends), np.split(weights, ends), strict=True), strict=True)
    )
    return [parts[group] for group in groups]


def _sets(ground: Ground, group: tuple[int, ...]) -> np.ndarray:
    """All sets of a group that is small enough; otherwise none, and each of its measures alone."""
    full = len(group) <= MOST
    chosen = _bits(len(group)) if full else np.vstack([np.zeros(len(group)), np.eye(len(group))])
    sets = np.zeros((len(chosen), len(ground.measures)), dtype=bool)
    sets[:, list(group)] = chosen > 0
    return sets


def _group(ground: Ground, reached: frozenset[str], allowed: Sequence[int]) -> tuple[int, ...]:
    return tuple(m for m in allowed if any(reached & set(c.fields) for c in ground.changes[m]))


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


def _reads(edition: Edition) -> list[frozenset[str]]:
    parts = (c for d in edition.dilemmas for c in edition.indexes[d].components)
    return [_with_gates(edition, fields_in(edition.indicators[c.indicator].formula)) for c in parts]


def _with_gates(edition: Edition, names: Sequence[str]) -> frozenset[str]:
    """Fields and whatever decides whether they are asked."""
    found = list(dict.fromkeys(names))
    for name in found:  # grows while it is read
        gate = edition.fields[name].asked_when
        found += [n for n in (fields_in(gate) if gate is not None else ()) if n not in found]
    return frozenset(found)
