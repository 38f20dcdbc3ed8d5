"""The house style of charts: colours, type and row heights for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assessment.report.document import Tone


class Theme(StrEnum):
    """Where a chart is read."""

    SCREEN = "screen"
    PHONE = "phone"
    PAPER = "paper"
    WALL = "wall"  # thrown on a wall, read from the last row


INK = "#1C2733"
NAVY = "#12304A"
BLUE = "#1F6FA8"
LIGHT_BLUE = "#5C97C2"
AMBER = "#C77800"
RED = "#B5442E"
DARK_RED = "#8A2A1A"
PALE_RED = "#E3B5AA"
GREY = "#5B6875"
MARK_GREY = "#7C8997"
RULE = "#D5DDE5"
TINT = "#F3F6F9"
WARM_TINT = "#FDF3EE"
WHITE = "#FFFFFF"

TONE_COLOURS = {
    Tone.NEUTRAL: BLUE,
    Tone.NONE: BLUE,
    Tone.EMERGING: LIGHT_BLUE,
    Tone.PRONOUNCED: AMBER,
    Tone.ACUTE: DARK_RED,
    Tone.FIRM: RED,
    Tone.UNKNOWN: MARK_GREY,
}

# No digit may stand in a family name: the converter then drops the text.
FAMILIES = {
    "zh": "Board Sans SC, Board Sans, sans-serif",
    "en": "Board Sans, Board Sans SC, sans-serif",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of one theme, in points on paper and pixels on screen."""

    text: float
    small: float
    unit: float  # 1 on paper; every length is a multiple of it
    font: str
    spread: float  # stretches the distance of rows, so that a page is well filled
    narrow: bool = False  # labels stand above their bars
    lines_hang: bool = True  # further lines hang below the place of a label, as browsers draw them

    def length(self, points: float) -> float:
        """A length given in points on paper."""
        return round(points * self.unit, 2)

    def row(self, points: float) -> float:
        """The distance of two rows, given in points on paper at normal spread."""
        return round(points * self.unit * self.spread, 2)


def style(theme: Theme, language: str, spread: float = 1.0) -> Style:
    """The sizes for a theme; Chinese letters look larger and are set a little smaller."""
    font = FAMILIES.get(language, FAMILIES["en"])
    shrink = 0.96 if language == "zh" else 1.0
    if theme is Theme.PAPER:
        text = round(8.8 * shrink, 2)
        return Style(text, small=8.0, unit=1.0, font=font, spread=spread, lines_hang=False)
    if theme is Theme.PHONE:
        return Style(round(13 * shrink, 2), 11.5, unit=1.3, font=font, spread=spread, narrow=True)
    if theme is Theme.WALL:
        return Style(round(26 * shrink, 2), 23, unit=2.6, font=font, spread=spread)
    return Style(text=round(14 * shrink, 2), small=12.5, unit=1.5, font=font, spread=spread)
