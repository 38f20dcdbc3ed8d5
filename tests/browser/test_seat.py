"""Two people in one workshop, each on a device of their own: hidden from one another, then revealed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import WebSocket, expect

from assessment.store import Store
from assessment.store.votes import reveal_key
from assessment.workflow.bench import Bench
from assessment.workflow.opening import resume
from assessment.workflow.workshop import open_workshop
from tests.browser.conftest import NewVisitor
from tests.browser.firms import Begun, put
from tests.browser.reading import JOINER
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.visitor import Visitor, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIELD, LATE = "fin_gm", "77.75"
SAID = {"en": "41.37", "zh": "58.62"}  # neither stands anywhere else
FIRM = Begun("contract_garment", "en", quick=False)


@dataclass
class Hall:
    """A server with an open workshop. What the facilitator does is written beside the app, into its file."""

    server: Server
    code: str
    workshop: str

    def reveal(self, field: str) -> None:
        """The entry that reveals a field, in the history of the firm."""
        with closing(sqlite3.connect(self.server.database, timeout=20)) as raw, raw:
            raw.execute(
                "INSERT INTO answer_revision (workspace_id, assessment_id, respondent_id, field, value,"
                " state, comment, reason, confirmed, op_id, actor, role, edition, at)"
                " SELECT workspace_id, assessment_id, respondent_id, ?, 'true', 'answered',"
                " '', '', 'null', 'revealed by hand', '', '', edition, at"
                " FROM answer_revision WHERE respondent_id IN"
                " (SELECT id FROM respondent WHERE workshop_id IS NULL) LIMIT 1",
                [reveal_key(self.workshop, field)],
            )
            raw.execute(
                "INSERT INTO answer_current SELECT workspace_id, assessment_id, respondent_id, field, seq"
                " FROM answer_revision WHERE op_id = 'revealed by hand'"
            )


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    token = put(tmp_path, {"firm": FIRM})["firm"]
    with Store(f"sqlite:///{tmp_path / 'assessment.sqlite3'}") as store:
        opened = resume(Bench(store), token)
        assert opened is not None
        which, code = open_workshop(Bench(store), opened)
    server = Server(tmp_path)
    try:
        server.start()
        yield Hall(server, code, which.id)
    finally:
        server.stop()


def listen(visitor: Visitor) -> list[bytes]:
    """All that the server sends to this browser over its WebSocket from now on."""
    heard: list[bytes] = []

    def hear(payload: str | bytes) -> None:
        heard.append(payload if isinstance(payload, bytes) else payload.encode())

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", hear)

    visitor.page.on("websocket", opened)
    return heard


def join(visitor: Visitor, code: str) -> None:
    """Through the address of the QR code, as finance; the code is gone from the address."""
    visitor.open(f"/w/{code}")
    assert code not in visitor.page.url
    expect(visitor.keyed("join-code").locator("input")).to_have_value(f"{code[:4]}-{code[4:]}")
    assert faults(visitor) == []
    visitor.keyed("join-role").get_by_text(visitor.texts.text("workshop_roles.finance")).click()
    visitor.keyed("join-now").get_by_role("button").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(visitor.words.text("seat.title"))
    visitor.settled()


def kept(visitor: Visitor, field: str) -> object:
    """What the database holds of this respondent."""
    cookies = {c.get("name"): c.get("value", "") for c in visitor.page.context.cookies()}
    found = visitor.server.kept(cookies["assessment_seat"]).get(field)
    return found.value if found else None


def answer(visitor: Visitor, text: str) -> None:
    visitor.keyed("part-finance").get_by_role("button").click()
    visitor.arrives_at("finance")
    visitor.settled()
    visitor.type_number(FIELD, text)
    until(lambda: kept(visitor, FIELD) == text, f"the vote {text} on disk")
    visitor.says_saved()


def doors_hold(hall: Hall) -> None:
    """Neither a guessed seat nor a strange code gets anything; a code leaves the address for a cookie."""
    with httpx.Client(base_url=hall.server.url) as stranger:
        seat = {"ticket": "A" * 43}
        assert stranger.post("/seat", data=seat).status_code == 404
        stranger.cookies.set("assessment_browser", "named")
        answer = stranger.post("/seat", data=seat)
        assert answer.status_code == 404 and "assessment_seat" not in answer.headers.get("set-cookie", "")
        assert stranger.get("/w/%3Cscript%3E").status_code == 404
        answer = stranger.get(f"/w/{hall.code}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/?page=join")
        assert {"HttpOnly", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))


def test_two_people_answer_hidden_from_one_another_until_it_is_revealed(
    hall: Hall, new_visitor: NewVisitor
) -> None:
    doors_hold(hall)
    ann, bao = new_visitor(hall.server, "en", 1280), new_visitor(hall.server, "zh", 390)
    heard = {"en": listen(ann), "zh": listen(bao)}
    for visitor in (ann, bao):
        join(visitor, hall.code)
        assert [*faults(visitor), *too_wide(visitor)] == []
        visitor.page.set_viewport_size({"width": 1280 if visitor is ann else 390, "height": 900})
        answer(visitor, SAID[visitor.language])
    assert [*faults(ann), *faults(bao), *too_wide(bao)] == []
    bao.open("/?page=seat&lang=zh")
    expect(bao.page.get_by_role("heading", level=1)).to_have_text(bao.words.text("seat.title"))
    before = {language: b"".join(frames) for language, frames in heard.items()}
    for mine, other in (("en", "zh"), ("zh", "en")):
        assert SAID[mine].encode() in before[mine]  # what is sent can be found
        assert SAID[other].encode() not in before[mine]

    hall.reveal(FIELD)
    label = {v.language: v.texts.text(f"questions.{FIELD}.label") for v in (ann, bao)}
    shown = bao.keyed(f"shown-{FIELD}")  # without a touch
    expect(shown).to_contain_text(label["zh"])
    shown.locator("summary").click()
    expect(shown).to_contain_text(re.compile(SAID["zh"].replace(".", rf"\.{JOINER}?")))
    expect(ann.keyed("closed-now")).to_contain_text(label["en"])
    ann.type_number(FIELD, LATE)  # refused, and told at its question
    question = ann.keyed(f"question-{FIELD}")
    late = ann.words.text("seat.locked.late", value=f"{LATE} %")
    until(lambda: late in ann.read(question), "the refusal at the question")
    assert SAID["en"] in ann.read(question) and ann.field_input(FIELD).count() == 0
    assert kept(ann, FIELD) == SAID["en"]
    assert SAID["zh"].encode() not in b"".join(heard["en"])
    assert hall.code not in hall.server.log.read_text(encoding="utf-8")
