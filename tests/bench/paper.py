"""What the board report costs, against a bare reportlab canvas that sets the same text on as many pages."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from statistics import median

from assessment.model.agenda import Dossier
from assessment.model.answers import Answers
from assessment.output import render_pdf
from assessment.workflow.bench import CURRENT_EDITION, edition
from assessment.workflow.reporting import Seen, see
from tests.bench.cohort import DAY, like_the_cases
from tests.bench.timing import processor_ms
from tests.output.bare_canvas import draw_bare, placed_runs

LANGUAGES, FIRMS, SEED = ("en", "zh"), 12, 1
WARMING = 24  # firms before the clock runs, one like each worked case


def reports() -> None:
    """Reports nobody made before, in a process that has made others, in turns with the bare canvas."""
    firms = list(like_the_cases(edition(CURRENT_EDITION), WARMING + FIRMS, SEED))
    print(f"A board report, warm, each of another firm (processor time, median of {FIRMS} firms):")
    for language in LANGUAGES:
        for answers in firms[:WARMING]:
            render_pdf(see(Dossier(answers), language, DAY).report)
        gc.freeze()  # as the server and the workers of `report --all` do
        taken = zip(*_times(firms[WARMING:], language), strict=True)
        seeing, building, bare = (median(times) for times in taken)
        print(
            f"  {language}: the PDF from its report {building:.0f} ms, bare canvas {bare:.0f} ms, "
            f"ratio {building / bare:.1f}  (aim: at most 5)"
        )
        print(
            f"      with computing and composing before it, {seeing:.0f} ms: from answers to bytes "
            f"{seeing + building:.0f} ms, ratio {(seeing + building) / bare:.1f}  (aim: about 250 ms)"
        )


def _times(firms: Iterable[Answers], language: str) -> Iterator[tuple[float, float, float]]:
    """For each firm: from answers to the report, from the report to bytes, the same words bare."""
    for answers in firms:
        done: list[Seen] = []
        seeing = processor_ms(lambda: done.append(see(Dossier(answers), language, DAY)))  # noqa: B023
        report = done[0].report
        building = processor_ms(lambda: render_pdf(report))  # noqa: B023
        placed_runs(report)  # the bare canvas gets its words handed in
        yield seeing, building, processor_ms(lambda: draw_bare(report))  # noqa: B023
