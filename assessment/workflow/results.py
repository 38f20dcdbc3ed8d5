"""Seeing the result, and publishing it."""

from __future__ import annotations

from assessment.exchange import write_dossier
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.reporting import Seen, file_from, see

__all__ = ["Seen", "publish_report", "see_result"]


def see_result(bench: Bench, opened: Opened, language: str) -> Seen:
    """Assess the answers in force and put the result into words. Screen and paper show this one report."""
    return see(opened.dossier, language, bench.today(), quick=opened.quick)


def publish_report(
    bench: Bench, opened: Opened, language: str, kind: str = "pdf", *, attach: bool = True
) -> bytes:
    """The board report as a file of one of `output.KINDS`; `attach`: a PDF holds all it was made from."""
    body = write_dossier(opened.edition, opened.dossier)
    return file_from(body, kind, language, bench.today(), attach=attach)
