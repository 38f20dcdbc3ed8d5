"""Seeing the result, and publishing it."""

from __future__ import annotations

from dataclasses import dataclass

from assessment import __version__
from assessment.answering.validation import check_answers
from assessment.model.results import Assessment as Result
from assessment.output import render
from assessment.report.compose import compose, view_of
from assessment.report.document import Report
from assessment.report.view import View
from assessment.scoring.assess import assess
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened


@dataclass(frozen=True)
class Seen:
    """What was computed for a firm, and the report that says it."""

    result: Result
    report: Report
    view: View


def see_result(bench: Bench, opened: Opened, language: str) -> Seen:
    """Assess the answers in force and put the result into words. Screen and paper show this one report."""
    today = bench.today()
    problems = check_answers(opened.edition, opened.answers, today, quick=opened.quick)
    result = assess(opened.edition, opened.answers, problems, certain=True)
    catalogues = texts(opened.edition.id, language), words(language)
    report = compose(opened.edition, result, *catalogues, today, __version__)
    return Seen(result, report, view_of(opened.edition, result, *catalogues, today))


def publish_report(bench: Bench, opened: Opened, language: str, kind: str = "pdf") -> bytes:
    """The board report as a file of one of `output.KINDS`."""
    seen = see_result(bench, opened, language)
    return render(seen.report, kind, seen.view)
