"""Links to files. Each is a ticket for the server's own route, checked there with this browser's cookie."""

from __future__ import annotations

import time
from typing import Final

import streamlit as st

from assessment.store import NotSaved
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import FILES

RENEW: Final = 600.0  # seconds; a ticket is good for 15 minutes


def show_downloads(frame: Frame, opened: Opened) -> None:
    """The report in both languages, and the answers in both formats."""
    st.fragment(key="downloads", run_every=RENEW)(_links)(frame, opened)


def _links(frame: Frame, opened: Opened) -> None:
    tickets = _tickets(opened)
    links = "".join(
        f"<a class='way' href='/dl/{escaped(ticket)}' download>"
        f"{escaped(frame.words.text(f'ui.results.{name}'))}</a>"
        for name, ticket in tickets.items()
    )
    title, note = (escaped(frame.words.text(f"ui.results.{key}")) for key in ("downloads", "downloads_note"))
    st.html(
        f"<section><p><b>{title}</b></p><p class='downloads'>{links}</p><p class='note'>{note}</p></section>"
    )


def _tickets(opened: Opened) -> dict[str, str]:
    """One ticket a file, kept for some minutes so that not every drawing asks the store for new ones."""
    kept = st.session_state.get("tickets")
    if kept and kept[0] == opened.record.id and time.monotonic() - kept[1] < RENEW / 2:
        return dict(kept[2])
    store = access.bench().store
    try:
        made = {
            name: store.new_download_ticket(opened.record, kind, params)
            for name, (kind, params) in FILES.items()
        }
    except NotSaved:
        return {}
    st.session_state["tickets"] = (opened.record.id, time.monotonic(), made)
    return made
