"""Many firms in one table: one firm a row, one column a field; CSV or a workbook. Read in batches."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Final, TextIO

from assessment.exchange.cells import Misread, Money, Reader
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import Desk, clean_text
from assessment.exchange.many_out import EDITION, FIRM, unguarded
from assessment.exchange.workbook import BadCell, DateCell, Sheet, SheetValue
from assessment.model.answers import NOT_ANSWERED, Answered, Reply
from assessment.model.fields import Field, NumberCell, Unit

BATCH: Final = 2_000  # rows read and scored together
DELIMITERS: Final = (",", ";", "\t")
LONGEST_HEAD: Final = 100_000  # characters
MOST_COLUMNS: Final = 2_000  # an edition has some 300 fields
MOST_NEAR: Final = 20  # unknown columns for which a similar name is looked up: it takes time
MOST_CODES: Final = 20_000  # different cell texts of a column that are remembered

Row = tuple[int, Sequence[SheetValue]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is understood. `fields`: one entry a column, None for firm and edition."""

    file: str
    reader: Reader
    header: tuple[str, ...]
    fields: tuple[Field | None, ...]
    rows: Iterator[Row]
    faults: tuple[Fault, ...]
    bad_cells: tuple[BadCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table. `replies[f]`: (different replies, number of the reply in each row).

    `faults`: by row number; such a row is not fit to be scored.
    """

    rows: tuple[int, ...]
    firms: tuple[str, ...]
    replies: Mapping[str, tuple[list[Reply], list[int]]]
    faults: Mapping[int, tuple[Fault, ...]]

    def of_row(self, position: int) -> dict[str, Reply]:
        """Field id -> reply of one row; what is not answered is left out."""
        found = ((name, replies[codes[position]]) for name, (replies, codes) in self.replies.items())
        return {name: reply for name, reply in found if reply is not NOT_ANSWERED}


# --- opening -----------------------------------------------------------------------------------


def open_csv(path: Path, desk: Desk, stream: TextIO) -> Table:
    """A CSV file as a table; `stream` comes from `open_text`. Raises `FileFault`."""
    try:
        head = stream.readline(LONGEST_HEAD)
    except UnicodeError:
        raise FileFault("not-utf8-file") from None
    names = {FIRM, EDITION, *desk.edition(desk.default_edition).fields}
    delimiter = max(
        DELIMITERS, key=lambda d: sum(c.strip().strip('"') in names for c in head.rstrip("\r\n").split(d))
    )
    try:
        header = next(csv.reader([head], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise FileFault("bad-csv", row=1, reason=str(error)) from None
    return _table(path.name, list(header), _csv_rows(stream, delimiter), desk)


def _csv_rows(stream: TextIO, delimiter: str) -> Iterator[Row]:
    lines = csv.reader(stream, delimiter=delimiter, strict=True)
    while True:
        number = lines.line_num + 2  # the head is line 1; a quoted line end makes a row longer than a line
        try:
            values = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFault("bad-csv", row=number, reason=str(error)) from None
        except UnicodeError:
            raise FileFault("not-utf8-file") from None
        if any(values):
            yield number, values


def open_text(path: Path, encoding: str) -> TextIOWrapper:
    """The file as text: UTF-8 with or without a mark, UTF-16 with one, or the encoding the user named.

    Raises `FileFault` (also while reading: see `_csv_rows`).
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return path.open(encoding=encoding or marked, newline="")
    except LookupError:
        raise FileFault("no-encoding", found=encoding) from None


def open_sheet(sheet: Sheet, file: str, desk: Desk, bad_cells: Iterable[BadCell]) -> Table:
    """A sheet as a table. Raises `FileFault`."""
    rows = iter([(n, values) for n, values in sheet.rows if any(v is not None for v in values)])
    _, head = next(rows, (0, []))
    return _table(
        file,
        ["" if v is None else str(v) for v in head],
        rows,
        desk,
        tuple(b for b in bad_cells if b.sheet == sheet.name),
    )


def _table(
    file: str, header: list[str], rows: Iterator[Row], desk: Desk, bad: tuple[BadCell, ...] = ()
) -> Table:
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise FileFault("workbook-too-many-columns", detail=MOST_COLUMNS)
    if FIRM not in names:
        raise FileFault("no-firm-column")
    twice = sorted({n for n in names if n and names.count(n) > 1})
    if twice:
        raise FileFault("column-twice", columns=", ".join(twice))
    reader = desk.reader(desk.default_edition)
    fields = reader.edition.fields
    faults: list[Fault] = []
    for number, name in enumerate(names, 1):
        if name not in (FIRM, EDITION) and name not in fields:
            near = difflib.get_close_matches(name[:80], fields, 1) if len(faults) < MOST_NEAR else []
            code = "unknown-column-near" if near else "unknown-column"
            faults.append(
                Fault(code, Place(file, 1, str(number)), values=(("found", name), ("near", "".join(near))))
            )
    return Table(file, reader, tuple(names), tuple(fields.get(n) for n in names), rows, tuple(faults), bad)


# --- reading -----------------------------------------------------------------------------------


def batches(table: Table, size: int = BATCH) -> Iterator[Batch]:
    """The rows of a table, some at a time. Raises `FileFault` where the file itself breaks off."""
    memory: dict[str, dict[object, Reply | Misread]] = {f.id: {} for f in table.fields if f is not None}
    waiting: list[Row] = []
    some = False
    for row in table.rows:
        some = True
        waiting.append(row)
        if len(waiting) == size:
            yield _batch(table, waiting, memory)
            waiting = []
    if waiting:
        yield _batch(table, waiting, memory)
    if not some:
        raise FileFault("no-rows")


def _batch(table: Table, rows: list[Row], memory: dict[str, dict[object, Reply | Misread]]) -> Batch:
    width = len(table.header)
    faults: dict[int, list[Fault]] = {}
    _note_lengths(table, rows, width, faults)
    _note_bad_cells(table, rows, faults)
    even = [list(values[:width]) + [None] * (width - len(values)) for _, values in rows]
    columns = dict(zip(table.header, zip(*even, strict=True), strict=True))
    numbers = tuple(n for n, _ in rows)
    firms = tuple(_firm(value) for value in columns[FIRM])
    _note_editions(table, numbers, columns.get(EDITION, ()), faults)
    money = _money(table.reader, columns, len(rows))
    replies = {}
    for field in table.fields:
        if field is not None:
            place = (table.file, field, numbers)
            replies[field.id] = _column(
                table.reader, place, columns[field.id], money, memory[field.id], faults
            )
    return Batch(numbers, firms, replies, {n: tuple(found) for n, found in faults.items()})


def _note_lengths(table: Table, rows: list[Row], width: int, faults: dict[int, list[Fault]]) -> None:
    for number, values in rows:
        if any(v not in (None, "") for v in values[width:]):
            fault = Fault(
                "too-many-values",
                Place(table.file, number),
                values=(("found", str(len(values))), ("wanted", str(width))),
            )
            faults.setdefault(number, []).append(fault)


def _note_bad_cells(table: Table, rows: list[Row], faults: dict[int, list[Fault]]) -> None:
    here = {n for n, _ in rows}
    for bad in table.bad_cells:
        letters, digits = bad.cell.rstrip("0123456789"), "".join(c for c in bad.cell if c.isdigit())
        if digits and int(digits) in here:
            fault = Fault(bad.code, Place(table.file, int(digits), letters), values=(("cell", bad.cell),))
            faults.setdefault(int(digits), []).append(fault)


def _note_editions(
    table: Table, numbers: Sequence[int], editions: Sequence[SheetValue], faults: dict[int, list[Fault]]
) -> None:
    wanted = table.reader.edition.id
    for number, found in zip(numbers, editions, strict=False):
        if found not in (None, "", wanted):
            values = (("found", str(found)), ("wanted", wanted))
            faults.setdefault(number, []).append(
                Fault("other-edition", Place(table.file, number, EDITION), values=values)
            )


def _firm(value: SheetValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        return clean_text(
            "" if value is None else value.text if isinstance(value, DateCell) else str(unguarded(value))
        )[:200]
    except FileFault:
        return str(value)[:200]


def _money(reader: Reader, columns: Mapping[str, Sequence[SheetValue]], size: int) -> list[Money]:
    """Currency and unit of each row; empty where the row does not say or says something unreadable."""
    found = []
    for name in ("prf_period.currency", "prf_period.unit"):
        field, cells = reader.edition.fields.get(name), columns.get(name, (None,) * size)
        found.append([_choice(reader, field, cell) if field else "" for cell in cells])
    return [Money(*pair) for pair in zip(*found, strict=True)]


def _choice(reader: Reader, field: Field, cell: SheetValue) -> str:
    try:
        reply = NOT_ANSWERED if isinstance(cell, DateCell) else reader.reply(field, cell, Money())
    except Misread:
        return ""
    return str(reply.value) if isinstance(reply, Answered) else ""


def _column(
    reader: Reader,
    place: tuple[str, Field, Sequence[int]],
    cells: Sequence[SheetValue],
    money: Sequence[Money],
    memory: dict[object, Reply | Misread],
    faults: dict[int, list[Fault]],
) -> tuple[list[Reply], list[int]]:
    """Different replies of a column, and which of them each row has. A text is read only once."""
    file, field, numbers = place
    amounts = isinstance(field.cell, NumberCell) and field.cell.unit is Unit.MONEY
    keys: Sequence[object] = (
        list(zip(cells, map(type, cells), money, strict=True))
        if amounts
        else list(zip(cells, map(type, cells), strict=True))
    )
    if len(memory) > MOST_CODES:
        memory.clear()
    codes: dict[object, int] = {}
    replies: list[Reply] = []
    for key, cell, context, number in zip(keys, cells, money, numbers, strict=True):
        if key in codes:
            if isinstance(memory[key], Misread):
                _note(faults, file, field, number, memory[key])
            continue
        found = memory.get(key)
        if found is None:
            found = memory[key] = _read(reader, field, cell, context)
        if isinstance(found, Misread):
            _note(faults, file, field, number, found)
        codes[key] = len(replies)
        replies.append(NOT_ANSWERED if isinstance(found, Misread) else found)
    return replies, [codes[key] for key in keys]


def _read(reader: Reader, field: Field, cell: SheetValue, money: Money) -> Reply | Misread:
    if isinstance(cell, DateCell):
        return Misread("date-cell", found=cell.text)
    try:
        return reader.reply(field, unguarded(cell), money)
    except Misread as fault:
        return fault.with_traceback(None)  # it is kept, and must not keep the rows it came from


def _note(faults: dict[int, list[Fault]], file: str, field: Field, number: int, found: object) -> None:
    assert isinstance(found, Misread)
    faults.setdefault(number, []).append(
        Fault(found.code, Place(file, number, field.id), field.id, found.values)
    )
