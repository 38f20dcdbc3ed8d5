"""Joining a workshop: the code, a role, a name if one likes."""

from __future__ import annotations

import unicodedata
from typing import Final

import streamlit as st

from assessment.store import NotSaved, TooManyTries, Unreachable
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.place import go
from assessment.ui.responses import post_form
from assessment.ui.services import CODE_COOKIE
from assessment.workflow.seating import Place
from assessment.workflow.workshop import join

SIGNS: Final = 8  # of a code


def show(frame: Frame) -> None:
    """The page, for anybody; who has a place already goes on to it."""
    say = frame.words.text
    st.title(say("seat.join.title"), anchor=False)
    if isinstance(frame.opened, Place) and not frame.opened.over:
        st.markdown(say("seat.join.seated"))
        st.button(say("seat.title"), type="primary", key="to-seat", on_click=go, args=("seat",))
        st.html(post_form("/leave", say("seat.leave")))
        return
    st.markdown(say("seat.join.intro"))
    if not access.cookie(BROWSER_COOKIE):
        st.warning(say("seat.join.no_cookies"))
        return
    _form(frame)


def _form(frame: Frame) -> None:
    say, roles = frame.words.text, tuple(frame.edition.workshop_roles)
    with st.form("join", border=True):
        known = plain(access.cookie(CODE_COOKIE))
        code = st.text_input(
            say("seat.join.code"), value=grouped(known), max_chars=40, autocomplete="off",
            placeholder=say("seat.join.code_hint"), key="join-code",
        )  # fmt: skip
        role = st.radio(
            say("seat.join.role"), roles, index=None, key="join-role",
            format_func=lambda one: frame.texts.text(f"workshop_roles.{one}"),
        ) if roles else ""  # fmt: skip
        name = st.text_input(say("seat.join.name"), max_chars=80, autocomplete="name", key="join-name")
        st.caption(say("seat.join.name_note"))
        pressed = st.form_submit_button(say("seat.join.button"), type="primary", key="join-now")
    if pressed:
        _join(frame, plain(str(code or "")), role, str(name or ""))


def _join(frame: Frame, code: str, role: str | None, name: str) -> None:
    """Take the place and go there; or say plainly why not."""
    say = frame.words.text
    if role is None or len(code) != SIGNS:
        st.error(say("seat.join.no_role" if len(code) == SIGNS else "seat.join.not_a_code"))
        return
    try:
        token = join(access.bench(), code, role=role, name=name, address=access.address())
    except TooManyTries:
        st.error(say("seat.join.too_many"))
        return
    except (NotSaved, Unreachable):
        st.error(say("seat.join.not_saved"))
        return
    if token is None:
        st.error(say("seat.join.wrong"))
        return
    form = post_form(f"/seat?lang={frame.language}", say("seat.join.button"), token, at_once=True)
    st.html(form, unsafe_allow_javascript=True)


def plain(code: str) -> str:
    """A code without its grouping, whichever case and width it was typed in."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())


def grouped(code: str) -> str:
    """A code as it is shown in the room."""
    return f"{code[:4]}-{code[4:]}" if len(code) == SIGNS else code
