"""A file handed in on screen: its kind, its characters, what it holds. Nothing is guessed."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import BoundedSemaphore
from typing import Final

from assessment.exchange.faults import FileFault, shown
from assessment.exchange.incoming import Desk, Incoming
from assessment.exchange.many import DELIMITERS, Table, open_csv, open_sheet
from assessment.exchange.plain_files import LARGEST_FILE as LARGEST_TEXT
from assessment.exchange.plain_files import read_json
from assessment.exchange.reading import firms_in
from assessment.exchange.sheet_in import MOST_ABOVE, holds_one_firm, read_sheet
from assessment.exchange.sheet_out import ANSWERS, COVER
from assessment.exchange.workbook import Sheet, SheetValue, Workbook, read_workbook

LARGEST: Final = 5 << 20  # bytes; a filled-in workbook has about 100 kB
KINDS: Final = (".xlsx", ".csv", ".json")
ENCODINGS: Final = ("utf-8", "gb18030", "cp1252")  # what a spreadsheet program saves a table as
AT_ONCE: Final = BoundedSemaphore(2)  # each workbook may cost 1 GB and 20 s of processor time
PATIENCE: Final = 40.0  # seconds to wait for one's turn
_SIGNS: Final = {  # the first bytes of files that often bear a wrong name
    b"PK\x03\x04": ".xlsx", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": ".xls",
}  # fmt: skip


def file_name(told: str) -> str:
    """The last part of a name as a browser gives it, fit to be shown; never a path."""
    return shown(PureWindowsPath(PurePosixPath(told).name).name).strip() or "?"


def read_handed(name: str, body: bytes, desk: Desk) -> Incoming:
    """The one firm in a file. Raises `FileFault`; `which-characters` asks for `desk.encoding`."""
    kind = _kind(name, body)
    if kind == ".json":
        return read_json(body, name, desk)
    if kind == ".csv":
        return _from_text(name, _text(body, desk.encoding), desk)
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise FileFault("busy")
    try:
        book = read_workbook(body, (ANSWERS, COVER))
    finally:
        AT_ONCE.release()
    if holds_one_firm(book):
        return read_sheet(book, name, desk)
    if not book.sheets:
        raise FileFault("no-answers")
    return _only(open_sheet(next(iter(book.sheets.values())), name, desk, book.bad_cells))


def _kind(name: str, body: bytes) -> str:
    """The ending of the name, once the content agrees with it. Raises `FileFault`."""
    if not body:
        raise FileFault("empty-file")
    if len(body) > LARGEST:
        raise FileFault("file-too-large", most=f"{LARGEST >> 20} MB")
    suffix = PurePosixPath(name).suffix.lower()
    content = next((kind for sign, kind in _SIGNS.items() if body.startswith(sign)), "")
    if content == ".xls":
        raise FileFault("old-or-encrypted")
    if suffix not in KINDS:
        raise FileFault("unknown-kind", found=suffix or name, allowed=", ".join(KINDS))
    if content not in ("", suffix):
        raise FileFault("other-content", name=suffix, content=content)
    return suffix


# --- characters --------------------------------------------------------------------------------


def samples(body: bytes) -> dict[str, str]:
    """Encoding -> the first words beyond plain ASCII read with it, for whoever has to say which is right."""
    found = {}
    for encoding in ENCODINGS:
        text = _decoded(body, encoding)
        if text is not None and not _control(text):
            words = (w for w in text.replace(";", ",").replace("\t", ",").replace("\n", ",").split(","))
            special = dict.fromkeys(w.strip(' "\r') for w in words if not w.isascii())
            found[encoding] = shown(" · ".join(islice(special, 4)))
    return found


def _text(body: bytes, encoding: str) -> str:
    """UTF-8 or UTF-16 where that is certain, otherwise what the user said. Raises `FileFault`."""
    if len(body) > LARGEST_TEXT:
        raise FileFault("file-too-large", most=f"{LARGEST_TEXT >> 20} MB")
    text = _decoded(body, encoding or _certain(body))
    if text is None:
        raise FileFault("no-encoding-fits")
    if _control(text):
        raise FileFault("control-characters")
    return text


def _certain(body: bytes) -> str:
    """The encoding, where there is no doubt. Raises `FileFault`.

    Bytes that are sound UTF-8 and sound GB 2312 at once are in doubt: "Müller" in the one is "M眉ller" in the
    other. Chinese in UTF-8 never is: its bytes from 80 to A0 are no GB 2312.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if body.startswith(b"\xef\xbb\xbf") or body.isascii():
        return "utf-8-sig"
    if _decoded(body, "utf-8") is None or _decoded(body, "gb2312") is not None:
        raise FileFault("which-characters" if samples(body) else "no-encoding-fits")
    return "utf-8"


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _control(text: str) -> bool:
    return any(unicodedata.category(c) == "Cc" and c not in "\t\n\r" for c in set(text))


# --- tables ------------------------------------------------------------------------------------


def _from_text(name: str, text: str, desk: Desk) -> Incoming:
    """The sheet of one firm saved as CSV, or a table with one firm."""
    for delimiter in DELIMITERS:
        book = Workbook({ANSWERS: Sheet(ANSWERS, list(_rows(text, delimiter, MOST_ABOVE)))})
        if holds_one_firm(book):
            cover = Sheet(COVER, [(1, ["edition", desk.default_edition])])  # CSV keeps one sheet of two
            whole = Sheet(ANSWERS, list(_rows(text, delimiter)))
            return read_sheet(Workbook({ANSWERS: whole, COVER: cover}), name, desk)
    return _only(open_csv(Path(name), desk, io.StringIO(text, newline="")))


def _rows(text: str, delimiter: str, most: int | None = None) -> Iterator[tuple[int, list[SheetValue]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, values in enumerate(islice(lines, most), 1):
            yield number, [value or None for value in values]
    except csv.Error as error:
        if most is None:
            raise FileFault("bad-csv", reason=str(error)) from None


def _only(table: Table) -> Incoming:
    """The one firm of a table, with what is wrong with its columns. Raises `FileFault`."""
    found = list(islice(firms_in(replace(table, faults=())), 2))
    if len(found) > 1:
        raise FileFault("many-firms")
    return replace(found[0], faults=(*table.faults, *found[0].faults))
