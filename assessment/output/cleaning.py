"""Report text to spans ready for setting: cleaned, capped, marked up. The only way text reaches a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assessment.output.typeface import REPLACEMENT, Weight
from assessment.report.document import Text, Words

LONGEST = 5000
ELLIPSIS = "…"
_SURROGATES = re.compile("[\ud800-\udfff]")
# Controls, bidirectional overrides, zero-width marks, variation selectors, noncharacters, tags.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_PILED_MARKS = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")
_UNIT_SPACE = re.compile(r"(?<=\d) (?=[%‰€$¥£])")
_MARKUP = re.compile(r"<(/?)([bi])>")
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Span:
    """Clean text in one weight."""

    text: str
    weight: Weight | None = None  # None: as the look says


Rich = tuple[Span, ...]


def visible(text: str) -> str:
    """`text` without characters nobody sees; for half a pair that stands alone a visible sign."""
    return _INVISIBLE.sub("", _SURROGATES.sub(REPLACEMENT, text))


@lru_cache(maxsize=4096)
def clean(text: str, longest: int = LONGEST) -> str:
    """`text` fit for setting; longer than `longest` characters it ends in an ellipsis."""
    if len(text) > longest:
        text = text[: longest - 1] + ELLIPSIS
    if text.isascii() and text.isprintable():
        return _UNIT_SPACE.sub(NO_BREAK, text)
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub(REPLACEMENT, text)).replace("\t", " ")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _UNIT_SPACE.sub(NO_BREAK, _PILED_MARKS.sub(r"\1", text))


def rich(parts: Iterable[Text], longest: int = LONGEST) -> Rich:
    """Parts set one after another. Only `Words` may carry `<b>` and `<i>`; all else is literal."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, Words) and "<" in part:
            spans += marked_up(part, longest)
        else:
            spans.append(Span(clean(str(part), longest)))
    return tuple(span for span in spans if span.text)


def marked_up(words: str, longest: int = LONGEST) -> list[Span]:
    """Spans of catalogue text. A tag that is not `<b>`, `</b>`, `<i>` or `</i>` stays as text."""
    spans: list[Span] = []
    open_tags: list[str] = []
    start = 0
    for tag in _MARKUP.finditer(words):
        spans.append(Span(clean(words[start : tag.start()], longest), _weight(open_tags)))
        start = tag.end()
        if not tag.group(1):
            open_tags.append(tag.group(2))
        elif tag.group(2) in open_tags:
            open_tags.remove(tag.group(2))
    spans.append(Span(clean(words[start:], longest), _weight(open_tags)))
    return spans


def _weight(open_tags: list[str]) -> Weight | None:
    if "b" in open_tags:
        return Weight.SEMIBOLD
    return Weight.ITALIC if "i" in open_tags else None
