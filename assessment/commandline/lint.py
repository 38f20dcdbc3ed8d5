"""`lint`: everything that is wrong with editions, all at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from assessment.commandline.tools import FINE, PROBLEMS, Tools, WrongUsage, warn
from assessment.content.lint import lint, lint_all
from assessment.content.load import EDITIONS
from assessment.model.problems import Problem
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument(
        "edition_folder",
        nargs="?",
        default="",
        metavar="EDITION",
        help=words.text("commandline.help.lint_edition"),
    )


def run(options: argparse.Namespace, tools: Tools) -> int:
    """List the faults on standard error, a line a fault."""
    name, found = _looked_at(options.edition_folder, tools)
    for problem in found:
        warn(str(problem))
    print(tools.text("lint.faulty" if found else "lint.fine", edition=name, count=len(found)))
    return PROBLEMS if found else FINE


def _looked_at(wanted: str, tools: Tools) -> tuple[str, list[Problem]]:
    if not wanted:
        return str(EDITIONS.name), lint_all()
    for folder in (EDITIONS / wanted, Path(wanted)):
        if (folder / "edition.toml").is_file():
            return wanted, lint(folder)
        if folder.is_dir() and any(folder.rglob("edition.toml")):
            return wanted, lint_all(folder)
    raise WrongUsage(tools.text("no_file", file=Path(wanted) / "edition.toml"))
