"""The form for a new link: to answer or to read, for whom, for how long. The link is shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from assessment.store.access import LONGEST_LABEL
from assessment.store.links import Links
from assessment.store.records import ANSWER, READ
from assessment.ui.frame import Frame
from assessment.ui.office.deeds import do, keep_secret, show_secret
from assessment.ui.services import link, services

DAYS: Final = (1, 7, 30, 90, 180, 400)
USUAL: Final = 90
Whose = Callable[[], Links]  # asked when the button is pressed; raises Refused


def show_new_link(frame: Frame, slot: str, whose: Whose, button: str) -> None:
    """The form, and below it the link just made."""
    say = frame.words.text
    with st.form(f"{slot}-form", border=True, clear_on_submit=True):
        st.radio(
            say("sharing.new"), (ANSWER, READ), key=f"{slot}.scope",
            format_func=lambda scope: say(f"sharing.scope.{scope}"),
            captions=[say(f"sharing.scope_note.{scope}") for scope in (ANSWER, READ)],
        )  # fmt: skip
        st.text_input(say("sharing.label"), key=f"{slot}.label", max_chars=LONGEST_LABEL, autocomplete="off")
        st.selectbox(say("office.days"), DAYS, index=DAYS.index(USUAL), key=f"{slot}.days")
        st.form_submit_button(
            button, type="primary", key=f"{slot}-make", on_click=_make, args=(frame, slot, whose)
        )
    show_secret(frame, slot)


def _make(frame: Frame, slot: str, whose: Whose) -> None:
    given = {name: st.session_state.get(f"{slot}.{name}") for name in ("scope", "label", "days")}
    made: list[str] = []

    def deed() -> None:
        made.append(whose().new(str(given["scope"]), str(given["label"] or ""), int(given["days"] or USUAL)))

    if do(deed, done=""):
        label = str(given["label"] or "").strip()
        say = frame.words.text
        title = say("sharing.ready_for", name=label) if label else say("sharing.ready")
        keep_secret(slot, title, link(services().settings, made[0]))
