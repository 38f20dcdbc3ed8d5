"""The firms of a workspace: a table, one of them by itself, and a form to add another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from assessment.store import NotSaved, Refused
from assessment.store.caseload import FirmLine
from assessment.store.office import Office
from assessment.store.records import CONSULTANT, PATHS
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.markup import escaped, literal
from assessment.ui.office.deeds import day, do, show_told
from assessment.ui.office.making import show_new_link
from assessment.ui.office.tables import show_table
from assessment.ui.place import go
from assessment.ui.responses import post_form
from assessment.workflow import bench

MANY: Final = 8  # firms from which a search is offered
SHOWN: Final = 50
FIELDS: Final = ("office.add.name", "office.add.language", "office.add.path")
ENTER: Final = "office.enter"  # session state: the assessment that is being entered


def show(frame: Frame, office: Office) -> None:
    """The firm named in the address, or all of them."""
    lines = office.firms()
    consults = office.member.role == CONSULTANT
    chosen = next((line for line in lines if line.assessment == frame.place.of), None)
    if chosen is not None and consults:
        _one(frame, office, chosen)
        return
    show_told(frame)
    if not consults:
        st.caption(frame.words.text("office.firms.only_numbers"))
    _all(frame, lines, consults=consults)
    if consults:
        _add(frame, office)


def _all(frame: Frame, lines: Sequence[FirmLine], *, consults: bool) -> None:
    say = frame.words.text
    if not lines:
        st.markdown(say("office.firms.none" if consults else "office.firms.none_seen"))
        return
    found = list(lines)
    if len(lines) > MANY:
        typed = st.text_input(say("office.firms.search"), key="office.search", autocomplete="off")
        wanted = str(typed or "").casefold().strip()
        found = [line for line in lines if wanted in line.name.casefold()]
        st.caption(say("office.firms.found", count=len(found), all=len(lines)))
    everything = len(found) <= SHOWN or st.session_state.get("office.everything")
    heads = [
        say(f"office.firms.{name}") for name in ("name", "far", "last", "links", "workshop", "consultant")
    ]
    shown = found if everything else found[:SHOWN]
    show_table(say("office.part.firms"), heads, [_row(frame, line, link=consults) for line in shown])
    if not everything:
        st.checkbox(say("office.firms.more", count=len(found)), key="office.everything")


def _row(frame: Frame, line: FirmLine, *, link: bool) -> tuple[str, ...]:
    say = frame.words.text
    name = escaped(line.name or say("office.firms.unnamed"))
    if link:
        way = "?" + urlencode({"page": "office", "of": line.assessment, "lang": frame.language})
        name = f"<a href='{escaped(way)}'>{name}</a>"
    return (
        f"<b>{name}</b>",
        escaped(_far(frame, line)),
        day(line.last),
        str(line.links),
        escaped(say("office.firms.running" if line.workshops else "office.firms.calm")),
        escaped(line.consultant) or escaped(say("office.firms.calm")),
    )


def _far(frame: Frame, line: FirmLine) -> str:
    key = "one" if line.answered == 1 else "more"
    return frame.words.text(f"office.firms.far_count.{key}", count=line.answered)


# --- one firm ----------------------------------------------------------------------------------


def _one(frame: Frame, office: Office, line: FirmLine) -> None:
    say = frame.words.text
    st.button(say("office.back"), key="office-back", type="tertiary", on_click=go, args=("office",))
    st.header(literal(line.name) or say("office.firms.unnamed"), anchor=False)
    show_told(frame)
    told = [_far(frame, line), say("office.firm.last", day=day(line.last))]
    told.append(say("office.firm.links", count=line.links))
    if line.consultant:
        told.append(say("office.firm.consultant", name=literal(line.consultant)))
    st.caption(" · ".join(told))
    if st.session_state.pop(ENTER, "") == line.assessment:
        _enter(frame, office, line.assessment)
    with st.container(border=True, key="office-open"):
        st.markdown(say("office.firm.open_note"))
        st.button(
            say("office.firm.open"),
            key="open-firm",
            type="primary",
            on_click=_will_enter,
            args=(line.assessment,),
        )
    if line.account != office.member.account:
        with st.container(border=True, key="office-charge"):
            st.markdown(say("office.firm.charge_note"))
            st.button(
                say("office.firm.charge"), key="take-charge",
                on_click=_take_charge, args=(office, line),
            )  # fmt: skip
    st.header(say("office.firm.hand"), anchor=False)
    st.markdown(say("office.firm.hand_note"))
    show_new_link(frame, "hand", lambda: office.links(line.assessment), say("sharing.make"))


def _take_charge(office: Office, line: FirmLine) -> None:
    do(lambda: office.take_charge(line.firm))


def _will_enter(assessment: str) -> None:
    st.session_state[ENTER] = assessment


def _enter(frame: Frame, office: Office, assessment: str) -> None:
    """Send this browser through the door that sets the cookie; once, when the button was pressed."""
    label = frame.words.text("office.firm.open")
    try:
        ticket = office.enter(assessment, _browser())
    except NotSaved:
        st.error(frame.words.text("office.not_saved"))
        return
    st.html(post_form("/start", label, ticket, at_once=True), unsafe_allow_javascript=True)


def _browser() -> str:
    """The random name of this browser, which a ticket is bound to. Raises Refused if it keeps no cookies."""
    browser = st.context.cookies.get(BROWSER_COOKIE, "")
    if not browser:
        raise Refused("no cookies")
    return browser


# --- a new one ---------------------------------------------------------------------------------


def _add(frame: Frame, office: Office) -> None:
    say, minutes = frame.words.text, frame.edition.minutes
    name, language, path = FIELDS
    st.session_state.setdefault(language, frame.language)
    st.header(say("office.add.title"), anchor=False)
    with st.form("office-add", border=True, clear_on_submit=True):
        st.text_input(say(name), key=name, max_chars=120, autocomplete="off")
        st.radio(
            say(language), frame.edition.languages, key=language, horizontal=True,
            format_func=lambda code: say(f"ui.languages.{code}"),
        )  # fmt: skip
        st.radio(say(path), PATHS, key=path, format_func=lambda p: say(f"office.add.{p}", minutes=minutes[p]))
        st.form_submit_button(
            say("office.add.button"), type="primary", key="add-firm", on_click=_added, args=(office,)
        )


def _added(office: Office) -> None:
    name, language, path = (str(st.session_state.get(field) or "") for field in FIELDS)
    under = bench.edition(access.bench().current)

    def deed() -> None:
        if not name.strip():
            raise ValueError("a firm without a name could not be told from another")
        made.append(office.add_firm(name.strip(), under.id, under.fingerprint, language, path))

    made: list[str] = []
    do(deed, refused="office.add.name_missing")
