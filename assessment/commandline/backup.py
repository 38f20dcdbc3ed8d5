"""`backup`: a copy of the whole store in one file, made while the app runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, Tools
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument("output", type=Path, metavar="OUT", help=words.text("keeping.help.backup_file"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Write the copy, read it again, say what is in it."""
    from assessment.store import outside

    def deed(url: str) -> int:
        made = outside.back_up(url, options.output)
        counts = {"firms": made.tables["firm"], "revisions": made.tables["answer_revision"]}
        print(tools.words.text("keeping.backed_up", file=options.output, schema=made.schema, **counts))
        return FINE

    return on_store(tools, deed)
