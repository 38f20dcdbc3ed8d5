"""Charts in the page: drawn wide and narrow, the style sheet shows the one that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree

from assessment.charts import Theme
from assessment.output.pictures import svg
from assessment.report.document import Figure

WIDTHS: Final = {Theme.SCREEN: 720.0, Theme.PHONE: 328.0}  # pixels


@dataclass(slots=True)
class Drawings:
    """Draws the charts of one page and remembers the characters in them."""

    language: str
    characters: set[str] = field(default_factory=set)

    def draw(self, figure: Figure, alt: str) -> str:
        """Both drawings of a figure; `alt` is escaped."""
        return "".join(
            f'<div class="chart {theme.value}" role="img" aria-label="{alt}">{self._svg(figure, theme)}</div>'
            for theme in WIDTHS
        )

    def _svg(self, figure: Figure, theme: Theme) -> str:
        root = svg(figure, WIDTHS[theme], theme, self.language)
        root.set("aria-hidden", "true")
        root.set("focusable", "false")
        self.characters.update(*(text for text in root.itertext()))
        return ElementTree.tostring(root, encoding="unicode")
