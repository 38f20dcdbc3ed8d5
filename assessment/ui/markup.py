"""Text that is safe where it stands. Whatever a person typed passes through here before it is drawn."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from assessment.report.document import Text, Typed, Words

_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
_JOINER: Final = "\u2060"  # invisible; keeps shortcodes, arrows and addresses from being read as such
_ALLOWED: Final = re.compile(r"&lt;(/?[bi])&gt;")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def literal(text: str) -> str:
    """Typed text for a place that reads Markdown: every mark stands for itself, on one line."""
    flat = " ".join(_CONTROL.sub("", text).split())
    return _PUNCTUATION.sub(lambda m: f"&#{ord(m[0])};{_JOINER}", flat)


def escaped(text: str) -> str:
    """Typed text for a place that reads HTML."""
    return html.escape(_CONTROL.sub("", text))


def rich(text: str) -> str:
    """A sentence of the catalogue for a place that reads HTML: `<b>` and `<i>` stay, all else is literal."""
    return _ALLOWED.sub(r"<\1>", html.escape(text))


def joined(parts: Iterable[Text]) -> str:
    """Text of a report as HTML: words with their emphasis, typed text literally."""
    return "".join(rich(p) if isinstance(p, Words) else escaped(p) for p in parts)


def plain(parts: Iterable[Text]) -> str:
    """Text of a report without any markup, for labels and alternative texts."""
    return "".join(re.sub(r"</?[bi]>", "", p) if not isinstance(p, Typed) else p for p in parts)
