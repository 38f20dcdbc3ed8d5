"""Deeds on the pages of a workspace, with a sentence of what became of them; secrets shown once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from assessment.store import NotSaved, Refused
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.session import session

TOLD: Final = "office.told"
ONCE: Final = "office.once"


@dataclass(frozen=True, slots=True)
class _Told:
    turn: int
    key: str
    fine: bool


@dataclass(frozen=True, slots=True)
class _Secret:
    turn: int
    slot: str
    title: str
    text: str


def do(deed: Callable[[], object], refused: str = "office.refused", done: str = "office.noted") -> bool:
    """For a callback: do it and remember what to tell, "" for nothing. True if it was done."""
    try:
        deed()
    except NotSaved:
        _tell("office.not_saved", fine=False)
    except (Refused, ValueError):
        _tell(refused, fine=False)
    else:
        if done:
            _tell(done, fine=True)
        return True
    return False


def _tell(key: str, *, fine: bool) -> None:
    st.session_state[TOLD] = _Told(session().turns, key, fine)


def show_told(frame: Frame) -> None:
    """What became of the last deed on this page; told once."""
    told = st.session_state.pop(TOLD, None)
    if isinstance(told, _Told) and told.turn == session().turns:
        (st.success if told.fine else st.error)(frame.words.text(told.key))


def keep_secret(slot: str, title: str, text: str) -> None:
    """Show this at `slot` until the page is left. The store keeps its hash alone."""
    st.session_state[ONCE] = _Secret(session().turns, slot, title, text)


def show_secret(frame: Frame, slot: str) -> None:
    """A link or a password that was just made, with a button that copies it."""
    secret = st.session_state.get(ONCE)
    if not isinstance(secret, _Secret) or secret.turn != session().turns:
        st.session_state.pop(ONCE, None)
        return
    if secret.slot == slot:
        st.markdown(f"**{literal(secret.title)}**")
        st.code(secret.text, language=None, wrap_lines=True)
        st.caption(frame.words.text("office.copied"))


def day(at: datetime) -> str:
    """YYYY-MM-DD where the browser is."""
    zone = st.context.timezone
    return at.astimezone(ZoneInfo(zone) if zone else None).strftime("%Y-%m-%d")


def minute(at: datetime) -> str:
    """YYYY-MM-DD HH:MM where the browser is."""
    zone = st.context.timezone
    return at.astimezone(ZoneInfo(zone) if zone else None).strftime("%Y-%m-%d %H:%M")
