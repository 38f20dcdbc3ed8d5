"""The shipped fonts, cut down to the characters the charts of one page use, for a style sheet."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from assessment.output.typeface import FOLDER

# Family as charts name it, weight as charts ask for it, file.
_LATIN: Final = (("Board Sans", 400, "BoardSans-Regular"), ("Board Sans", 600, "BoardSans-SemiBold"))
_CHINESE: Final = (
    ("Board Sans SC", 400, "BoardSansSC-Regular"),
    ("Board Sans SC", 600, "BoardSansSC-Bold"),
)


def font_faces(characters: frozenset[str], language: str) -> str:
    """`@font-face` rules: the family of the language with all it has, the other one with the rest."""
    first, second = (_CHINESE, _LATIN) if language == "zh" else (_LATIN, _CHINESE)
    rest = frozenset(sign for sign in characters if ord(sign) not in _covered(first[0][2]))
    return _rules(first, characters - rest) + _rules(second, rest)


def _rules(faces: tuple[tuple[str, int, str], ...], characters: frozenset[str]) -> str:
    if not characters:
        return ""
    text = "".join(sorted(characters))
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("data:font/woff;base64,{_cut(file, text)}") format("woff"); }}\n'
        for family, weight, file in faces
    )


@lru_cache(maxsize=4)
def _covered(file: str) -> frozenset[int]:
    with TTFont(FOLDER / f"{file}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=32)
def _cut(file: str, text: str) -> str:
    """A font with these characters alone, as base64."""
    options = Options()
    options.hinting = False
    options.flavor = "woff"
    out = BytesIO()
    with TTFont(FOLDER / f"{file}.ttf", recalcTimestamp=False, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")
