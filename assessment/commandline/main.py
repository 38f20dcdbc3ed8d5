"""Reads the arguments, runs one command, and turns what went wrong into messages and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from assessment import __version__
from assessment.commandline import (
    account,
    audit,
    backup,
    erase,
    explain,
    export,
    firms,
    lint,
    report,
    restore,
    retention,
    score,
    template,
    validate,
    verify,
)
from assessment.commandline.tools import (
    FINE,
    LANGUAGES,
    PROBLEMS,
    WRONG_USAGE,
    Tools,
    WrongUsage,
    default_edition,
    warn,
    words_in,
)
from assessment.content.load import edition_ids
from assessment.exchange import FileFault
from assessment.model.problems import UserError
from assessment.model.words import Catalogue

COMMANDS: dict[str, ModuleType] = {
    "template": template,
    "validate": validate,
    "score": score,
    "explain": explain,
    "report": report,
    "verify": verify,
    "lint": lint,
    "backup": backup,
    "restore": restore,
    "firms": firms,
    "audit": audit,
    "export": export,
    "erase": erase,
    "retention": retention,
    "account": account,
}
# These look at no answers in files, or at all editions.
WITHOUT_EDITION = {"lint", "backup", "restore", "firms", "audit", "export", "erase", "retention", "account"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):  # a stream put in place by a caller
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    parser = build_parser(words_in(_language(given)))
    options = parser.parse_args(given)
    try:
        return int(COMMANDS[options.command].run(options, _tools(options)))
    except WrongUsage as wrong:
        warn(str(wrong))
        return WRONG_USAGE
    except UserError as error:
        for problem in error.problems:
            warn(str(problem))
        return PROBLEMS
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130


def build_parser(words: Catalogue) -> argparse.ArgumentParser:
    """The parser with every command."""
    parser = argparse.ArgumentParser(
        prog="python -m assessment",
        description=words.text("commandline.program"),
        epilog=words.text("commandline.after"),
    )
    version = f"assessment {__version__} · {', '.join(edition_ids())}"
    parser.add_argument(
        "--version", action="version", version=version, help=words.text("commandline.help.version")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=words.text(f"commandline.help.{name}"),
            description=words.text(f"commandline.help.{name}"),
        )
        sub.add_argument(
            "--lang", choices=LANGUAGES, default=LANGUAGES[0], help=words.text("commandline.help.lang")
        )
        if name not in WITHOUT_EDITION:
            sub.add_argument(
                "--edition", default=default_edition(), help=words.text("commandline.help.edition")
            )
        module.add(sub, words)
    return parser


def _language(arguments: Sequence[str]) -> str:
    """The language of the help itself, known before the arguments are parsed."""
    joined = " ".join(arguments)
    return next(
        (lang for lang in LANGUAGES if f"--lang {lang}" in joined or f"--lang={lang}" in joined), LANGUAGES[0]
    )


def _tools(options: argparse.Namespace) -> Tools:
    tools = Tools(
        options.lang,
        getattr(options, "edition", default_edition()),
        getattr(options, "encoding", ""),
        getattr(options, "decimal", ""),
        getattr(options, "percent", ""),
    )
    if tools.edition_id not in edition_ids():
        raise WrongUsage(tools.text("no_edition", edition=tools.edition_id, known=", ".join(edition_ids())))
    return tools


__all__ = ["COMMANDS", "FileFault", "build_parser", "main"]
