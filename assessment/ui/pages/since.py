"""What moved since last time: the page of the report, on the screen."""

from __future__ import annotations

import streamlit as st

from assessment.model.comparison import Comparison
from assessment.report.say import Say
from assessment.report.since import since_part
from assessment.ui.blocks import show_part
from assessment.ui.frame import Frame
from assessment.ui.pages.results import plain_title
from assessment.ui.place import go
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import moved_since, not_looked_at

KEPT = "moved_since"  # session state: the comparison, and the answers it was made from


def show(frame: Frame) -> None:
    """The dilemmas at both dates, the answers behind the change, the questionnaire's part, the measures."""
    assert frame.opened is not None
    words, opened = frame.words, frame.opened
    found = _found(opened)
    if found is None:
        st.title(words.text("since.short"), anchor=False)
        st.markdown(words.text("since.page.nothing"))
        st.button(words.text("since.again.title"), key="to-again", on_click=go, args=("again",))
        return
    assert opened.earlier is not None
    part = since_part(Say(opened.edition, frame.texts, words), found, opened.earlier.on)
    st.title(plain_title(part), anchor=False)
    left = len(not_looked_at(opened))
    if left:
        st.warning(words.text("since.page.carried", count=left))
    show_part(part, words, titled=False)
    st.caption(words.text("since.page.old"))
    st.button(words.text("since.again.back"), key="since-back", on_click=go, args=("results",))


def _found(opened: Opened) -> Comparison | None:
    """Compared once for the same answers: it takes half a second."""
    kept: tuple[Opened, Comparison | None] | None = st.session_state.get(KEPT)
    if kept is None or kept[0] is not opened:
        kept = st.session_state[KEPT] = (opened, moved_since(opened))
    return kept[1]
