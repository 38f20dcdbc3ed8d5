"""The one way from a dossier to its report: for the screen, for files, and to verify a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assessment import __version__
from assessment.answering.validation import check_answers
from assessment.content.load import edition_ids
from assessment.exchange import Desk, Fault, FileFault, Reader, read_json
from assessment.model.agenda import Dossier
from assessment.model.edition import Edition
from assessment.model.results import Assessment
from assessment.output import Attachment, render
from assessment.report.compose import compose, view_of
from assessment.report.document import Report
from assessment.report.view import View
from assessment.scoring.assess import assess
from assessment.scoring.outlook import outlook
from assessment.workflow.bench import edition, texts, words
from assessment.workflow.reassessing import compared


class Unreadable(Exception):
    """A dossier that cannot be read: everything that is wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(fault.code for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Seen:
    """What was computed for a firm, and the report that says it."""

    result: Assessment
    report: Report
    view: View


def see(dossier: Dossier, language: str, today: date, *, quick: bool = False) -> Seen:
    """Assess a firm and put the result into words.

    Pure but for reading editions and words: the same arguments give the same value on the same version, or
    a report could not be verified. What a report is made from besides belongs into the dossier.
    """
    under = edition(dossier.answers.edition)
    problems = check_answers(under, dossier.answers, today, quick=quick)
    result = assess(under, dossier.answers, problems, certain=True)
    catalogues = texts(under.id, language), words(language)
    ahead = outlook(under, dossier.answers, result, dossier.agenda)
    moved = compared(under, dossier.answers, dossier.earlier)
    since = None if moved is None or dossier.earlier is None else (moved, dossier.earlier.on)
    report = compose(
        under, result, *catalogues, today, __version__, ahead, since, dossier.workshop, dossier.brand
    )
    return Seen(result, report, view_of(under, result, *catalogues, today, ahead))


def report_from(body: bytes, language: str, today: date) -> Report:
    """The report that a dossier gives: `body` is its JSON (`exchange.write_dossier`). Raises `Unreadable`."""
    return see(dossier_in(body), language, today).report


def file_from(body: bytes, kind: str, language: str, today: date, *, attach: bool = True) -> bytes:
    """The same as a file of one of `output.KINDS`. Raises `Unreadable`, `output.ReportTooLong`.

    `attach`: a PDF holds the dossier. Whoever gets the file gets the answers then, and can verify it.
    """
    seen = see(dossier_in(body), language, today)
    inside = Attachment(body, words(language).text("verify.attachment")) if attach else None
    return render(seen.report, kind, seen.view, inside)


def dossier_in(body: bytes, file: str = "answers.json") -> Dossier:
    """The dossier in a JSON file. Raises `Unreadable`."""
    try:
        found = read_json(body, file, Desk(_reader, ""))
    except FileFault as fault:
        raise Unreadable(fault.at(file)) from None
    if found.faults:
        raise Unreadable(*found.faults)
    return found.dossier


def _reader(edition_id: str) -> Reader:
    return Reader(known(edition_id))


def known(edition_id: str) -> Edition:
    """The edition with an id that somebody else wrote. Raises `FileFault`."""
    if edition_id not in edition_ids():
        raise FileFault("no-such-edition", found=edition_id[:80], allowed=", ".join(edition_ids()))
    return edition(edition_id)
