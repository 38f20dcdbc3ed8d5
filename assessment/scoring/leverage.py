"""Which answers can move a dilemma, and how far: every change of one answer as a row of one batch."""

from __future__ import annotations

import numpy as np

from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.scoring.cohort import score
from assessment.scoring.moves import relevant, single_moves
from assessment.scoring.nearest import Search
from assessment.scoring.variants import Base


def leverage(edition: Edition, answers: Answers, asked: frozenset[str]) -> dict[str, float]:
    """Points by which changing one answer alone can move a dilemma, by field: most first, then in page order.

    Fields that can move one but are not answered as one value have 0. `asked`: fields asked of this firm.
    """
    base = Base.of(edition, answers)
    moves = single_moves(edition, answers, asked)
    out = {name: 0.0 for name in relevant(edition) if name in asked}
    if moves:
        today = score(edition, base.columns, edition.dilemmas).indexes
        here = dict.fromkeys(edition.dilemmas, 0)
        found = Search(edition, base, here, dict.fromkeys(here, 0.0)).tried([(m, np.ones(1)) for m in moves])
        swings = np.max([abs(found.severities[d] - today[d].mid[0]) for d in here], axis=0)
        for move, points in zip(moves, swings, strict=True):
            for name in move.fields & out.keys():
                out[name] = max(out[name], float(points))
    return dict(sorted(out.items(), key=lambda item: -item[1]))
