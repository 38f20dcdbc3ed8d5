"""The action register: who does what by when, and how one sees that it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import streamlit as st

from assessment.answering.agenda_form import LONGEST_NAME, LONGEST_NOTE
from assessment.model.agenda import Action, ActionStatus
from assessment.model.results import Reading
from assessment.report.actions import kpi_table, owner_text, role_text, status_text
from assessment.report.plan_notes import why_not
from assessment.report.say import Say
from assessment.ui import saving
from assessment.ui.blocks import table_html
from assessment.ui.downloads import show_action_files
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import go
from assessment.ui.session import opened, read_again
from assessment.ui.standing import standing_now
from assessment.ui.status import show_status
from assessment.ui.widgets.inputs import PAUSE
from assessment.workflow import agenda
from assessment.workflow.opening import Opened
from assessment.workflow.registering import Standing, add_measure

OPEN: Final = (ActionStatus.PLANNED, ActionStatus.BEGUN, ActionStatus.DONE)
FORMAT: Final = "YYYY-MM-DD"
TWO_LINES: Final = 80  # pixels


@dataclass(frozen=True)
class Register:
    """What the cards are drawn from."""

    frame: Frame
    say: Say
    now: Opened
    readings: Mapping[str, Reading]

    def text(self, key: str, **values: object) -> str:
        return self.frame.words.text(f"actions.{key}", **values)


def show(frame: Frame) -> None:
    """A card an action, then what was dropped, what can be added, and the files."""
    now = opened() or frame.opened
    assert now is not None
    here = standing_now(now)
    readings = here.result.readings if here else {}
    register = Register(frame, Say(now.edition, frame.texts, frame.words), now, readings)
    st.title(register.text("title"), anchor=False)
    actions = now.agenda.actions
    st.markdown(register.text("intro" if frame.may_answer else "intro_reader"))
    if frame.may_answer:
        show_status(frame)
        st.caption(register.text("leave_field"))
    if not actions:
        st.markdown(register.text("empty"))
        st.button(register.text("to_plan"), key="to-plan", type="primary", on_click=go, args=("plan",))
    for action in ordered(actions):
        _card(register, action)
    if actions:
        st.caption(register.text("kpi.note"))
    if frame.may_answer:
        _dropped(register, [a for a in actions if a.status is ActionStatus.DROPPED])
        _adding(register, here)
    if actions:
        show_action_files(frame, now)


def ordered(actions: tuple[Action, ...]) -> list[Action]:
    """What is not dropped, earliest first, those without a date last."""
    alive = [a for a in actions if a.status is not ActionStatus.DROPPED]
    return sorted(alive, key=lambda a: (a.start or date.max, a.due or date.max, a.measure))


# --- one action -------------------------------------------------------------------------------------------


def _card(register: Register, action: Action) -> None:
    with st.container(border=True, key=f"action-{action.measure}"):
        st.header(literal(register.say.measure(action.measure)), anchor=False)
        if register.frame.may_answer:
            _inputs(register, action)
        else:
            _read_only(register, action)
        if action.start and action.due and action.due < action.start:
            st.warning(register.text("due_first"))
        elif _overdue(register, action):
            st.warning(register.text("overdue"))
        if action.kpis:
            table = kpi_table(register.say, action, register.readings)
            st.html(f"<div class='report-block'>{table_html(table)}</div>")
        if register.frame.may_answer:
            st.button(
                register.text("drop"), key=f"drop.{action.measure}", type="tertiary",
                on_click=_set_status, args=(action, ActionStatus.DROPPED),
            )  # fmt: skip


def _overdue(register: Register, action: Action) -> bool:
    late = action.due is not None and action.due < register.frame.today
    return late and action.status is not ActionStatus.DONE


def _read_only(register: Register, action: Action) -> None:
    say, colon = register.say, register.say("colon")
    days = {"start": action.start, "due": action.due}
    facts = [f"{register.text('columns.owner')}{colon}{literal(owner_text(say, action))}"]
    facts += [
        f"{register.text(f'columns.{name}')}{colon}{say.day(day) if day else register.text('no_date')}"
        for name, day in days.items()
    ]
    facts.append(f"{register.text('columns.status')}{colon}{status_text(say, action.status)}")
    st.markdown("  \n".join([*facts, *([literal(action.note)] if action.note else [])]))


def _inputs(register: Register, action: Action) -> None:
    measure = action.measure
    left, right = st.columns(2)
    with left:
        _text(register, action, "owner")
    with right:
        key = f"action.status.{measure}"
        st.session_state[key] = action.status
        st.selectbox(
            register.text("status_label"), OPEN, key=key, filter_mode=None,
            format_func=lambda status: status_text(register.say, status),
            on_change=_changed, args=(action, "status", key),
        )  # fmt: skip
    for place, name in zip(st.columns(2), ("start", "due"), strict=True):
        with place:
            key = f"action.{name}.{measure}"
            st.session_state[key] = getattr(action, name)
            st.date_input(
                register.text(name), value=None, key=key, format=FORMAT,
                min_value=date(2000, 1, 1), max_value=date(2099, 12, 31),
                on_change=_changed, args=(action, name, key),
            )  # fmt: skip
    _text(register, action, "note")


def _text(register: Register, action: Action, name: str) -> None:
    """The owner on a line, the note on two. An owner nobody named is shown as the catalogue's role."""
    key = f"action.{name}.{action.measure}"
    if name == "owner":
        role = role_text(register.say, action.measure)
        st.session_state[key] = action.owner or role
        st.text_input(
            register.text("owner"), key=key, max_chars=LONGEST_NAME, live=PAUSE, autocomplete="off",
            on_change=_changed, args=(action, name, key, role),
        )  # fmt: skip
        return
    st.session_state[key] = action.note
    st.text_area(
        register.text("note"), key=key, max_chars=LONGEST_NOTE, height=TWO_LINES,
        placeholder=register.text("note_hint"), on_change=_changed, args=(action, name, key),
    )  # fmt: skip


