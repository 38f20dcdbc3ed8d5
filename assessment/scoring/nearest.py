"""The nearest change of an answer, or of two, that moves a firm to another level.

All paths are tried at once: each change of an answer is a row of one batch, so the ordinary engine finds the
levels. A path is first looked at on marks that lie closer near the answer given, then the first stretch on
which the level changes is cut again and again. Exact as far as the level does not change twice between two
marks; for answers with one direction, which nearly all have, it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from assessment.answering.crosschecks import fires
from assessment.evaluation.columns import ChoiceColumn, Column
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.values import Bools, Floats
from assessment.model.answers import Answers
from assessment.model.certainty import AnswerChange, Way
from assessment.model.edition import Edition
from assessment.model.problems import Severity
from assessment.model.rules import Check
from assessment.scoring.cohort import Scores, score
from assessment.scoring.moves import Move, changes, single_moves, size_of
from assessment.scoring.place import level_number
from assessment.scoring.robustness import levels_of
from assessment.scoring.variants import Base, known

MARKS = (np.arange(1, 33) / 32.0) ** 2  # where a path is looked at first
CUTS, ROUNDS = 32, 6  # a stretch is cut into so many parts, so many times: 1e-9 of it is left
STRONGEST = 8  # of two answers, only the strongest are paired


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one batch: level and severity by dilemma, and whether the answers are possible."""

    levels: dict[str, np.ndarray]
    severities: dict[str, Floats]
    possible: dict[str, Bools]


@dataclass(frozen=True, slots=True)
class Search:
    """One firm, the dilemmas looked at and the levels it stands on."""

    edition: Edition
    base: Base
    here: dict[str, int]
    coverage: dict[str, float]
    odd: frozenset[str] = frozenset()  # checks the answers given do not pass themselves

    def tried(self, paths: Sequence[tuple[Move, Floats]]) -> Found:
        """Every move at every part of its way: rows in that order."""
        rows = sum(len(ways) for _, ways in paths)
        found = score(self.edition, self.base.rows(rows, self._columns(paths, rows)), tuple(self.here))
        sane = ~_odd(self.edition, found.evaluator, self.odd)
        levels, severities, possible = {}, {}, {}
        for name in self.here:
            scored = found.indexes[name]
            severities[name] = scored.mid
            levels[name] = levels_of(scored.mid, self.edition.placement)
            # A change that only opens new questions says nothing: it must not be less covered than before.
            covered = scored.coverage >= self.coverage[name] - 1e-9
            possible[name] = sane & covered & ~scored.unstated
        return Found(levels, severities, possible)

    def _columns(self, paths: Sequence[tuple[Move, Floats]], rows: int) -> dict[str, Column]:
        values: dict[str, Floats] = {}
        start = 0
        for move, ways in paths:
            stop = start + len(ways)
            for part in move.parts:
                if part.field not in values:
                    values[part.field] = np.full(rows, part.start)
                moved = (
                    part.start + ways * (part.end - part.start)
                    if part.glides
                    else np.full(len(ways), part.end)
                )
                values[part.field][start:stop] = moved
            start = stop
        return {name: self._column(name, found) for name, found in values.items()}

    def _column(self, name: str, values: Floats) -> Column:
        if isinstance(self.base.columns.fields[name], ChoiceColumn):
            return ChoiceColumn(values.astype(np.int8), complete=True)
        return known(values)


def _odd(edition: Edition, evaluator: Evaluator, passed_over: frozenset[str] = frozenset()) -> Bools:
    """Rows whose answers a form would refuse together, or that leave what is plausible."""
    hit = np.zeros(evaluator.rows, dtype=bool)
    for check in _checks(edition):
        if check.id not in passed_over:
            hit = hit | fires(edition, check, evaluator, date.min)
    return hit


def _checks(edition: Edition) -> Iterator[Check]:
    """Checks that refuse, and those of plausible amounts. Whether a year is recent is no matter here."""
    for check in edition.checks:
        plausible = check.between is not None or check.between_by is not None
        if check.year_within is None and (check.severity == Severity.REFUSE or plausible):
            yield check


def _fired(edition: Edition, evaluator: Evaluator, row: int) -> frozenset[str]:
    return frozenset(c.id for c in _checks(edition) if bool(fires(edition, c, evaluator, date.min)[row]))


def nearest_changes(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    dilemmas: Sequence[str],
    asked: frozenset[str],
    base: Base | None = None,
) -> dict[str, tuple[AnswerChange, ...]]:
    """By dilemma: the nearest change along every path that reaches another level, smallest first.

    Changes of single answers; if there is none, of two answers among the strongest.
    """  # fmt: skip
    if not dilemmas:
        return {}
    here = {d: level_number(float(scores.indexes[d].mid[row]), edition.placement) for d in dilemmas}
    coverage = {d: float(scores.indexes[d].coverage[row]) for d in dilemmas}
    odd = _fired(edition, scores.evaluator, row)
    search = Search(edition, base or Base.of(edition, answers), here, coverage, odd)
    singles = single_moves(edition, answers, asked)
    if not singles:
        return dict.fromkeys(dilemmas, ())
    looked = _looked_at(search, singles)
    out = _along(search, looked, tuple(dilemmas))
    stuck = tuple(d for d in dilemmas if not out[d])
    pairs = list(_pairs(search, looked, stuck))
    if pairs:
        found = _along(search, _looked_at(search, pairs), stuck)
        out |= {d: found[d] for d in stuck}
    return {d: tuple(sorted(out[d], key=_order)) for d in dilemmas}


