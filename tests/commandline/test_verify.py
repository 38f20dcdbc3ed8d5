"""`verify` accepts a report as it was made and refuses it after any change of answer, rule or text."""

from __future__ import annotations

import json
import shutil
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from assessment.commandline import main as commandline
from assessment.content.load import EDITIONS, app_words
from assessment.exchange import write_json
from assessment.output import held
from assessment.workflow import reporting, verifying
from assessment.workflow.reporting import file_from

DAY = date(2026, 5, 1)
GARMENT = EDITIONS / "servitization/2026-1/examples/contract_garment.toml"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def body(cases, edition) -> bytes:
    answers = next(c.answers for c in cases if c.id == "contract_garment")
    return write_json(edition, replace(answers, firm="Łódź 海港 <b>"))


@pytest.fixture(scope="module")
def made(body: bytes) -> dict[str, bytes]:
    """A report with its answers inside by language, and one without."""
    return {lang: file_from(body, "pdf", lang, DAY) for lang in ("en", "zh")} | {
        "bare": file_from(body, "pdf", "en", DAY, attach=False)
    }


@pytest.fixture
def verify(capsys, tmp_path):
    """Verifies bytes in this process: exit code, standard output, standard error."""

    def _verify(data: bytes, *arguments: object) -> tuple[int, str, str]:
        (tmp_path / "report.pdf").write_bytes(data)
        code = commandline.main(["verify", str(tmp_path / "report.pdf"), *(str(a) for a in arguments)])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return _verify


def attached(data: bytes) -> bytes:
    (file,) = PdfReader(BytesIO(data)).attachment_list
    return file.content


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_as_it_was_made_is_verified_in_both_languages(verify, made, language):
    code, out, err = verify(made[language], "--lang", language)
    assert (code, err) == (0, "")
    assert "Łódź 海港 <b>" in out
    assert "servitization/2026-1" in out and "2026-05-01" in out


def test_the_command_line_attaches_the_answers_unless_told_otherwise(verify, tmp_path):
    out = tmp_path / "out.pdf"
    assert commandline.main(["report", str(GARMENT), "-o", str(out), "--date", "2026-05-01"]) == 0
    assert json.loads(attached(out.read_bytes()))["edition"] == "servitization/2026-1"
    assert verify(out.read_bytes())[0] == 0
    assert commandline.main(["report", str(GARMENT), "-o", str(out), "--no-attachment"]) == 0
    assert not list(PdfReader(out).attachment_list)


def test_a_report_without_answers_needs_them_by_name(verify, made, body, tmp_path):
    code, _, err = verify(made["bare"])
    assert code == 1 and "--answers" in err
    (tmp_path / "a.json").write_bytes(body)
    assert verify(made["bare"], "--answers", tmp_path / "a.json")[0] == 0
    (tmp_path / "b.json").write_bytes(with_another_answer(body))
    code, _, err = verify(made["bare"], "--answers", tmp_path / "b.json")
    assert code == 1 and "fingerprint" in err
    assert "not those of the file" in verify(made["en"], "--answers", tmp_path / "b.json")[2]


def test_a_changed_answer_is_refused(verify, made, body):
    code, _, err = verify(swapped_attachment(made["en"], with_another_answer(body)))
    assert code == 1 and "not those the report was made from" in err


def with_another_answer(body: bytes) -> bytes:
    """The dossier with one more employee."""
    inside = json.loads(body)
    told = json.dumps(inside["answers"]["prf_headcount"])
    more = json.dumps(str(int(inside["answers"]["prf_headcount"]) + 1))
    changed = body.replace(f'"prf_headcount": {told}'.encode(), f'"prf_headcount": {more}'.encode())
    assert changed != body
    return changed


def swapped_attachment(data: bytes, body: bytes) -> bytes:
    """The PDF with other answers inside, all the rest as it was; written by another program."""
    writer = PdfWriter(clone_from=BytesIO(data))
    file = writer.root_object["/AF"][0].get_object()["/EF"]["/F"].get_object()
    file.set_data(body)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_changed_name_of_the_firm_is_refused_although_no_answer_changed(verify, made, body):
    changed = body.replace("Łódź".encode(), "Łódz".encode())
    code, _, err = verify(swapped_attachment(made["en"], changed))
    assert code == 1 and "Page 1 reads" in err


