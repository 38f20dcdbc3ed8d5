"""The answers of one firm from a workbook as `sheet_out` writes it, however people have edited it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as data_field
from decimal import Decimal
from typing import Final

from assessment.exchange.cells import Misread, Money, Reader
from assessment.exchange.faults import Fault, FileFault, Place
from assessment.exchange.incoming import FORMAT, Desk, Incoming, clean_text
from assessment.exchange.sheet_out import ANSWERS, COLUMNS, COVER
from assessment.exchange.workbook import DateCell, Sheet, SheetValue, Workbook
from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answered, Answers, Between, NotApplicable, Reply
from assessment.model.fields import Field, LevelCell, NumberCell

MOST_ABOVE: Final = 20  # rows in which the head is looked for


def holds_one_firm(book: Workbook) -> bool:
    """Whether the workbook is that of one firm: a sheet "Answers" with the columns field and value."""
    return ANSWERS in book.sheets and _head(book.sheets[ANSWERS]) is not None


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Row number of the head and its columns by id: the last such row; words may stand above the ids."""
    head = None
    for number, values in sheet.rows[:MOST_ABOVE]:
        found = {str(v).strip().lower(): column for column, v in enumerate(values) if isinstance(v, str)}
        if "field" in found and "value" in found:
            head = number, {str(name): found[name] for name in COLUMNS if name in found}
    return head


