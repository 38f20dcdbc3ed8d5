"""The one way from a dossier to its report: for the screen's files, the command line, and to verify a PDF."""

from __future__ import annotations

from datetime import date

from assessment import __version__
from assessment.answering.validation import check_answers, impossible
from assessment.content.load import edition_ids
from assessment.exchange import Desk, Fault, FileFault, Reader, read_json
from assessment.model.agenda import Dossier
from assessment.model.edition import Edition
from assessment.model.problems import AnswerProblem
from assessment.output import render_pdf
from assessment.output.attachment import Attachment
from assessment.report.compose import compose
from assessment.report.document import Report
from assessment.scoring.assess import assess
from assessment.workflow.bench import edition, texts, words


class NotFit(Exception):
    """No report can be made: the dossier cannot be read (`faults`), or holds what cannot be (`problems`)."""

    def __init__(self, faults: tuple[Fault, ...] = (), problems: tuple[AnswerProblem, ...] = ()) -> None:
        super().__init__(*(fault.code for fault in faults), *(problem.code for problem in problems))
        self.faults = faults
        self.problems = problems


def report_from(body: bytes, language: str, today: date) -> Report:
    """The report that a dossier gives: `body` is its JSON (`exchange.write_dossier`). Raises `NotFit`.

    Pure but for reading editions and words: the same arguments give the same value on the same version.
    """
    return report_of(dossier_in(body), language, today)


def report_of(dossier: Dossier, language: str, today: date) -> Report:
    """The same for a dossier that was read already. Raises `NotFit`."""
    under = edition(dossier.answers.edition)
    problems = check_answers(under, dossier.answers, today)
    if refused := impossible(problems):
        raise NotFit(problems=refused)
    result = assess(under, dossier.answers, problems, certain=True)
    return compose(under, result, texts(under.id, language), words(language), today, __version__)


def pdf_from(body: bytes, language: str, today: date, *, attach: bool = True) -> bytes:
    """The same as PDF, with the dossier inside if wanted: whoever gets the file gets the answers then."""
    dossier = dossier_in(body)
    report = report_of(dossier, language, today)
    rules = edition(dossier.answers.edition).fingerprint
    return render_pdf(report, attachment=attached(body, language) if attach else None, rules=rules)


def attached(body: bytes, language: str) -> Attachment:
    """The dossier as a file inside a report."""
    return Attachment(body, words(language).text("verify.attachment"))


def dossier_in(body: bytes, file: str = "answers.json") -> Dossier:
    """The dossier in a JSON file. Raises `NotFit` with everything that cannot be read."""
    try:
        found = read_json(body, file, Desk(_reader, ""))
    except FileFault as fault:
        raise NotFit((fault.at(file),)) from None
    if found.faults:
        raise NotFit(found.faults)
    return found.dossier


def _reader(edition_id: str) -> Reader:
    return Reader(known(edition_id))


def known(edition_id: str) -> Edition:
    """The edition with an id that somebody else wrote. Raises `FileFault`."""
    if edition_id not in edition_ids():
        raise FileFault("no-such-edition", found=edition_id[:80], allowed=", ".join(edition_ids()))
    return edition(edition_id)
