"""Page geometry, colours and type of the printed report. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessment.charts.style import (
    AMBER,
    BLUE,
    GREY,
    INK,
    MARK_GREY,
    NAVY,
    RED,
    TINT,
    WARM_TINT,
    WHITE,
)
from assessment.output.typeface import Weight

TEAL = "#14766A"
PALE_BLUE = "#B9D3E8"  # secondary text on navy

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
SIDE = 56.7
TOP = 76.0
BOTTOM = 62.0
TEXT_WIDTH = round(PAGE_WIDTH - 2 * SIDE, 2)
FLOOR = PAGE_HEIGHT - BOTTOM  # distance of the text's lower edge from the top of the page
HEADER_LINE = 47.0
FOOTER_LINE = PAGE_HEIGHT - 44.0

# Every pair of text and ground in use; a test holds them to 4.5:1.
TEXT_PAIRS = (
    (INK, WHITE), (INK, TINT), (INK, WARM_TINT), (NAVY, WHITE), (NAVY, TINT), (NAVY, WARM_TINT),
    (GREY, WHITE), (GREY, TINT), (GREY, WARM_TINT), (TEAL, WHITE), (WHITE, NAVY), (PALE_BLUE, NAVY),
    (RED, WHITE), (BLUE, WHITE), (RED, TINT), (BLUE, TINT),
)  # fmt: skip
MARK_PAIRS = ((AMBER, WHITE), (MARK_GREY, WHITE), (RED, WHITE), (BLUE, WHITE))


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of lines is set."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = INK

    def on(self, colour: str) -> Look:
        """The same type in another colour."""
        return replace(self, colour=colour)


@dataclass(frozen=True, slots=True)
class Looks:
    """All type of one language."""

    kicker: Look
    headline: Look
    title: Look
    firm: Look
    body: Look
    lead: Look
    item: Look
    box_title: Look
    tile_value: Look
    tile_label: Look
    tile_note: Look
    table: Look
    table_strong: Look
    table_head: Look
    caption: Look
    note: Look
    running: Look
    running_bold: Look


def looks(language: str) -> Looks:
    """Chinese is set about four per cent smaller, with ten per cent more leading."""
    return _CHINESE if language == "zh" else _LATIN


def _make(body: Look, item: Look, table: Look, headline: Look) -> Looks:
    semibold = Weight.SEMIBOLD
    return Looks(
        kicker=Look(8.4, 11, Weight.BOLD, TEAL),
        headline=headline,
        title=Look(23, 29, semibold, WHITE),
        firm=Look(14, 19, semibold, WHITE),
        body=body,
        lead=Look(body.size + 0.9, body.leading + 1.2, Weight.REGULAR, INK),
        item=item,
        box_title=Look(body.size + 0.6, body.leading + 1, semibold, NAVY),
        tile_value=Look(21, 26, semibold, NAVY),
        tile_label=Look(8.4, 11, semibold, INK),
        tile_note=Look(8, 10.8, Weight.REGULAR, GREY),
        table=table,
        table_strong=replace(table, weight=semibold),
        table_head=Look(7.8, 10, Weight.BOLD, GREY),
        caption=Look(8, 11, Weight.REGULAR, GREY),
        note=Look(7.4, 10, Weight.REGULAR, GREY),
        running=Look(7.6, 10, Weight.REGULAR, GREY),
        running_bold=Look(7.6, 10, semibold, NAVY),
    )


_LATIN = _make(
    Look(9.6, 14),
    Look(9.4, 13.6),
    Look(8.3, 11),
    Look(20, 25, Weight.SEMIBOLD, NAVY),
)
_CHINESE = _make(
    Look(9.2, 14.9),
    Look(8.9, 14.6),
    Look(8, 12.2),
    Look(18.5, 27, Weight.SEMIBOLD, NAVY),
)
