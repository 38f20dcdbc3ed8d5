"""A file in the browser: handed in, looked at, agreed to, and its values stand on the form."""

from __future__ import annotations

import json

import httpx
import pytest
from playwright.sync_api import expect

from assessment.exchange import write_sheet
from assessment.model.answers import Answered
from assessment.report.say import Say
from tests.browser.conftest import NewVisitor
from tests.browser.firms import case_named
from tests.browser.serving import Server
from tests.browser.test_again import looked
from tests.browser.visitor import PATIENCE, Visitor, same
from tests.exchange.test_hostile_uploads import UPLOADS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "contract_garment"
IN_THE_FILE = {"fin_gm": "11", "prf_headcount": "320", "int_forms.spot": "60"}
CHANGED, NEW = "fin_gm", "int_forms.spot"
HOSTILE = (
    "an entity bomb",
    "a picture named .xlsx",
    "a cell in the last corner",
    "nested without end",
    "zeros",
)


def hand_in(visitor: Visitor, name: str, body: bytes) -> None:
    """Put a file into the uploader and wait until the page has read it."""
    place = visitor.page.locator("[data-testid=stFileUploader] input[type=file]")
    place.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": body})


def body_of(answers: dict[str, str]) -> bytes:
    whole = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": ""}
    return json.dumps(whole | {"answers": answers}).encode()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_file_is_handed_in_looked_at_and_its_values_stand_on_the_form(
    language: str, width: int, server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor, token = new_visitor(server, language, width), tokens[f"handed.{language}"]
    answers, say = case_named(CASE).answers, visitor.words.text
    visitor.join(token)
    visitor.press("to-fill")
    looked(visitor, "fill")
    hand_in(visitor, "answers.json", body_of(IN_THE_FILE))
    visitor.keyed("fill-take").wait_for()
    visitor.settled()
    looked(visitor, "preview")
    assert say("upload.fill.found", file="answers.json", new=1, different=1, same=1) in visitor.everything()
    kept = server.kept(token)
    assert NEW not in kept and same(kept[CHANGED].state, kept[CHANGED].value, answers.reply(CHANGED))
    visitor.keyed("fill-all").get_by_role("button").click()
    expect(visitor.page.get_by_role("checkbox", checked=True)).to_have_count(2)
    visitor.keyed("fill-take").get_by_role("button").click()
    expect(visitor.page.get_by_text(say("upload.fill.done", count=2))).to_be_visible()
    looked(visitor, "done")
    for section, field in (("finance", CHANGED), ("partners", NEW)):
        visitor.section(section)
        expect(visitor.field_input(field)).to_have_value(IN_THE_FILE[field])


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_an_assessment_begins_from_a_workbook(
    language: str, width: int, server: Server, new_visitor: NewVisitor
) -> None:
    visitor, answers = new_visitor(server, language, width), case_named(CASE).answers
    say = Say(visitor.edition, visitor.texts, visitor.words)
    visitor.open()
    hand_in(visitor, "答案.xlsx", write_sheet(say, answers, visitor.edition.questions))
    visitor.keyed("begin-file").wait_for()
    visitor.settled()
    looked(visitor, "start with a file")
    visitor.keyed("begin-file").get_by_role("button").click()
    visitor.keyed("enter").wait_for()
    visitor.keyed("enter").get_by_role("button").click()
    visitor.keyed("go-on").wait_for()
    kept = server.kept(visitor.token())
    given = {f: reply for f, reply in answers.replies.items() if isinstance(reply, Answered)}
    assert {f for f, r in given.items() if not same(kept[f].state, kept[f].value, r)} == set()


def test_hostile_files_are_refused_one_after_the_other_and_the_server_answers(
    server: Server, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server, "zh", 390)
    visitor.open()
    for name in HOSTILE:
        file, make, _code = UPLOADS[name]
        hand_in(visitor, file, make())
        expect(visitor.page.locator(".faults li")).to_have_count(1)
        assert httpx.get(f"{server.url}/healthz", timeout=PATIENCE).status_code == 200
        visitor.settled()
        looked(visitor, name)
        visitor.open()


def test_an_upload_needs_our_own_page_and_its_address_stands_in_no_log(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(server)
    visitor.open()
    hand_in(visitor, "a.json", body_of({"fin_revenue": "5"}))
    visitor.keyed("begin-file").wait_for()
    address = next(url for url, _ in visitor.requests if "/_stcore/upload_file/" in url)
    refused = httpx.put(address, files={"a.json": b"{}"}, timeout=PATIENCE)
    assert refused.status_code == 403
    session = address.split("/upload_file/")[1].split("/")[0]
    assert session not in server.log.read_text(encoding="utf-8")
