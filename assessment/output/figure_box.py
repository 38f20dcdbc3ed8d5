"""A chart with its caption, as one box."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessment.charts import Sheet, Theme, drawn
from assessment.output.boxes import Box, Gap, TextBox
from assessment.output.pen import Pen
from assessment.output.placing import placed
from assessment.output.theme import FLOOR, PAGE_HEIGHT, TOP
from assessment.output.vega_marks import MarkDrawer
from assessment.report.document import Figure

CAPTION_GAP = 3.0


@dataclass(slots=True)
class FigureBox:
    """Drawn at the width it is laid out for, so 8 points in the chart are 8 points on paper."""

    figure: Figure
    caption: TextBox
    alt: str
    language: str
    name: str = ""  # links lead here
    before: Gap = 8.0
    after: Gap = 12.0
    keep: bool = False
    key: object = field(default_factory=object)
    spread: float = 1.0

    def _sheet(self, width: float) -> Sheet:
        return drawn(self.figure, width=width, theme=Theme.PAPER, language=self.language, spread=self.spread)

    def chart_height(self, width: float) -> float:
        """Height of the chart alone."""
        return self._sheet(width).height

    def _scale(self, width: float) -> float:
        """1, or less for a chart that would not fit on an empty page."""
        room = FLOOR - TOP - self.caption.height(width) - CAPTION_GAP
        return min(1.0, room / self.chart_height(width))

    def height(self, width: float) -> float:
        drawn = self.chart_height(width) * self._scale(width)
        return drawn + CAPTION_GAP + self.caption.height(width)

    def split(self, _width: float, _room: float, /) -> tuple[Box, Box] | None:
        return None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        sheet = self._sheet(width)
        high = sheet.height
        pen.target(self.name, top)
        scale = self._scale(width)
        box = (x, PAGE_HEIGHT - top - high * scale, x + width, PAGE_HEIGHT - top)
        with pen.figure(self.alt, box, self.key):
            canvas = pen.canvas
            canvas.saveState()
            canvas.translate(x, PAGE_HEIGHT - top)
            canvas.scale(scale, scale)
            MarkDrawer(canvas, self.language == "zh").draw(placed(sheet))
            canvas.restoreState()
        self.caption.draw(pen, x, top + high * scale + CAPTION_GAP, width)
