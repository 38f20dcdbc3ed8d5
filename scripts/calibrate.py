"""Prints how the worked cases answer to the share of the worst component and to other weights.

docs/method.md quotes these figures; tests/docs/test_method.py compares them. Run it again after any
change of anchors, weights or cases: `.venv/bin/python scripts/calibrate.py`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assessment.content.cases import Case, load_cases
from assessment.content.load import load_edition
from assessment.evaluation.columns import Columns, columns_of
from assessment.model.edition import Edition
from assessment.model.results import Stated
from assessment.model.rules import Component, Index
from assessment.scoring.assess import assess_many
from assessment.scoring.cohort import score
from assessment.scoring.place import level_number

EDITION = "servitization/2026-1"
SHARES = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
DRAWS, SEED, SPREAD = 200, 20261, 0.3


@dataclass(frozen=True)
class Row:
    """One share: expected levels met, of how many, placements within 3 points of a cut, smallest margin."""

    share: float
    met: int
    of: int
    near: int
    margin: float


def main() -> None:
    """Print the two tables of docs/method.md."""
    edition = load_edition(EDITION)
    cases = load_cases(edition)
    for row in by_share(edition, cases):
        print(
            f"L = {row.share:.2f}: {row.met} of {row.of} met, {row.near} near a cut, margin {row.margin:.1f}"
        )
    stable, pairs = by_weights(edition, cases)
    print(f"weights x 0.7..1.3: {stable} of {pairs} levels stay in at least 95 % of {DRAWS} draws")
    print(f"equal weights: {equal_weights(edition, cases)} of {pairs} levels change")
    stated, same = by_quick_path(edition, cases)
    print(f"quick path: {stated} of {pairs} levels stated, {same} of them as on the full path")


def by_share(edition: Edition, cases: tuple[Case, ...]) -> list[Row]:
    """Expected levels met and margins to the nearest cut, for each share of the worst component."""
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, [c.answers for c in cases])
    rows = []
    for share in SHARES:
        tried = _changed(edition, partial(replace, worst_share=share))
        points = _points(tried, columns)
        levels = {key: _level(edition, value) for key, value in points.items()}
        met = sum(levels[n, d] == case.expected[d] for n, case in enumerate(cases) for d in edition.dilemmas)
        margins = [min(abs(p - cut) for cut in edition.placement.cuts) for p in points.values()]
        near = sum(m <= edition.placement.borderline for m in margins)
        rows.append(Row(share, met, len(points), near, min(margins)))
    return rows


def by_weights(edition: Edition, cases: tuple[Case, ...]) -> tuple[int, int]:
    """Levels that stay the same in at least 95 % of draws of other weights, and how many there are."""
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, [c.answers for c in cases])
    base = {key: _level(edition, p) for key, p in _points(edition, columns).items()}
    chance = random.Random(SEED)  # noqa: S311  # not a secret
    same = dict.fromkeys(base, 0)
    for _ in range(DRAWS):
        tried = _changed(edition, lambda index: _shaken(index, chance))
        for key, point in _points(tried, columns).items():
            same[key] += _level(edition, point) == base[key]
    return sum(n >= 0.95 * DRAWS for n in same.values()), len(base)


def equal_weights(edition: Edition, cases: tuple[Case, ...]) -> int:
    """Levels that change if every component that exists for a size weighs the same."""
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, [c.answers for c in cases])
    flat = _changed(edition, lambda index: replace(index, components=tuple(map(_flat, index.components))))
    before, after = _points(edition, columns), _points(flat, columns)
    return sum(_level(edition, before[key]) != _level(edition, after[key]) for key in before)


def by_quick_path(edition: Edition, cases: tuple[Case, ...]) -> tuple[int, int]:
    """Levels stated from the answers of the quick path alone, and how many of them the full path states."""
    quick = {f.id for q in edition.questions if q.quick for f in q.fields}
    short = [
        replace(c.answers, replies={k: v for k, v in c.answers.replies.items() if k in quick}) for c in cases
    ]
    pairs = [
        (first, full)
        for one, other in zip(
            assess_many(edition, short), assess_many(edition, [c.answers for c in cases]), strict=True
        )
        for first, full in zip(one.placements, other.placements, strict=True)
        if first.stated is Stated.LEVEL
    ]
    return len(pairs), sum(first.level == full.level for first, full in pairs)


def _shaken(index: Index, chance: random.Random) -> Index:
    def other(component: Component) -> Component:
        factor = chance.uniform(1 - SPREAD, 1 + SPREAD)
        return replace(component, weights={s: w * factor for s, w in component.weights.items()})

    return replace(index, components=tuple(other(c) for c in index.components))


def _flat(component: Component) -> Component:
    return replace(component, weights={s: float(w > 0) for s, w in component.weights.items()})


def _changed(edition: Edition, change: Callable[[Index], Index]) -> Edition:
    """The edition with each dilemma changed."""
    dilemmas = {d: change(edition.indexes[d]) for d in edition.dilemmas}
    return replace(edition, indexes={**edition.indexes, **dilemmas})


def _points(edition: Edition, columns: Columns) -> dict[tuple[int, str], float]:
    scores = score(edition, columns)
    return {
        (row, d): float(scores.indexes[d].mid[row]) for row in range(columns.rows) for d in edition.dilemmas
    }


def _level(edition: Edition, point: float) -> str:
    return edition.placement.levels[level_number(point, edition.placement)]


if __name__ == "__main__":
    main()
