"""`erase`: all data of one firm, or of those whose retention period is over."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assessment.commandline.storage import add_firm, chosen, on_store
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, warn
from assessment.model.words import Catalogue

if TYPE_CHECKING:
    from assessment.store.keeping import Keeping


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_firm(parser, words)
    parser.add_argument("--expired", action="store_true", help=words.text("keeping.help.expired"))
    parser.add_argument("--yes", action="store_true", help=words.text("keeping.help.yes"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Erase; without `--yes` only say what would be erased, with exit code 1."""
    from assessment.store import Store

    if bool(options.firm) == options.expired:
        raise WrongUsage(tools.words.text("keeping.firm_or_expired"))

    def deed(url: str) -> int:
        with Store(url) as store:
            return _erase(store.keeping(), options, tools)

    return on_store(tools, deed)


def _erase(keeping: Keeping, options: argparse.Namespace, tools: Tools) -> int:
    firms = keeping.firms()
    if options.expired:
        over = set(keeping.expired())
        meant = [firm for firm in firms if firm.id in over]
    else:
        one = chosen(firms, options.firm, tools)
        if one is None:
            return PROBLEMS
        meant = [one]
    for firm in meant:
        print(f"{firm.id}  {firm.name}")
    if not options.yes:
        warn(tools.words.text("keeping.not_erased", count=len(meant)))
        return PROBLEMS
    if options.expired:
        keeping.erase_expired(actor="command line")
    else:
        keeping.erase_firm(meant[0].id, actor="command line")
    print(tools.words.text("keeping.erased", count=len(meant)))
    return FINE
