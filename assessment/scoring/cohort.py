"""Scores of a batch of firms, as columns: the one path for one firm and for a million.

measure: answers -> indicators.  place: indicators -> indexes (dilemmas and trends).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.answering.relevance import with_size
from assessment.evaluation.columns import Columns
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.values import Values, emptied, taken
from assessment.model.edition import Edition
from assessment.model.rules import Component, Index, Indicator
from assessment.scoring.indexes import Scored, aggregate, score_component, widen
from assessment.scoring.weighting import Weighting, weighting_of

CHUNK = 16_384  # rows at a time: the arrays of one chunk stay in the processor's cache


@dataclass(slots=True)
class Scores:
    """Everything computed for a batch. `size`: option number of the size class, UNKNOWN if open."""

    rows: int
    size: np.ndarray
    indicators: Mapping[str, Values]
    indexes: Mapping[str, Scored]
    evaluator: Evaluator


def score(edition: Edition, columns: Columns, indexes: Collection[str] | None = None) -> Scores:
    """Measure and place all rows at once. For large batches see `score_chunks`.

    `indexes`: ids of the dilemmas and trends wanted, with the indicators they read; None for everything.
    """
    evaluator = with_size(edition, columns)
    codes = evaluator.size_codes
    wanted = edition.indexes if indexes is None else _with_inner(edition, indexes)
    read = edition.indicators if indexes is None else _read_by(edition, wanted)
    indicators = {i: measure(edition.indicators[i], evaluator) for i in read}
    placed = _place_all(edition, wanted, indicators, weighting_of(edition, codes))
    return Scores(columns.rows, codes, indicators, placed, evaluator)


def score_chunks(
    edition: Edition, columns: Columns, chunk: int = CHUNK, indexes: Collection[str] | None = None
) -> Iterator[tuple[int, Scores]]:
    """Scores chunk by chunk with the number of the first row; bitwise what `score` gives."""
    for start in range(0, columns.rows, chunk):
        yield start, score(edition, columns.part(start, start + chunk), indexes)


def score_components(
    edition: Edition, columns: Columns, components: Sequence[Component], size: np.ndarray | None = None
) -> tuple[np.ndarray, list[Values]]:
    """Size classes, and severities of a few components that read indicators, without what they add up to.

    `size`: size classes of the rows, where they are known already.
    """
    evaluator = with_size(edition, columns, size)
    weighting = weighting_of(edition, evaluator.size_codes)
    measured = [measure(edition.indicators[c.indicator], evaluator) for c in components]
    parts = [_severity(c, values, weighting) for c, values in zip(components, measured, strict=True)]
    return evaluator.size_codes, parts


def _with_inner(edition: Edition, indexes: Collection[str]) -> list[str]:
    """The indexes and those they are made of, each once."""
    found = list(indexes)
    for index_id in found:  # grows while it is read
        found += [c.index for c in edition.indexes[index_id].components if c.index and c.index not in found]
    return found


def _read_by(edition: Edition, indexes: Collection[str]) -> list[str]:
    parts = (c for i in indexes for c in edition.indexes[i].components)
    return list(dict.fromkeys(c.indicator for c in parts if c.indicator))


def measure(indicator: Indicator, evaluator: Evaluator) -> Values:
    """An indicator in every row, cut to its natural limits. Shape (rows,)."""
    found = emptied(evaluator.values(indicator.formula))
    floor, ceiling = indicator.limits
    if floor == float("-inf") and ceiling == float("inf"):
        return found
    low = np.minimum(np.maximum(found.low, floor), ceiling)
    if found.exact:
        return Values(low, low, low, found.dropped, found.undefined)
    high = np.minimum(np.maximum(found.high, floor), ceiling)
    mid = np.minimum(np.maximum(found.mid, floor), ceiling)
    return Values(low, high, mid, found.dropped, found.undefined)


def _place_all(
    edition: Edition, wanted: Collection[str], indicators: Mapping[str, Values], weighting: Weighting
) -> dict[str, Scored]:
    done: dict[str, Scored] = {}

    def of(index_id: str) -> Scored:
        if index_id not in done:
            index = edition.indexes[index_id]
            inner = {c.index: _as_values(of(c.index)) for c in index.components if c.index}
            done[index_id] = place(index, {**indicators, **inner} if inner else indicators, weighting)
        return done[index_id]

    for index_id in wanted:
        of(index_id)
    return done


def place(index: Index, values: Mapping[str, Values], weighting: Weighting) -> Scored:
    """One index in every row, each firm with the weights and anchors of its size.

    `values`: of the indicators and inner indexes that it reads, by id.
    """
    parts = tuple(_severity(c, values[c.index or c.indicator], weighting) for c in index.components)
    found = aggregate(index, parts, [weighting.weight(c) for c in index.components])
    if not len(weighting.open):
        return found
    read = [taken(values[c.index or c.indicator], weighting.open) for c in index.components]
    return widen(found, weighting.open, [_with_set(index, read, name) for name in weighting.every])


def _severity(component: Component, values: Values, weighting: Weighting) -> Values:
    """A component in every row; through its anchors once for each set that has its own."""
    sets = weighting.sets if component.anchors else weighting.sets[:1]
    if len({component.anchors.get(name) for name in sets}) == 1:
        return score_component(component, values, sets[0])
    return weighting.choose([score_component(component, values, name) for name in sets])


def _with_set(index: Index, values: Sequence[Values], chosen: str) -> Scored:
    parts = zip(index.components, values, strict=True)
    scored = tuple(score_component(c, v, chosen) for c, v in parts)
    return aggregate(index, scored, [c.weights[chosen] for c in index.components])


def _as_values(scored: Scored) -> Values:
    """An inner index as a component: where most of it does not apply it is unknown, not dropped."""
    if scored.low is scored.high and scored.low is scored.mid:
        return Values(scored.low, scored.low, scored.low)
    return Values(scored.low, scored.high, np.where(scored.unstated, np.nan, scored.mid))
