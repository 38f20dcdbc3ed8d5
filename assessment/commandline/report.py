"""`report`: the board report of one firm as PDF."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from assessment import __version__
from assessment.commandline.explain import one_firm
from assessment.commandline.score import scored_or_told
from assessment.commandline.template import write_file
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, add_reading
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_reading(parser, words, firm=True)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.pdf",
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
    if not options.output.parent.is_dir():
        raise WrongUsage(tools.text("no_file", file=options.output.parent))
    entry = one_firm(options, tools)
    assessment = scored_or_told(entry, tools, certain=True)
    if assessment is None:
        return PROBLEMS
    # Charts and paper take a second to load; the other commands do without them.
    from assessment.output import render_pdf
    from assessment.report.compose import compose

    say = tools.say(assessment.edition)
    today = options.date or date.today()
    report = compose(say.edition, assessment, say.texts, say.words, today, __version__)
    write_file(tools, options.output, render_pdf(report))
    return FINE
