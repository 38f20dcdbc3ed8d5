"""The door: what this is, and three ways in."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from assessment.answering.relevance import questions_on_path
from assessment.ui import access, membership
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped
from assessment.ui.pages.bring import NEW, begin_from_file
from assessment.ui.place import go
from assessment.ui.responses import post_form
from assessment.ui.server import enter
from assessment.ui.services import link, services
from assessment.workflow.opening import name_new_firm, start_assessment
from assessment.workflow.samples import samples

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{40,64}")
SAMPLE: Final = "own_brand_machine_maker"  # stands first among the samples
EARLIER: Final = "earlier_token"  # the same of the assessment it was begun from


def show(frame: Frame) -> None:
    """The start page; right after beginning, the page that shows the link."""
    if st.session_state.get(NEW):
        _show_link(frame, str(st.session_state[NEW]))
        return
    say, hosted = frame.words.text, membership.hosted()
    minutes = frame.edition.minutes
    st.title(say("ui.start.title"), anchor=False)
    if frame.opened is None and access.shown_tokens():
        _tell_of_end(frame)
    for key in ("ui.start.what", "ui.start.how_long", "door.data" if hosted else "ui.start.data"):
        st.markdown(say(key, **minutes))
    if frame.opened is not None:
        st.button(say("ui.nav.home"), type="primary", key="to-home", on_click=go, args=("home",))
    if hosted:
        _doors(frame)
    else:
        _ways_in(frame)
    _what_you_get(frame)
    _samples(frame)
    if not hosted:
        _continue(frame, "ui.start.continue_title", "ui.start.continue_bad")
        begin_from_file(frame)


def _tell_of_end(frame: Frame) -> None:
    """What this browser had open is no longer: say so, once and for all if the reader likes."""
    st.warning(frame.words.text("door.ended"))
    st.html(post_form("/leave", frame.words.text("door.forget")))


def _ways_in(frame: Frame) -> None:
    say, minutes = frame.words.text, frame.edition.minutes
    for place, path in zip(st.columns(2), ("quick", "full"), strict=True):
        with place, st.container(border=True, key=f"begin-{path}"):
            count = len(questions_on_path(frame.edition, path == "quick"))
            st.button(
                say(f"ui.start.{path}"), key=f"start-{path}",
                type="primary" if path == "quick" else "secondary",
                width="stretch", on_click=_begin, args=(path == "quick", frame.language),
            )  # fmt: skip
            st.caption(say(f"ui.start.{path}_note", count=count, minutes=minutes[path]))


def _doors(frame: Frame) -> None:
    """Where it is hosted nobody begins by themselves: a link, a code or an account leads in."""
    say = frame.words.text
    _continue(frame, "door.link_title", "door.link_bad", say("door.link_note"))
    with st.container(horizontal=True, key="doors"):
        for page, title, note, label in (
            ("join", "door.join_title", "door.join_note", "door.join"),
            ("signin", "signin.title", "door.signin_note", "signin.button"),
        ):
            with st.container(border=True, key=f"door-{page}"):
                st.markdown(f"**{say(title)}**")
                st.caption(say(note))
                st.button(say(label), key=f"to-{page}", on_click=go, args=(page,))


def _samples(frame: Frame) -> None:
    """Invented firms with their results: one link, or one with each name if there are several."""
    say = frame.words.text
    offered = sorted(samples(frame.edition.id), key=lambda case: case.id != SAMPLE)
    links = ""
    for case in offered:
        label = case.firm.get(frame.language, case.id) if len(offered) > 1 else say("ui.start.sample")
        links += f'<a class="way" href="/sample/{escaped(case.id)}.{frame.language}">{escaped(label)}</a>'
    st.header(say("ui.start.sample_title"), anchor=False)
    st.html(f"<p class='note'>{escaped(say('ui.start.sample_note'))}</p><p class='downloads'>{links}</p>")


def _begin(quick: bool, language: str) -> None:
    st.session_state[NEW] = start_assessment(access.bench(), quick=quick, language=language)


def _show_link(frame: Frame, token: str) -> None:
    """The link, once; then into the assessment."""
    say = frame.words.text
    record = access.bench().store.assessment_for(token)
    if record is None:
        del st.session_state[NEW]
        st.rerun()
    st.title(say("ui.link.title"), anchor=False)
    st.markdown(say("ui.link.advice"))
    st.code(link(services().settings, token), language=None, wrap_lines=True)
    _show_earlier(frame)
    st.text_input(
        say("ui.link.firm"),
        key="new_firm",
        placeholder=say("ui.link.firm_hint"),
        max_chars=120,
        autocomplete="organization",
    )
    if st.button(say("ui.link.begin"), type="primary", key="enter"):
        name_new_firm(access.bench(), record, str(st.session_state.get("new_firm") or ""))
        if enter(access.bench().store, record, say("ui.link.begin")):
            for key in (NEW, EARLIER):
                st.session_state.pop(key, None)
        else:
            st.warning(say("ui.link.no_cookies"))


def _show_earlier(frame: Frame) -> None:
    """The assessment this one was begun from has a link of its own, and keeps it."""
    if st.session_state.get(EARLIER):
        st.markdown(frame.words.text("since.again.earlier_link"))
        address = link(services().settings, str(st.session_state[EARLIER]))
        st.code(address, language=None, wrap_lines=True)
        st.caption(frame.words.text("since.again.switched"))


def _what_you_get(frame: Frame) -> None:
    say = frame.words.text
    st.header(say("ui.start.what_you_get"), anchor=False)
    for place, part in zip(st.columns(3), ("get_place", "get_reasons", "get_plan"), strict=True):
        place.markdown(f"**{say(f'ui.start.{part}')}**")
        place.caption(say(f"ui.start.{part}_note"))


def _continue(frame: Frame, title: str, bad: str, note: str = "") -> None:
    """Paste a link that was kept, or sent."""
    say = frame.words.text
    st.header(say(title), anchor=False)
    if note:
        st.markdown(note)
    pasted = st.text_input(
        say("ui.start.continue_label"), key="pasted_link", placeholder=say("ui.start.continue_hint"),
        label_visibility="collapsed", autocomplete="off",
    )  # fmt: skip
    if not st.button(say("ui.start.continue_button"), key="continue"):
        return
    found = TOKEN.findall(str(pasted or ""))
    record = access.bench().store.assessment_for(found[-1]) if found else None
    if record is None or not enter(access.bench().store, record, say("ui.start.continue_button")):
        st.error(say(bad))
