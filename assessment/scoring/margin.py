"""What would move a firm to another level: the smallest change of weights, and of answers.

Weights. Every weight may be multiplied by a factor between 1 - t and 1 + t; they are then renormalised.
With the severities fixed, a dilemma reaches a cut when the weighted mean reaches a target M. That is
sum of w f (s - M) = 0, and the left side is greatest where every component above M has the factor 1 + t and
every one below it 1 - t. So the smallest t is |sum of w (s - M)| / sum of w |s - M|: no search, no sampling.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessment.model.answers import Answers
from assessment.model.certainty import Margin, Way, WeightMargin
from assessment.model.edition import Edition
from assessment.model.results import Placement
from assessment.scoring.cohort import Scores
from assessment.scoring.nearest import nearest_changes
from assessment.scoring.place import DIGITS, is_asked, level_number
from assessment.scoring.variants import Base

JUST_BELOW = 10.0**-DIGITS  # scores are cut after rounding: this far below a cut is the level below it


def margins(
    edition: Edition,
    scores: Scores,
    row: int,
    answers: Answers,
    placed: Sequence[Placement],
    base: Base | None = None,
) -> dict[str, Margin]:
    """Both margins of each placement, by dilemma."""
    asked = frozenset(name for name in edition.fields if is_asked(edition, scores, row, name))
    changes = nearest_changes(edition, scores, row, answers, [p.dilemma for p in placed], asked, base)
    return {p.dilemma: Margin(weight_margin(edition, p), changes[p.dilemma]) for p in placed}


def weight_margin(edition: Edition, placed: Placement) -> WeightMargin | None:
    """The smallest change of weights that moves the level; None if no weighting above 0 does."""
    if edition.indexes[placed.dilemma].aggregator != "mixed":
        return None
    found = [m for way in Way if (m := _towards(edition, placed, way)) is not None]
    return min(found, key=lambda m: m.change, default=None)


def _towards(edition: Edition, placed: Placement, way: Way) -> WeightMargin | None:
    rules, share = edition.placement, edition.indexes[placed.dilemma].worst_share
    number = level_number(placed.score, rules)
    next_number = number + 1 if way is Way.WORSE else number - 1
    here = [c for c in placed.components if c.applies]
    if not 0 <= next_number < len(rules.levels) or not here or share >= 1.0:
        return None
    cut = rules.cuts[number] if way is Way.WORSE else rules.cuts[number - 1] - JUST_BELOW
    target = (cut - share * max(c.severity for c in here)) / (1.0 - share)
    spread = sum(c.weight * abs(c.severity - target) for c in here)
    short = abs(sum(c.weight * (c.severity - target) for c in here))
    if spread == 0.0 or short >= spread:  # all components lie on one side of the target
        return None
    above = tuple(c.id for c in here if c.severity > target)
    below = tuple(c.id for c in here if c.severity < target)
    raised, lowered = (above, below) if way is Way.WORSE else (below, above)
    return WeightMargin(way, rules.levels[next_number], short / spread, raised, lowered)
