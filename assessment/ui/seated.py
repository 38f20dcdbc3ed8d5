"""What a respondent of a workshop is told while others decide: what was revealed, and that it is over."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assessment.ui import saving
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import turn_to
from assessment.ui.session import session
from assessment.workflow.seating import FUNCTIONS, Place

WATCH_EVERY: Final = 10.0  # seconds between looks at what was decided, on a page with inputs


def tell_of_closed(frame: Frame, now: Place) -> None:
    """Beside the inputs: which of them have been closed since they were drawn, and a way to see it.

    They are not drawn again by themselves: somebody may be typing. What is saved too late is refused.
    """
    offered = session().offered
    gone = tuple(q for q in now.edition.questions if q.id in offered and is_closed(now, q.id))
    if not gone and frame.place.section in now.sections:
        return
    with st.container(horizontal=True, key="closed-now", vertical_alignment="center"):
        if now.over:
            st.markdown(f":material/lock: **{frame.words.text('seat.over.title')}**")
        elif gone:
            names = frame.words.text("report.list_comma").join(
                literal(frame.texts.text(f"questions.{q.id}.label")) for q in gone
            )
            st.markdown(f":material/lock: {frame.words.text('seat.section.revealed', names=names)}")
        else:
            st.markdown(frame.words.text("seat.section.not_yours"))
        if gone:
            keys, show = fragments(now, tuple(q.id for q in gone)), frame.words.text("seat.section.show")
            st.button(show, key="show-closed", on_click=saving.redrawn, args=(keys,))
        st.button(
            frame.words.text("seat.title"), key="to-seat", type="tertiary", on_click=turn_to, args=("seat",)
        )


def is_closed(now: Place, question: str) -> bool:
    """Whether nobody can answer the question any more."""
    return now.over or any(f.id in now.closed for f in now.edition.question[question].fields)


def fragments(now: Place, questions: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of the parts of the page that show these questions, and of the line above them."""
    keys = ["status"]
    for one in (now.edition.question[name] for name in questions):
        if one.row_list == FUNCTIONS:
            keys += ["totals", *(f"card.{row}" for row in one.rows)]
        keys.append(f"q.{one.id}")
    return tuple(dict.fromkeys(keys))
