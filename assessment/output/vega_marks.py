"""Draws the marks of a Vega scenegraph as vectors, with the document's fonts.

Covers what the charts use; an unknown mark, shape or baseline raises `UnknownMark` instead of vanishing.
Conventions of Vega: y grows downwards; a symbol's size is its area, and its radius sqrt(size) / 2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from assessment.output.cleaning import clean
from assessment.output.pen import colour
from assessment.output.quicker import Setting
from assessment.output.typeface import Face, Weight, pieces

Item = dict[str, Any]
# How far below the given point the baseline stands, as a share of the type size.
BASELINES = {"top": 0.79, "middle": 0.30, "bottom": -0.21, "alphabetic": 0.0}
BOLD_FROM = 600
NOTHING = (None, "", "none", "transparent")
CAPS = {"butt": 0, "round": 1, "square": 2}


class UnknownMark(ValueError):
    """A scenegraph holds something this module cannot draw."""


class MarkDrawer:
    """Draws one scenegraph on a canvas whose origin is moved to the chart's upper left corner."""

    def __init__(self, canvas: Canvas, chinese: bool) -> None:
        self.canvas = canvas
        self.chinese = chinese
        self._by_type: dict[str, Callable[[Item], None]] = {
            "group": self._group,
            "rect": self._rect,
            "rule": self._rule,
            "symbol": self._symbol,
            "text": self._text,
        }

    def draw(self, mark: Item) -> None:
        """A mark with all its items, lower `zindex` first."""
        kind = mark["marktype"]
        if kind not in self._by_type:
            raise UnknownMark(f"mark of type {kind!r}")
        for item in _by_depth(mark.get("items", ())):
            self._by_type[kind](item)

    def _group(self, item: Item) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(item.get("x", 0), -item.get("y", 0))
        self._paint_rect({**item, "x": 0, "y": 0})
        if item.get("clip"):
            path = canvas.beginPath()
            path.rect(0, -item.get("height", 0), item.get("width", 0), item.get("height", 0))
            canvas.clipPath(path, stroke=0, fill=0)
        for mark in _by_depth(item.get("items", ())):
            self.draw(mark)
        canvas.restoreState()

    def _rect(self, item: Item) -> None:
        self._paint_rect(item)

    def _paint_rect(self, item: Item) -> None:
        fill, stroke = self._paint(item)
        if not (fill or stroke):
            return
        x, width = _extent(item, "x", "width")
        y, height = _extent(item, "y", "height")
        self.canvas.rect(x, -(y + height), width, height, stroke=stroke, fill=fill)

    def _rule(self, item: Item) -> None:
        _, stroke = self._paint({**item, "fill": None})
        x, y = item.get("x", 0), item.get("y", 0)
        if stroke:
            self.canvas.line(x, -y, _end(item, "x2", x), -_end(item, "y2", y))

    def _symbol(self, item: Item) -> None:
        fill, stroke = self._paint(item)
        x, y, radius = item.get("x", 0), item.get("y", 0), math.sqrt(item.get("size", 64)) / 2
        shape = item.get("shape", "circle")
        if shape == "circle":
            self.canvas.circle(x, -y, radius, stroke=stroke, fill=fill)
            return
        path = self.canvas.beginPath()
        corners = [(x + right * radius, -(y + down * radius)) for right, down in _corners(shape)]
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        self.canvas.drawPath(path, stroke=stroke, fill=fill)

    def _text(self, item: Item) -> None:
        if item.get("angle"):
            raise UnknownMark("turned text")
        size, weight = item.get("fontSize", 11), _weight(item.get("fontWeight"))
        baseline = item.get("baseline", "alphabetic")
        if baseline not in BASELINES:
            raise UnknownMark(f"text baseline {baseline!r}")
        lines = _lines(item)
        leading = item.get("lineHeight", size + 2)
        rise = {"middle": 0.5, "bottom": 1.0}.get(baseline, 0.0) * (len(lines) - 1) * leading
        y = item.get("y", 0) + item.get("dy", 0) + BASELINES[baseline] * size - rise
        self._paint({**item, "stroke": None})
        for line in lines:
            self._text_line(list(pieces(line, weight, self.chinese)), item, y, size)
            y += leading

    def _text_line(self, runs: list[tuple[Face, str]], item: Item, y: float, size: float) -> None:
        width = sum(face.width(text, size) for face, text in runs)
        x = item.get("x", 0) + item.get("dx", 0)
        x -= {"left": 0.0, "center": width / 2, "right": width}[item.get("align", "left")]
        words = Setting(self.canvas, x, -y)
        for face, text in runs:
            words.setFont(face.name, size)
            words.textOut(text)
        self.canvas.drawText(words)

    def _paint(self, item: Item) -> tuple[int, int]:
        """Set colours and line; whether to fill and to stroke."""
        canvas = self.canvas
        fill, stroke = item.get("fill"), item.get("stroke")
        opacity = item.get("opacity", 1)
        if opacity != 1 or item.get("fillOpacity", 1) != 1 or item.get("strokeOpacity", 1) != 1:
            raise UnknownMark("transparent mark")
        if fill not in NOTHING:
            canvas.setFillColor(colour(_hex(fill)))
        if stroke in NOTHING or item.get("strokeWidth") == 0:
            return int(fill not in NOTHING), 0
        canvas.setStrokeColor(colour(_hex(stroke)))
        canvas.setLineWidth(item.get("strokeWidth", 1))
        canvas.setLineCap(CAPS[item.get("strokeCap", "butt")])
        canvas.setDash(list(item.get("strokeDash") or []))
        return int(fill not in NOTHING), 1


def _hex(code: str) -> str:
    if not code.startswith("#"):
        raise UnknownMark(f"colour {code!r}")
    return code


def _by_depth(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.get("zindex", 0))


def _extent(item: Item, start: str, length: str) -> tuple[float, float]:
    """Lower end and length along one direction; a mark gives a length or a second end."""
    first = float(item.get(start, 0))
    if length in item:
        return first, float(item[length])
    second = float(item.get(f"{start}2", first))
    return min(first, second), abs(second - first)


def _end(item: Item, name: str, otherwise: float) -> float:
    value: float = item.get(name, otherwise)
    return value


def _corners(shape: str) -> list[tuple[float, float]]:
    """Corners of a symbol of radius 1, y downwards."""
    half = math.sqrt(3) / 2
    shapes: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
        "triangle-up": [(0, -half), (1, half), (-1, half)],
        "triangle-down": [(0, half), (1, -half), (-1, -half)],
    }
    if shape not in shapes:
        raise UnknownMark(f"symbol shape {shape!r}")
    return shapes[shape]


def _weight(given: object) -> Weight:
    if given == "bold" or (isinstance(given, int | float) and given >= BOLD_FROM):
        return Weight.SEMIBOLD
    return Weight.REGULAR


def _lines(item: Item) -> list[str]:
    text = str(item.get("text", ""))
    return [clean(line).replace("\n", " ") for line in text.split(item.get("lineBreak", "\n"))]
