"""What a page is stacked from. A box knows its height at a width, how to split, and how to draw itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assessment.output.cleaning import Rich, Span
from assessment.output.linebreak import Line, broken, widest_word
from assessment.output.pen import Pen
from assessment.output.theme import Look
from assessment.output.typeface import pieces

Gap = float


class Box(Protocol):
    """Lengths in points. `before` and `after` are distances to neighbours, dropped at a page's edges."""

    before: Gap
    after: Gap
    keep: bool  # never the last box on a page if another follows

    def height(self, width: float) -> float: ...

    def split(self, width: float, room: float, /) -> tuple[Box, Box] | None:
        """A first part at most `room` high and the rest, or None if it cannot be cut there."""

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None: ...


@dataclass(slots=True)
class TextBox:
    """Running text in one look. `label` is a bullet or number standing in the indent."""

    text: Rich
    look: Look
    chinese: bool
    tag: str = "P"
    before: Gap = 0.0
    after: Gap = 0.0
    keep: bool = False
    align: str = "left"
    indent: float = 0.0
    label: str = ""
    most: int = 0  # lines; 0 means all
    balanced: bool = False  # lines of about equal width: no single word on the last line of a headline
    link: str = ""
    hint: str = ""  # what the link says to whoever cannot see it; without it the words themselves
    attributes: dict[str, object] = field(default_factory=dict)
    key: object = field(default_factory=object)
    set_lines: tuple[Line, ...] | None = None  # lines already broken: the halves of a split box
    _lines: dict[float, tuple[Line, ...]] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The words without markup."""
        return "".join(span.text for span in self.text)

    def with_text(self, text: str) -> TextBox:
        """The same box with other, plain words."""
        return replace(self, text=(Span(text),), _lines={}, key=object())

    def widest_word(self) -> float:
        """The narrowest width at which no word is cut."""
        return self.indent + widest_word(self.text, self.look.weight, self.look.size, self.chinese)

    def lines(self, width: float) -> tuple[Line, ...]:
        if self.set_lines is not None:
            return self.set_lines
        lines = self._lines.get(width)
        if lines is None:
            how = (self.look.weight, self.look.size, self.chinese, round(width - self.indent, 2))
            lines = self._lines[width] = broken(self.text, *how, self.most, self.balanced)
        return lines

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.look.leading

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        """Cut between lines, leaving at least two on either side."""
        lines = self.lines(width)
        fitting = min(int(room / self.look.leading), len(lines) - 2)
        if fitting < 2:
            return None
        head = replace(self, set_lines=lines[:fitting], after=0.0)
        rest = replace(self, set_lines=lines[fitting:], before=0.0, label="", attributes={})
        return head, rest

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        if pen.leads(self.link):
            with pen.group(self.tag, self.key, **self.attributes), pen.element("Link"):
                self._draw(pen, x, top, width)
                words = " ".join(line.text for line in self.lines(width))
                pen.link(self.link, x, top, width, self.height(width), self.hint or words)
            return
        with pen.element(self.tag, self.key, **self.attributes):
            self._draw(pen, x, top, width)

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        if self.label:
            run = tuple(pieces(self.label, self.look.weight, chinese=False))
            pen.lines([Line(run, 0.0)], x, top, self.look)
        inner = width - self.indent
        pen.lines(self.lines(width), x + self.indent, top, self.look, width=inner, align=self.align)


@dataclass(slots=True)
class Stack:
    """Boxes under one another, as one structure element (`tag` empty: none)."""

    boxes: Sequence[Box]
    tag: str = ""
    before: Gap = 0.0
    after: Gap = 0.0
    keep: bool = False
    key: object = field(default_factory=object)

    def height(self, width: float) -> float:
        inner = sum(box.height(width) for box in self.boxes)
        return inner + sum(
            gap(first, second) for first, second in zip(self.boxes, self.boxes[1:], strict=False)
        )

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        taken = 0.0
        for place, box in enumerate(self.boxes):
            taken += gap(self.boxes[place - 1], box) if place else 0.0
            high = box.height(width)
            if taken + high > room:
                return self._cut(place, width, room - taken)
            taken += high
        return None

    def _cut(self, place: int, width: float, room: float) -> tuple[Box, Box] | None:
        head, rest = list(self.boxes[:place]), list(self.boxes[place:])
        halves = rest[0].split(width, room)
        if halves:
            head.append(halves[0])
            rest[0] = halves[1]
        while head and head[-1].keep:
            rest.insert(0, head.pop())
        if not head:
            return None
        return replace(self, boxes=head, after=0.0), replace(self, boxes=rest, before=0.0)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        if self.tag:
            with pen.group(self.tag, self.key):
                self._draw(pen, x, top, width)
        else:
            self._draw(pen, x, top, width)

    def _draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        for place, box in enumerate(self.boxes):
            top += gap(self.boxes[place - 1], box) if place else 0.0
            box.draw(pen, x, top, width)
            top += box.height(width)


@dataclass(slots=True)
class Panel:
    """Boxes on a coloured ground, with an optional bar at the left edge."""

    inner: Stack
    ground: str
    bar: str = ""
    stroke: str = ""
    padding: tuple[float, float] = (11.0, 13.0)  # above and below, left and right
    fixed_height: float = 0.0  # at least this high
    before: Gap = 0.0
    after: Gap = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        content = self.inner.height(width - 2 * self.padding[1]) + 2 * self.padding[0]
        return max(content, self.fixed_height)

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        halves = self.inner.split(width - 2 * self.padding[1], room - 2 * self.padding[0])
        if not halves:
            return None
        head, rest = halves
        assert isinstance(head, Stack)
        assert isinstance(rest, Stack)
        return replace(self, inner=head, after=0.0), replace(self, inner=rest, before=0.0)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        high = self.height(width)
        pen.rect(x, top, width, high, fill=self.ground, stroke=self.stroke or None)
        if self.bar:
            pen.rect(x, top, 4, high, fill=self.bar)
        self.inner.draw(pen, x + self.padding[1], top + self.padding[0], width - 2 * self.padding[1])


@dataclass(slots=True)
class Beside:
    """Boxes of equal width side by side, never split; all drawn as high as the highest."""

    boxes: Sequence[Panel]
    between: float = 10.0
    before: Gap = 0.0
    after: Gap = 0.0
    keep: bool = False

    def _each(self, width: float) -> float:
        return (width - self.between * (len(self.boxes) - 1)) / len(self.boxes)

    def height(self, width: float) -> float:
        return max(box.height(self._each(width)) for box in self.boxes)

    def split(self, _width: float, _room: float, /) -> tuple[Box, Box] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        each, high = self._each(width), self.height(width)
        for box in self.boxes:
            replace(box, fixed_height=high).draw(pen, x, top, each)
            x += each + self.between


def gap(first: Box, second: Box) -> float:
    """The distance between two neighbours: the larger of what both ask for."""
    return max(first.after, second.before)
