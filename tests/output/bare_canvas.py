"""The yardstick of speed: all text of a report, already broken into lines, on a plain canvas.

No rules, no chart shapes, no tags, no links: less than what any report needs.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from assessment.output import render_pdf
from assessment.output.quicker import Setting
from assessment.report.document import Report

Run = tuple[str, float, float, float, str]


@lru_cache(maxsize=2)
def placed_runs(report: Report) -> dict[int, list[Run]]:
    """Font, size, place and text of every run, by page."""
    pages: dict[int, list[Run]] = {}
    text_out = Setting.textOut

    def noted(words: Setting, text: str) -> None:
        place = (words._fontname, words._fontsize, words.getX(), words.getY(), text)
        pages.setdefault(words._canvas.getPageNumber(), []).append(place)
        text_out(words, text)
        words._x += words._canvas.stringWidth(text, words._fontname, words._fontsize)

    with patch.object(Setting, "textOut", noted):
        render_pdf(report)
    return pages


def draw_bare(report: Report) -> bytes:
    """The text alone, as fast as a canvas sets it."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    for runs in placed_runs(report).values():
        for name, size, x, y, text in runs:
            canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
