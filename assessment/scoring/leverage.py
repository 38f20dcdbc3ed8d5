"""Which answers can move a dilemma, and how far: every change of one answer as a row of one batch."""

from __future__ import annotations

import numpy as np

from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.formulas import fields_in
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


def stakes(edition: Edition) -> dict[str, float]:
    """Points of severity of a dilemma that hang on the components which read a question, where they are most:
    by question, most first. Needs no answers: what to speak of first while nothing is known.
    """
    found = dict.fromkeys((q.id for q in edition.questions), 0.0)
    for dilemma in edition.dilemmas:
        index = edition.indexes[dilemma]
        sets = {name for c in index.components for name in c.weights}
        whole = {name: sum(c.weights.get(name, 0.0) for c in index.components) for name in sets}
        here: dict[str, float] = {}
        for component in index.components:
            if component.indicator:
                share = max(w / whole[name] for name, w in component.weights.items())
                points = 100.0 * (1.0 - index.worst_share) * share
                names = fields_in(edition.indicators[component.indicator].formula)
                for question in {edition.fields[n].question for n in names if n in edition.fields}:
                    here[question] = here.get(question, 0.0) + points
        found = {name: max(most, min(here.get(name, 0.0), 100.0)) for name, most in found.items()}
    return dict(sorted(found.items(), key=lambda item: -item[1]))
