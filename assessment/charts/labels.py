"""Breaking labels into lines. Widths are estimates: a chart is laid out before any font is known."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BREAK = "\n"
CUT = "…"
BOLD = 1.16  # how much wider semibold type is than the estimates, measured on English option texts
# Marks that may not begin a line, and marks that may not end one.
NO_START = frozenset("，。、；：？！）》」』】〉”’%％,.;:?!)]}·…")
NO_END = frozenset("（《「『【〈“‘([{")


def estimated_width(text: str, size: float) -> float:
    """Width of `text` at a type size, a little generous; same unit as `size`."""
    return size * sum(_em(mark) for mark in text)


def wrapped(text: str, width: float, size: float, most: int = 3) -> str:
    """`text` in at most `most` lines of about `width`, joined by `BREAK`; the last line takes the rest."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        full = estimated_width((line + piece).rstrip(), size) > width
        if full and line.strip() and len(lines) < most - 1:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return BREAK.join([*lines, line.rstrip()])


def fitted(text: str, width: float, size: float, most: int) -> str:
    """The same for words of any length: what `most` lines cannot hold is cut, and the cut is shown."""
    pieces = wrapped(_cut(text, width, size), width, size, most=len(text) + 1).split(BREAK)
    if len(pieces) <= most:
        return BREAK.join(pieces)
    last = pieces[most - 1]
    while last and estimated_width(last + CUT, size) > width:
        last = last[:-1].rstrip()
    return BREAK.join([*pieces[: most - 1], last + CUT])


def _cut(text: str, width: float, size: float) -> str:
    """`text` with every piece that is wider than a line broken up."""
    return "".join(_broken(piece, width, size) for piece in _pieces(text))


def _broken(piece: str, width: float, size: float) -> str:
    parts = [""]
    for mark in piece:
        if parts[-1].strip() and estimated_width(parts[-1].strip() + mark, size) > width:
            parts.append("")
        parts[-1] += mark
    return " ".join(parts)


def block_width(text: str, size: float) -> float:
    """Width of the longest line of a wrapped label."""
    return max(estimated_width(line, size) for line in text.split(BREAK))


def line_count(text: str) -> int:
    """Number of lines of a wrapped label."""
    return text.count(BREAK) + 1


@lru_cache(maxsize=4096)
def _em(mark: str) -> float:
    if unicodedata.east_asian_width(mark) in "WF":
        return 1.0
    if mark.isupper() or mark.isdigit() or mark in "%+−–—mwMW":
        return 0.6
    return 0.28 if mark in " .,;:il|'·()" else 0.5


def _pieces(text: str) -> list[str]:
    """The units a line may not cut: words with the space before them, single Han characters.

    A space inside a number is none of those that `str.split` may take.
    """
    pieces: list[str] = []
    for mark in re.sub(r"[ \t\n]+", " ", text).strip():
        if pieces and not _may_break(pieces[-1][-1], mark):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after in NO_START or before in NO_END:
        return False
    wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
    return after == " " or before in "-/" or (wide and before != " ")
