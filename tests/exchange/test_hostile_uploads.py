"""Files handed in on screen to harm or by mistake: each is refused with a sentence in both languages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from assessment.exchange.faults import FileFault, in_words
from assessment.exchange.handed import LARGEST, file_name, samples
from assessment.report.say import Say
from assessment.workflow.bench import edition, texts, words
from assessment.workflow.handing import take_in
from tests.exchange.test_hostile_workbooks import HOSTILE, cell, pack, sheet, sound

UNDER = edition("servitization/2026-1")
SECONDS = 30.0  # on a busy machine; some take one second on an idle one
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n" + bytes(100)


def whole(**changes: object) -> dict[str, object]:
    start = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}
    return start | changes


def written(**changes: object) -> bytes:
    return json.dumps(whole(**changes)).encode()


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def wide() -> bytes:
    return ("firm," + ",".join(f"fin_gmm{n}" for n in range(9_000)) + "\nF\n").encode()


# name -> (file name, its content, code of the refusal)
Upload = tuple[str, Callable[[], bytes], str]
OTHERS: dict[str, Upload] = {
    "a picture named .xlsx": ("a.xlsx", lambda: PNG, "other-content"),
    "a picture named .csv": ("a.csv", lambda: PNG, "other-content"),
    "a drawing named .xlsx": ("a.xlsx", lambda: SVG, "workbook-not-xlsx"),
    "a drawing named .csv": ("a.csv", lambda: SVG, "no-firm-column"),
    "a drawing named .json": ("a.json", lambda: SVG, "not-json"),
    "a report instead of answers": ("report.pdf", lambda: PDF, "unknown-kind"),
    "a report named .json": ("a.json", lambda: PDF, "other-content"),
    "a workbook named .json": ("a.json", sound, "other-content"),
    "a workbook named .csv": ("a.csv", sound, "other-content"),
    "a workbook with macros by name": ("a.xlsm", sound, "unknown-kind"),
    "a program": ("a.exe", lambda: b"MZ" + bytes(200), "unknown-kind"),
    "no ending": ("answers", written, "unknown-kind"),
    "a path without a name": ("../..", written, "unknown-kind"),
    "a password, named .json": ("a.json", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old-or-encrypted"),
    "no bytes, .xlsx": ("a.xlsx", lambda: b"", "empty-file"),
    "no bytes, .csv": ("a.csv", lambda: b"", "empty-file"),
    "no bytes, .json": ("a.json", lambda: b"", "empty-file"),
    "too many bytes": ("a.json", lambda: b" " * (LARGEST + 1), "file-too-large"),
    "too much JSON": ("a.json", lambda: b" " * (3 << 20), "file-too-large"),
    "too long a table": ("a.csv", lambda: b"firm\n" + b"F\n" * (2 << 20), "file-too-large"),
    "zeros": ("a.csv", lambda: bytes(5000), "control-characters"),
    "UTF-16 without a mark": ("a.csv", lambda: table("firm", encoding="utf-16-le"), "control-characters"),
    "half of UTF-16": ("a.csv", lambda: b"\xff\xfef", "no-encoding-fits"),
    "control characters": ("a.csv", lambda: table("firm,fin_gm", "F\x1b[2J\x00,1"), "control-characters"),
    "noise as a table": ("a.csv", lambda: bytes(range(256)) * 40, "no-encoding-fits"),
    "characters in doubt": ("a.csv", lambda: table("firm", "灯笼", encoding="gbk"), "which-characters"),
    "JSON in GBK": ("a.json", lambda: '{"firm": "灯笼"}'.encode("gbk"), "not-utf8-file"),
    "no table": ("a.csv", lambda: b"hello\nworld\n", "no-firm-column"),
    "a head alone": ("a.csv", lambda: b"firm,fin_gm\n", "no-rows"),
    "two firms": ("a.csv", lambda: table("firm,fin_gm", "A,12", "B,13"), "many-firms"),
    "a hundred thousand firms": ("a.csv", lambda: b"firm\n" + b"F\n" * 100_000, "many-firms"),
    "a column twice": ("a.csv", lambda: table("firm,fin_gm,fin_gm", "F,1,2"), "column-twice"),
    "a quotation mark without end": ("a.csv", lambda: b'firm,fin_gm\n"F,12\n' + b"x" * 1000, "bad-csv"),
    "a cell of a million characters": ("a.csv", lambda: b"firm\n" + b"x" * 1_000_000, "bad-csv"),
    "ten thousand columns": ("a.csv", wide, "workbook-too-many-columns"),
    "nested without end": ("a.json", lambda: b'{"answers": ' + b"[" * 500_000, "nested-too-deep"),
    "objects nested without end": ("a.json", lambda: b'{"a":' * 200_000, "nested-too-deep"),
    "a key twice": ("a.json", lambda: b'{"format": "a", "format": "b"}', "duplicate-key"),
    "NaN": ("a.json", lambda: written(answers={"fin_gm": float("nan")}), "not-finite"),
    "infinity": ("a.json", lambda: written(answers={"fin_gm": float("-inf")}), "not-finite"),
    "an exponent of twenty digits": ("a.json", lambda: b'{"answers": 1e' + b"9" * 20 + b"}", "too-large"),
    "a list": ("a.json", lambda: b"[1, 2]", "not-an-object"),
    "cut off": ("a.json", lambda: written(answers={"fin_gm": 12})[:-9], "not-json"),
    "another program's JSON": ("package.json", lambda: b'{"name": "x"}', "unknown-keys"),
    "an edition that is a path": ("a.json", lambda: written(edition="../../etc/passwd"), "no-such-edition"),
    "a surrogate as edition": ("a.json", lambda: written(edition="\ud800"), "no-such-edition"),
    "answers that are no table": ("a.json", lambda: written(answers="all"), "no-answers"),
    "a remark without end": ("a.json", lambda: written(comments={"fin_gm": "x" * 20_000}), "text-too-long"),
}  # fmt: skip
UPLOADS: dict[str, Upload] = {
    **{name: ("a.xlsx", make, code) for name, (make, code) in HOSTILE.items() if name != "an empty file"},
    **OTHERS,
}


def refusal(file: str, body: bytes) -> FileFault:
    with pytest.raises(FileFault) as fault:
        take_in(file, body, UNDER)
    return fault.value


def told(fault: FileFault, language: str) -> str:
    say = Say(UNDER, texts(UNDER.id, language), words(language))
    problem = in_words(fault.at("a.xlsx"), say, "upload.fault")
    assert problem.what and problem.cure, fault.code
    return f"{problem.what} {problem.cure}"


@pytest.mark.parametrize("name", UPLOADS)
def test_a_hostile_upload_is_refused_in_time_with_what_is_wrong_and_how_to_mend_it(name: str) -> None:
    file, make, code = UPLOADS[name]
    body = make()
    start = time.monotonic()
    fault = refusal(file, body)
    assert time.monotonic() - start < SECONDS
    assert fault.code == code
    for language in ("en", "zh"):
        said = told(fault, language)
        assert "--" not in said and "`" not in said  # nobody on a screen has a command line
        assert all(c.isprintable() for c in said)


# Read, with everything that cannot be taken told entry by entry.
FAULTY: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "a number without end": ("a.json", lambda: written(answers={"fin_gm": "1e999999999"}), {"too-large"}),
    "a million digits": (
        "a.json",
        lambda: written(answers={"fin_gm": 0}).replace(b'"fin_gm": 0', b'"fin_gm": ' + b"9" * 1_000_000),
        {"too-large"},
    ),
    "an exponent of twenty digits as text": (
        "a.json",
        lambda: written(answers={"fin_gm": "1e99999999999999999999"}),
        {"unreadable-answer", "too-large"},
    ),
    "a truth value": ("a.json", lambda: written(answers={"fin_gm": True}), {"unreadable-answer"}),
    "a surrogate as option": (
        "a.json",
        lambda: written(answers={"prf_role": "\ud800"}),
        {"unreadable-answer"},
    ),
    "fifty thousand unknown fields": (
        "a.json",
        lambda: written(answers={f"x{n}": n for n in range(50_000)}),
        {"unknown-field"},
    ),
    "two thousand unknown columns": (
        "a.csv",
        lambda: table("firm," + ",".join(f"prf_headcoun{n}" for n in range(1_900)), "F"),
        {"unknown-column", "unknown-column-near"},
    ),
    "a formula as an answer": ("a.csv", lambda: table("firm,fin_gm", "F,=1+1"), {"no-number"}),
    "NaN in a table": ("a.csv", lambda: table("firm,fin_gm", "F,NaN"), {"no-number"}),
    "a formula never computed": (
        "a.xlsx",
        lambda: pack(
            sheet(
                f'<row r="1">{cell("A1", "firm")}{cell("B1", "fin_gm")}</row>'
                f'<row r="2">{cell("A2", "F")}<c r="B2"><f>6*7</f></c></row>'
            )
        ),
        {"formula-without-value"},
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_entries_that_cannot_be_taken_are_told_and_taken_nowhere(name: str) -> None:
    file, make, codes = FAULTY[name]
    start = time.monotonic()
    found = take_in(file, make(), UNDER)
    assert time.monotonic() - start < SECONDS
    assert found.given == {}
    assert {fault.code for fault in found.faults} <= codes and found.faults


def test_there_are_more_than_thirty_hostile_uploads() -> None:
    assert len(UPLOADS) + len(FAULTY) > 80 and len({code for _, _, code in UPLOADS.values()}) > 25


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.json", "passwd.json"),
        ("C:\\Users\\x\\a.json", "a.json"),
        ("a\u202egpj.json", "a gpj.json"),
        ("a\x00\n.json", "a  .json"),
        ("x" * 300 + ".json", "x" * 59 + "…"),
        ("", "?"),
    ],
)
def test_a_name_is_never_a_path_and_never_steers_anything(name: str, kept: str) -> None:
    assert file_name(name) == kept


def test_the_samples_to_choose_from_show_the_words_that_differ() -> None:
    assert samples("firm,x\n灯笼制衣,1\n".encode("gb18030"))["gb18030"] == "灯笼制衣"
    both = samples("firm,x\nMüller,1\n".encode())
    assert (both["utf-8"], both["gb18030"]) == ("Müller", "M眉ller")
