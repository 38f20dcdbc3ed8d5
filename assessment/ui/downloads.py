"""Links to files. Each is a ticket for the server's own route, checked there with this browser's cookie."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

import streamlit as st

from assessment.store import NotSaved
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.markup import escaped
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import FILES, OTHER_FORMATS, WITHOUT_ANSWERS
from assessment.workflow.registering import ACTION_FILES

Files = Mapping[str, tuple[str, Mapping[str, str]]]  # name -> (kind, parameters)
RENEW: Final = 600.0  # seconds; a ticket is good for 15 minutes


def show_downloads(frame: Frame, opened: Opened) -> None:
    """The report in both languages and several formats, and the answers in both formats."""
    st.fragment(key="downloads", run_every=RENEW)(_links)(frame, opened)


def _links(frame: Frame, opened: Opened) -> None:
    attach = st.checkbox(frame.words.text("verify.screen.attach"), value=True, key="attach_answers")
    st.caption(frame.words.text("verify.screen.means"))
    if attach:
        tickets = _tickets(opened, {**FILES, **OTHER_FORMATS})
    else:
        tickets = _tickets(opened, {**WITHOUT_ANSWERS, **OTHER_FORMATS}, "tickets.bare")
    links = "".join(
        f"<a class='way' href='/dl/{escaped(tickets[name])}' download>"
        f"{escaped(frame.words.text(f'ui.results.{name}'))}</a>"
        for name in FILES
        if name in tickets
    )
    title, note = (escaped(frame.words.text(f"ui.results.{key}")) for key in ("downloads", "downloads_note"))
    st.html(
        f"<section><p><b>{title}</b></p><p class='downloads'>{links}</p>{_other_formats(frame, tickets)}"
        f"<p class='note'>{note}</p></section>"
    )


def _other_formats(frame: Frame, tickets: Mapping[str, str]) -> str:
    """One line: each format with a link a language."""

    def link(name: str, kind: str, language: str) -> str:
        spoken = frame.words.text(f"ui.results.in_{language}")
        whole = escaped(f"{frame.words.text(f'ui.results.{kind}')} {spoken}")
        return f"<a href='/dl/{escaped(tickets[name])}' download aria-label='{whole}'>{escaped(spoken)}</a>"

    offered = [(name, kind, params["language"]) for name, (kind, params) in OTHER_FORMATS.items()]
    kinds = dict.fromkeys(kind for name, kind, _ in offered if name in tickets)
    if not kinds:
        return ""
    lines = (
        f"{escaped(frame.words.text(f'ui.results.{kind}'))} "
        + " / ".join(link(*one) for one in offered if one[1] == kind and one[0] in tickets)
        for kind in kinds
    )
    return f"<p class='note'>{escaped(frame.words.text('ui.results.other_formats'))} {' · '.join(lines)}</p>"


def show_action_files(frame: Frame, opened: Opened) -> None:
    """The action register as a workbook and as a calendar, in the language of the page."""
    st.fragment(key="action-files", run_every=RENEW)(_action_links)(frame, opened)


def _action_links(frame: Frame, opened: Opened) -> None:
    say = frame.words.text
    wanted = {kind: (kind, {"language": frame.language}) for kind in ACTION_FILES}
    links = "".join(
        f"<a class='way' href='/dl/{escaped(ticket)}' download>{escaped(say(f'actions.files_{name}'))}</a>"
        for name, ticket in _tickets(opened, wanted, f"tickets.actions.{frame.language}").items()
    )
    title, note = (escaped(say(f"actions.{key}")) for key in ("files_title", "files_note"))
    st.html(
        f"<section><p><b>{title}</b></p><p class='downloads'>{links}</p><p class='note'>{note}</p></section>"
    )


def _tickets(opened: Opened, wanted: Files, slot: str = "tickets") -> dict[str, str]:
    """One ticket a file, kept for some minutes so that not every drawing asks the store for new ones."""
    kept = st.session_state.get(slot)
    if kept and kept[0] == opened.record.id and time.monotonic() - kept[1] < RENEW / 2:
        return dict(kept[2])
    store, browser = access.bench().store, access.cookie(BROWSER_COOKIE)
    try:
        made = {
            name: store.new_download_ticket(opened.record, kind, params, browser)
            for name, (kind, params) in wanted.items()
        }
    except NotSaved:
        return {}
    st.session_state[slot] = (opened.record.id, time.monotonic(), made)
    return made
