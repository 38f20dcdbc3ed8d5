"""What can be done for one firm: its least-cost plan, the frontier, and the scenario it wants to show."""

from __future__ import annotations

from assessment.model.agenda import NO_AGENDA, Agenda, Outlook
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.results import Assessment, Stated
from assessment.scoring.frontier import frontier_of
from assessment.scoring.optimise import proposal
from assessment.scoring.request import default_request
from assessment.scoring.search import Search
from assessment.scoring.whatif import scenario_result


def outlook(
    edition: Edition, answers: Answers, assessment: Assessment, agenda: Agenda = NO_AGENDA
) -> Outlook | None:
    """None for an edition without effects, and where no dilemma is placed: then there is nothing to plan."""
    placed = [p for p in assessment.placements if p.stated is not Stated.NOT_PLACED]
    if not edition.effects or not placed:
        return None
    request = agenda.request or default_request(edition, assessment.placements, assessment.size)
    search = Search.of(edition, answers, request)
    plan = proposal(search)
    shown = next((s for s in agenda.scenarios if s.id == agenda.reported), None)
    tried = None if shown is None else scenario_result(edition, answers, shown)
    return Outlook(plan, frontier_of(search, plan), agenda.actions, tried)
