"""The accounts of a workspace, for its programme: add, disable, enable, a new password."""

from __future__ import annotations

import secrets
from typing import Final

import streamlit as st

from assessment.store.members import LONGEST, AccountEntry
from assessment.store.office import Office
from assessment.store.records import ROLES_OF_MEMBERS
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.office.deeds import do, keep_secret, minute, show_secret, show_told

SIGNS: Final = "23456789abcdefghjkmnpqrstvwxyz"  # none that is taken for another
GROUPS, SIZE = 4, 5  # 97 bits, read out in four parts
FIELDS: Final = ("office.people.name", "office.people.login", "office.people.role")


def show(frame: Frame, office: Office) -> None:
    """Everybody who may sign in, then the form for another. A password is shown once."""
    say = frame.words.text
    st.markdown(say("office.people.note"))
    show_told(frame)
    show_secret(frame, "people")
    for entry in office.accounts.all_of():
        with st.container(border=True, key=f"account-{entry.account}"):
            _one(frame, office, entry)
    st.header(say("office.people.add"), anchor=False)
    _add(frame, office)


def _one(frame: Frame, office: Office, entry: AccountEntry) -> None:
    say, own = frame.words.text, entry.account == office.member.account
    state = say("office.people.off" if entry.disabled else "office.people.on")
    st.markdown(f"**{literal(entry.name)}** · {say(f'office.role.{entry.role}')} · {state}")
    at, login = entry.last_seen, literal(entry.login)
    seen = say("office.people.seen", at=minute(at)) if at else say("office.people.never")
    st.caption(f"{login} · {seen}")
    if own:
        st.caption(say("office.people.own"))
        return
    with st.container(horizontal=True, key=f"account-do-{entry.account}"):
        deed = "enable" if entry.disabled else "disable"
        st.button(
            say(f"office.people.{deed}"), key=f"{deed}.{entry.account}",
            on_click=_switch, args=(office, entry),
        )  # fmt: skip
        st.button(
            say("office.people.renew"), key=f"renew.{entry.account}",
            on_click=_renew, args=(frame, office, entry),
        )  # fmt: skip


def _switch(office: Office, entry: AccountEntry) -> None:
    turn = office.accounts.enable if entry.disabled else office.accounts.disable
    do(lambda: turn(entry.account))


def _renew(frame: Frame, office: Office, entry: AccountEntry) -> None:
    password = one_time()
    if do(lambda: office.accounts.set_password(entry.account, password), done=""):
        keep_secret("people", frame.words.text("office.people.one_time", login=entry.login), password)


def _add(frame: Frame, office: Office) -> None:
    say = frame.words.text
    name, login, role = FIELDS
    with st.form("people-add", border=True):
        st.text_input(say(name), key=name, max_chars=LONGEST, autocomplete="off")
        st.text_input(say(login), key=login, max_chars=LONGEST, autocomplete="off")
        st.radio(
            say(role), ROLES_OF_MEMBERS[::-1], key=role, horizontal=True,
            format_func=lambda one: say(f"office.role.{one}"),
        )  # fmt: skip
        st.form_submit_button(
            say("office.people.button"), type="primary", key="add-account",
            on_click=_added, args=(frame, office),
        )  # fmt: skip
    st.caption(say("office.people.hand_over"))


def _added(frame: Frame, office: Office) -> None:
    name, login, role = (str(st.session_state.get(field) or "") for field in FIELDS)
    password = one_time()
    if do(lambda: office.accounts.add(login, name, role, password), "office.people.taken", ""):
        keep_secret("people", frame.words.text("office.people.one_time", login=login.strip()), password)
        for field in FIELDS[:2]:
            st.session_state[field] = ""


def one_time() -> str:
    """A password to be handed over and changed."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(SIZE)) for _ in range(GROUPS))
