"""The page of the server tests: begin, see what the cookie opens, download, draw a chart, fail."""

import altair as alt
import pandas as pd
import streamlit as st

from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.responses import post_form
from assessment.ui.server import enter
from assessment.ui.services import services, tokens

store = services().store
seen = [found for token in tokens(st.context.cookies) if (found := store.assessment_for(token))]
st.write(f"open: {seen[0].firm_name} {seen[0].scope}" if seen else "open: nothing")

if st.button("Begin"):
    _id, token = store.create_assessment("e/1", "f" * 64, "en", "quick", "Lantern Garments (invented)")
    made = store.assessment_for(token)
    assert made is not None
    if not enter(store, made, "Go on"):
        st.write("no cookies")

if seen:
    st.html(post_form("/leave", "Leave"))
    if st.button("File"):
        ticket = store.new_download_ticket(
            seen[0], "report", {"language": "zh"}, st.context.cookies.get(BROWSER_COOKIE, "")
        )
        st.markdown(f"[Take the file](/dl/{ticket})")

if st.button("Fail"):
    raise RuntimeError("inner detail that nobody outside should read")

data = pd.DataFrame({"x": [1, 2, 3], "y": [2, 1, 3]})
chart = alt.Chart(data).mark_bar().encode(x="x:O", y="y:Q").transform_calculate(z="datum.x * 2")
st.altair_chart(chart.encode(tooltip="z:Q"))
