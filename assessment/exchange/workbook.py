"""Workbooks in and out: reading happens in a child process, writing never makes a formula."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from assessment.exchange import child
from assessment.exchange.cells import CellValue
from assessment.exchange.faults import FileFault

LARGEST_FILE: Final = 20 << 20  # bytes
SECONDS: Final = 30.0  # on the wall; processor time is bounded in the child


@dataclass(frozen=True, slots=True)
class DateCell:
    """A cell that the spreadsheet turned into a date."""

    text: str


SheetValue = CellValue | DateCell


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet. `rows`: (row number from 1, values from column A on)."""

    name: str
    rows: list[tuple[int, list[SheetValue]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose formula failed (`error-cell`) or was never computed (`formula-without-value`)."""

    sheet: str
    cell: str
    code: str


@dataclass(slots=True)
class Workbook:
    """The sheets that were asked for, by name, and cells without a usable value."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    bad_cells: list[BadCell] = field(default_factory=list)


def read_workbook(body: bytes, wanted: tuple[str, ...], seconds: float = SECONDS) -> Workbook:
    """The wanted sheets, or the first sheet if none of them is there. Raises `FileFault`."""
    if len(body) > LARGEST_FILE:
        raise FileFault("file-too-large", most=f"{LARGEST_FILE >> 20} MB")
    if body[:4] == b"\xd0\xcf\x11\xe0":
        raise FileFault("old-or-encrypted")
    return _collect(_lines(_run(body, wanted, seconds)))


def _run(body: bytes, wanted: tuple[str, ...], seconds: float) -> bytes:
    """What the child wrote. It sees neither this process's environment nor its paths."""
    command = [sys.executable, "-I", str(Path(child.__file__)), *wanted]
    needed = {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "PATH", "LANG")}
    try:
        done = subprocess.run(
            command, input=body, capture_output=True, timeout=seconds, env=needed, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileFault("workbook-too-slow", seconds=int(seconds)) from None
    if done.returncode != 0:
        raise FileFault("workbook-died")
    return done.stdout


def _lines(output: bytes) -> Iterator[list[Any]]:
    for line in output.splitlines():
        yield json.loads(line)


def _collect(items: Iterator[list[Any]]) -> Workbook:
    book, sheet, first, ended = Workbook(), Sheet(""), 0, False
    for kind, *rest in items:
        match kind:
            case "refused":
                raise FileFault(f"workbook-{rest[0]}", detail=rest[1])
            case "faulty":
                book.bad_cells = [BadCell(f["sheet"], f["cell"], f["code"]) for f in rest[0]]
            case "sheet":
                sheet, first = Sheet(rest[0]), rest[1]
                book.sheets[sheet.name] = sheet
            case "row":
                sheet.rows.append((rest[0], [None] * first + [_value(v) for v in rest[1]]))
            case "end":
                ended = True
            case _:
                raise FileFault("workbook-died")
    if not ended:
        raise FileFault("workbook-died")
    return book


def _value(found: Any) -> SheetValue:
    if isinstance(found, dict):
        return DateCell(str(found["date"]))
    return None if found == "" else found
