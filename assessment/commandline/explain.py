"""`explain`: the tree of reasons behind a result, down to the answers and the sections of the sources."""

from __future__ import annotations

import argparse
import json
from itertools import islice

from assessment.commandline import chains, reasons
from assessment.commandline.score import scored_or_told
from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, add_reading, edition_of
from assessment.exchange import Incoming
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.report.chain.grounds import FUNCTIONS
from assessment.scoring.trace import as_data, traced


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    add_reading(parser, words, firm=True)
    parser.add_argument(
        "target",
        nargs="?",
        default="",
        metavar="ID",
        help=words.text("commandline.help.target"),
    )
    parser.add_argument("--json", action="store_true", help=words.text("commandline.help.json"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Print the reasons for one firm."""
    entry = one_firm(options, tools)
    assessment = scored_or_told(entry, tools)
    if assessment is None:
        return PROBLEMS
    edition = edition_of(assessment.edition)
    targets = targets_of(edition, options.target, tools)
    reasoned = [t for t in targets if t in edition.indexes or t in edition.indicators]
    trees = [reasons.tree(tools.say(assessment.edition), assessment, target) for target in reasoned]
    nodes = traced(edition, assessment.answers, targets)
    if options.json:
        found = {"firm": entry.answers.firm, "reasons": trees, "trace": [as_data(node) for node in nodes]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        others = [chains.as_text(tools, assessment, node) for node in nodes if node.id not in reasoned]
        print("\n\n".join([*(reasons.as_text(tools, t) for t in trees), *others]))
    return FINE


def targets_of(edition: Edition, target: str, tools: Tools) -> tuple[str, ...]:
    """The dilemmas, or the one thing with a number that was named (in any case). Raises `WrongUsage`."""
    rows = (FUNCTIONS, *edition.rows[FUNCTIONS]) if FUNCTIONS in edition.rows else ()
    more = (*edition.question, *rows, *edition.countermeasures, *edition.evidence)
    known = {id_.lower(): id_ for id_ in (*more, *edition.indexes, *edition.indicators)}
    known |= {component.lower(): index for component, index in edition.components.items()}
    if not target:
        return edition.dilemmas
    if target.lower() not in known:
        listed = ", ".join((*edition.indexes, *edition.indicators))
        raise WrongUsage(tools.text("no_target", name=target[:40], known=listed))
    return (known[target.lower()],)


def one_firm(options: argparse.Namespace, tools: Tools) -> Incoming:
    """The firm the command is about. Raises `WrongUsage` if a file of many does not say which."""
    entries = tools.incoming(options.file)
    if options.firm:
        return _named(options, tools)
    first = list(islice(entries, 2))
    if len(first) > 1:
        raise WrongUsage(tools.text("one_firm_only", file=options.file))
    return first[0]


def _named(options: argparse.Namespace, tools: Tools) -> Incoming:
    for entry in tools.incoming(options.file):
        if options.firm in (entry.answers.firm, str(entry.row or ""), entry.file):
            return entry
    raise WrongUsage(tools.text("no_firm", file=options.file, firm=options.firm[:80]))
