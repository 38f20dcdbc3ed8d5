"""What lies on the desk of the what-if page, and what happens when something on it is changed.

All of it lives in the browser session; only what is saved by name reaches the store.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from assessment.answering.agenda_form import LONGEST_NAME
from assessment.answering.validation import check_reply
from assessment.exchange.cells import Misread
from assessment.model.agenda import ActionStatus, Agenda, Scenario
from assessment.model.answers import Reply
from assessment.model.fields import Field
from assessment.model.plans import Keeps
from assessment.model.problems import AnswerProblem
from assessment.ui import access, saving
from assessment.ui.session import opened, read_again
from assessment.workflow.agenda import drop_scenario, name_scenario, report_scenario
from assessment.workflow.opening import Opened
from assessment.workflow.trying import MOST_SCENARIOS, NOTHING, Trial

PARTS: Final = ("try.tiles", "try.measures", "try.answers", "try.keep", "try.compare", "try.way")
NEW: Final = ""  # the id of a scenario that has no name yet


@dataclass(frozen=True)
class Refused:
    """A value that was not taken, with the reasons; `readings`: the numbers it may mean."""

    field: str
    text: str
    why: tuple[AnswerProblem | Misread, ...]
    readings: tuple[Reply, ...] = ()


@dataclass
class Desk:
    """One firm being tried on: the scenario as it stands, and the one of that name as it was saved."""

    record: str
    trial: Trial
    agenda: Agenda
    scenario: Scenario = NOTHING
    chosen: str = ""  # the answer that is being moved
    refused: Refused | None = None
    shown: dict[str, Reply] = field(default_factory=dict)  # input -> the reply it was last filled with

    @property
    def saved(self) -> Scenario | None:
        """The open scenario as the store has it."""
        return next((s for s in self.agenda.scenarios if s.id == self.scenario.id), None)

    @property
    def full(self) -> bool:
        """Whether no further scenario can be kept."""
        return len(self.agenda.scenarios) >= MOST_SCENARIOS


def desk() -> Desk | None:
    """The desk, with the answers and the agenda as they are now. None if the link is no longer in force."""
    now = opened()
    if now is None:
        return None
    agenda, kept = now.agenda, st.session_state.get("desk")
    if not isinstance(kept, Desk) or kept.record != now.record.id:
        kept = st.session_state["desk"] = Desk(now.record.id, _trial(now, agenda), agenda)
    if (kept.trial.answers, kept.agenda) != (now.answers, agenda):
        trial = _trial(now, agenda)
        same = (kept.trial.answers, kept.trial.wish, kept.trial.decided)
        if same != (trial.answers, trial.wish, trial.decided):
            kept.trial = trial
        kept.agenda = agenda
    return kept


def _trial(now: Opened, agenda: Agenda) -> Trial:
    decided = tuple(a.measure for a in agenda.actions if a.status is not ActionStatus.DROPPED)
    return Trial(now.edition, now.answers, agenda.request, decided)


def _changing(deed: Callable[[Desk], None]) -> None:
    """Do something to the desk, then draw again what depends on it."""
    now, found = read_again(), desk()
    if now is None or found is None:
        st.rerun()
    deed(found)
    st.rerun(list(PARTS))


# --- measures and answers -------------------------------------------------------------------------------


def switch(measure: str, key: str) -> None:
    """A measure was switched on or off."""

    def deed(at: Desk) -> None:
        at.scenario = at.trial.switched(at.scenario, measure, on=bool(st.session_state.get(key)))

    _changing(deed)


def choose(key: str) -> None:
    """Another answer is looked at."""

    def deed(at: Desk) -> None:
        at.chosen, at.refused = str(st.session_state.get(key) or ""), None

    _changing(deed)


def hold(key: str) -> None:
    """From now on something else stays as it is when an answer of a sum is moved."""

    def deed(at: Desk) -> None:
        at.scenario = replace(at.scenario, held=Keeps(str(st.session_state.get(key) or Keeps.AMOUNT)))

    _changing(deed)


def move(one: Field, reply: Reply, text: str = "") -> None:
    """An answer was given another value; it is refused if it cannot be."""
    _changing(lambda at: _move(at, one, reply, text))


def misread(one: Field, text: str, why: Misread, readings: tuple[Reply, ...]) -> None:
    """A text that is no number, or could be two, was typed."""

    def deed(at: Desk) -> None:
        at.refused = Refused(one.id, text, (why,), readings)

    _changing(deed)


def _move(at: Desk, one: Field, reply: Reply, text: str) -> None:
    wrong = check_reply(one, reply)
    wished = at.scenario if wrong else at.trial.moved(at.scenario, one.id, reply, at.scenario.held)
    wrong = wrong or at.trial.clashes(wished, access.bench().today())
    at.refused = Refused(one.id, text, wrong) if wrong else None
    at.scenario = at.scenario if wrong else wished


def undo(fields: tuple[str, ...]) -> None:
    """Put answers back to what the firm gave."""

    def deed(at: Desk) -> None:
        left = {f: r for f, r in at.scenario.replies.items() if f not in fields}
        at.scenario, at.refused = replace(at.scenario, replies=left), None

    _changing(deed)


# --- scenarios ------------------------------------------------------------------------------------------


def open_scenario(key: str) -> None:
    """Lay a saved scenario on the desk, or an empty one."""

    def deed(at: Desk) -> None:
        wanted = st.session_state.get(key)
        found = next((s for s in at.agenda.scenarios if s.id == wanted), NOTHING)
        at.scenario, at.refused = found, None
        st.session_state.pop("try-name", None)

    _changing(deed)


def keep(fallback: str, *, anew: bool) -> None:
    """Save what is on the desk under the name in the field; `anew`: beside the one that is open."""

    def deed(at: Desk) -> None:
        if (anew or at.scenario.id == NEW) and at.full:
            return
        typed = " ".join(str(st.session_state.get("try-name") or "").split())
        id_ = _new_id(at.agenda) if anew or at.scenario.id == NEW else at.scenario.id
        at.scenario = replace(at.scenario, id=id_, name=(typed or fallback)[:LONGEST_NAME])
        saving.save(name_scenario(at.scenario))
        st.session_state.pop("try-name", None)
        read_again()

    _changing(deed)


def _new_id(agenda: Agenda) -> str:
    """An id nobody has yet; ids in order are scenarios in the order in which they were begun."""
    numbers = [int(head) for s in agenda.scenarios if (head := s.id.partition("-")[0]).isdecimal()]
    return f"{max(numbers, default=0) + 1:04d}-{uuid.uuid4().hex[:8]}"


def delete() -> None:
    """Take the open scenario off the list; what it holds stays on the desk."""

    def deed(at: Desk) -> None:
        if at.agenda.reported == at.scenario.id:
            saving.save(report_scenario(""))
        saving.save(drop_scenario(at.scenario.id))
        at.scenario = replace(at.scenario, id=NEW, name="")
        st.session_state.pop("try-name", None)
        read_again()

    _changing(deed)


def report(key: str) -> None:
    """The open scenario goes into the report, or out of it."""

    def deed(at: Desk) -> None:
        saving.save(report_scenario(at.scenario.id if st.session_state.get(key) else ""))
        read_again()

    _changing(deed)
