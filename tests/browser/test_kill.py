"""What the page called saved is there after SIGKILL, in the database and on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.firms import Begun, put
from tests.browser.serving import Server
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KILLS = 5
FIELDS = ("fin_revenue", "fin_opcost", "fin_inputs")  # fewer than kills: an answer is changed once more


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server that only this test kills, and the token of an assessment that lacks the finance page."""
    token = put(tmp_path, {"it": Begun("contract_garment", without=("finance",))})["it"]
    server = Server(tmp_path)
    try:
        yield server, token
    finally:
        server.stop()


@pytest.mark.timeout(400)  # each kill starts a server anew, which takes its time on a busy machine
def test_five_kills_lose_no_answer_the_page_called_saved(
    own_server: tuple[Server, str], new_visitor: NewVisitor
) -> None:
    """The server ends the moment the page says so. Kills at any moment: tests/store, 200 on each database."""
    server, token = own_server
    server.start()
    visitor = new_visitor(server)
    visitor.join(token)
    acknowledged: dict[str, str] = {}
    for kill in range(KILLS):
        visitor.section("finance")
        shows(visitor, acknowledged)
        assert visitor.say("save.nothing") in visitor.status()  # so "saved" below is about this answer
        field, text = FIELDS[kill % len(FIELDS)], str(1000 + kill)
        visitor.type_number(field, text)
        visitor.says_saved()
        server.kill()
        acknowledged[field] = text
        kept = server.kept(token)
        assert {name: kept[name].value for name in acknowledged} == acknowledged
        server.start()
    visitor.section("finance")
    shows(visitor, acknowledged)
    visitor.complaints.clear()  # the browser itself remarks each lost connection


def shows(visitor: Visitor, acknowledged: dict[str, str]) -> None:
    """The inputs show every answer that was acknowledged."""
    for field, text in acknowledged.items():
        expect(visitor.field_input(field)).to_have_value(text)