def test_a_changed_rule_is_refused(verify, made, monkeypatch, edition):
    later = replace(edition, fingerprint="f" * 64)
    monkeypatch.setattr(reporting, "edition", lambda _: later)
    code, _, err = verify(made["en"])
    assert code == 1 and "ffffffffffff" in err and edition.fingerprint[:12] in err


def test_a_changed_word_on_a_page_is_refused_and_shown(verify, made):
    writer = PdfWriter(clone_from=BytesIO(made["en"]))
    page = writer.pages[3]
    content = page.get_contents()
    marks = content.get_data()
    # Codes of a subset font are bytes of our own: exchanging two shown strings changes the text.
    shown = [part for part in marks.split(b"\n") if part.endswith(b"Tj T*")][:2] or [
        part for part in marks.split(b"\n") if b"Tj" in part
    ][:2]
    assert len(set(shown)) == 2
    content.set_data(marks.replace(shown[0], b"@").replace(shown[1], shown[0]).replace(b"@", shown[1]))
    page[NameObject("/Contents")] = writer._add_object(content)
    out = BytesIO()
    writer.write(out)
    code, _, err = verify(out.getvalue())
    assert code == 1 and "Page 4" in err


def test_one_changed_byte_anywhere_is_refused(verify, made):
    data = made["en"]
    for place in (20, len(data) // 3, len(data) // 2, len(data) - 200, len(data) - 2):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        code, out, err = verify(changed)
        assert (code, out) == (1, ""), place
        assert err.count("\n") >= 2
    assert verify(data + b"\n")[0] == 1


def test_a_report_of_another_version_says_so_first(verify, made, monkeypatch):
    monkeypatch.setattr(verifying, "__version__", "9.9.9")
    monkeypatch.setattr(reporting, "__version__", "9.9.9")
    code, _, err = verify(made["en"])
    assert code == 1
    assert "9.9.9" in err.splitlines()[1]


def test_an_edition_that_is_not_here_is_named_and_never_looked_for_elsewhere(verify, made, tmp_path):
    shutil.copytree(EDITIONS / "servitization/2026-1", tmp_path / "e")
    name = str(tmp_path / "e")
    packet = PdfReader(BytesIO(made["en"])).trailer["/Root"]["/Metadata"].get_data()
    writer = PdfWriter(clone_from=BytesIO(made["en"]))
    stream = StreamObject()
    stream.set_data(packet.replace(b"servitization/2026-1</origin", name.encode() + b"</origin"))
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    code, _, err = verify(out.getvalue())
    assert code == 1 and name[:60] in err


def other_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(data: bytes, size: int) -> bytes:
    """The report with answers that unpack to `size` bytes."""
    writer = PdfWriter(clone_from=BytesIO(data))
    packed = StreamObject()
    packed._data = zlib.compress(b" " * size, 9)
    packed[NameObject("/Filter")] = NameObject("/FlateDecode")
    entry = writer.root_object["/AF"][0].get_object()
    entry[NameObject("/EF")] = DictionaryObject({NameObject("/F"): writer._add_object(packed)})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_files_get_a_clear_sentence_in_both_languages(verify, made, language):
    texts = app_words(language)
    good = made["en"]
    hostile = {
        "not-pdf": [b"", b"PK\x03\x04 no report", GARMENT.read_bytes()],
        "encrypted": [locked(good)],
        "too-large": [b"%PDF-1.7\n" + b"0" * held.LARGEST],
        "no-report": [other_pdf()],
        "too-much-inside": [bomb(good, 3 << 20), bomb(good, 200 << 20)],
        "damaged": [good[: len(good) // 2], b"%PDF-1.7\nnothing"],
    }
    for code, files in hostile.items():
        wanted = texts.text(f"verify.faults.{code}", most="20 MB", detail="@").partition("@")[0]
        for data in files:
            found = verify(data, "--lang", language)
            assert found[:2] == (1, ""), code
            assert wanted in found[2], (code, found[2])


def test_what_does_not_exist_is_wrong_usage(capsys):
    assert commandline.main(["verify", "nowhere.pdf"]) == 2
    assert "nowhere.pdf" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        commandline.main(["verify"])
    assert stopped.value.code == 2


def test_every_finding_and_fault_has_a_sentence_in_both_languages():
    source = "".join(Path(m.__file__).read_text(encoding="utf-8") for m in (verifying, held))
    for language in ("en", "zh"):
        words = app_words(language)
        for group in ("findings", "faults"):
            for code in words.tree["verify"][group]:
                assert f'"{code}"' in source or code == "unreadable"
