"""What moves by itself while people answer: who is there, how far they are. Counts only, no answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from assessment.model.workshop import Respondent
from assessment.report.document import Words
from assessment.report.votes import role_text
from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import escaped, joined, rich
from assessment.ui.workshop import chair
from assessment.workflow.room import Room
from assessment.workflow.turnout import for_everybody

EVERY: Final = 1.5  # seconds between two looks


def show_live(frame: Frame, key: str, draw: Callable[[Frame, Room], str], every: float = EVERY) -> None:
    """A part of the page that is drawn again by itself; all of it if something was decided elsewhere."""

    def drawn() -> None:
        try:
            room = chair.room_now()
        except Locked:
            st.rerun()
        if room is None or chair.turned(room):
            st.rerun()
        st.html(draw(frame, room))

    st.fragment(key=key, run_every=every)(drawn)()


def bar(done: int, whole: int) -> str:
    """How far, as a bar whose number stands beside it."""
    share = 100.0 * done / whole if whole else 0.0
    return f"<span class='far' aria-hidden='true'><span style='width:{share:.0f}%'></span></span>"


def count_html(frame: Frame, room: Room, subject: str) -> str:
    """How many of those who are to answer a question or a section have."""
    ballot = room.ballot(subject)
    told = frame.words.text("workshop.live.voted", voted=ballot.voted, invited=ballot.invited)
    return f"<p class='turnout'>{bar(ballot.voted, ballot.invited)} {rich(told)}</p>"


def sections_html(frame: Frame, room: Room, *, revealed: bool = True) -> str:
    """Section by section: pairs of question and person answered."""
    rows = [_section(frame, room, section, revealed) for section in room.edition.sections]
    title = rich(frame.words.text("workshop.live.sections"))
    return f"<table class='turnout'><caption>{title}</caption><tbody>{''.join(rows)}</tbody></table>"


def _section(frame: Frame, room: Room, section: str, revealed: bool) -> str:
    questions = for_everybody(room.edition, section, quick=room.opened.quick)
    people = room.invited(section)
    done, whole = room.turnout.answered(questions, people), len(questions) * len(people)
    state = frame.words.text("workshop.live.revealed") if room.ballot(section).revealed else ""
    far = f"{100 * done // whole}%" if whole else "–"
    tail = f"<td>{rich(state)}</td>" if revealed else ""
    name = escaped(frame.section_title(section))
    return f"<tr><th scope='row'>{name}</th><td>{bar(done, whole)}</td><td class='num'>{far}</td>{tail}</tr>"


def people_html(frame: Frame, room: Room) -> str:
    """Everybody who joined, role by role, with how far each is."""
    say = frame.words.text
    if not room.respondents:
        return f"<p class='note'>{rich(say('workshop.live.nobody'))}</p>"
    head = rich(say("workshop.live.people", count=len(room.respondents)))
    groups = (_group(frame, room, role, group) for role, group in by_role(room).items())
    return f"<div class='people'><p><b>{head}</b></p>{''.join(groups)}</div>"


def by_role(room: Room) -> Mapping[str, Sequence[Respondent]]:
    """Who joined, by role: those of the edition in its order, then others."""
    found: dict[str, list[Respondent]] = {role: [] for role in room.edition.workshop_roles}
    for one in room.respondents:
        found.setdefault(one.role, []).append(one)
    return {role: group for role, group in found.items() if group}


def _group(frame: Frame, room: Room, role: str, group: Sequence[Respondent]) -> str:
    items = "".join(_person(frame, room, one, number) for number, one in enumerate(group, start=1))
    name = role_text(chair.say_of(frame), role) if role else Words(frame.words.text("workshop.live.no_role"))
    return f"<section><h3>{joined((name,))} · {len(group)}</h3><ul>{items}</ul></section>"


def _person(frame: Frame, room: Room, one: Respondent, number: int) -> str:
    mine = room.assigned.get(one.role, room.edition.sections)
    questions = [q for s in mine for q in for_everybody(room.edition, s, quick=room.opened.quick)]
    done = room.turnout.answered(questions, frozenset({one.id}))
    name = escaped(one.name) if one.name else rich(frame.words.text("workshop.live.nameless", number=number))
    return f"<li>{name} {bar(done, len(questions))} <span class='num'>{done}/{len(questions)}</span></li>"
