"""`audit`: who did what when, and whether an entry was altered."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import Any, Final

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, PROBLEMS, Tools, table, warn
from assessment.model.words import Catalogue

COLUMNS: Final = ("seq", "workspace_id", "at", "actor", "verb", "subject", "detail", "prev_hash", "hash")
SHOWN: Final = ("seq", "at", "actor", "verb", "subject", "detail")


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=words.text("keeping.help.audit_json"))
    form.add_argument("--csv", action="store_true", help=words.text("keeping.help.audit_csv"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Print the entries; exit code 1 if the chain is broken, which standard error tells either way."""
    from assessment.store import outside

    def deed(url: str) -> int:
        with outside.looking(url) as keeping:
            entries, broken = keeping.audit(), keeping.audit_broken_at()
        _print([{**entry, "at": entry["at"].isoformat()} for entry in entries], options, tools)
        if broken is not None:
            warn(tools.words.text("keeping.audit_broken", seq=broken))
            return PROBLEMS
        last = entries[-1]["hash"] if entries else "-"
        warn(tools.words.text("keeping.audit_whole", count=len(entries), hash=last))
        return FINE

    return on_store(tools, deed)


def _print(entries: list[dict[str, Any]], options: argparse.Namespace, tools: Tools) -> None:
    if options.json:
        for entry in entries:
            print(json.dumps(entry, ensure_ascii=False))
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([entry[name] for name in COLUMNS] for entry in entries)
    else:
        heads = [tools.words.text(f"keeping.columns.{name}") for name in SHOWN]
        print(table(heads, [[str(entry[name]) for name in SHOWN] for entry in entries]))
