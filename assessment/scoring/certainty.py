"""How sure the result of one firm is: one entry for robustness, margins and the account of doubt."""

from __future__ import annotations

from dataclasses import replace

from assessment.evaluation.values import Floats
from assessment.model.answers import Answers
from assessment.model.certainty import Certainty, DilemmaCertainty, Margin
from assessment.model.edition import Edition
from assessment.model.results import Placement, Stated
from assessment.scoring.asking import together
from assessment.scoring.cohort import Scores
from assessment.scoring.doubt import doubts
from assessment.scoring.margin import margins
from assessment.scoring.place import placement
from assessment.scoring.robustness import robustness, tried, weight_free
from assessment.scoring.variants import Base


def certainty(edition: Edition, scores: Scores, row: int, answers: Answers) -> Certainty:
    """How sure the result of one firm is. `scores`: of a batch with everything in it, the firm in `row`.

    Raises `ValueError` for an edition that does not say under which settings a result is tried.
    """
    if edition.robustness is None:
        raise ValueError(f"{edition.id} has no [robustness]")
    base = Base.of(edition, answers)
    every = [placement(edition, scores, row, d, answers) for d in edition.dilemmas]
    placed = [p for p in every if p.stated is not Stated.NOT_PLACED]
    trial = tried(edition, scores, row, answers, base)
    moved = margins(edition, scores, row, answers, placed, base)
    account = doubts(edition, scores, row, answers, every, base)
    found = {p.dilemma: DilemmaCertainty(p.dilemma, account[p.dilemma]) for p in every}
    for p in placed:
        found[p.dilemma] = _placed(edition, p, found[p.dilemma], trial.scores[p.dilemma], moved[p.dilemma])
    return Certainty(
        seed=edition.robustness.seed,
        draws=edition.robustness.draws,
        dilemmas=found,
        highest=trial.highest([p.dilemma for p in placed]),
        ask_next=together({d: account[d].ask_next for d in edition.dilemmas}),
    )


def _placed(
    edition: Edition, place: Placement, found: DilemmaCertainty, severities: Floats, margin: Margin
) -> DilemmaCertainty:
    return replace(
        found,
        robustness=robustness(edition, place, severities),
        weight_free=weight_free(edition, place),
        margin=margin,
    )
