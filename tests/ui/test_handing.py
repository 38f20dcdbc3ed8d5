"""A file handed in on screen: told what is in it, asked, and only then saved."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from assessment.content.cases import Case
from assessment.exchange import write_json
from assessment.model.answers import DONT_KNOW, Answered
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.store import NotSaved
from assessment.store.records import READ
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume
from tests.ui.conftest import Visit, checked, text_of

LANGUAGES = ("en", "zh")
ROOT = Path(__file__).parents[2] / "assessment"
Firm = Callable[[], Opened]
Say = dict[str, Catalogue]


def body_of(**changes: object) -> bytes:
    whole = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}
    return json.dumps(whole | changes).encode()


def handed(app: AppTest, name: str, body: bytes) -> AppTest:
    """The app after a file was put into its uploader."""
    return checked(app.file_uploader[0].upload(name, body).run())


@pytest.fixture
def answered(bench: Bench, firm: Firm, cases: tuple[Case, ...]) -> Firm:
    case = next(c for c in cases if c.id == "contract_garment")
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


# --- beginning -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_assessment_is_begun_from_a_file_and_its_link_is_shown(
    visit: Visit, bench: Bench, cases: tuple[Case, ...], edition: Edition, words: Say, language: str
) -> None:
    case = next(c for c in cases if c.id == "contract_garment")
    app = handed(visit(lang=language), "mine.json", write_json(edition, case.answers))
    say = words[language].text
    assert say("upload.start.found", file="mine.json", count=len(case.answers.replies), remarks=0) in plain(
        text_of(app)
    )
    app = checked(app.button(key="begin-file").click().run())
    new = resume(bench, app.code[0].value.rsplit("/", 1)[1])
    assert new is not None and new.answers.replies == case.answers.replies
    assert new.record.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_taken_is_told_at_once_and_left_out_only_if_somebody_agrees(
    visit: Visit, bench: Bench, words: Say, language: str
) -> None:
    body = body_of(answers={"prf_headcount": -3, "prf_role": "boss", "fin_gmm": 1, "fin_revenue": 500})
    app, say = handed(visit(lang=language), "../../outside/a<b>.json", body), words[language].text
    told = text_of(app)
    assert say("upload.left_out", count=3, file="a<b>.json") in plain(told)
    assert "boss" in told and "fin_gmm" in told and say("faults.too_low.problem", left="-3") in told
    assert "outside/" not in told
    assert app.button(key="begin-file").disabled
    app = checked(app.checkbox(key="begin_without").check().run())
    app = checked(app.button(key="begin-file").click().run())
    new = resume(bench, app.code[0].value.rsplit("/", 1)[1])
    assert new is not None and new.answers.replies == {"fin_revenue": Answered(Decimal(500))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_read_says_why_and_offers_nothing(
    visit: Visit, cookies: list[str], words: Say, language: str
) -> None:
    app = handed(visit(lang=language), "a.xlsx", b"\x89PNG\r\n\x1a\n")
    say = words[language].text
    assert say("upload.fault.other-content.what", name=".xlsx", content="PNG") in text_of(app)
    assert "begin-file" not in {b.key for b in app.button} and cookies == []


def test_the_file_leaves_streamlits_memory_and_ours_once_it_is_read(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_there: list[int] = []
    remove = MemoryUploadedFileManager.remove_file

    def watched(self: MemoryUploadedFileManager, session_id: str, file_id: str) -> None:
        remove(self, session_id, file_id)
        left_there.append(len(self.file_storage[session_id]))

    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", watched)
    app = handed(visit(lang="en"), "a.json", body_of(answers={"fin_revenue": 500}))
    assert left_there == [0]
    tray = app.session_state["session"].tray
    assert tray.handed is not None and tray.body == b""
    assert app.file_uploader[0].value is None
    asked = handed(visit(lang="en"), "a.csv", "firm,fin_revenue\nMüller,500\n".encode())
    assert asked.session_state["session"].tray.body != b""
    left = checked(asked.button(key="settle.encoding.utf-8").click().run())
    assert left.session_state["session"].tray.body == b""


@pytest.mark.parametrize("language", LANGUAGES)
def test_doubts_about_characters_and_numbers_are_asked_with_what_stands_there(
    visit: Visit, words: Say, language: str
) -> None:
    text = 'firm,fin_revenue,prf_headcount,fin_gm\n灯笼制衣,"1,234","2,500","0.35"\n'
    app, say = handed(visit(lang=language), "a.csv", text.encode("gb18030")), words[language].text
    offered = {b.key: plain(b.label) for b in app.button}
    assert offered["settle.encoding.gb18030"] == "灯笼制衣"
    assert "settle.encoding.utf-8" not in offered
    app = checked(app.button(key="settle.encoding.gb18030").click().run())
    labels = {b.key: plain(b.label) for b in app.button}
    assert labels["settle.decimal.point"] == say("upload.doubt.point", first="1234")
    app = checked(app.button(key="settle.decimal.point").click().run())
    app = checked(app.button(key="settle.percent.points").click().run())
    found = app.session_state["session"].tray.handed
    assert found.faults == ()
    assert found.given == {
        "fin_revenue": Answered(Decimal(1234)),
        "prf_headcount": Answered(Decimal(2500)),
        "fin_gm": Answered(Decimal("0.35")),
    }


# --- filling in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_change_is_shown_and_only_what_is_ticked_is_overwritten(
    visit: Visit, bench: Bench, answered: Firm, words: Say, language: str
) -> None:
    answering.keep(bench, answered().record, answering.withdraw(["fin_revenue"]))
    before = answered().answers
    file = body_of(firm=answered().record.firm_name, answers={"fin_revenue": 500, "fin_gm": 7, "chn_tech": 4})
    app = checked(visit(page="home", lang=language).button(key="to-fill").click().run())
    app, say = handed(app, "a.json", file), words[language].text
    assert say("upload.fill.found", file="a.json", new=1, different=2, same=0) in plain(text_of(app))
    assert answered().answers == before
    ticks = {key.rsplit(":", 1)[1]: c for c in app.checkbox if (key := str(c.key)).startswith("take.")}
    assert [c.value for c in ticks.values()] == [False, False]
    assert set(ticks) == {"fin_gm", "chn_tech"}
    app = checked(ticks["fin_gm"].check().run())
    app = checked(app.button(key="fill-take").click().run())
    assert say("upload.fill.done", count=2) in text_of(app)
    now = answered().answers
    assert now.reply("fin_revenue") == Answered(Decimal(500)) and now.reply("fin_gm") == Answered(Decimal(7))
    assert now.reply("chn_tech") == before.reply("chn_tech")


def test_all_can_be_ticked_and_unticked_with_one_press(visit: Visit, answered: Firm) -> None:
    app = handed(visit(page="fill", lang="en"), "a.json", body_of(answers={"fin_gm": 7, "chn_tech": 4}))
    app = checked(app.button(key="fill-all").click().run())
    assert [c.value for c in app.checkbox] == [True, True]
    app = checked(app.button(key="fill-none").click().run())
    assert [c.value for c in app.checkbox] == [False, False]
    assert app.button(key="fill-take").disabled


def test_what_changed_while_somebody_looked_is_left_and_shown_again(
    visit: Visit, bench: Bench, answered: Firm, words: Say
) -> None:
    app = handed(visit(page="fill", lang="en"), "a.json", body_of(answers={"fin_gm": 7}))
    app = checked(app.button(key="fill-all").click().run())
    answering.keep(bench, answered().record, answering.answer("fin_gm", DONT_KNOW))
    app = checked(app.button(key="fill-take").click().run())
    assert words["en"].text("upload.fill.passed", count=1) in text_of(app)
    assert answered().answers.reply("fin_gm") == DONT_KNOW
    assert len([c for c in app.checkbox if str(c.key).startswith("take.")]) == 1


def test_a_file_of_another_firm_is_asked_about(visit: Visit, answered: Firm, words: Say) -> None:
    app = handed(visit(page="fill", lang="en"), "a.json", body_of(firm="Other Ltd", answers={"fin_gm": 7}))
    told = words["en"].text("upload.fill.other", given="Other Ltd", now=answered().record.firm_name)
    assert told in plain(text_of(app))


def test_turning_the_page_forgets_the_file(visit: Visit, answered: Firm) -> None:
    app = handed(visit(page="fill", lang="en"), "a.json", body_of(answers={"fin_gm": 7}))
    app = checked(app.button(key="fill-back").click().run())
    assert app.session_state["session"].tray is None


def test_nothing_is_called_taken_over_before_the_store_has_it(
    visit: Visit, bench: Bench, answered: Firm, words: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = handed(visit(page="fill", lang="en"), "a.json", body_of(answers={"fin_gm": 7}))
    app = checked(app.button(key="fill-all").click().run())

    def refuse(*_: object) -> None:
        raise NotSaved("no")

    with monkeypatch.context() as patched:
        patched.setattr(answering, "keep", refuse)
        app = checked(app.button(key="fill-take").click().run())
        assert words["en"].text("ui.save.pending") in text_of(app)
        assert words["en"].text("upload.fill.done", count=1) not in text_of(app)
    app = checked(app.run())
    assert answered().answers.reply("fin_gm") == Answered(Decimal(7))
    assert words["en"].text("upload.fill.done", count=1) in text_of(app)


def test_whoever_may_only_read_hands_nothing_in(
    visit: Visit, bench: Bench, answered: Firm, cookies: list[str]
) -> None:
    cookies[:] = [bench.store.new_link(answered().record, READ)]
    assert len(visit(page="fill", lang="en").file_uploader) == 0


# --- comparing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_last_time_becomes_the_earlier_assessment(
    visit: Visit, answered: Firm, words: Say, language: str
) -> None:
    before = answered().answers
    app = handed(
        visit(page="again", lang=language), "old.json", body_of(answers={"fin_gm": 4, "chn_tech": 0})
    )
    assert answered().earlier is None
    app = checked(app.button(key="again-keep").click().run())
    assert words[language].text("upload.again.done") in text_of(app)
    now = answered()
    assert now.answers == before
    assert now.earlier is not None and now.earlier.answers.reply("fin_gm") == Answered(Decimal(4))
    app = handed(app, "older.json", body_of(answers={"fin_gm": 3}))
    assert app.button(key="again-keep").disabled
    app = checked(app.checkbox(key="again_replaced").check().run())
    checked(app.button(key="again-keep").click().run())
    replaced = answered().earlier
    assert replaced is not None and replaced.answers.reply("fin_gm") == Answered(Decimal(3))


# --- words ---------------------------------------------------------------------------------------


def plain(told: str) -> str:
    """Without the marks that keep typed text from being read as Markdown or HTML."""
    return html.unescape(told).replace("\u2060", "")


def leaves(tree: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in tree.items():
        yield from leaves(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_about_files_is_left_over(language: str) -> None:
    tree = tomllib.loads((ROOT / "words" / language / "upload.toml").read_text(encoding="utf-8"))
    source = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.rglob("*.py"))
    faults, others = tree["upload"].pop("fault"), leaves(tree)  # a fault is named by its code
    named = {*faults, *(key.rpartition(".")[2] for key in others)}
    ends = {name.removeprefix("workbook-").removeprefix("unclear-") for name in named}
    assert [name for name in sorted(ends) if not re.search(rf"\b{name}\b", source)] == []
