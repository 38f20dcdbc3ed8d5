"""What the commands on stored assessments share: where the store is, which firm is meant, what went wrong."""

from __future__ import annotations

import argparse
import os
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from assessment.commandline.tools import PROBLEMS, Tools, WrongUsage, warn
from assessment.model.words import Catalogue
from assessment.settings import SettingsError, read

if TYPE_CHECKING:
    from assessment.store.keeping import FirmEntry


def on_store(tools: Tools, deed: Callable[[str], int]) -> int:
    """Do it with the address of the store that the settings name; what goes wrong is told in words."""
    from assessment.store import (
        SchemaTooNew,
        StoreBusy,
        StoreError,
        Unreachable,
        dump,
        keeping,
        outside,
    )

    codes: dict[type[Exception], str] = {
        outside.NoStore: "no_store",
        outside.Outdated: "outdated",
        outside.Occupied: "occupied",
        dump.Damaged: "damaged",
        keeping.UnknownFirm: "unknown_firm",
        SchemaTooNew: "too_new",
        StoreBusy: "busy",
        Unreachable: "unreachable",
        FileExistsError: "exists",
        StoreError: "failed",
        OSError: "failed",
    }
    try:
        return deed(read(os.environ).database_url)
    except SettingsError as error:
        raise WrongUsage(str(error)) from None
    except tuple(codes) as error:
        code = next(code for kind, code in codes.items() if isinstance(error, kind))
        reason = error.strerror if isinstance(error, OSError) else str(error)
        warn(tools.words.text(f"keeping.faults.{code}", reason=reason))
        return PROBLEMS


def add_firm(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    parser.add_argument("--firm", metavar="ID", help=words.text("keeping.help.firm"))


def chosen(firms: list[FirmEntry], wanted: str, tools: Tools) -> FirmEntry | None:
    """The firm of this id or name; None, with the reason on standard error, unless there is exactly one."""
    found = [firm for firm in firms if firm.id == wanted or _plain(firm.name) == _plain(wanted)]
    if len(found) == 1:
        return found[0]
    warn(tools.words.text("keeping.several_firms" if found else "keeping.no_firm", firm=wanted))
    for firm in found:
        warn(f"{firm.id}  {firm.name}")
    return None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
