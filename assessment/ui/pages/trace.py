"""Where one number comes from: its chain in words, with the way up, down and back."""

from __future__ import annotations

import streamlit as st

from assessment.model.fields import Question
from assessment.report.chain.grounds import kind_of, name_of
from assessment.report.say import Say
from assessment.ui import access
from assessment.ui.blocks import show_part
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, literal, plain
from assessment.ui.pages.section import MATRIX_SECTION
from assessment.ui.ways import JOINT, Ways
from assessment.ui.widgets.matrix import FUNCTIONS
from assessment.workflow.tracing import see_chain

LONGEST_TRAIL = 6  # ids shown on the way here


def show(frame: Frame) -> None:
    """The chain of the id in the address, or a sentence if there is none."""
    assert frame.opened is not None
    say, of = frame.words.text, frame.place.of
    ways = ways_here(frame)
    part = see_chain(access.bench(), frame.opened, frame.language, of) if frame.opened.stored else None
    if part is None:
        known = kind_of(frame.edition, of)
        st.title(say("chain.kicker") if known else say("chain.unknown_title"), anchor=False)
        st.markdown(say("chain.nothing_yet") if known else say("chain.unknown"))
    else:
        st.html(_trail(frame, ways))
        st.caption(f"{say('chain.kicker')} · {plain((part.kicker,))}")
        st.title(literal(plain(part.headline)), anchor=False)
        show_part(part, frame.words, ways, titled=False)
    address = ways.question(of)
    to_form = (
        f"<a class='way' href='{escaped(address)}'>{escaped(say('chain.to_form'))}</a> " if address else ""
    )
    back = f"<a class='way' href='{escaped(ways.results())}'>{escaped(say('chain.back'))}</a>"
    st.html(f"<p class='downloads'>{to_form}{back}</p>")


def ways_here(frame: Frame) -> Ways:
    """What leads on from here: this id is the latest of the trail. Unknown ids in the address are dropped."""
    trail: list[str] = []
    for of in (*frame.place.via.split(JOINT), frame.place.of):
        if of in trail:
            del trail[trail.index(of) :]  # back at a place passed before
        if kind_of(frame.edition, of):
            trail.append(of)
    asked = frame.edition.questions if frame.may_answer else ()
    sections = {q.id: _section(q) for q in asked}
    return Ways(frame.words, frame.place.at, tuple(trail)[-LONGEST_TRAIL:], sections)


def _section(question: Question) -> str:
    return MATRIX_SECTION if question.row_list == FUNCTIONS else question.section


def _trail(frame: Frame, ways: Ways) -> str:
    """The way here as links; the page itself stands last, as text."""
    say = Say(frame.edition, frame.texts, frame.words)
    first = f"<li><a href='{escaped(ways.results())}'>{escaped(frame.words.text('chain.results'))}</a></li>"
    before = "".join(
        f"<li><a href='{escaped(ways.back_to(place).trace(of))}'>{escaped(name_of(say, of))}</a></li>"
        for place, of in enumerate(ways.via[:-1])
    )
    last = f"<li aria-current='page'>{escaped(name_of(say, ways.via[-1]))}</li>"
    label = escaped(frame.words.text("chain.trail"))
    return f"<nav class='trail' aria-label='{label}'><ol>{first}{before}{last}</ol></nav>"
