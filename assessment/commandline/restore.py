"""`restore`: put a copy in the place of the store, wholly or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, Tools, existing
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("keeping.help.restore_file"))
    parser.add_argument("--force", action="store_true", help=words.text("keeping.help.force"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Restore, and say what is there now."""
    from assessment.store import outside

    file = existing(tools, options.file)

    def deed(url: str) -> int:
        made = outside.restore(url, file, force=options.force)
        counts = {"firms": made.tables["firm"], "revisions": made.tables["answer_revision"]}
        print(tools.words.text("keeping.restored", file=file, at=made.at[:16].replace("T", " "), **counts))
        return FINE

    return on_store(tools, deed)
