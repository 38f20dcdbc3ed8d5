"""Seeing the result, and publishing it."""

from __future__ import annotations

from dataclasses import replace

from assessment.exchange import write_dossier
from assessment.model.agenda import Dossier
from assessment.model.brand import Brand
from assessment.report.brand import LONGEST, check_brand
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.reporting import Seen, file_from, see

__all__ = ["Seen", "dossier_of", "publish_report", "see_result"]


def see_result(bench: Bench, opened: Opened, language: str) -> Seen:
    """Assess the answers in force and put the result into words. Screen and paper show this one report."""
    return see(opened.dossier, language, bench.today(), quick=opened.quick)


def dossier_of(bench: Bench, opened: Opened) -> Dossier:
    """All that a file is made from: what the firm has, and the brand of the consultant in charge."""
    kept = bench.store.brand_of(opened.record)
    if kept is None or not any((kept.name, kept.office, kept.colour, kept.logo)):
        return opened.dossier
    brand = Brand(kept.name, kept.office, kept.colour, kept.logo)
    try:
        check_brand(brand)
    except ValueError:  # kept by something else than our page: the report is signed, and looks like ours
        brand = Brand(kept.name[:LONGEST], kept.office[:LONGEST])
    return replace(opened.dossier, brand=brand)


def publish_report(
    bench: Bench, opened: Opened, language: str, kind: str = "pdf", *, attach: bool = True
) -> bytes:
    """The board report as a file of one of `output.KINDS`; `attach`: a PDF holds all it was made from."""
    body = write_dossier(opened.edition, dossier_of(bench, opened))
    return file_from(body, kind, language, bench.today(), attach=attach)
