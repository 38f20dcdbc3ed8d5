"""Where in the app the visitor is. It stands in the address, so that a reload stays there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

PAGES: Final = (
    "start",
    "home",
    "section",
    "review",
    "results",
    "since",
    "again",
    "fill",
    "plan",
    "actions",
    "trace",
    "whatif",
    "method",
    "join",
    "seat",
    "signin",
    "office",
    "sharing",
    "workshop",
    "room",
)


@dataclass(frozen=True)
class Place:
    """A page, and the section and question shown on it.

    `of`: the id whose number is explained; `via`: the ids passed before it; `at`: a part of the results page.
    """

    page: str = ""
    section: str = ""
    question: str = ""
    of: str = ""
    via: str = ""
    at: str = ""


def here() -> Place:
    """The place named in the address; no page where it names none."""
    query = st.query_params
    page = query.get("page", "")
    rest = (query.get(name, "") for name in ("section", "q", "of", "via", "at"))
    return Place(page if page in PAGES else "", *rest)


def go(page: str, section: str = "", question: str = "") -> None:
    """Move to a place; for use as a callback. The language stays."""
    wanted = {"page": page, "section": section, "q": question}
    wanted["lang"] = st.query_params.get("lang", "")
    st.query_params.from_dict({name: value for name, value in wanted.items() if value})
    st.rerun()  # the whole page: a field left by this very click would have its own part alone drawn again


def turn_to(page: str, section: str = "") -> None:
    """The same from a fragment, where a callback must ask for the whole page."""
    go(page, section)
    st.rerun()


def language(languages: tuple[str, ...], stored: str = "") -> str:
    """The language named in the address, else the one the firm chose, else the browser's, else the first."""
    locale = (st.context.locale or "").lower()
    spoken = next((code for code in languages if locale.startswith(code)), "")
    wished = (st.query_params.get("lang", ""), stored, spoken)
    return next((code for code in wished if code in languages), languages[0])