@dataclass(slots=True)
class _Taken:
    """What has been read so far."""

    file: str
    replies: dict[str, Reply] = data_field(default_factory=dict)
    comments: dict[str, str] = data_field(default_factory=dict)
    faults: list[Fault] = data_field(default_factory=list)

    def fault(
        self, code: str, row: int, column: str, field: str, values: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.faults.append(Fault(code, Place(self.file, row, column), field, values))


def read_sheet(book: Workbook, file: str, desk: Desk) -> Incoming:
    """The answers of one firm in a workbook. Raises `FileFault` if it cannot be read at all."""
    cover = _cover(book)
    reader = desk.reader(cover["edition"])
    head = _head(book.sheets[ANSWERS])
    if head is None:
        raise FileFault("no-answers")
    start, columns = head
    taken = _Taken(file)
    below = ((n, _cells(values, columns)) for n, values in book.sheets[ANSWERS].rows if n > start)
    rows = [(n, cells) for n, cells in below if cells]
    money = _money(reader, rows)
    for number, cells in rows:
        _take(reader, money, number, cells, taken)
    bad = [b for b in book.bad_cells if b.sheet in (ANSWERS, COVER)]
    taken.faults += [Fault(b.code, Place(file, *_place(b.cell)), values=(("cell", b.cell),)) for b in bad]
    confirmed = {k.removeprefix("confirmed "): v for k, v in cover.items() if k.startswith("confirmed ")}
    checks = {c.id for c in reader.edition.checks}
    taken.faults += [
        Fault("unknown-check", Place(file), k, (("found", k),)) for k in confirmed if k not in checks
    ]
    answers = Answers(reader.edition.id, cover["firm"], taken.replies, taken.comments, confirmed)
    return Incoming(file, answers, tuple(taken.faults))


def _cover(book: Workbook) -> dict[str, str]:
    found: dict[str, str] = {"firm": ""}
    for _, values in book.sheets[COVER].rows if COVER in book.sheets else ():
        key = values[0] if values else None
        if isinstance(key, str) and (key in ("format", "edition", "firm") or key.startswith("confirmed ")):
            found[key] = clean_text("" if len(values) < 2 or values[1] is None else str(values[1]))
    if found.get("format", FORMAT) != FORMAT:
        raise FileFault("wrong-format", found=found["format"], wanted=FORMAT)
    if not found.get("edition"):
        raise FileFault("no-edition-sheet", sheet=COVER)
    return found


def _cells(values: list[SheetValue], columns: Mapping[str, int]) -> dict[str, SheetValue]:
    return {name: values[c] for name, c in columns.items() if c < len(values) and values[c] is not None}


def _place(cell: str) -> tuple[int, str]:
    letters = "".join(c for c in cell if c.isalpha())
    digits = "".join(c for c in cell if c.isdigit())
    return int(digits or 0), letters


def _money(reader: Reader, rows: list[tuple[int, dict[str, SheetValue]]]) -> Money:
    """Currency and unit, needed before any amount is read."""
    found = {}
    for name in ("currency", "unit"):
        field = reader.edition.fields.get(f"prf_period.{name}")
        typed = next(
            (cells.get("value") for _, cells in rows if field and cells.get("field") == field.id), None
        )
        try:
            reply = (
                reader.reply(field, typed, Money())
                if field and not isinstance(typed, DateCell)
                else NOT_ANSWERED
            )
        except Misread:
            reply = NOT_ANSWERED
        found[name] = str(reply.value) if isinstance(reply, Answered) else ""
    return Money(**found)


def _take(reader: Reader, money: Money, number: int, cells: Mapping[str, SheetValue], taken: _Taken) -> None:
    name = str(cells.get("field", "")).strip()
    given = [c for c in ("value", "low", "high", "state") if c in cells]
    field = reader.edition.fields.get(name)
    if field is None and (name not in reader.edition.question or given):
        taken.fault(
            "unknown-field" if name not in reader.edition.question else "value-on-heading",
            number,
            "",
            name,
            (("found", name),),
        )
        return
    if name in taken.replies or (name in taken.comments and "comment" in cells):
        taken.fault("field-twice", number, "", name, (("found", name),))
        return
    try:
        if "comment" in cells:
            taken.comments[name] = clean_text(str(cells["comment"]))
        if field is not None:
            reply = _reply(reader, field, money, cells, given)
            if reply != NOT_ANSWERED:
                taken.replies[name] = reply
    except FileFault as fault:
        taken.fault(fault.code, number, "comment", name, fault.values)
    except Misread as fault:
        taken.fault(fault.code, number, "", name, fault.values)


def _reply(
    reader: Reader, field: Field, money: Money, cells: Mapping[str, SheetValue], given: list[str]
) -> Reply:
    for name in given:
        if isinstance(cells[name], DateCell):
            raise Misread("date-cell", found=cells[name].text)  # type: ignore[union-attr]
    if "state" in given:
        return _state(reader, cells, given)
    if "low" in given or "high" in given:
        return _range(reader, field, money, cells, given)
    if not given:
        if "reason" in cells:
            raise Misread("reason-without-state")
        return NOT_ANSWERED
    return reader.reply(field, cells["value"], money)  # type: ignore[arg-type]


def _state(reader: Reader, cells: Mapping[str, SheetValue], given: list[str]) -> Reply:
    word = str(cells["state"]).strip().lower()
    state = reader.states.get(word, word)
    if len(given) > 1 and state in ("dont_know", "not_applicable"):
        raise Misread("value-and-state")
    if state == "dont_know":
        return DONT_KNOW
    if state == "not_applicable":
        return NotApplicable(clean_text(str(cells.get("reason", ""))))
    raise Misread("no-state", found=str(cells["state"]))


def _range(
    reader: Reader, field: Field, money: Money, cells: Mapping[str, SheetValue], given: list[str]
) -> Reply:
    if "value" in given:
        raise Misread("value-and-range")
    if not isinstance(field.cell, (NumberCell, LevelCell)):
        raise Misread("no-range")
    if len(given) < 2:
        raise Misread("half-a-range")
    high = _end(reader, field, money, cells["high"])
    if abs(high) > 1:  # "0.5 to 2" cannot be fractions: no share is 200 %
        reader = replace(reader, percent="points")
    low = _end(reader, field, money, cells["low"])
    if low > high:
        raise Misread("range-order", found=f"{low:f}-{high:f}")
    return Between(low, high) if low != high or isinstance(field.cell, LevelCell) else Answered(low)


def _end(reader: Reader, field: Field, money: Money, cell: SheetValue) -> Decimal:
    reply = NOT_ANSWERED if isinstance(cell, DateCell) else reader.reply(field, cell, money)
    if not isinstance(reply, Answered) or isinstance(reply.value, (str, tuple)):
        raise Misread("no-number", found=str(cell))
    return Decimal(reply.value)
