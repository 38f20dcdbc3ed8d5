"""What sets of countermeasures lead to: the answers they change, scored again by the engine.

No measure acts on a dilemma directly. Each changes answers within stated ranges; every set, every end of the
ranges and every month after the start is one row of a batch that goes through the same scoring as any firm.

A component that the answers leave unknown keeps its point severity: a plan is not credited for what nobody
knows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.evaluation.columns import ChoiceColumn, Column, Columns, NumberColumn
from assessment.evaluation.size import fields_of_size
from assessment.evaluation.values import Bools, Floats, Values
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import Amount, EffectKind, End
from assessment.model.rules import Component
from assessment.scoring.changes import Change, Resolver
from assessment.scoring.cohort import Scores, score, score_components
from assessment.scoring.variants import Base

NOT_DONE = -1.0  # months since the start of a measure that is not done or has not begun
SETTLED = np.inf  # months since the start once everything passing has passed


@dataclass(slots=True)
class Ground:
    """One firm ready for trying sets of measures. `measures`: ids in order; `changes`: theirs, in the same
    order.

    `components`, `dilemmas`: ids in the order of the columns of results. `weights`: of each component in its
    dilemma, today. `unknown`: fields whose unknown answers hide effects.
    """

    edition: Edition
    base: Base
    scores: Scores
    measures: tuple[str, ...]
    changes: tuple[tuple[Change, ...], ...]
    starts: Mapping[str, Floats]
    codes: Mapping[str, int]
    today: Floats
    weights: Floats
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, edition: Edition, answers: Answers, measures: Sequence[str] = ()) -> Ground:
        """The ground of one firm; all measures of the edition unless some are named."""
        base = Base.of(edition, answers)
        scores = score(edition, base.columns, edition.dilemmas)
        resolver = Resolver(edition, scores.evaluator, {})
        names = tuple(measures or edition.countermeasures)
        changes = tuple(resolver.changes(name) for name in names)
        touched = [c for found in changes for c in found]
        ground = cls(
            edition, base, scores, names, changes,
            _starts(edition, base, resolver, touched),
            {c.field: int(scores.evaluator.choice(c.field)[0]) for c in touched if c.kind is
            EffectKind.CHOOSE}, np.zeros(0), np.zeros(0), tuple(resolver.unknown),
        )  # fmt: skip
        found, weights = _of_components(edition, scores)
        shown = [s[0] for d in edition.dilemmas for s in scores.indexes[d].shown]
        ground.today = np.where(np.isnan(found[0]), np.array(shown), found[0])
        ground.weights = weights[0]
        return ground

    @property
    def components(self) -> tuple[str, ...]:
        return tuple(c.id for d in self.edition.dilemmas for c in self.edition.indexes[d].components)

    @property
    def dilemmas(self) -> tuple[str, ...]:
        return self.edition.dilemmas

    def since(self, sets: Floats | np.ndarray) -> Floats:
        """Sets of measures as months since their start, all settled. Shape as `sets`, (rows, measures)."""
        return np.where(np.asarray(sets, dtype=bool), SETTLED, NOT_DONE)

    def severities(self, since: Floats, ends: np.ndarray) -> tuple[Floats, Floats]:
        """Severity of every component in every row, and its weight. Shapes (rows, components).

        `since`: months since the start of each measure, shape (rows, measures). `ends`: 0 low, 1 middle, 2
        high end of every effect, shape (rows,).
        """
        scores = score(self.edition, self.columns(since, ends), self.edition.dilemmas)
        found, weights = _of_components(self.edition, scores)
        # What was unknown, or becomes so, stays where it stands.
        known = ~np.isnan(found) & (self._known | (self.weights == 0.0))[None, :]
        return np.where(known, found, self.today), weights

    def some(
        self, numbers: Sequence[int], since: Floats, ends: np.ndarray, fields: Collection[str]
    ) -> tuple[Floats, bool]:
        """Severity of a few components (by number) that depend on `fields` alone, and whether all weights of
        today hold. Shape (rows, numbers); `since`, `ends` as in `severities`.
        """
        components = [self._rules[n] for n in numbers]
        size = None if self._moves_size else self.scores.size.repeat(len(since))
        codes, parts = score_components(self.edition, self.columns(since, ends, fields), components, size)
        found = np.stack([_known_mid(p) for p in parts], axis=1)
        places = list(numbers)
        known = ~np.isnan(found) & (self._known | (self.weights == 0.0))[places]
        hold = bool((codes == self.scores.size[0]).all()) and all(
            _same_everywhere(part, today)
            for part, today in zip(parts, (self._parts[n] for n in numbers), strict=True)
        )
        return np.where(known, found, self.today[places]), hold

    def totals(self, severity: Floats, weights: Floats) -> Floats:
        """Severity of every dilemma in every row, shape (rows, dilemmas), from that of the components."""
        out, start = [], 0
        for name in self.dilemmas:
            index = self.edition.indexes[name]
            part = slice(start, start + len(index.components))
            start = part.stop
            share = index.worst_share
            mean = np.zeros(len(severity))
            for s, w in zip(severity[:, part].T, weights[:, part].T, strict=True):
                mean = mean + s * w
            worst = np.where(weights[:, part] > 0, severity[:, part], 0.0).max(axis=1)
            out.append((1.0 - share) * mean + share * worst)
        return np.stack(out, axis=1)

    def lead_to(self, sets: np.ndarray, ends: np.ndarray) -> Floats:
        """Severity of every dilemma once each set is done and settled. Shape (rows, dilemmas)."""
        return self.totals(*self.severities(self.since(sets), ends))

    @property
    def _moves_size(self) -> bool:
        """Whether some measure changes an answer that the size class hangs on."""
        moved = {*self.starts, *self.codes}
        return any(name in moved for name in fields_of_size(self.edition))

    @property
    def _rules(self) -> tuple[Component, ...]:
        return tuple(c for d in self.dilemmas for c in self.edition.indexes[d].components)

    @property
    def _parts(self) -> tuple[Values, ...]:
        return tuple(p for d in self.dilemmas for p in self.scores.indexes[d].components)

    @property
    def _known(self) -> np.ndarray:
        return np.array([not np.isnan(p.mid[0]) for p in self._parts])

    # --- changed answers ------------------------------------------------------------------------

    def columns(self, since: Floats, ends: np.ndarray, fields: Collection[str] | None = None) -> Columns:
        """The answers of the firm in every row, changed by what is done there. Shapes as in `severities`.

        `fields`: these alone, all others unknown; fields that one measure moves together belong together.
        """
        rows = len(since)
        wanted = self.edition.fields if fields is None else fields
        numbers = {n: np.repeat(start, rows, axis=1) for n, start in self.starts.items() if n in wanted}
        codes = {n: np.full(rows, code, dtype=np.int8) for n, code in self.codes.items() if n in wanted}
        for measure, changes in enumerate(self.changes):
            for change in changes:
                if change.field in wanted:
                    on = _under_way(change, since[:, measure])
                    if on.any():
                        _carry_out(change, numbers, codes, on, ends)
        changed: dict[str, Column] = {name: _number_column(v) for name, v in numbers.items()}
        changed |= {name: ChoiceColumn(v, complete=True) for name, v in codes.items()}
        return self.base.rows(rows, changed, fields)


def _under_way(change: Change, months: Floats) -> Bools:
    """Where a change is in force. What does not pass lasts for ever: also once all is settled."""
    begin, until = change.months
    return months >= begin if until == np.inf else (months >= begin) & (months < until)


def _same_everywhere(part: Values, today: Values) -> bool:
    """Whether a component applies in every row if it does today, and in none if it does not."""
    gone = today.gone is not None and bool(today.gone[0])
    return not gone if part.gone is None else bool((part.gone == gone).all())


def _carry_out(
    change: Change, numbers: dict[str, Floats], codes: dict[str, np.ndarray], on: np.ndarray, ends: np.ndarray
) -> None:
    by = change.by[ends]
    match change.kind:
        case EffectKind.CHOOSE:
            codes[change.field] = np.where(on & (by > 0), np.int8(change.code), codes[change.field])
        case EffectKind.MOVE:
            _move(change, numbers, on, by)
        case EffectKind.SCALE:
            numbers[change.field] = _within(change, numbers[change.field], np.where(on, by, 1.0), scaled=True)
        case EffectKind.ADD | EffectKind.STEP:
            numbers[change.field] = _within(
                change, numbers[change.field], np.where(on, by, 0.0), scaled=False
            )


def _within(change: Change, value: Floats, by: Floats, *, scaled: bool) -> Floats:
    """Moved, but not beyond its limit; a value that lies beyond already stays."""
    moved = value * by if scaled else value + by
    up = np.maximum(value, np.minimum(moved, change.ceiling))
    down = np.minimum(value, np.maximum(moved, change.floor))
    return np.where(moved > value, up, np.where(moved < value, down, value))


def _move(change: Change, numbers: dict[str, Floats], on: np.ndarray, by: Floats) -> None:
    """Takes from the givers in order until the amount is reached, a giver is empty or the taker is full."""
    left = np.where(on, by, 0.0)[None, :]
    for giver in change.givers:
        value, room = numbers[giver], np.maximum(change.ceiling - numbers[change.field], 0.0)
        wanted = left * value if change.part else left
        moved = np.minimum(np.minimum(wanted, value), room)
        numbers[giver] = value - moved
        numbers[change.field] = numbers[change.field] + moved
        left = left if change.part else left - moved


def _starts(edition: Edition, base: Base, resolver: Resolver, touched: Sequence[Change]) -> dict[str, Floats]:
    """The numbers that are changed, as they stand: shape (1, 1) where known, (3, 1) for low, high and
    middle.
    """
    opens = {
        name.replace("{row}", row): effect.opens_at
        for entry in edition.effects.values()
        for effect in entry.effects
        if effect.opens_at is not None
        for name in effect.fields
        for row in (effect.among.rows if effect.among else ("",))
    }
    out: dict[str, Floats] = {}
    for name in dict.fromkeys(n for c in touched if c.kind is not EffectKind.CHOOSE for n in c.fields):
        asked = resolver.evaluator.asked(edition.fields[name])
        column = base.columns.fields[name]
        assert isinstance(column, NumberColumn)
        if column.low[0] == column.high[0] and (asked is None or bool(asked.may[0])):
            out[name] = np.array([[column.low[0]]])
        elif asked is not None and not bool(asked.may[0]):
            out[name] = np.array([[resolver.start(name, opens.get(name))]])
        else:
            out[name] = np.array([[column.low[0]], [column.high[0]], [column.mid[0]]])
    return out


def _number_column(values: Floats) -> NumberColumn:
    if len(values) == 1:
        return NumberColumn(values[0], values[0], values[0])
    return NumberColumn(values[0], values[1], values[2])


def _of_components(edition: Edition, scores: Scores) -> tuple[Floats, Floats]:
    """Severity (NaN where unknown) and weight of all components, dilemma by dilemma. Shapes (rows,
    components).
    """
    scored = [scores.indexes[d] for d in edition.dilemmas]
    severity = np.stack([_known_mid(p) for s in scored for p in s.components], axis=1)
    return severity, np.stack([w for s in scored for w in s.weights], axis=1)


def _known_mid(part: Values) -> Floats:
    return part.mid if part.gone is None else np.where(part.gone, 0.0, part.mid)


def alone(ground: Ground) -> dict[str, dict[str, Amount]]:
    """What each measure takes off each component and dilemma when done alone and settled, in points of
    severity.

    One batch: every measure at every end. Entries of 0 are left out; below 0 it makes it worse.
    """
    severity, weights = ground.severities(*one_by_one(ground, ground.measures))
    both = np.concatenate([ground.totals(severity, weights), severity], axis=1)
    return reliefs(ground, ground.measures, both)


def one_by_one(ground: Ground, measures: Sequence[str]) -> tuple[Floats, np.ndarray]:
    """Each of these measures alone and settled, at each end: rows for `Ground.severities`."""
    rows = np.array([[m == name for m in ground.measures] for name in measures], dtype=bool)
    return (
        ground.since(rows.reshape(len(measures), len(ground.measures)).repeat(len(End), axis=0)),
        np.tile(np.arange(len(End)), len(measures)),
    )


def reliefs(ground: Ground, measures: Sequence[str], found: Floats) -> dict[str, dict[str, Amount]]:
    """As in `alone`, from the severities of the rows of `one_by_one`: dilemmas, then components."""
    today = np.concatenate([_total_today(ground), ground.today])
    relief = (today - found).reshape(len(measures), len(End), len(today))
    names = (*ground.dilemmas, *ground.components)
    return {
        measure: {
            name: Amount(*map(float, points))
            for name, points in zip(names, relief[m].T, strict=True)
            if np.abs(points).max() > 1e-9
        }
        for m, measure in enumerate(measures)
    }


def _total_today(ground: Ground) -> Floats:
    return ground.totals(ground.today[None, :], ground.weights[None, :]).reshape(-1)
