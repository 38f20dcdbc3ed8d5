"""Opens whatever holds answers: a file of one firm, a directory of such files, a table of many firms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import Desk, Incoming
from assessment.exchange.many import Table, batches, open_csv, open_sheet, open_text
from assessment.exchange.plain_files import read_case_file, read_json
from assessment.exchange.sheet_in import holds_one_firm, read_sheet
from assessment.exchange.sheet_out import ANSWERS, COVER
from assessment.exchange.workbook import read_workbook
from assessment.model.answers import Answers

ONE_FIRM: Final = (".json", ".toml", ".xlsx")  # what a directory is searched for
SUFFIXES: Final = (*ONE_FIRM, ".csv")


@contextmanager
def open_answers(path: Path, desk: Desk) -> Iterator[Table | Iterator[Incoming]]:
    """A table of many firms, or firms one by one. Raises `FileFault` for a single file that cannot be read.

    In a directory a file that cannot be read is an entry with its fault, so that the others count.
    """
    if path.is_dir():
        yield _directory(path, desk)
    elif path.suffix.lower() == ".csv":
        with open_text(path, desk.encoding) as stream:
            yield open_csv(path, desk, stream)
    elif path.suffix.lower() == ".xlsx":
        yield _workbook(path, desk)
    else:
        yield iter([read_one(path, desk)])


def read_answers(path: Path, desk: Desk) -> Iterator[Incoming]:
    """Every firm in a file or directory, as objects. Raises `FileFault`."""
    with open_answers(path, desk) as found:
        if isinstance(found, Table):
            yield from firms_in(found)
        else:
            yield from found


def read_one(path: Path, desk: Desk) -> Incoming:
    """The firm in a file of one firm. Raises `FileFault`."""
    match path.suffix.lower():
        case ".json":
            return read_json(_body(path), path.name, desk)
        case ".toml":
            return read_case_file(_body(path), path.name, desk)
        case ".xlsx":
            found = _workbook(path, desk)
            if isinstance(found, Table):
                raise FileFault("many-in-directory")
            return next(found)
        case suffix:
            raise FileFault("unknown-kind", found=suffix or path.name, allowed=", ".join(SUFFIXES))


def _body(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileFault("unreadable", reason=error.strerror or type(error).__name__) from None


def _directory(path: Path, desk: Desk) -> Iterator[Incoming]:
    files = [
        f
        for f in sorted(path.iterdir())
        if f.is_file() and f.suffix.lower() in ONE_FIRM and f.name[0] not in ".~"
    ]
    if not files:
        raise FileFault("empty-directory", allowed=", ".join(ONE_FIRM))
    for file in files:
        try:
            yield read_one(file, desk)
        except FileFault as fault:
            yield Incoming(file.name, Answers(desk.default_edition), (fault.at(file.name),))


def _workbook(path: Path, desk: Desk) -> Table | Iterator[Incoming]:
    book = read_workbook(_body(path), (ANSWERS, COVER))
    if holds_one_firm(book):
        return iter([read_sheet(book, path.name, desk)])
    if not book.sheets:
        raise FileFault("no-answers")
    return open_sheet(next(iter(book.sheets.values())), path.name, desk, book.bad_cells)


def firms_in(table: Table) -> Iterator[Incoming]:
    """The firms of a table one by one. Raises `FileFault` where the file itself breaks off."""
    if table.faults:
        yield Incoming(table.file, Answers(table.reader.edition.id), table.faults)
    for batch in batches(table):
        for position, row in enumerate(batch.rows):
            answers = Answers(table.reader.edition.id, batch.firms[position], batch.of_row(position))
            yield Incoming(table.file, answers, batch.faults.get(row, ()), row)


def fault_of(path: Path, fault: FileFault) -> Fault:
    """A fault of a whole file, placed at the row it broke off at if that is known."""
    row = next((int(v) for k, v in fault.values if k == "row"), 0)
    return Fault(fault.code, Place(path.name, row), values=fault.values)
