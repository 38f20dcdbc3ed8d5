"""Who is asking: the cookies of this browser, and the bench of this process."""

from __future__ import annotations

import streamlit as st

from assessment.ui.services import services, tokens
from assessment.workflow.bench import Bench


def bench() -> Bench:
    """The bench of this process."""
    return Bench(services().store)


def shown_tokens() -> list[str]:
    """The capabilities this browser holds, from its HttpOnly cookies; checked by the store, never trusted."""
    return tokens(st.context.cookies)
