"""What can be done for one firm: its least-cost plan, the frontier, and the scenario it wants to show."""

from __future__ import annotations

from assessment.model.agenda import NO_AGENDA, Agenda, Outlook
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import PlanRequest
from assessment.model.results import Assessment, Stated
from assessment.scoring.frontier import drawn
from assessment.scoring.optimise import propose


def outlook(
    edition: Edition, answers: Answers, assessment: Assessment, agenda: Agenda = NO_AGENDA
) -> Outlook | None:
    """None for an edition without effects, and where no dilemma is placed: then there is nothing to plan."""
    placed = [p for p in assessment.placements if p.stated is not Stated.NOT_PLACED]
    if not edition.effects or not placed:
        return None
    request = agenda.request or PlanRequest(_one_level_better(edition, assessment))
    plan = propose(edition, answers, request)
    return Outlook(plan, drawn(edition, answers, request, plan), agenda.actions)


def _one_level_better(edition: Edition, assessment: Assessment) -> dict[str, str]:
    levels = edition.placement.levels
    found = {p.dilemma: levels.index(p.level) for p in assessment.placements if p.level in levels}
    return {d: levels[at - 1] for d, at in found.items() if at >= 2}
