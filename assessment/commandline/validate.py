"""`validate`: everything that is impossible, unusual or open in answers."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date

from assessment.answering.texts import check_text
from assessment.answering.validation import check_answers
from assessment.commandline.tools import FINE, PROBLEMS, Tools, add_reading, edition_of, printable, warn
from assessment.exchange import Incoming
from assessment.model.problems import AnswerProblem, Severity
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_reading(parser, words)


def run(options: argparse.Namespace, tools: Tools) -> int:
    """List the problems on standard error and a summary a firm on standard output."""
    code = FINE
    for entry in tools.incoming(options.file):
        unread = tools.complain(entry)
        if unread and not entry.answers.replies:
            code = PROBLEMS
            continue
        found = problems_of(entry)
        for problem in found:
            warn(line(tools, entry, problem))
        print(_summary(tools, entry, found))
        if unread or any(p.severity is Severity.REFUSE for p in found):
            code = PROBLEMS
    return code


def problems_of(entry: Incoming) -> tuple[AnswerProblem, ...]:
    """The problems of one firm as of today."""
    return check_answers(edition_of(entry.answers.edition), entry.answers, date.today())


def line(tools: Tools, entry: Incoming, problem: AnswerProblem) -> str:
    """One problem in one line: firm, how bad, fields, what is wrong, what is expected."""
    say = tools.say(entry.answers.edition)
    wrong, expected = check_text(problem, say.texts, say.words)
    severity = tools.text(f"validate.{problem.severity}")
    if problem.confirmed:
        severity = tools.text("validate.confirmed", reason=problem.confirmed)
    return tools.text(
        "validate.line",
        firm=tools.name(entry),
        severity=severity,
        fields=", ".join(problem.fields[:6]),
        problem=wrong,
        expected=expected,
        code=problem.code.rpartition(".")[2],
    )


def _summary(tools: Tools, entry: Incoming, found: tuple[AnswerProblem, ...]) -> str:
    counts = Counter("confirmed" if p.confirmed else str(p.severity) for p in found)
    names = ("refuse", "warn", "confirmed", "open")
    return printable(tools.text("validate.summary", firm=tools.name(entry), **{n: counts[n] for n in names}))
