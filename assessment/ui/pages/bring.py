"""A file of answers on the start page: what it holds, and a new assessment that begins with it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.handing import put_aside, show_tray, wrong
from assessment.ui.markup import literal
from assessment.workflow import bench
from assessment.workflow.handing import Handed, begin_from, take_in

NEW: Final = "new_token"  # session state: the token of an assessment just begun, until it is entered
AGREED: Final = "begin_without"


def begin_from_file(frame: Frame) -> None:
    """The file, what is wrong with it, what it holds; nothing is written before the button."""
    say, under = frame.words.text, bench.edition(access.bench().current)
    st.header(say("upload.start.title"), anchor=False)
    st.markdown(say("upload.start.note"))
    handed = show_tray(frame, "start", lambda name, body, settled: take_in(name, body, under, settled))
    if handed is None:
        return
    if not handed.given:
        st.warning(say("upload.start.empty", file=literal(handed.file)))
        return
    _told(frame, handed)
    agreed = not wrong(handed) or st.checkbox(say("upload.start.agree"), key=AGREED)
    with st.container(horizontal=True, key="bring-do"):
        st.button(
            say("upload.start.begin"), key="begin-file", type="primary", disabled=not agreed,
            on_click=_begin, args=(handed, frame.language),
        )  # fmt: skip
        st.button(say("upload.discard"), key="bring-aside", on_click=put_aside)


def _told(frame: Frame, handed: Handed) -> None:
    """How much there is, whose it is, and what else."""
    say, answers = frame.words.text, handed.answers
    counts = {"count": len(handed.given), "remarks": len(answers.comments)}
    lines = [say("upload.start.found", file=literal(handed.file), **counts)]
    if answers.firm.strip():
        lines.append(say("upload.start.firm", firm=literal(answers.firm)))
    if handed.carried is not None:
        told = {name: len(getattr(handed.carried, name)) for name in ("kept", "rescaled", "cleared")}
        told["kept"] = len(handed.given)
        lines.append(say("upload.start.carried", old=handed.carried.source.edition, **told))
    lines += [say("upload.start.plan")] if handed.plan else []
    lines += [say("upload.start.before")] if handed.earlier is not None else []
    st.markdown("  \n".join(lines))


def _begin(handed: Handed, language: str) -> None:
    """Open the new assessment; the page with its link is that of every assessment just begun."""
    st.session_state[NEW] = begin_from(access.bench(), handed, language)
    st.session_state["new_firm"] = handed.answers.firm[:120]
    put_aside()
