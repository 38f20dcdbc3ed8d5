"""The yardstick of speed: the same lines, already broken, on a plain canvas. No rules, charts or tags."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from assessment.output.compose import Composer
from assessment.output.linebreak import Line
from assessment.output.masthead import masthead
from assessment.output.pdf import lay_out
from assessment.output.pen import Pen
from assessment.output.structure import Structure
from assessment.output.theme import SIDE, TEXT_WIDTH, Look
from assessment.report.document import Report

Piece = tuple[str, float, float, float, str]


class _Listener(Pen):
    """Notes down every line it is asked to set."""

    def __init__(self, pages: int) -> None:
        super().__init__(Canvas(BytesIO()), Structure(pages))
        self.heard: list[Piece] = []

    def lines(self, lines: list[Line], x: float, top: float, look: Look, **_: object) -> None:  # type: ignore[override]
        for place, line in enumerate(lines):
            for face, text in line.runs:
                self.heard.append((face.name, look.size, x, 800 - top - place * look.leading, text))


@lru_cache(maxsize=2)
def broken_lines(report: Report) -> list[list[Piece]]:
    """All text of a report as placed runs, page by page."""
    composer = Composer(report)
    pages, _ = lay_out(composer, masthead(composer))
    listener = _Listener(len(pages))
    result = []
    for page in pages:
        listener.heard = []
        listener.page += 1
        for placed in page.boxes:
            placed.box.draw(listener, SIDE, placed.top, TEXT_WIDTH)
        result.append(listener.heard)
    return result


def draw_bare(report: Report) -> bytes:
    """Only the text of the blocks, as fast as a canvas can set it."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    for page in broken_lines(report):
        for name, size, x, y, text in page:
            canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
