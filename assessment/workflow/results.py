"""Seeing the result, and publishing it."""

from __future__ import annotations

from dataclasses import dataclass

from assessment import __version__
from assessment.answering.validation import check_answers
from assessment.model.results import Assessment as Result
from assessment.output import render_pdf
from assessment.report.compose import compose
from assessment.report.document import Report
from assessment.scoring.assess import assess
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened


@dataclass(frozen=True)
class Seen:
    """What was computed for a firm, and the report that says it."""

    result: Result
    report: Report


def see_result(bench: Bench, opened: Opened, language: str) -> Seen:
    """Assess the answers in force and put the result into words. Screen and paper show this one report."""
    today = bench.today()
    problems = check_answers(opened.edition, opened.answers, today, quick=opened.quick)
    result = assess(opened.edition, opened.answers, problems, certain=True)
    catalogues = texts(opened.edition.id, language), words(language)
    return Seen(result, compose(opened.edition, result, *catalogues, today, __version__))


def publish_report(bench: Bench, opened: Opened, language: str) -> bytes:
    """The board report as PDF."""
    return render_pdf(see_result(bench, opened, language).report)
