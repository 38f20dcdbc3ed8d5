"""The workspace of a consultancy or a programme: its firms, and who works with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from assessment.store import Refused
from assessment.store.office import Office
from assessment.store.records import CONSULTANT, PROGRAMME
from assessment.ui import membership
from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import escaped, literal
from assessment.ui.office import branding, firms, keeping, people
from assessment.ui.office.forms import password_form
from assessment.ui.pages import signin

Part = Callable[[Frame, Office], None]
FIRST: Final = "default"  # what the first workspace is called until somebody names it
TOLD: Final = ("wrong", "many", "weak", "changed")


def show(frame: Frame) -> None:
    """The part named in the address; for whoever is not signed in, the form. Raises `Locked`."""
    if not membership.hosted():
        raise Locked(frame.place.page)
    found = membership.office()
    if found is None:
        signin.show(frame)
        return
    home, say = found.member.workspace_name, frame.words.text
    named = home not in ("", FIRST)
    st.title(say("office.title_of", name=literal(home)) if named else say("office.title"), anchor=False)
    offered = PARTS[found.member.role]
    part = frame.place.at if frame.place.at in offered else next(iter(offered))
    _choose(frame, tuple(offered), part)
    try:
        offered[part](frame, found)
    except Refused:  # the session ended while the page was drawn
        st.warning(frame.words.text("office.locked"))


def _choose(frame: Frame, parts: tuple[str, ...], now: str) -> None:
    key = "office.part"
    st.session_state[key] = now
    st.segmented_control(
        frame.words.text("office.parts"), parts, key=key, label_visibility="collapsed", required=True,
        format_func=lambda part: frame.words.text(f"office.part.{part}"), on_change=_turn, args=(key,),
    )  # fmt: skip


def _turn(key: str) -> None:
    wanted = {
        "page": "office",
        "at": st.session_state.get(key) or "",
        "lang": st.query_params.get("lang", ""),
    }
    st.query_params.from_dict({name: value for name, value in wanted.items() if value})


def _password(frame: Frame, office: Office) -> None:
    """One's own password. The form goes to a route: it ends all other sessions and sets a new cookie."""
    say, told = frame.words.text, st.query_params.get("told", "")
    if told in TOLD:
        (st.success if told == "changed" else st.error)(say(f"office.told.{told}"))
    st.markdown(say("office.password.note"))
    st.html(password_form(frame, escaped(office.member.login)))


PARTS: Final[Mapping[str, Mapping[str, Part]]] = {
    CONSULTANT: {"firms": firms.show, "brand": branding.show, "password": _password},
    PROGRAMME: {
        "firms": firms.show,
        "people": people.show,
        "trail": keeping.show_trail,
        "keeping": keeping.show_retention,
        "password": _password,
    },
}
