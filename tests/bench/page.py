"""The script of the screen's benchmark: the app, or the emptiest page on which a field can change."""

import streamlit as st

from assessment.ui.shell import show

if st.query_params.get("page") == "empty":
    st.text_input("Field", key="in.field")
else:
    show()
