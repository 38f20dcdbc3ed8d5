"""What the board report costs, against a bare reportlab canvas that sets the same text on as many pages."""

from __future__ import annotations

from datetime import date
from functools import partial

from assessment import __version__
from assessment.content.cases import load_cases
from assessment.output import render_pdf
from assessment.report.compose import compose
from assessment.report.document import Report
from assessment.scoring.assess import assess
from assessment.workflow.bench import CURRENT_EDITION, edition, texts, words
from tests.bench.timing import side_by_side
from tests.output.bare_canvas import draw_bare, placed_runs

CASE, LANGUAGES, RUNS = "own_brand_machine_maker", ("en", "zh"), 7


def reports() -> None:
    """A warm report from the answers to the bytes, against the bare canvas."""
    under = edition(CURRENT_EDITION)
    case = next(c for c in load_cases(under) if c.id == CASE)

    def said(language: str) -> Report:
        catalogues = texts(under.id, language), words(language)
        return compose(under, assess(under, case.answers), *catalogues, date(2026, 5, 1), __version__)

    print(f"A board report, warm, from answers to bytes (processor time, median of {RUNS}):")
    for language in LANGUAGES:
        report = said(language)
        pages = len(placed_runs(report))
        whole = lambda language=language: render_pdf(said(language))  # noqa: E731
        works = {"whole": whole, "bare": partial(draw_bare, report)}
        for work in works.values():
            work()
        found = side_by_side(works, RUNS)
        ratio = found["whole"] / found["bare"]
        print(
            f"  {language}, {pages} pages: {found['whole']:.0f} ms, bare canvas {found['bare']:.0f} ms, "
            f"ratio {ratio:.1f}  (aim: at most 5, about 250 ms)"
        )
