"""Who is asking: the cookies of this browser, and the bench of this process."""

from __future__ import annotations

import streamlit as st

from assessment.ui.services import SAMPLE_COOKIE, SEAT_COOKIE, services, tokens
from assessment.workflow.bench import Bench


def bench() -> Bench:
    """The bench of this process."""
    return Bench(services().store)


def shown_tokens() -> list[str]:
    """The capabilities this browser holds, from its HttpOnly cookies; checked by the store, never trusted."""
    return tokens(st.context.cookies)


def cookie(name: str) -> str:
    """A cookie of this browser; empty if it has none."""
    return str(st.context.cookies.get(name) or "")


def seat_token() -> str:
    """The place in a workshop this browser holds; empty if none, or while it looks at a sample."""
    return "" if cookie(SAMPLE_COOKIE) else cookie(SEAT_COOKIE)


def address() -> str:
    """Where this browser comes from, as the server sees it: tries are counted by it. Streamlit hides this
    machine's own. Behind a web server it is what that one passes on, see docs/how-to/host.md.
    """
    return st.context.ip_address or "this machine"
