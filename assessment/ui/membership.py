"""Who is signed in: asked of the store on every run, never remembered."""

from __future__ import annotations

import streamlit as st

from assessment.settings import HOSTED
from assessment.store import Refused
from assessment.store.office import Office
from assessment.store.sessions import Member
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped
from assessment.ui.office import proof
from assessment.ui.office.forms import leave_form
from assessment.ui.place import Place
from assessment.ui.services import ACCOUNT_COOKIE, services


def hosted() -> bool:
    """Whether there are accounts here, and nobody begins an assessment by themselves."""
    return services().settings.access == HOSTED


def account_token() -> str:
    """The session this browser shows; checked by the store, never trusted."""
    return st.context.cookies.get(ACCOUNT_COOKIE, "") if hosted() else ""


def member() -> Member | None:
    """Who is signed in on this browser; None for everybody else."""
    token = account_token()
    return services().store.accounts.member(token) if token else None


def office() -> Office | None:
    """The workspace of whoever is signed in on this browser."""
    token = account_token()
    try:
        return services().store.office(token) if token else None
    except Refused:
        return None


def first(wanted: Place, *, something_open: bool) -> Place:
    """Where whoever names no page begins: to exchange a proof, at the office, or where they wanted to go."""
    if not hosted() or wanted.page:
        return wanted
    if member() is not None:
        return wanted if something_open else Place("office")
    return Place("signin") if proof.proof() is not None else wanted


def show_who(frame: Frame) -> None:
    """Below the head of every page: who is signed in, the way to the workspace, and out."""
    who = member()
    if who is None:
        return
    say = frame.words.text
    role = say(f"office.role.{who.role}")
    told = say("office.signed_in", name=who.name or who.login, role=role)
    way = f"<a href='?page=office&lang={escaped(frame.language)}'>{escaped(say('office.title'))}</a>"
    out = leave_form(frame)
    st.html(f"<div class='who'><span>{escaped(told)}</span><span class='ways'>{way}{out}</span></div>")
