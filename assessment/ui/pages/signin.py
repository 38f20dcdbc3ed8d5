"""Signing in, where the assessment is hosted."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assessment.ui import membership
from assessment.ui.frame import Frame, Locked
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.markup import literal
from assessment.ui.office import proof
from assessment.ui.office.forms import login_form
from assessment.ui.place import go
from assessment.ui.responses import post_form

TOLD: Final = ("wrong", "many", "cookies", "unknown", "stale", "left")


def show(frame: Frame) -> None:
    """The form, and the providers there are. Raises `Locked` where there are no accounts."""
    if not membership.hosted():
        raise Locked(frame.place.page)
    say, who = frame.words.text, membership.member()
    st.title(say("signin.title"), anchor=False)
    if who is not None:
        st.markdown(say("signin.already", name=literal(who.name)))
        st.button(say("door.office"), key="to-office", type="primary", on_click=go, args=("office",))
        return
    told = st.query_params.get("told", "")
    if told == "left" and proof.signed_in_elsewhere():
        st.logout()  # ours has ended; this ends Streamlit's, and the provider's if it offers that
        return
    if _exchange(frame, told):
        return
    if told in TOLD:
        (st.success if told == "left" else st.error)(say(f"signin.told.{told}"))
    st.markdown(say("signin.note"))
    st.html(login_form(frame))
    _elsewhere(frame)


def _exchange(frame: Frame, told: str) -> bool:
    """Take a fresh proof to the door that sets our cookie. False if there is none to take."""
    found, browser = proof.proof(), st.context.cookies.get(BROWSER_COOKIE, "")
    if found is None or told in TOLD:
        return False
    if not found.login:
        st.error(frame.words.text("signin.unverified"))
        return False
    st.markdown(frame.words.text("signin.exchanging"))
    ticket, label = proof.new_ticket(found.login, browser), frame.words.text("signin.exchange")
    st.html(post_form("/login/proven", label, ticket, at_once=True), unsafe_allow_javascript=True)
    return True


def _elsewhere(frame: Frame) -> None:
    say, offered = frame.words.text, proof.providers()
    if offered:
        st.caption(say("signin.other"))
    for name in offered:
        label = say("signin.with", name=literal(name.title())) if name else say("signin.with_default")
        st.button(label, key=f"provider.{name}", on_click=st.login, args=(name or None,))
