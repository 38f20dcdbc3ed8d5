"""`account`: who may sign in where the app is hosted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, LANGUAGES, PROBLEMS, Tools, WrongUsage, table, warn
from assessment.model.words import Catalogue

if TYPE_CHECKING:
    from assessment.store import Store
    from assessment.store.members import AccountEntry

ROLES: Final = ("consultant", "programme")
_COLUMNS: Final = ("login", "name", "role", "workspace", "state", "seen")


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    def text(key: str) -> str:
        return words.text(f"access_cli.help.{key}")

    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    for name in _DEEDS:
        deed = deeds.add_parser(name, help=text(name), description=text(name))
        lang = words.text("commandline.help.lang")
        deed.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=lang)
        if name != "list":
            deed.add_argument("login", metavar="LOGIN", help=text("login"))
        if name == "add":
            deed.add_argument("--name", default="", help=text("name"))
            deed.add_argument("--role", choices=ROLES, default=ROLES[0], help=text("role"))
            deed.add_argument("--workspace", default="", metavar="NAME", help=text("workspace"))
            deed.add_argument("--no-password", action="store_true", help=text("no_password"))


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Do the one deed that was named."""
    return _DEEDS[options.deed](options, tools)


def _list(options: argparse.Namespace, tools: Tools) -> int:
    from assessment.store import outside

    del options

    def deed(url: str) -> int:
        with outside.looking(url) as keeping:
            rows = [_row(entry, tools) for entry in keeping.accounts()]
        heads = [tools.words.text(f"access_cli.columns.{name}") for name in _COLUMNS]
        print(table(heads, rows))
        return FINE

    return on_store(tools, deed)


def _row(entry: AccountEntry, tools: Tools) -> tuple[str, ...]:
    role = tools.words.text(f"access_cli.roles.{entry.role}")
    state = tools.words.text("access_cli.disabled" if entry.disabled else "access_cli.enabled")
    seen = f"{entry.last_seen:%Y-%m-%d}" if entry.last_seen else "–"
    return (entry.login, entry.name, role, entry.workspace_name, state, seen)


def _add(options: argparse.Namespace, tools: Tools) -> int:
    def deed(store: Store) -> int:
        try:
            password = None if options.no_password else _password(tools)
            made = store.accounts.add(options.login, options.name, options.role, password, options.workspace)
        except ValueError:
            raise WrongUsage(tools.words.text("access_cli.bad_login")) from None
        print(tools.words.text("access_cli.added", login=made.login, workspace=made.workspace_name))
        return FINE

    return _writing(tools, deed)


def _change(options: argparse.Namespace, tools: Tools) -> int:
    """`disable`, `enable`, `remove` and `password`."""

    def deed(store: Store) -> int:
        found = store.accounts.find(options.login)
        if found is None:
            warn(tools.words.text("access_cli.unknown", login=options.login))
            return PROBLEMS
        if options.deed == "password":
            store.accounts.set_password(found.account, _password(tools))
        else:
            getattr(store.accounts, options.deed)(found.account)
        print(tools.words.text(f"access_cli.done_{options.deed}", login=found.login))
        return FINE

    return _writing(tools, deed)


def _writing(tools: Tools, deed: Callable[[Store], int]) -> int:
    """Do it in the open store; what is refused is told in words."""
    from assessment.store import Store
    from assessment.store.members import LoginTaken
    from assessment.store.passwords import LONGEST, SHORTEST, WeakPassword

    def work(url: str) -> int:
        try:
            with Store(url) as store:
                return deed(store)
        except LoginTaken:
            warn(tools.words.text("access_cli.taken"))
        except WeakPassword:
            warn(tools.words.text("access_cli.weak", shortest=SHORTEST, longest=LONGEST))
        return PROBLEMS

    return on_store(tools, work)


def _password(tools: Tools) -> str:
    """Typed twice without echo; or the first line of standard input, if that is no terminal.

    Never an argument: arguments are seen in lists of processes and kept in the history of shells.
    """
    import getpass

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(tools.words.text("access_cli.ask"))
    if first != getpass.getpass(tools.words.text("access_cli.ask_again")):
        raise WrongUsage(tools.words.text("access_cli.differ"))
    return first


_DEEDS: Final[dict[str, Callable[[argparse.Namespace, Tools], int]]] = {
    "add": _add,
    "list": _list,
    "disable": _change,
    "enable": _change,
    "remove": _change,
    "password": _change,
}
