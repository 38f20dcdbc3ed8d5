"""The shipped fonts: registration, widths, and which face draws which character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics

from assessment.output.quicker import QuickFont

FOLDER = Path(__file__).parent / "fonts"
REPLACEMENT = "□"  # stands visibly for a character no shipped font has


class Weight(StrEnum):
    """The cuts of the Latin family."""

    REGULAR = "Regular"
    ITALIC = "Italic"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


LATIN = {weight: f"BoardSans-{weight}" for weight in Weight}
CHINESE = {
    Weight.REGULAR: "BoardSansSC-Regular",
    Weight.ITALIC: "BoardSansSC-Regular",
    Weight.SEMIBOLD: "BoardSansSC-Bold",
    Weight.BOLD: "BoardSansSC-Bold",
}
# Below this code letters and digits come from the Latin family in every language; above it, a Chinese
# text takes its marks (quotes, dashes, ellipsis) from the Chinese family, where they are full width.
LATIN_END = 0x0250


@dataclass(frozen=True, slots=True)
class Face:
    """One registered font: advance widths by code point, per unit of type size."""

    name: str
    advances: dict[int, float]

    def has(self, mark: str) -> bool:
        return ord(mark) in self.advances

    def width(self, text: str, size: float) -> float:
        """Width of `text`, all of whose characters this face has; same unit as `size`."""
        advances = self.advances
        return size * sum([advances[code] for code in map(ord, text)])


Piece = tuple[Face, str]
_registering = Lock()


def faces() -> dict[str, Face]:
    """All faces by name, registered once per process however many threads ask."""
    with _registering:
        return _faces()


@lru_cache(maxsize=1)
def _faces() -> dict[str, Face]:
    return {name: _register(name) for name in sorted({*LATIN.values(), *CHINESE.values()})}


def _register(name: str) -> Face:
    font = QuickFont(name, str(FOLDER / f"{name}.ttf"), shapable=False)
    pdfmetrics.registerFont(font)
    widths, default = font.face.charWidths, font.face.defaultWidth
    advances = {code: widths.get(code, default) / 1000 for code in font.face.charToGlyph}
    advances[0xA0] = advances[0x20]  # reportlab draws a no-break space as a space
    return Face(name, advances)


@lru_cache(maxsize=64)
def _pair(weight: Weight, chinese: bool) -> tuple[Face, Face]:
    """The Latin and the Chinese face of a weight; beside Han characters semibold is as bold as they are."""
    beside = Weight.BOLD if chinese and weight is Weight.SEMIBOLD else weight
    return faces()[LATIN[beside]], faces()[CHINESE[weight]]


@lru_cache(maxsize=16384)
def placed(mark: str, weight: Weight, chinese: bool) -> Piece:
    """The face that draws a character, and what it draws: the character or the replacement."""
    latin, han = _pair(weight, chinese)
    order = (han, latin) if chinese and ord(mark) >= LATIN_END else (latin, han)
    face = next((face for face in order if face.has(mark)), None)
    if face:
        return face, mark
    blank = unicodedata.category(mark) == "Zs"
    return placed(" " if blank else REPLACEMENT, weight, chinese)


def pieces(text: str, weight: Weight, chinese: bool) -> Iterator[Piece]:
    """`text` cut into runs of one face, uncovered characters replaced."""
    if text.isascii() and text.isprintable():
        yield _pair(weight, chinese)[0], text
        return
    chosen = (placed(mark, weight, chinese) for mark in text)
    for face, run in groupby(chosen, key=lambda piece: piece[0]):
        yield face, "".join(mark for _, mark in run)
