"""Reading what the browser took home."""

from __future__ import annotations

import re

JOINER = "\u2060"  # invisible mark the screen puts behind typed punctuation


def squeezed(text: str) -> str:
    """Text without spaces, line breaks and invisible marks: paper and screen break lines where they like."""
    return re.sub(rf"[\s{JOINER}\u00ad]", "", text)
