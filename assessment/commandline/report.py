"""`report`: the board report of one firm, as a PDF, a text document, a workbook or a page."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from assessment import __version__
from assessment.commandline.explain import one_firm
from assessment.commandline.score import scored_or_told
from assessment.commandline.template import write_file
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, add_reading
from assessment.model.words import Catalogue

SUFFIXES: Final = ("pdf", "docx", "html")  # as `output.KINDS`, which takes a second to load


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_reading(parser, words, firm=True)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.{pdf,docx,xlsx,html}",
        help=words.text("commandline.help.report_output"),
    )
    parser.add_argument(
        "--date",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help=words.text("commandline.help.report_date"),
    )


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Score the firm, compose its report and write it."""
    kind = _kind(options.output, tools)
    entry = one_firm(options, tools)
    assessment = scored_or_told(entry, tools, certain=True)
    if assessment is None:
        return PROBLEMS
    # Charts and paper take a second to load; the other commands do without them.
    from assessment.output import render
    from assessment.report.compose import compose, view_of

    say = tools.say(assessment.edition)
    today = options.date or date.today()
    report = compose(say.edition, assessment, say.texts, say.words, today, __version__)
    view = view_of(say.edition, assessment, say.texts, say.words, today)
    write_file(tools, options.output, render(report, kind, view))
    return FINE


def _kind(output: Path, tools: Tools) -> str:
    """What to write, from the ending of the file's name. Raises `WrongUsage`."""
    kind = output.suffix.lower().removeprefix(".")
    if kind not in SUFFIXES:
        named = ", ".join(f".{suffix}" for suffix in SUFFIXES)
        raise WrongUsage(tools.text("unknown_suffix", file=output.name, known=named))
    if not output.parent.is_dir():
        raise WrongUsage(tools.text("no_file", file=output.parent))
    return kind
