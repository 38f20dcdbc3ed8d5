"""Report text as HTML: cleaned, capped and escaped. The only way text reaches the page."""

from __future__ import annotations

import html
from collections.abc import Iterable

from assessment.output.cleaning import Span, clean, rich
from assessment.output.typeface import Weight
from assessment.report.document import Text

TAGS = {Weight.SEMIBOLD: "b", Weight.BOLD: "b", Weight.ITALIC: "i"}


def joined(parts: Iterable[Text]) -> str:
    """Parts set one after another; line ends are kept."""
    return "".join(_span(span) for span in rich(parts))


def plain(text: str) -> str:
    """Text without any emphasis, for elements and for attributes in double quotes."""
    return html.escape(clean(str(text)))


def flat(parts: Iterable[Text]) -> str:
    """Parts as plain text on one line, for attributes and the title."""
    return html.escape(" ".join("".join(span.text for span in rich(parts)).split()))


def _span(span: Span) -> str:
    text = html.escape(span.text).replace("\n", "<br>")
    tag = TAGS.get(span.weight) if span.weight else None
    return f"<{tag}>{text}</{tag}>" if tag else text