def _order(change: AnswerChange) -> tuple[int, float, str]:
    return change.answers, change.size, change.fields[0].field


@dataclass(frozen=True, slots=True)
class Looked:
    """One move on its marks: the marks, and its rows in the batch."""

    move: Move
    ways: Floats
    rows: slice
    found: Found


def _looked_at(search: Search, moves: Sequence[Move]) -> list[Looked]:
    paths = [(move, MARKS if move.glides else np.ones(1)) for move in moves]
    found = search.tried(paths)
    return [
        Looked(m, w, rows, found) for (m, w), rows in zip(paths, _slices([w for _, w in paths]), strict=True)
    ]


def _slices(ways: Sequence[Floats]) -> Iterator[slice]:
    start = 0
    for part in ways:
        yield slice(start, start + len(part))
        start += len(part)


@dataclass(slots=True)
class Stretch:
    """A part of a path: at `low` the level is the old one, at `high` it is another."""

    move: Move
    dilemma: str
    low: float
    high: float
    level: int


def _along(
    search: Search, looked: Sequence[Looked], dilemmas: Sequence[str]
) -> dict[str, list[AnswerChange]]:
    """The first change of level along each path, by dilemma."""
    stretches = [s for one in looked for d in dilemmas if (s := _first_change(search, one, d)) is not None]
    gliding = [s for s in stretches if s.move.glides]
    for _ in range(ROUNDS):
        if gliding:
            _cut(search, gliding)
    out: dict[str, list[AnswerChange]] = {d: [] for d in dilemmas}
    for stretch in stretches:
        out[stretch.dilemma].append(_told(search, stretch))
    return out


def _first_change(search: Search, one: Looked, dilemma: str) -> Stretch | None:
    levels, possible = one.found.levels[dilemma][one.rows], one.found.possible[dilemma][one.rows]
    moved = np.flatnonzero((levels != search.here[dilemma]) & possible)
    if not len(moved):
        return None
    first = int(moved[0])
    low = float(one.ways[first - 1]) if first else 0.0
    return Stretch(one.move, dilemma, low, float(one.ways[first]), int(levels[first]))


def _cut(search: Search, stretches: Sequence[Stretch]) -> None:
    """Each stretch narrowed to the first of its equal parts on which the level changes."""
    paths = [(s.move, s.low + (s.high - s.low) * np.arange(1, CUTS + 1) / CUTS) for s in stretches]
    found = search.tried(paths)
    for stretch, (_, ways), rows in zip(stretches, paths, _slices([w for _, w in paths]), strict=True):
        levels, possible = found.levels[stretch.dilemma][rows], found.possible[stretch.dilemma][rows]
        moved = np.flatnonzero((levels != search.here[stretch.dilemma]) & possible)
        if len(moved):  # the last row is the old end, which did change
            first = int(moved[0])
            stretch.low = float(ways[first - 1]) if first else stretch.low
            stretch.high, stretch.level = float(ways[first]), int(levels[first])


def _told(search: Search, stretch: Stretch) -> AnswerChange:
    worse = stretch.level > search.here[stretch.dilemma]
    return AnswerChange(
        way=Way.WORSE if worse else Way.BETTER,
        level=search.edition.placement.levels[stretch.level],
        fields=changes(search.edition, stretch.move, stretch.high),
        size=size_of(search.edition, stretch.move, stretch.high),
        answers=stretch.move.answers,
    )


def _pairs(search: Search, looked: Sequence[Looked], dilemmas: Sequence[str]) -> Iterator[Move]:
    """Two answers at a time among those that move a dilemma most, in the same direction."""
    seen: set[tuple[Move, Move]] = set()
    for dilemma in dilemmas:
        for sign in (1.0, -1.0):
            strongest = _strongest(search, looked, dilemma, sign)
            for one, other in combinations(strongest, 2):
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield Move((*one.parts, *other.parts), answers=2)


def _strongest(search: Search, looked: Sequence[Looked], dilemma: str, sign: float) -> list[Move]:
    ranked = []
    for number, one in enumerate(looked):
        end = one.rows.stop - 1
        if one.found.possible[dilemma][end]:
            ranked.append((-sign * float(one.found.severities[dilemma][end]), number, one.move))
    taken: list[Move] = []
    used: set[str] = set()
    for _, _, move in sorted(ranked, key=lambda r: r[:2]):
        owners = {search.edition.fields[f].question if len(move.parts) > 1 else f for f in move.fields}
        if used.isdisjoint(owners) and len(taken) < STRONGEST:
            taken.append(move)
            used |= owners
    return taken
