"""Reads one workbook inside its own process: limits first, then a streaming look, then the cells.

Run as a script: the workbook comes on standard input, lines of JSON go out. Only the standard library
and calamine are imported, and nothing of this product, so that it starts fast and may die alone.
A workbook is refused before any library builds it in memory if it holds what no answer file needs.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree
from xml.parsers import expat

MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 20
MOST_MEMBERS = 200
MOST_INFLATED = 300 << 20  # bytes of all members together
MOST_TEXT = 64 << 20  # bytes of the shared texts
MOST_ROWS = 200_000
MOST_COLUMNS = 400
MOST_CELLS = 12_000_000  # rows x columns of the rectangle that a sheet spans
MOST_NAMED = 20  # faulty cells named in a message
FORBIDDEN = (
    ("macros", re.compile(r"vbaproject|macrosheets", re.IGNORECASE)),
    ("external-links", re.compile(r"externallinks/|connections\.xml$|querytables/", re.IGNORECASE)),
    ("embedded", re.compile(r"embeddings/|activex/|oleobject", re.IGNORECASE)),
)

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Refused(Exception):
    """Why a workbook is not read: a code and details for the message."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def limit_this_process() -> None:
    """Bound memory and processor time. On systems without `resource` the parent's clock must do."""
    try:
        import resource
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0))
    for what, most in wanted:
        with contextlib.suppress(ValueError, OSError):  # some systems know the limit but do not take it
            resource.setrlimit(what, (most, most))


# --- the look before reading -------------------------------------------------------------------


def check(body: bytes) -> list[dict[str, Any]]:
    """Faulty cells of a workbook that is fit to be read. Raises `Refused`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise Refused("not-xlsx") from error
    names = [m.filename for m in members]
    if len(members) > MOST_MEMBERS or len(set(names)) != len(names):
        raise Refused("strange-zip")
    if "xl/workbook.xml" not in names:
        raise Refused("not-xlsx")
    for code, pattern in FORBIDDEN:
        if any(pattern.search(name) for name in names):
            raise Refused(code)
    faulty: list[dict[str, Any]] = []
    budget = MOST_INFLATED
    for member in members:
        budget = _check_member(archive, member, budget, faulty)
    return faulty


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int, faulty: list[dict[str, Any]]
) -> int:
    """Inflate one member piece by piece; what is left of the budget."""
    look = _Look(member.filename, faulty)
    try:
        with archive.open(member) as stream:
            return _inflate(stream, member.filename.lower(), budget, look)
    except UNREADABLE as error:
        raise Refused("damaged", member.filename) from error


def _inflate(stream: IO[bytes], name: str, budget: int, look: _Look) -> int:
    wanted = name.endswith((".xml", ".rels"))
    most = min(budget, MOST_TEXT) if name == "xl/sharedstrings.xml" else budget
    size = 0
    while piece := stream.read(1 << 16):
        size += len(piece)
        if size > most:
            raise Refused("too-much-inflated")
        if wanted:
            look.feed(piece)
    if wanted:
        look.close()
    return budget - size


class _Look:
    """Streams one XML member: no DTD, UTF-8 only, no cell far out; notes cells without a usable value."""

    def __init__(self, name: str, faulty: list[dict[str, Any]]) -> None:
        self._member = name
        self._faulty = faulty
        self._rows = self._last_row = self._last_column = 0
        self._cell, self._column = "", 0
        self._kind, self._formula, self._value = "", False, False
        self._first = True
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._no_dtd
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartElementHandler = self._start  # any member may be named as a sheet
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        if self._first and piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00"):
            raise Refused("not-utf8-xml")
        self._first = False
        self._parser.Parse(piece, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def _no_dtd(self, *_: Any) -> None:
        raise Refused("doctype")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Refused("not-utf8-xml", encoding)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._rows += 1
            self._column = 0
            self._reach(_row_number(attributes.get("r", str(self._last_row + 1))), 0)
        elif name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._value = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            self._cell = attributes["r"]
            match = re.fullmatch(r"([A-Za-z]{1,4})(\d{1,12})", self._cell)
            if match is None:
                raise Refused("damaged", self._member)
            self._column = _column_number(match[1])
            self._reach(int(match[2]), self._column)
        else:
            self._cell = f"?{self._last_row}"
            self._reach(self._last_row, self._column)
        self._kind, self._formula, self._value = attributes.get("t", ""), False, False

    def _end(self, tag: str) -> None:
        if tag.rsplit(":", 1)[-1] != "c" or len(self._faulty) >= MOST_NAMED:
            return
        if self._kind == "e":
            self._faulty.append({"cell": self._cell, "member": self._member, "code": "error-cell"})
        elif self._formula and not self._value:
            self._faulty.append({"cell": self._cell, "member": self._member, "code": "formula-without-value"})

    def _reach(self, row: int, column: int) -> None:
        self._last_row, self._last_column = max(self._last_row, row), max(self._last_column, column)
        if self._last_row > MOST_ROWS or self._rows > MOST_ROWS:
            raise Refused("too-many-rows", str(MOST_ROWS))
        if self._last_column > MOST_COLUMNS:
            raise Refused("too-many-columns", str(MOST_COLUMNS))
        if self._last_row * self._last_column > MOST_CELLS:
            raise Refused("too-many-cells", str(MOST_CELLS))


def _row_number(text: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text):
        raise Refused("damaged")
    return int(text)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


# --- the cells ---------------------------------------------------------------------------------


def sheets(body: bytes, wanted: tuple[str, ...]) -> Iterator[list[Any]]:
    """The wanted sheets (the first sheet if none is there), row by row. Rows count from 1, columns from 0."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    for name in [n for n in book.sheet_names if n in wanted] or book.sheet_names[:1]:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        _measure(*(sheet.end or (0, 0)))
        yield ["sheet", name, sheet.start[1]]
        for number, row in enumerate(sheet.iter_rows(), 1):
            if any(v != "" for v in row):
                yield ["row", number, [_plain(v) for v in row]]


