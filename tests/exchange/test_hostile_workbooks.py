"""Workbooks made to harm: each is refused with a message, in bounded time, and the parent lives on."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
import xlsxwriter

from assessment.exchange import child
from assessment.exchange.faults import FileFault
from assessment.exchange.workbook import read_workbook

SECONDS = 10.0
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def sheet(rows: str) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
    return f"{head}{rows}</sheetData></worksheet>"


def cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def pack(sheet_xml: str | bytes, target: str = "worksheets/sheet1.xml", **more: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELS % ("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELS % ("worksheet", target))
        archive.writestr(f"xl/{target}", sheet_xml)
        for name, body in more.items():
            archive.writestr(name, body)
    return out.getvalue()


def sound() -> bytes:
    return pack(sheet(f'<row r="1">{cell("A1", "field")}{cell("B1", "value")}</row>'))


def bomb() -> bytes:
    return inflated(
        "xl/worksheets/sheet1.xml",
        sheet("").split("</")[0] + '<row r="1"><c r="A1" t="str"><v>',
        child.MOST_INFLATED,
    )


def shared_text_bomb() -> bytes:
    return inflated("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>', child.MOST_TEXT)


def inflated(name: str, start: str, size: int) -> bytes:
    """A sound workbook with one more member that unpacks to more than `size` bytes of blanks."""
    out = io.BytesIO(pack(sheet(""), "worksheets/other.xml"))
    archive = zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(name, "w") as member:
        member.write(start.encode())
        for _ in range((size >> 20) + 1):
            member.write(b" " * (1 << 20))
    return out.getvalue()


def million_rows() -> bytes:
    return pack(sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))))


def million_rows_without_numbers() -> bytes:
    return pack(sheet("<row><c><v>1</v></c></row>" * 1_000_000))


def doctype(content: str, inside: str = "&a;") -> bytes:
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{content}]><worksheet xmlns="{MAIN}"><sheetData><row r="1">'
    return pack(xml + f"{cell('A1', inside)}</row></sheetData></worksheet>")


def entity_bomb() -> bytes:
    steps = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return doctype(f'<!ENTITY a "lol">{steps}', "&i;")


def utf16() -> bytes:
    return pack(sheet(cell("A1")).replace("UTF-8", "UTF-16").encode("utf-16"))


def wrong_sizes() -> bytes:
    body = bytearray(sound())
    start = body.rfind(b"PK\x01\x02")
    body[start + 20 : start + 28] = (5).to_bytes(4, "little") * 2
    return bytes(body)


def broken_data() -> bytes:
    body = bytearray(sound())
    middle = len(body) // 3
    body[middle : middle + 40] = bytes(40)
    return bytes(body)


def many_members() -> bytes:
    return pack(sheet(""), **{f"xl/media/{n}.txt": "x" for n in range(child.MOST_MEMBERS + 1)})


def same_name_twice() -> bytes:
    out = io.BytesIO(sound())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", BOOK)
    return out.getvalue()


def not_xml() -> bytes:
    return pack(sheet('<row r="1"><c r="A1">'))


HOSTILE = {
    "a bomb in one cell": (bomb, "workbook-too-much-inflated"),
    "a bomb of shared texts": (shared_text_bomb, "workbook-too-much-inflated"),
    "a cell in the last corner": (
        lambda: pack(sheet(f'<row r="1048576">{cell("XFD1048576")}</row>')),
        "workbook-too-many-rows",
    ),
    "a row beyond all rows": (
        lambda: pack(sheet('<row r="99999999999"><c r="A99999999999"/></row>')),
        "workbook-too-many-rows",
    ),
    "a cell far to the right": (
        lambda: pack(sheet(f'<row r="1">{cell("XFD1")}</row>')),
        "workbook-too-many-columns",
    ),
    "a huge rectangle": (
        lambda: pack(sheet(f'<row r="1">{cell("OJ1")}</row><row r="199999">{cell("A199999")}</row>')),
        "workbook-too-many-cells",
    ),
    "a far cell in a sheet of another name": (
        lambda: pack(sheet(f'<row r="1048576">{cell("XFD1048576")}</row>'), "hidden/part.xml"),
        "workbook-too-many-rows",
    ),
    "a far cell in what claims to be a picture": (
        lambda: pack(sheet(f'<row r="1048576">{cell("XFD1048576")}</row>'), "media/image1.png"),
        "workbook-too-many-rows",
    ),
    "a cell in the last corner of such a picture's sheet, with a first cell": (
        lambda: pack(
            sheet(f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'),
            "media/image1.png",
        ),
        "workbook-died",
    ),
    "a million rows": (million_rows, "workbook-too-many-rows"),
    "a million rows without numbers": (million_rows_without_numbers, "workbook-too-many-rows"),
    "an entity bomb": (entity_bomb, "workbook-doctype"),
    "an entity from a file": (
        lambda: doctype('<!ENTITY a SYSTEM "file:///etc/hostname">'),
        "workbook-doctype",
    ),
    "UTF-16": (utf16, "workbook-not-utf8-xml"),
    "macros": (lambda: pack(sheet(""), **{"xl/vbaProject.bin": b"x"}), "workbook-macros"),
    "links to other files": (
        lambda: pack(sheet(""), **{"xl/externalLinks/externalLink1.xml": "<a/>"}),
        "workbook-external-links",
    ),
    "an embedded object": (
        lambda: pack(sheet(""), **{"xl/embeddings/oleObject1.bin": b"x"}),
        "workbook-embedded",
    ),
    "a truncated file": (lambda: sound()[:-200], "workbook-not-xlsx"),
    "wrong sizes in the directory": (wrong_sizes, "workbook-damaged"),
    "broken data": (broken_data, "workbook-damaged"),
    "an empty file": (lambda: b"", "workbook-not-xlsx"),
    "noise": (lambda: bytes(range(256)) * 40, "workbook-not-xlsx"),
    "an old or encrypted workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "old-or-encrypted",
    ),
    "another kind of zip": (lambda: zipped("readme.txt"), "workbook-not-xlsx"),
    "too many members": (many_members, "workbook-strange-zip"),
    "a member twice": (same_name_twice, "workbook-strange-zip"),
    "broken XML": (not_xml, "workbook-damaged"),
    "no place for a cell": (lambda: pack(sheet('<row r="1"><c r="!!"/></row>')), "workbook-damaged"),
}


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_quickly(name, say):
    make, wanted = HOSTILE[name]
    body = make()
    start = time.monotonic()
    with pytest.raises(FileFault) as fault:
        read_workbook(body, ("Answers",))
    assert time.monotonic() - start < SECONDS
    assert fault.value.code == wanted
    assert say.words.text(f"exchange.faults.{wanted}.what", **dict(fault.value.values))


def test_the_sound_workbook_the_others_are_made_from_is_read():
    book = read_workbook(sound(), ("Answers",))
    assert book.sheets["Answers"].rows == [(1, ["field", "value"])]


def test_a_child_that_takes_too_long_is_stopped():
    start = time.monotonic()
    with pytest.raises(FileFault) as fault:
        read_workbook(million_rows(), ("Answers",), seconds=0.05)
    assert fault.value.code == "workbook-too-slow"
    assert time.monotonic() - start < SECONDS


def test_a_file_over_the_size_limit_is_not_even_handed_to_the_child():
    with pytest.raises(FileFault) as fault:
        read_workbook(bytes(21 << 20), ())
    assert fault.value.code == "file-too-large"


def test_errors_and_formulas_never_computed_are_named_with_their_cell():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Answers")
    page.write_formula(0, 0, "=1/0", None, "#DIV/0!")
    page.write_formula(1, 1, "=6*7", None, 42)
    book.close()
    found = read_workbook(out.getvalue(), ("Answers",))
    assert [(b.cell, b.code) for b in found.bad_cells] == [("A1", "error-cell")]
    assert found.sheets["Answers"].rows == [(2, [None, 42.0])]

    never = pack(sheet('<row r="1"><c r="A1"><f>6*7</f></c></row>'))
    assert [(b.cell, b.code) for b in read_workbook(never, ()).bad_cells] == [("A1", "formula-without-value")]
