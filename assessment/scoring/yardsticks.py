"""Which figures from outside may stand beside a firm's indicators."""

from __future__ import annotations

from assessment.model.edition import Edition
from assessment.model.formulas import Condition
from assessment.scoring.cohort import Scores

SHOWN = ("yardstick", "outer_mark")  # averages first, then marks that a source reports


def yardsticks(edition: Edition, scores: Scores, row: int) -> dict[str, tuple[str, ...]]:
    """Evidence ids by indicator, averages before marks; figures for other kinds of firms are left out."""
    out: dict[str, tuple[str, ...]] = {}
    for use in SHOWN:
        for evidence in edition.evidence.values():
            if evidence.use == use and evidence.value is not None and _fits(scores, row, evidence.shown_when):
                out[evidence.indicator] = (*out.get(evidence.indicator, ()), evidence.id)
    return out


def _fits(scores: Scores, row: int, condition: Condition | None) -> bool:
    return condition is None or bool(scores.evaluator.truth(condition).must[row])
