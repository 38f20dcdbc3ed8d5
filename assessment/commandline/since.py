"""`--since OLD`: the assessment that a report is compared with."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from assessment.commandline.score import scored_or_told
from assessment.commandline.tools import Tools, WrongUsage, existing, warn
from assessment.exchange import Incoming
from assessment.model.agenda import Earlier
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    """The file of the earlier answers, and when they were given: answers of a file bear no date."""
    parser.add_argument(
        "--since", type=Path, default=None, metavar="OLD.json", help=words.text("since.help.since")
    )
    parser.add_argument(
        "--since-date",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help=words.text("since.help.date"),
    )


def with_earlier(entry: Incoming, options: argparse.Namespace, tools: Tools) -> Incoming | None:
    """The firm with the assessment of `--since` before it; None with what is wrong on standard error.

    Without `--since` it is as it came: a JSON file may hold the assessment before. Raises `WrongUsage`.
    """
    if options.since is None:
        if options.since_date is not None:
            raise WrongUsage(tools.words.text("since.told.date_alone"))
        return entry
    found = list(islice(tools.incoming(existing(tools, options.since)), 2))
    if len(found) != 1:
        raise WrongUsage(tools.words.text("since.told.one_firm", file=options.since))
    (old,) = found
    if scored_or_told(old, tools) is None or not _leads(old, entry, tools):
        return None
    return replace(entry, earlier=Earlier(old.answers, options.since_date, old.agenda.actions))


def _leads(old: Incoming, new: Incoming, tools: Tools) -> bool:
    """Whether the answers can be compared: under one edition, or one that says what became of the other."""
    # The store comes along with it, and the other commands do without.
    from assessment.workflow.reassessing import way_from

    then, now = old.answers.edition, new.answers.edition
    if then == now or way_from(then, now) is not None:
        return True
    warn(tools.words.text("since.told.no_way", old=then, new=now))
    return False
