"""`export`: all of a firm's data in one file."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Final

from assessment.commandline.storage import add_firm, chosen, on_store
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage
from assessment.model.words import Catalogue

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_firm(parser, words)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help=words.text("keeping.help.export_file")
    )


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Write JSON to a new file that its owner alone can read, or to standard output."""
    from assessment.store import outside

    if not options.firm:
        raise WrongUsage(tools.words.text("keeping.which_firm"))

    def deed(url: str) -> int:
        with outside.looking(url) as keeping:
            firm = chosen(keeping.firms(), options.firm, tools)
            if firm is None:
                return PROBLEMS
            text = json.dumps(keeping.export_firm(firm.id), ensure_ascii=False, indent=1) + "\n"
        if options.output is None:
            print(text, end="")
        else:
            with os.fdopen(os.open(options.output, _NEW, 0o600), "w", encoding="utf-8") as out:
                out.write(text)
        return FINE

    return on_store(tools, deed)
