"""The commands on stored assessments, where the settings point, in both languages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from assessment.commandline.main import main
from assessment.store import Store
from tests.store.fixtures.make import FIRMS, fill
from tests.store.places import File


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    """A store with two firms, where the settings point."""
    monkeypatch.setenv("ASSESSMENT_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = File(tmp_path / "assessment.sqlite3")
    fill(found.url)
    return found


def said(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> str:
    """Both outputs of a command that ends with this code."""
    assert main(command) == code
    out, err = capsys.readouterr()
    return out + err


def firm_id(capsys: pytest.CaptureFixture[str], name: str) -> str:
    lines = said(capsys, "firms").splitlines()
    return next(line.split()[0] for line in lines if name in line)


def test_back_up_wipe_restore_compare(file: File, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, listed = file.dump(), said(capsys, "firms")
    copy = tmp_path / "copy.zip"
    assert "2 firms" in said(capsys, "backup", str(copy))
    for old in tmp_path.glob("assessment.sqlite3*"):
        old.unlink()
    assert "no store" in said(capsys, "firms", code=1)
    assert "2 firms" in said(capsys, "restore", str(copy))
    assert sorted(file.dump().split("\n")) == sorted(before.split("\n"))
    assert said(capsys, "firms") == listed


def test_a_backup_is_made_while_the_app_runs_and_restoring_waits_for_its_end(
    file: File, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = str(tmp_path / "copy.zip")
    with Store(file.url):
        said(capsys, "backup", copy)
        assert "Stop it" in said(capsys, "restore", copy, "--force", code=1)
        assert "Stop it" in said(capsys, "erase", "--firm", FIRMS[0], "--yes", code=1)
    assert "--force" in said(capsys, "restore", copy, code=1)
    said(capsys, "restore", copy, "--force")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_done_is_told_in_the_language_asked_for(
    file: File, tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, junk = tmp_path / "copy.zip", tmp_path / "junk.zip"
    said(capsys, "backup", str(copy))
    junk.write_text("no zip")
    told = [
        said(capsys, "backup", str(copy), "--lang", lang, code=1),
        said(capsys, "restore", str(copy), "--lang", lang, code=1),
        said(capsys, "restore", str(junk), "--force", "--lang", lang, code=1),
        said(capsys, "restore", str(tmp_path / "none.zip"), "--lang", lang, code=2),
        said(capsys, "erase", "--lang", lang, code=2),
        said(capsys, "erase", "--firm", "nobody", "--lang", lang, code=1),
        said(capsys, "export", "--lang", lang, code=2),
        said(capsys, "retention", "0", "--lang", lang, code=2),
    ]
    chinese = [any("一" <= sign <= "鿿" for sign in text) for text in told]
    assert all(text.strip() for text in told)
    assert set(chinese) == {lang == "zh"}


def test_the_audit_is_shown_exported_and_found_out_when_altered(
    file: File, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "none altered" in said(capsys, "audit")
    assert main(["audit", "--json"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["audit", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [{**entry, "seq": str(entry["seq"])} for entry in entries] == rows
    assert [entry["verb"] for entry in entries][:2] == ["create", "set path"]
    file.run("UPDATE audit SET detail = 'quick' WHERE seq = 2")
    assert "Entry 2" in said(capsys, "audit", "--json", code=1)


def test_a_firm_is_exported_by_name_or_id_to_a_new_file(
    file: File, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "firm.json"
    said(capsys, "export", "--firm", FIRMS[1], "-o", str(out))
    told = json.loads(out.read_text(encoding="utf-8"))
    assert [row["name"] for row in told["tables"]["firm"]] == [FIRMS[1]]
    assert out.stat().st_mode & 0o077 == 0
    assert main(["export", "--firm", firm_id(capsys, FIRMS[1])]) == 0
    assert json.loads(capsys.readouterr().out) == told
    assert "exists already" in said(capsys, "export", "--firm", FIRMS[1], "-o", str(out), code=1)


def test_a_firm_is_erased_only_when_that_is_confirmed(file: File, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing was erased" in said(capsys, "erase", "--firm", FIRMS[0], code=1)
    assert FIRMS[0] in said(capsys, "firms")
    said(capsys, "erase", "--firm", FIRMS[0], "--yes")
    left = said(capsys, "firms")
    assert FIRMS[0] not in left
    assert FIRMS[1] in left
    assert "none altered" in said(capsys, "audit")


def test_of_two_firms_of_one_name_none_is_guessed(file: File, capsys: pytest.CaptureFixture[str]) -> None:
    file.run(f"UPDATE firm SET name = '{FIRMS[0]}'")
    assert "Several firms" in said(capsys, "erase", "--firm", FIRMS[0], "--yes", code=1)
    ids = [line.split()[0] for line in said(capsys, "firms").splitlines()[2:]]
    said(capsys, "erase", "--firm", ids[0], "--yes")
    assert ids[1] in said(capsys, "firms")


def test_the_retention_period_is_set_shown_lifted_and_carried_out(
    file: File, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no retention period" in said(capsys, "retention")
    file.run("UPDATE firm SET at = '2020-01-01T00:00:00.000000Z'")
    file.run("UPDATE assessment SET at = '2020-01-01T00:00:00.000000Z'")
    file.run("UPDATE answer_revision SET at = '2020-01-01T00:00:00.000000Z'")
    assert "365 days" in said(capsys, "retention", "365")
    assert "2 firms" in said(capsys, "erase", "--expired", code=1)
    assert "no retention period" in said(capsys, "retention", "none")
    said(capsys, "retention", "365")
    assert "2 firms" in said(capsys, "erase", "--expired", "--yes")
    assert FIRMS[0] not in said(capsys, "firms")
