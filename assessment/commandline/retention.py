"""`retention`: how long a firm's data stay after its last change."""

from __future__ import annotations

import argparse

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, Tools, WrongUsage
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument("days", nargs="?", metavar="DAYS", help=words.text("keeping.help.days"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Set the period if one is given; say what it is."""
    from assessment.store import Store, outside

    given = options.days
    if given not in (None, "none") and not (given.isdecimal() and int(given)):
        raise WrongUsage(tools.words.text("keeping.bad_days", days=given))

    def deed(url: str) -> int:
        if given is not None:
            with Store(url) as store:
                store.keeping().set_retention(None if given == "none" else int(given), actor="command line")
        with outside.looking(url) as keeping:
            days, over = keeping.retention(), len(keeping.expired())
        key = "keeping.no_period" if days is None else "keeping.period"
        print(tools.words.text(key, days=days or 0, count=over))
        return FINE

    return on_store(tools, deed)
