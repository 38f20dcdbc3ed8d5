"""`verify`: whether a report in hand is what its edition and its answers give."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.commandline.tools import FINE, PROBLEMS, Tools, existing, printable, warn
from assessment.exchange import FileFault, Incoming, write_dossier
from assessment.exchange.reading import fault_of, read_one
from assessment.model.words import Catalogue

if TYPE_CHECKING:
    from assessment.workflow.verifying import Verdict


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument("file", type=Path, metavar="REPORT.pdf", help=words.text("verify.help.file"))
    parser.add_argument("--answers", type=Path, metavar="FILE", help=words.text("verify.help.answers"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Print the verdict: on standard output if the report is verified, else on standard error."""
    from assessment.output.held import LARGEST, PdfFault
    from assessment.workflow.verifying import verify

    file = existing(tools, options.file)
    answers = None
    if options.answers is not None:
        answers = _answers(existing(tools, options.answers), tools)
        if answers is None:
            return PROBLEMS
    try:
        with file.open("rb") as stream:
            verdict = verify(stream.read(LARGEST + 1), answers)
    except OSError as error:
        return _refuse(tools, file, tools.words.text("verify.faults.unreadable", reason=error.strerror))
    except PdfFault as fault:
        return _refuse(tools, file, tools.words.text(f"verify.faults.{fault.code}", **fault.values))
    return _tell(tools, file, verdict)


def _answers(file: Path, tools: Tools) -> bytes | None:
    """The answers in a file as the report would hold them; None with what is wrong on standard error."""
    try:
        entry: Incoming = read_one(file, tools.desk)
    except FileFault as fault:
        warn(str(tools.problem(fault_of(file, fault))))
        return None
    if tools.complain(entry):
        return None
    return write_dossier(tools.say(entry.answers.edition).edition, entry.dossier)


def _refuse(tools: Tools, file: Path, *reasons: str) -> int:
    warn(tools.words.text("verify.not_verified", file=file.name))
    for reason in reasons:
        warn(f"- {reason}")
    return PROBLEMS


def _tell(tools: Tools, file: Path, verdict: Verdict) -> int:
    text = tools.words.text
    if verdict.verified and verdict.origin:
        origin = verdict.origin
        print(printable(text("verify.verified", file=file.name, firm=verdict.firm or text("verify.unnamed"))))
        language = text(f"verify.languages.{origin.language}")
        print(
            text(
                "verify.facts",
                edition=origin.edition,
                day=origin.day,
                language=language,
                version=origin.version,
            )
        )
        print(text("verify.prints", rules=origin.rules, answers=origin.answers, file=verdict.digest))
        print(text("verify.means"))
        return FINE
    code = _refuse(
        tools, file, *(text(f"verify.findings.{name}", **values) for name, values in verdict.findings)
    )
    for fault in verdict.faults:
        warn(str(tools.problem(fault)))
    return code
