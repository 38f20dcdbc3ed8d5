"""The result on screen: the parts of the report, with the same numbers as on paper."""

from __future__ import annotations

import streamlit as st

from assessment.ui.frame import Frame


def show(frame: Frame) -> None:
    st.title(frame.words.text("ui.results.title"), anchor=False)
