"""Finding a plan, taking it over, and the files made from the action register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from assessment.exchange.actions_out import RegisterFile, write_actions_calendar, write_actions_sheet
from assessment.model.agenda import ActionStatus, Agenda, Outlook
from assessment.model.plans import PlanProposal, PlanRequest
from assessment.model.results import Assessment as Result
from assessment.report.say import Say
from assessment.scoring.assess import assess
from assessment.scoring.available import available
from assessment.scoring.effects import Ground
from assessment.scoring.outlook import outlook
from assessment.scoring.register import Retaken, one_more, register, retaken
from assessment.scoring.request import default_request
from assessment.workflow.agenda import note_actions
from assessment.workflow.answering import Save
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened

ACTION_FILES = {"actions_xlsx": write_actions_sheet, "actions_ics": write_actions_calendar}


@dataclass(frozen=True)
class Standing:
    """Where a firm stands before it plans: its result, the request proposed, measures closed to it."""

    result: Result
    proposed: PlanRequest
    closed: Mapping[str, str]


def standing(opened: Opened, quarters: int | None = None) -> Standing | None:
    """None for an edition that does not say what its measures do. `quarters`: horizon, if not as proposed."""
    edition, answers = opened.edition, opened.answers
    if not edition.effects:
        return None
    result = assess(edition, answers)
    proposed = default_request(edition, result.placements, result.size)
    horizon = PlanRequest({}, quarters=quarters or proposed.quarters)
    return Standing(result, proposed, available(Ground.of(edition, answers), horizon).why_not)


def find_plan(opened: Opened, result: Result, request: PlanRequest) -> Outlook | None:
    """The least-cost plan with what stands beside it; None where no dilemma is placed."""
    return outlook(opened.edition, opened.answers, result, Agenda(request))


def compare_with_register(opened: Opened, proposal: PlanProposal, today: date) -> Retaken:
    """What becomes of the action register if the plan is taken over."""
    plan = register(opened.edition, opened.answers, proposal, today)
    return retaken(opened.agenda.actions, plan)


def take_over(change: Retaken) -> Save:
    """Decide on a plan: every line of the register at once."""
    return note_actions(change.actions)


def add_measure(opened: Opened, measure: str, today: date) -> Save:
    """Decide on one more measure."""
    return note_actions([one_more(opened.edition, opened.answers, opened.agenda.actions, measure, today)])


def actions_file(bench: Bench, opened: Opened, language: str, kind: str) -> bytes:
    """The action register as a workbook or a calendar; `kind` is one of `ACTION_FILES`."""
    under = opened.edition
    say = Say(under, texts(under.id, language), words(language))
    result = assess(under, opened.answers)
    key = sha256(opened.record.id.encode()).hexdigest()[:16]  # says nothing about the firm, stays the same
    shown = tuple(a for a in opened.agenda.actions if a.status is not ActionStatus.DROPPED)
    dropped = tuple(a for a in opened.agenda.actions if a.status is ActionStatus.DROPPED)
    made = RegisterFile(say, opened.record.firm_name, shown + dropped, result.readings, bench.today(), key)
    return ACTION_FILES[kind](made)