def _measure(last_row: int, last_column: int) -> None:
    """Refuse what came from a member that was not taken for a sheet when it was looked at."""
    if last_row >= MOST_ROWS:
        raise Refused("too-many-rows", str(MOST_ROWS))
    if last_column >= MOST_COLUMNS:
        raise Refused("too-many-columns", str(MOST_COLUMNS))
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise Refused("too-many-cells", str(MOST_CELLS))


def sheet_names(body: bytes) -> dict[str, str]:
    """Member -> name of the sheet it holds, as far as the workbook says so. Call after `check`."""
    archive = zipfile.ZipFile(io.BytesIO(body))
    try:
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except (KeyError, ElementTree.ParseError) as error:
        raise Refused("damaged", "xl/workbook.xml") from error
    targets = {e.get("Id"): e.get("Target", "").removeprefix("/xl/") for e in links}
    found = (e for e in book.iter() if e.tag.endswith("}sheet"))
    ids = ((e.get("name", ""), next((v for k, v in e.items() if k.endswith("}id")), "")) for e in found)
    return {f"xl/{targets.get(id_, '')}": name for name, id_ in ids}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return {"date": str(value)}  # a date is never an answer: the message shows it


def main(source: IO[bytes], target: IO[str], wanted: tuple[str, ...]) -> None:
    """Write what the workbook holds, or why it is refused, as lines of JSON."""
    limit_this_process()
    body = source.read()

    def out(item: list[Any]) -> None:
        target.write(json.dumps(item, ensure_ascii=True) + "\n")

    try:
        faulty, names = check(body), sheet_names(body)
        out(["faulty", [f | {"sheet": names.get(f["member"], "")} for f in faulty]])
        for item in sheets(body, wanted):
            out(item)
        out(["end"])
    except Refused as refusal:
        out(["refused", refusal.code, refusal.detail])
    except MemoryError:
        out(["refused", "too-much-memory", ""])
    except Exception as error:  # calamine's own errors: the file is damaged in a way the look did not see
        out(["refused", "damaged", type(error).__name__])


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout, tuple(sys.argv[1:]))
