"""Opening the chain behind one number."""

from __future__ import annotations

from assessment.report.chain.grounds import kind_of
from assessment.report.chain.page import chain, traced_by
from assessment.report.compose import view_of
from assessment.report.document import Part
from assessment.scoring.assess import assess
from assessment.scoring.trace import traced
from assessment.workflow.bench import Bench, texts, words
from assessment.workflow.opening import Opened


def see_chain(bench: Bench, opened: Opened, language: str, of: str) -> Part | None:
    """Where a number comes from, from the answers in force; None if nothing bears the id."""
    edition = opened.edition
    kind = kind_of(edition, of)
    if not kind:
        return None
    result = assess(edition, opened.answers, certain=kind == "dilemma")
    view = view_of(edition, result, texts(edition.id, language), words(language), bench.today())
    (tree,) = traced(edition, opened.answers, [traced_by(view, of)])
    return chain(view, of, tree)
