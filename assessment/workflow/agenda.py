"""Wishes for the plan, the action register and scenarios: kept beside the answers, in the same history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assessment.answering.agenda_form import (
    write_action,
    write_request,
    write_scenario,
)
from assessment.model.agenda import Action, Scenario
from assessment.model.plans import PlanRequest
from assessment.store import StoredAnswer
from assessment.workflow.answering import Save, new_save
from assessment.workflow.values import ACTION, REPORTED, REQUEST, SCENARIO

NOTHING: Final = StoredAnswer("not_answered")


def wish(request: PlanRequest | None) -> Save:
    """Keep what the firm wants of its plan; None goes back to what is proposed to every firm."""
    return new_save({REQUEST: _kept(None if request is None else write_request(request))})


def note_actions(actions: Iterable[Action]) -> Save:
    """Keep lines of the action register, all of them or none."""
    return new_save({ACTION + a.measure: _kept(write_action(a)) for a in actions})


def strike_actions(measures: Iterable[str]) -> Save:
    """Take lines out of the action register; their history stays."""
    return new_save({ACTION + m: NOTHING for m in measures})


def name_scenario(scenario: Scenario) -> Save:
    """Keep a what-if under its name."""
    return new_save({SCENARIO + scenario.id: _kept(write_scenario(scenario))})


def drop_scenario(id_: str) -> Save:
    """Take a scenario off the list; its history stays."""
    return new_save({SCENARIO + id_: NOTHING})


def report_scenario(id_: str) -> Save:
    """The scenario the report shows; none for the empty id."""
    return new_save({REPORTED: _kept(id_ or None)})


def _kept(value: object) -> StoredAnswer:
    return NOTHING if value is None else StoredAnswer("answered", value)
