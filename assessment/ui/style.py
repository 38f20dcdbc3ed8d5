"""The look: one style sheet, and the two things only a script can do. No user text comes near either."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

_SHEET: Final = Path(__file__).with_name("style.css")
_SCROLL: Final = Path(__file__).with_name("scroll.js")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_LANGUAGE: Final = {"en": "en", "zh": "zh-CN"}


@cache
def _sheet() -> str:
    return f"<style>{_SHEET.read_text(encoding='utf-8')}</style>"


@cache
def _scroll() -> str:
    return _SCROLL.read_text(encoding="utf-8").strip()


def apply(language: str) -> None:
    """The style sheet, and the language of the page for screen readers."""
    st.html(_sheet())
    _run("language", f"document.documentElement.lang = '{_LANGUAGE.get(language, 'en')}'")


def scroll_to(question: str, known: tuple[str, ...], turn: int, part: str = "") -> None:
    """Bring a question or a part of the results into view, or the top of the page.

    Only ids of the edition, and plain names, reach the script.
    """
    target = f".st-key-question-{question}" if question in known else ".stMainBlockContainer"
    target = f"#{part}" if _NAME.fullmatch(part) else target
    _run("scroll", f"({_scroll()})('{target}')", turn)


def _run(name: str, script: str, turn: int = 0) -> None:
    """Run a script of ours in the page. The browser runs the same text once only: `turn` makes it another."""
    with st.container(key=f"script-{name}"):
        st.html(
            f"<div><script>(() => {{ {script} }})() // {turn}</script></div>", unsafe_allow_javascript=True
        )
