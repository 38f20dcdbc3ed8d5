"""`report`: the board report of one firm, as a PDF, a text document, a workbook or a page."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from assessment.commandline import bulk, since
from assessment.commandline.explain import one_firm
from assessment.commandline.score import scored_or_told
from assessment.commandline.template import write_file
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, add_reading
from assessment.exchange import write_dossier
from assessment.model.words import Catalogue

SUFFIXES: Final = ("pdf", "docx", "xlsx", "html")  # as `output.KINDS`, which takes a second to load


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
    parser.add_argument("--no-attachment", action="store_true", help=words.text("bulk.help.no_attachment"))
    since.add(parser, words)
    bulk.add(parser, words)


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Score the firm, compose its report and write it."""
    if bulk.wanted(options):
        if options.since is not None:
            raise WrongUsage(tools.words.text("since.told.bulk"))
        return bulk.run(options, tools)
    kind = _kind(options.output, tools)
    entry = since.with_earlier(one_firm(options, tools), options, tools)
    if entry is None or scored_or_told(entry, tools) is None:
        return PROBLEMS
    # Charts and paper take a second to load; the other commands do without them.
    from assessment.workflow.reporting import file_from

    body = write_dossier(tools.say(entry.answers.edition).edition, entry.dossier)
    today, attach = options.date or date.today(), not options.no_attachment
    write_file(tools, options.output, file_from(body, kind, tools.language, today, attach=attach))
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
