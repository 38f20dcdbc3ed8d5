"""The overview of an assessment: how far it has come, and where to go on."""

from __future__ import annotations

import streamlit as st

from assessment.answering.relevance import questions_on_path
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import go
from assessment.ui.responses import post_form
from assessment.ui.session import progress_now
from assessment.workflow.opening import Opened, name_firm, widen


def show(frame: Frame) -> None:
    """Progress, the next step, and what concerns the assessment as a whole."""
    assert frame.opened is not None
    say, name = frame.words.text, frame.opened.record.firm_name
    st.title(say("ui.home.title_firm", firm=literal(name)) if name else say("ui.home.title"), anchor=False)
    parts = progress_now(frame.opened)
    done, asked = sum(p.settled for p in parts), sum(p.asked for p in parts)
    st.progress(done / max(asked, 1), text=say("ui.home.some_done", done=done, asked=asked))
    following = next((p for p in parts if p.settled < p.asked), None)
    if following is None:
        st.markdown(say("ui.home.all_done"))
        st.button(say("ui.nav.review"), type="primary", key="go-on", on_click=go, args=("review",))
    else:
        key = "ui.home.go_on" if frame.opened.stored else "ui.home.begin"
        label = say(key, title=frame.section_title(following.section))
        st.button(label, type="primary", key="go-on", on_click=go, args=("section", following.section))
    for part in parts:
        _section(frame, part.section, part.settled, part.asked)
    _cover(frame, frame.opened)


def _section(frame: Frame, section: str, settled: int, asked: int) -> None:
    with st.container(horizontal=True, key=f"part-{section}", vertical_alignment="center"):
        st.button(
            frame.section_title(section),
            key=f"part.{section}",
            type="tertiary",
            on_click=go,
            args=("section", section),
        )
        st.caption(frame.words.text("ui.nav.answered", done=settled, asked=asked))


def _cover(frame: Frame, opened: Opened) -> None:
    """Path, what else can be done, name."""
    say = frame.words.text
    if opened.quick:
        more = len(opened.edition.questions) - len(questions_on_path(opened.edition, True))
        with st.container(border=True, key="widen-box"):
            st.markdown(say("ui.nav.widen_note", more=more, minutes=opened.edition.minutes["full"]))
            st.button(say("ui.nav.widen"), key="widen", on_click=widen, args=(access.bench(), opened))
    if opened.stored:
        with st.container(border=True, key="again-box"):
            st.markdown(say("since.again.offer"))
            st.button(say("since.again.title"), key="to-again", on_click=go, args=("again",))
    with st.container(border=True, key="fill-box"):
        st.markdown(say("upload.fill.offer"))
        st.button(say("upload.fill.title"), key="to-fill", on_click=go, args=("fill",))
    if opened.edition.agreement is not None:
        with st.container(border=True, key="workshop-box"):
            st.markdown(say("workshop.intro"))
            st.button(say("workshop.title"), key="to-workshop", on_click=go, args=("workshop",))
    with st.container(border=True, key="sharing-box"):
        st.markdown(say("sharing.offer"))
        st.button(say("sharing.title"), key="to-sharing", on_click=go, args=("sharing",))
    with st.container(border=True, key="cover"):
        st.session_state.setdefault("firm_name", opened.record.firm_name)
        st.text_input(
            say("ui.home.firm"), key="firm_name", max_chars=120, on_change=_rename, args=(opened,),
            placeholder=say("ui.link.firm_hint"), autocomplete="organization",
        )  # fmt: skip
        st.caption(say("ui.home.forget_note"))
        st.html(post_form("/leave", say("ui.home.forget")))


def _rename(opened: Opened) -> None:
    name_firm(access.bench(), opened, str(st.session_state.get("firm_name") or ""))
