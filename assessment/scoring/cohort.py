"""Scores of a batch of firms, as columns: the one path for one firm and for a million.

measure: answers -> indicators.  place: indicators -> indexes (dilemmas and trends).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from assessment.answering.relevance import with_size
from assessment.evaluation.columns import UNKNOWN, Columns
from assessment.evaluation.evaluator import Evaluator
from assessment.evaluation.size import size_names
from assessment.evaluation.values import Values, emptied
from assessment.model.edition import Edition
from assessment.model.rules import Index, Indicator
from assessment.scoring.indexes import Scored, aggregate, choose, score_component, widen

CHUNK = 16_384  # rows at a time: the arrays of one chunk stay in the processor's cache


@dataclass(slots=True)
class Scores:
    """Everything computed for a batch. `size`: option number of the size class, UNKNOWN if open."""

    rows: int
    size: np.ndarray
    indicators: Mapping[str, Values]
    indexes: Mapping[str, Scored]
    evaluator: Evaluator


def score(edition: Edition, columns: Columns) -> Scores:
    """Measure and place all rows at once. For large batches see `score_chunks`."""
    evaluator = with_size(edition, columns)
    codes = evaluator.size_codes
    indicators = {i.id: measure(i, evaluator) for i in edition.indicators.values()}
    return Scores(columns.rows, codes, indicators, _place_all(edition, indicators, codes), evaluator)


def score_chunks(edition: Edition, columns: Columns, chunk: int = CHUNK) -> Iterator[tuple[int, Scores]]:
    """Scores chunk by chunk with the number of the first row; bitwise what `score` gives."""
    for start in range(0, columns.rows, chunk):
        yield start, score(edition, columns.part(start, start + chunk))


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


def _place_all(edition: Edition, indicators: Mapping[str, Values], codes: np.ndarray) -> dict[str, Scored]:
    done: dict[str, Scored] = {}

    def of(index_id: str) -> Scored:
        if index_id not in done:
            index = edition.indexes[index_id]
            inner = {c.index: of(c.index) for c in index.components if c.index}
            done[index_id] = place(edition, index, indicators, inner, codes)
        return done[index_id]

    for index_id in edition.indexes:
        of(index_id)
    return done


def place(
    edition: Edition,
    index: Index,
    indicators: Mapping[str, Values],
    inner: Mapping[str, Scored],
    codes: np.ndarray,
) -> Scored:
    """One index in every row, each firm with the weights and anchors of its size."""
    if edition.sizes is None:
        return _with_set(index, indicators, inner, next(iter(index.components[0].weights)))
    names, sets = size_names(edition), edition.sizes.weight_set
    used = np.array([sets[n] for n in names])
    assumed = np.where(codes == UNKNOWN, np.int8(names.index(edition.sizes.default)), codes)
    here = np.take(used, assumed)
    unknown = codes == UNKNOWN
    wanted = (
        list(dict.fromkeys(sets.values()))
        if unknown.any()
        else [s for s in dict.fromkeys(sets.values()) if (here == s).any()]
    )
    by_set = {s: _with_set(index, indicators, inner, s) for s in wanted}
    found = by_set[wanted[0]]
    for name in wanted[1:]:
        found = choose(here == name, by_set[name], found)
    if unknown.any():
        for name in wanted:
            found = widen(unknown, found, by_set[name])
    return found


def _with_set(
    index: Index, indicators: Mapping[str, Values], inner: Mapping[str, Scored], chosen: str
) -> Scored:
    parts = tuple(
        _as_values(inner[c.index]) if c.index else score_component(c, indicators[c.indicator], chosen)
        for c in index.components
    )
    return aggregate(index, parts, chosen)


def _as_values(scored: Scored) -> Values:
    """An inner index as a component: where most of it does not apply it is unknown, not dropped."""
    if scored.low is scored.high and scored.low is scored.mid:
        return Values(scored.low, scored.low, scored.low)
    return Values(scored.low, scored.high, np.where(scored.unstated, np.nan, scored.mid))
