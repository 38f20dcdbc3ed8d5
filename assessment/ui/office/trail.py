"""The audit trail as a file: CSV for a spreadsheet, JSON as it is chained."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

COLUMNS: Final = ("seq", "at", "actor", "verb", "subject", "detail", "prev_hash", "hash")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Entries = Sequence[Mapping[str, Any]]


def as_csv(entries: Entries) -> tuple[str, str, bytes]:
    """One row an entry. No cell can be taken for a formula. With a mark that spreadsheets know UTF-8 by."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(_text(entry[column])) for column in COLUMNS] for entry in entries)
    return "audit.csv", "text/csv", out.getvalue().encode("utf-8-sig")


def as_json(entries: Entries) -> tuple[str, str, bytes]:
    """Everything that goes into the chain, so that it can be checked elsewhere."""
    plain = [{name: _plain(value) for name, value in entry.items()} for entry in entries]
    return "audit.json", "application/json", json.dumps(plain, ensure_ascii=False, indent=1).encode()


FORMATS: Final[Mapping[str, Callable[[Entries], tuple[str, str, bytes]]]] = {
    "audit.csv": as_csv,
    "audit.json": as_json,
}


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else _text(value)


def _text(value: Any) -> str:
    """A moment to the microsecond, as the chain has it."""
    return value.isoformat(timespec="microseconds") if hasattr(value, "isoformat") else str(value)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
