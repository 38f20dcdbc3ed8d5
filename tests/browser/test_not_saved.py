"""While the store cannot write, the page says so, keeps what was typed, and saves as soon as it can."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessment.model.answers import Answered
from tests.browser.conftest import NewVisitor
from tests.browser.firms import Begun, put
from tests.browser.serving import Server
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """A server whose database only this test locks."""
    token = put(tmp_path, {"it": Begun("contract_garment")})["it"]
    server = Server(tmp_path)
    try:
        server.start()
        yield server, token
    finally:
        server.stop()


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Somebody else writes and does not finish."""
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_an_answer_the_store_cannot_take_is_called_not_saved_kept_and_saved_later(
    own_server: tuple[Server, str], new_visitor: NewVisitor
) -> None:
    server, token = own_server
    visitor = new_visitor(server)
    visitor.join(token)
    visitor.section("finance")
    with locked(server):
        visitor.type_number("fin_revenue", "6500")
        expect(visitor.keyed("status")).to_contain_text(visitor.say("save.pending"))
        says_nothing_of_saved(visitor)
        expect(visitor.field_input("fin_revenue")).to_have_value("6500")
        assert server.kept(token)["fin_revenue"].value == "6400"
    visitor.acknowledged("fin_revenue", Answered(Decimal(6500)))
    visitor.says_saved()
    expect(visitor.keyed("status")).not_to_contain_text(visitor.say("save.pending"))
    expect(visitor.field_input("fin_revenue")).to_have_value("6500")
    visitor.page.reload()
    visitor.settled()
    expect(visitor.field_input("fin_revenue")).to_have_value("6500")


def says_nothing_of_saved(visitor: Visitor) -> None:
    """Neither a time nor the word before it."""
    before = visitor.say("save.saved", time="").strip()
    assert before not in visitor.status().replace(visitor.say("save.pending"), "")
