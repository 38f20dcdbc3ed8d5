"""The discussion: what to speak of next, and the question that is on the table."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assessment.model.fields import Question
from assessment.report.document import Words
from assessment.report.numbers import number
from assessment.report.replies import part_text
from assessment.ui.frame import Frame
from assessment.ui.markup import plain, rich
from assessment.ui.workshop import chair
from assessment.ui.workshop.live import count_html, show_live
from assessment.ui.workshop.settling import show_parking, show_settling, show_unsettling
from assessment.ui.workshop.shown import agreement_html, settled_html, show_votes
from assessment.workflow.discussion import Item, Topic, agreements, discussion
from assessment.workflow.room import Room
from assessment.workflow.workshop import hide, put_on_table, reveal

FIRST: Final = 7  # questions listed with what there is to say of them


def show_talk(frame: Frame, room: Room) -> None:
    """The question on the table first, then the agenda, then whole sections."""
    items = discussion(room)
    _choose(frame, room, items)
    question = room.edition.question.get(room.table)
    if question is not None:
        with st.container(border=True, key="on-table"):
            _on_table(frame, room, question)
    elif room.table:
        _section(frame, room, room.table)
    _agenda(frame, items, room)
    _sections(frame, room)


def _choose(frame: Frame, room: Room, items: tuple[Item, ...]) -> None:
    """Any question of the path, in the order of the agenda; or a whole section."""
    # A key for each subject: a part of the page that draws itself by the clock sends along what the browser
    # shows, and may do so before it shows what was just laid on the table. That must not lay it back.
    say, key = frame.words.text, f"table.{room.table}"
    options = [*(i.question for i in items), *room.edition.sections]
    st.session_state[key] = room.table if room.table in options else None
    topics = {i.question: i.topic for i in items}

    def name(subject: str) -> str:
        if subject in topics:
            topic = say(f"workshop.topic.{topics[subject]}")
            return say("workshop.talk.option", topic=topic, question=chair.say_of(frame).label(subject))
        return say("workshop.talk.whole_section", title=frame.section_title(subject))

    with st.container(key="choose-table"):
        st.selectbox(
            say("workshop.talk.choose"), options, index=None, key=key, format_func=name, on_change=_put,
            args=(key,), placeholder=say("workshop.talk.nothing"), filter_mode="contains",
        )  # fmt: skip


def _put(key: str) -> None:
    _lay(str(st.session_state.get(key) or ""))


def _lay(subject: str) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    chair.chair().refused = {}
    chair.keep(put_on_table(room.workshop, subject))


def _on_table(frame: Frame, room: Room, question: Question) -> None:
    """How many have answered; once revealed what they said, and what becomes of it."""
    st.header(chair.say_of(frame).label(question.id), anchor=False)
    show_live(frame, "table-count", lambda f, now: count_html(f, now, question.id))
    _revealing(frame, room, question.id)
    found = agreements(room, question.id)
    st.html(settled_html(frame, room, question.id) or "<span></span>")
    if room.ballot(question.id).revealed and not found:
        st.caption(frame.words.text("workshop.talk.nobody"))
    if found:
        shown = found[0]
        if len(found) > 1:
            shown = next(
                a for a in found if a.field == _field(frame, room, question, [a.field for a in found])
            )
        st.html(agreement_html(frame, room, shown))
        show_votes(frame, room, shown)
        show_settling(frame, room, question)
        show_unsettling(frame, room, question)
    show_parking(frame, room, question)


def _field(frame: Frame, room: Room, question: Question, fields: list[str]) -> str:
    """Which part of the question is looked at: the least agreed one, unless another is chosen."""
    return st.selectbox(
        frame.words.text("workshop.talk.field"), fields, key=f"field-{question.id}", filter_mode=None,
        format_func=lambda f: part_text(chair.say_of(frame), room.edition.fields[f]),
    )  # fmt: skip


def _revealing(frame: Frame, room: Room, subject: str) -> None:
    """Reveal what was said, or hide it so that it can be voted on again."""
    say, revealed = frame.words.text, room.ballot(subject).revealed
    with st.container(horizontal=True, key=f"revealing-{subject}"):
        st.button(
            say("workshop.talk.hide" if revealed else "workshop.talk.reveal"), key=f"reveal.{subject}",
            type="secondary" if revealed else "primary", on_click=_reveal, args=(subject, not revealed),
        )  # fmt: skip
    if revealed:
        st.caption(say("workshop.talk.hide_note"))


def _reveal(subject: str, shown: bool) -> None:
    room = chair.room_now()
    if room is None:
        st.rerun()
    deed = reveal if shown else hide
    chair.keep(deed(room.edition, room.workshop, subject))


def _section(frame: Frame, room: Room, section: str) -> None:
    with st.container(border=True, key="on-table"):
        st.header(frame.section_title(section), anchor=False)
        show_live(frame, "table-count", lambda f, now: count_html(f, now, section))
        _revealing(frame, room, section)


# --- agenda -----------------------------------------------------------------------------------------------


def _agenda(frame: Frame, items: tuple[Item, ...], room: Room) -> None:
    """What divides and matters first; each leads to the table."""
    say = frame.words.text
    st.header(say("workshop.agenda.title"), anchor=False)
    st.caption(say("workshop.agenda.note"))
    counts = {t: sum(i.topic is t for i in items) for t in Topic}
    st.markdown(" · ".join(say(f"workshop.topic.count_{t}", count=n) for t, n in counts.items() if n))
    for item in items[:FIRST]:
        _line(frame, room, item)
    settled = [i for i in items if i.topic is Topic.SETTLED]
    if settled and len(items) > FIRST:
        with st.expander(say("workshop.agenda.settled", count=len(settled))):
            for item in settled:
                _line(frame, room, item)


def _line(frame: Frame, room: Room, item: Item) -> None:
    with st.container(key=f"agenda-{item.question}", gap=None):
        st.button(
            chair.say_of(frame).label(item.question), key=f"lay.{item.question}", type="tertiary",
            on_click=_lay, args=(item.question,), disabled=room.table == item.question,
        )  # fmt: skip
        st.caption(_about(frame, item))


def _about(frame: Frame, item: Item) -> str:
    """Points at stake, kind of clash, how many have answered."""
    say, words = frame.words.text, chair.say_of(frame)
    told = [say(f"workshop.topic.{item.topic}")]
    points = {"points": number(item.points)}
    if item.dilemma and item.points >= 0.5:
        told.append(say("workshop.agenda.divides", dilemma=words.dilemma(item.dilemma), **points))
    elif item.dilemma:
        told.append(say("workshop.agenda.moves_nothing"))
    elif item.points >= 0.5:
        told.append(say("workshop.agenda.stakes", **points))
    told += [say(f"report.agreement.clash_{clash}") for clash in item.clashes]
    ballot = item.ballot
    told.append(say("workshop.agenda.voted", voted=ballot.voted, invited=ballot.invited))
    return plain((Words(" · ".join(told)),))


def _sections(frame: Frame, room: Room) -> None:
    """Reveal or hide a section as a whole."""
    with st.expander(frame.words.text("workshop.talk.sections")):
        for section in room.edition.sections:
            ballot = room.ballot(section)
            st.html(f"<p><b>{rich(frame.section_title(section))}</b> {ballot.voted}/{ballot.invited}</p>")
            _revealing(frame, room, section)
