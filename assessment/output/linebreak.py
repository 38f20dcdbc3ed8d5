"""Breaking spans into lines, for Latin and Chinese in one text.

A line may end at a space, at a hyphen or slash between letters, and beside a Han character, unless the
marks on either side forbid it. A word wider than its column is cut between characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from assessment.output.cleaning import Rich
from assessment.output.typeface import Face, Weight, pieces, placed

NO_START = frozenset("，。、；：？！）》」』】〉〕”’%％‰℃°…—～·,.;:?!)]}•々ー")
NO_END = frozenset("（《「『【〈〔“‘([{￥¥$€£")
_WIDE = "\u2e80-\u2fdf\u3000-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"\n| +|[{_WIDE}]|(?:[^\n {_WIDE}](?!(?<=[^\W\d_][-/–])[^\W\d_]{{2}}))*[^\n {_WIDE}]")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_IS_WIDE_LETTER = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]$")
LEFTOVER = 4  # letters; a last line shorter than this looks like an accident
SLACK = 0.01  # points; sums of widths are not exact


@dataclass(slots=True)
class Atom:
    """What no line break may part: runs with their widths, and the space before them."""

    runs: list[tuple[Face, str, float]] = field(default_factory=list)
    width: float = 0.0
    space: str = ""
    new_line: bool = False  # a line end in the text comes before it

    def add(self, face: Face, text: str, width: float) -> None:
        self.runs.append((face, text, width))
        self.width += width


@dataclass(frozen=True, slots=True)
class Line:
    """Runs of one face, set one after another from the line's left edge."""

    runs: tuple[tuple[Face, str], ...]
    width: float

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.runs)


# Most words of a report come from the catalogue: the next firm's report says them again.
@lru_cache(maxsize=8192)
def broken(
    text: Rich, weight: Weight, size: float, chinese: bool, width: float, most: int, balanced: bool
) -> tuple[Line, ...]:
    """The lines of a text in a column; at most `most` of them unless it is 0."""
    units = _atoms(text, weight, size, chinese)
    space = next(pieces(" ", weight, chinese))[0]
    lines = fill(units, width, size, space)
    if balanced and len(lines) > 1:
        lines = balance(lines, units, width, size, space)
    return tuple(shortened(lines, most, width, size) if most else lines)


@lru_cache(maxsize=8192)
def widest_word(text: Rich, weight: Weight, size: float, chinese: bool) -> float:
    """The narrowest width at which no word is cut."""
    return max((unit.width for unit in _atoms(text, weight, size, chinese)), default=0.0)


@lru_cache(maxsize=256)  # few: they are large, and wanted again soon, for the lines after the widest word
def _atoms(text: Rich, weight: Weight, size: float, chinese: bool) -> list[Atom]:
    return atoms(text, weight, size, chinese)


def atoms(spans: Rich, weight: Weight, size: float, chinese: bool) -> list[Atom]:
    """The unbreakable units of a text, in order."""
    result: list[Atom] = []
    before, space, new_line = "", "", False
    for span in spans:
        used = span.weight or weight
        for found in _TOKEN.findall(span.text):
            if found == "\n":
                if new_line:
                    result.append(Atom(new_line=True))
                new_line, space = True, ""
                continue
            if found[0] == " ":
                space = found
                continue
            if not result or new_line or space or _may_break(before, found):
                result.append(Atom(space="" if new_line else space, new_line=new_line))
            if len(found) == 1:  # nearly all tokens of a Chinese text
                face, mark = placed(found, used, chinese)
                result[-1].add(face, mark, size * face.advances[ord(mark)])
            else:
                for face, text in pieces(found, used, chinese):
                    result[-1].add(face, text, face.width(text, size))
            before, space, new_line = found, "", False
    return result


def _may_break(before: str, after: str) -> bool:
    if after[0] in NO_START or before[-1] in NO_END:
        return False
    if _IS_WIDE.match(before[-1]) or _IS_WIDE.match(after[0]):
        return True
    return before[-1] in "-/–"


def fill(units: list[Atom], width: float, size: float, space_face: Face) -> list[Line]:
    """Lines of at most `width`. Spaces at a break are dropped."""
    lines: list[Line] = []
    line = _Builder()
    for unit in _fitting(units, width, size):
        gap = space_face.width(unit.space, size) if line.runs else 0.0
        if unit.new_line or (line.runs and line.width + gap + unit.width > width + SLACK):
            lines.append(line.done())
            line, gap = _Builder(), 0.0
        if gap:
            line.add(space_face, unit.space, gap)
        for run in unit.runs:
            line.add(*run)
    lines.append(line.done())
    return lines


class _Builder:
    """A line being filled; neighbouring runs of one face are joined."""

    def __init__(self) -> None:
        self.runs: list[tuple[Face, str]] = []
        self.width = 0.0

    def add(self, face: Face, text: str, width: float) -> None:
        if self.runs and self.runs[-1][0] is face:
            text = self.runs.pop()[1] + text
        self.runs.append((face, text))
        self.width += width

    def done(self) -> Line:
        return Line(tuple(self.runs), self.width)


def _fitting(units: list[Atom], width: float, size: float) -> Iterator[Atom]:
    """The units, those wider than the column cut between characters."""
    for unit in units:
        if unit.width <= width + SLACK:
            yield unit
        else:
            yield from _chopped(unit, width, size)


def _chopped(unit: Atom, width: float, size: float) -> Iterator[Atom]:
    part = Atom(space=unit.space, new_line=unit.new_line)
    for face, text, _ in unit.runs:
        start = 0
        run = 0.0
        for place, mark in enumerate(text):
            advance = size * face.advances[ord(mark)]
            if part.width + run + advance > width + SLACK and (part.runs or place > start):
                if place > start:
                    part.add(face, text[start:place], run)
                yield part
                part, start, run = Atom(), place, 0.0
            run += advance
        part.add(face, text[start:], run)
    yield part


def shortened(lines: list[Line], most: int, width: float, size: float) -> list[Line]:
    """At most `most` lines; the last one ends in an ellipsis if something was left out."""
    if len(lines) <= most:
        return lines
    runs = list(lines[most - 1].runs)
    room = width - size
    while runs and sum(face.width(text, size) for face, text in runs) > room:
        face, text = runs.pop()
        if len(text) > 1:
            runs.append((face, text[:-1]))
    if runs:
        face, text = runs.pop()
        runs.append((face, text.rstrip() + "…"))
    return [*lines[: most - 1], Line(tuple(runs), sum(face.width(text, size) for face, text in runs))]


def balance(lines: list[Line], units: list[Atom], width: float, size: float, space_face: Face) -> list[Line]:
    """The same number of lines, of more equal width.

    The narrowest that breaks at a space or after a mark, so that no Chinese word is cut; otherwise the
    widest whose last line is no mere leftover.
    """
    tried = [fill(units, width * share / 20, size, space_face) for share in range(10, 21)]
    same = [narrow for narrow in tried if len(narrow) == len(lines)]
    clean = (narrow for narrow in same if not any(_IS_WIDE_LETTER.search(line.text) for line in narrow[:-1]))
    whole = (narrow for narrow in reversed(same) if narrow[-1].width >= LEFTOVER * size)
    return next(clean, None) or next(whole, lines)