def _changed(action: Action, name: str, key: str, role: str = "") -> None:
    """One entry of a line was changed: the line as it is kept now, with this entry."""
    value = st.session_state.get(key)
    match name:
        case "status":
            changed = replace(_kept(action), status=ActionStatus(str(value)))
        case "start":
            changed = replace(_kept(action), start=value)
        case "due":
            changed = replace(_kept(action), due=value)
        case "owner":
            changed = replace(_kept(action), owner="" if value == role else str(value or ""))
        case _:
            changed = replace(_kept(action), note=str(value or ""))
    saving.save(agenda.note_actions([changed]))


def _kept(action: Action) -> Action:
    """The line as it stands now; somebody else may have changed another of its entries."""
    now = read_again()
    found = now.agenda.actions if now else ()
    return next((a for a in found if a.measure == action.measure), action)


def _set_status(action: Action, status: ActionStatus) -> None:
    saving.save(agenda.note_actions([replace(_kept(action), status=status)]))


# --- the others -------------------------------------------------------------------------------------------


def _dropped(register: Register, actions: list[Action]) -> None:
    if not actions:
        return
    with st.expander(register.text("dropped_title", count=len(actions))):
        st.caption(register.text("dropped_note"))
        for action in actions:
            with st.container(horizontal=True, key=f"dropped-{action.measure}", vertical_alignment="center"):
                st.markdown(literal(register.say.measure(action.measure)))
                st.button(
                    register.text("take_up"), key=f"take-up.{action.measure}", type="tertiary",
                    on_click=_set_status, args=(action, ActionStatus.PLANNED),
                )  # fmt: skip


def _adding(register: Register, here: Standing | None) -> None:
    """Any measure that has no line yet; for one the answers speak against, why they do."""
    if here is None:
        return
    st.header(register.text("add_title"), anchor=False)
    known = {a.measure for a in register.now.agenda.actions}
    others = [m for m in register.now.edition.countermeasures if m not in known]
    if not others:
        st.caption(register.text("none_left"))
        return
    chosen = st.selectbox(
        register.text("add_label"), others, index=None, key="action.add", filter_mode=None,
        placeholder=register.text("add_hint"), format_func=register.say.measure,
    )  # fmt: skip
    if chosen is not None and chosen in here.closed:
        reason = why_not(register.say, here.closed, chosen, here.proposed.quarters)
        st.caption(register.text("add_closed", measure=literal(register.say.measure(chosen)), reason=reason))
    st.button(
        register.text("add"), key="add-action", disabled=chosen is None,
        on_click=_add, args=(chosen, register.frame.today),
    )  # fmt: skip


def _add(measure: str, today: date) -> None:
    now = read_again()
    if now is not None:
        saving.save(add_measure(now, measure, today))
        st.session_state["action.add"] = None
