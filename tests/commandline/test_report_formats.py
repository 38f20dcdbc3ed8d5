"""`report` writes what the ending of the name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.commandline import main as commandline
from assessment.commandline.report import SUFFIXES
from assessment.content.load import EDITIONS
from assessment.output import KINDS

GARMENT = EDITIONS / "servitization/2026-1/examples/contract_garment.toml"
STARTS = {"pdf": b"%PDF-1.", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "html": b"<!doctype html>"}


def run(*arguments: object) -> int:
    try:
        return commandline.main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def test_the_endings_are_the_kinds_there_are() -> None:
    assert SUFFIXES == KINDS


@pytest.mark.parametrize("name", ["r.pdf", "r.docx", "r.xlsx", "r.HTML"])
def test_the_ending_says_what_is_written_and_the_same_bytes_come_again(tmp_path: Path, name: str) -> None:
    files = [tmp_path / folder / name for folder in ("first", "second")]
    for file in files:
        file.parent.mkdir()
        assert run("report", GARMENT, "-o", file, "--lang", "zh", "--date", "2026-05-01") == 0
    assert files[0].read_bytes().startswith(STARTS[name.lower().partition(".")[2]])
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("name", ["r.odt", "r", "r.pdf.txt"])
def test_another_ending_is_wrong_usage_and_the_right_ones_are_named(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", GARMENT, "-o", tmp_path / name) == 2
    assert ".pdf, .docx, .xlsx, .html" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
