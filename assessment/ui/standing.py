"""Where the firm stands before it plans, worked out once for the same answers."""

from __future__ import annotations

import streamlit as st

from assessment.workflow.opening import Opened
from assessment.workflow.registering import Standing, standing

SLOT = "plan.standing"  # in the cache of this browser session


def standing_now(now: Opened) -> Standing | None:
    """None for an edition that does not say what its measures do."""
    request = now.agenda.request
    quarters = request.quarters if request else None
    kept = st.session_state.get(SLOT)
    if kept is None or kept[:3] != (now.record.id, now.answers, quarters):
        kept = (now.record.id, now.answers, quarters, standing(now, quarters))
        st.session_state[SLOT] = kept
    found: Standing | None = kept[3]
    return found
