"""`report --since`: the report tells what moved since another file, or says why it cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.answering.carrying import carry
from assessment.commandline import main as commandline
from assessment.content.load import app_words, load_edition
from assessment.exchange import write_dossier, write_json
from assessment.exchange.many_out import write_table
from assessment.model.agenda import Action, ActionStatus, Agenda, Dossier, Earlier
from assessment.model.answers import Answered
from assessment.workflow.reassessing import way_from
from tests.scoring.random_firms import changed

ON = ("--date", "2026-11-30")


@pytest.fixture
def run(capsys):
    def _run(*arguments: object) -> tuple[int, str]:
        try:
            code = commandline.main([str(a) for a in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return code, capsys.readouterr().err

    return _run


@pytest.fixture
def old(cases):
    return next(case.answers for case in cases if case.id == "contract_garment")


@pytest.fixture
def files(tmp_path, edition, old):
    """The answers of now, and of then with what was done."""
    new = changed(old, chn_tech=Answered(3))
    done = Agenda(actions=(Action("CM09", status=ActionStatus.DONE),))
    (tmp_path / "new.json").write_bytes(write_json(edition, new))
    (tmp_path / "old.json").write_bytes(write_dossier(edition, Dossier(old, done)))
    return tmp_path


def pages(file: Path) -> list[str]:
    return [page.extract_text().replace("\n", " ") for page in PdfReader(file).pages]


def told(language: str, key: str) -> str:
    return app_words(language).text(f"since.{key}")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_tells_what_moved_on_one_page_and_is_as_before_without(run, files, texts, language):
    new, out, plain = files / "new.json", files / "since.pdf", files / "plain.pdf"
    common = ("--lang", language, *ON)
    assert run("report", new, "-o", plain, *common)[0] == 0
    since = ("--since", files / "old.json", "--since-date", "2025-11-20")
    assert run("report", new, "-o", out, *since, *common)[0] == 0
    heading = told(language, "answers_table")
    found = [page for page in pages(out) if heading in page]
    assert len(found) == 1 and not any(heading in page for page in pages(plain))
    assert len(pages(out)) == len(pages(plain)) + 1 <= 14
    assert texts[language].text("countermeasures.CM09.name").replace(" ", "") in found[0].replace(" ", "")


def test_from_a_file_that_holds_both_comes_the_same_report(run, files, edition, old):
    new = changed(old, chn_tech=Answered(3))
    done = (Action("CM09", status=ActionStatus.DONE),)
    (files / "both.json").write_bytes(write_dossier(edition, Dossier(new, earlier=Earlier(old, None, done))))
    assert run("report", files / "both.json", "-o", files / "a.pdf", *ON)[0] == 0
    assert (
        run("report", files / "new.json", "--since", files / "old.json", "-o", files / "b.pdf", *ON)[0] == 0
    )
    assert (files / "a.pdf").read_bytes() == (files / "b.pdf").read_bytes()


def test_answers_under_the_edition_before_are_carried_over(run, files, edition, old):
    later = load_edition("servitization/2026-2")
    found = way_from(edition.id, later.id)
    assert found is not None
    (files / "later.json").write_bytes(write_json(later, carry(old, found[1], later).answers))
    out = files / "later.pdf"
    assert run("report", files / "later.json", "--since", files / "old.json", "-o", out, *ON)[0] == 0
    assert any("servitization/2026-1 to" in page for page in pages(out))
    code, err = run("report", files / "old.json", "--since", files / "later.json", "-o", out, *ON)
    assert code == 1 and "servitization/2026-2" in err


def test_what_is_wrong_with_the_earlier_file_is_named(run, files, edition, old):
    new, out = files / "new.json", files / "x.pdf"
    (files / "bad.json").write_text(
        json.dumps({"format": "assessment-answers/1", "edition": edition.id, "answers": {"fin_gm": "much"}})
    )
    code, err = run("report", new, "--since", files / "bad.json", "-o", out)
    assert code == 1 and "bad.json" in err and "fin_gm" in err
    impossible = replace(old, replies={**old.replies, "fin_newrev": Answered(old.reply("fin_gm").low * 100)})
    (files / "wrong.json").write_bytes(write_json(edition, impossible))
    code, err = run("report", new, "--since", files / "wrong.json", "-o", out)
    assert code == 1 and "fin_newrev" in err
    assert not out.exists()


def test_it_is_one_firm_at_one_date_or_a_wrong_use(run, files, edition, old):
    new, out = files / "new.json", files / "x.pdf"
    (files / "many.csv").write_text("".join(write_table(edition, [old, old])), encoding="utf-8")
    assert run("report", new, "--since", files / "many.csv", "-o", out)[0] == 2
    assert run("report", new, "--since", files / "none.json", "-o", out)[0] == 2
    assert run("report", new, "--since-date", "2025-11-20", "-o", out)[0] == 2
    (files / "out").mkdir()
    assert run("report", new, "--since", files / "old.json", "-o", files / "out")[0] == 2
