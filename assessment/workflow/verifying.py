"""Whether a PDF in hand is what the named edition and the answers in it give: made again and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from assessment import __version__
from assessment.exchange import Fault, FileFault
from assessment.output import ReportTooLong
from assessment.output.held import Held, PdfFault, difference, page_counts, read_report
from assessment.output.origin import Origin
from assessment.scoring.assess import answers_fingerprint
from assessment.workflow.reporting import Unreadable, dossier_in, file_from, known

VERIFIED = "verified"
SHORT = 12  # characters of a fingerprint that a message shows, as the report's own foot does


@dataclass(frozen=True)
class Verdict:
    """`findings`: text keys below `verify.findings` with their values, the first one decides.

    `origin`: what the file says of itself, None if it says nothing that could be read.
    """

    findings: tuple[tuple[str, Mapping[str, object]], ...]
    origin: Origin | None = None
    firm: str = ""
    digest: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def verified(self) -> bool:
        return [code for code, _ in self.findings] == [VERIFIED]


def verify(data: bytes, answers: bytes | None = None) -> Verdict:
    """Judge a PDF. `answers`: a dossier as JSON, for a report that has none inside, or to compare with it.

    Raises `PdfFault` for a file that is no report that could be read.
    """
    held = read_report(data)
    body = held.attachment if answers is None else answers
    if body is None:
        return _refused("no-answers", held)
    if held.attachment is not None and body != held.attachment:
        return _refused("other-answers", held)
    try:
        return _made_again(data, held, body)
    except FileFault as fault:
        return _refused("unknown-edition", held, edition=dict(fault.values)["found"])
    except ReportTooLong:
        return _refused("too-long", held)
    except Unreadable as wrong:
        return Verdict((("unfit-answers", {}),), held.origin, faults=wrong.faults)


def _made_again(data: bytes, held: Held, body: bytes) -> Verdict:
    origin = held.origin
    under, dossier = known(origin.edition), dossier_in(body)
    if dossier.answers.edition != under.id:
        return _refused("answers-of-other-edition", held, found=dossier.answers.edition)
    if origin.rules != under.fingerprint:
        return _refused("other-rules", held, found=origin.rules[:SHORT], here=under.fingerprint[:SHORT])
    if origin.answers != answers_fingerprint(under, dossier.answers):
        return _refused("changed-answers", held)
    if origin.language not in under.languages:
        return _refused("unknown-language", held, language=origin.language)
    try:
        today = origin.on
    except ValueError:
        return _refused("unknown-day", held, day=origin.day)
    made = file_from(body, "pdf", origin.language, today, attach=held.attachment is not None)
    firm, digest = dossier.answers.firm, hashlib.sha256(data).hexdigest()
    if made == data:
        return Verdict(((VERIFIED, {}),), origin, firm, digest)
    return Verdict(tuple(_why(data, made, origin)), origin, firm, digest)


def _why(data: bytes, made: bytes, origin: Origin) -> list[tuple[str, Mapping[str, object]]]:
    """What tells the two files apart, as far as it can be said."""
    found: list[tuple[str, Mapping[str, object]]] = []
    if origin.version != __version__:
        found.append(("other-version", {"found": origin.version, "here": __version__}))
    try:
        here, there = page_counts(data, made)
    except PdfFault:
        return [*found, ("other-bytes", {})]
    if here != there:
        found.append(("other-pages", {"found": here, "here": there}))
    where = difference(data, made)
    if where.here or where.there:
        found.append(("other-text", {"page": where.page, "found": where.here, "here": where.there}))
    elif where.page:
        found.append(("other-drawing", {"page": where.page}))
    return found if len(found) > 1 or here != there or where.page else [*found, ("other-bytes", {})]


def _refused(code: str, held: Held, **values: object) -> Verdict:
    return Verdict(((code, values),), held.origin)
