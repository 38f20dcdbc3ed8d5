"""`template`: an empty file of answers with every question explained."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assessment.commandline.tools import FINE, Tools, WrongUsage, warn
from assessment.exchange.template import json_template, xlsx_template
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--xlsx", action="store_true", help=words.text("commandline.help.template_xlsx"))
    kind.add_argument("--json", action="store_true", help=words.text("commandline.help.template_json"))
    parser.add_argument("--quick", action="store_true", help=words.text("commandline.help.template_quick"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=words.text("commandline.help.output")
    )


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Write the template to a file or to standard output."""
    body = (json_template if options.json else xlsx_template)(tools.say(), quick=options.quick)
    if options.output is None:
        if sys.stdout.isatty() and not options.json:
            raise WrongUsage(tools.text("no_terminal"))
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return FINE
    write_file(tools, options.output, body)
    return FINE


def write_file(tools: Tools, file: Path, body: bytes) -> None:
    """Write a file and say so. Raises `WrongUsage` where that is not possible."""
    try:
        file.write_bytes(body)
    except OSError as error:
        raise WrongUsage(tools.text("cannot_write", file=file, reason=error.strerror)) from None
    warn(tools.text("written", file=file))
