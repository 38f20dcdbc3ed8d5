"""Charts as pictures for files that hold no vectors of ours: SVG for a page, PNG for a text document."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from xml.etree import ElementTree

from assessment.charts import Theme, spec
from assessment.charts.style import WHITE
from assessment.output.scenegraph import as_text, converter
from assessment.report.document import Figure

SHARP: Final = 3.0  # pixels of a PNG per point: 216 dots an inch
_SVG: Final = "http://www.w3.org/2000/svg"
# The converter names every mark for screen readers; the picture as a whole has its own text.
_SPOKEN: Final = ("role", "aria-label", "aria-roledescription", "aria-hidden")


def svg(figure: Figure, width: float, theme: Theme, language: str) -> ElementTree.Element:
    """A figure as an SVG element with text as text, `width` pixels wide, silent for screen readers."""
    drawing = _svg(as_text(spec(figure, width=width, theme=theme, language=language)))
    root = ElementTree.fromstring(drawing)  # noqa: S314  made by our own converter one line above
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        for name in _SPOKEN:
            element.attrib.pop(name, None)
    return root


def png(figure: Figure, width: float, language: str) -> bytes:
    """A figure as a PNG on white, `width` points wide."""
    drawing = dict(spec(figure, width=width, theme=Theme.PAPER, language=language))
    return _png(as_text(drawing | {"background": WHITE}))


@lru_cache(maxsize=128)
def _svg(drawing: str) -> str:
    with converter() as convert:
        made: str = convert.vegalite_to_svg(drawing, allowed_base_urls=[])
    return made


@lru_cache(maxsize=64)
def _png(drawing: str) -> bytes:
    with converter() as convert:
        made: bytes = convert.vegalite_to_png(drawing, scale=SHARP, ppi=72, allowed_base_urls=[])
    return made
