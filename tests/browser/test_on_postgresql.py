"""The app on PostgreSQL: "saved" and "not saved" are true while tables are locked and the server restarts."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.firms import Begun, put
from tests.browser.serving import Server
from tests.browser.test_not_saved import says_nothing_of_saved
from tests.browser.visitor import until
from tests.postgres import PostgreSQL
from tests.store.conftest import started_server
from tests.store.places import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AWAY = 2.0  # seconds without a database server


@dataclass
class House:
    """The app, its database, and the token of an assessment."""

    server: Server
    database: PostgreSQL
    place: Served
    token: str

    def kept(self, field: str) -> object:
        """The value that counts, read without the store's own code."""
        query = "SELECT r.value FROM answer_current JOIN answer_revision AS r USING (seq) WHERE r.field = "
        ((value,),) = self.place.run(f"{query}'{field}'")
        return json.loads(value)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An app and a database server that only this test disturbs."""
    database = started_server()
    try:
        place = Served(database, database.new_database())
        token = put(tmp_path, {"it": Begun("contract_garment")}, place.url)["it"]
        server = Server(tmp_path, place.url)
        try:
            server.start()
            yield House(server, database, place, token)
        finally:
            server.stop()
    finally:
        database.remove()


def test_what_the_page_calls_saved_is_there_whatever_happens_to_the_database(
    house: House, new_visitor: NewVisitor
) -> None:
    visitor = new_visitor(house.server)
    visitor.join(house.token)
    visitor.section("finance")
    with house.place.occupied():
        visitor.type_number("fin_revenue", "6500")
        expect(visitor.keyed("status")).to_contain_text(visitor.say("save.pending"))
        says_nothing_of_saved(visitor)
        expect(visitor.field_input("fin_revenue")).to_have_value("6500")
        assert house.kept("fin_revenue") == "6400"
    visitor.says_saved()
    assert house.kept("fin_revenue") == "6500"

    house.database.stop(signal.SIGQUIT)  # as in a crash
    back = threading.Timer(AWAY, house.database.start)
    back.start()
    visitor.type_number("fin_revenue", "6600")
    back.join()
    until(lambda: house.kept("fin_revenue") == "6600", "the answer is in the database again")
    visitor.says_saved()
    house.server.kill()
    assert house.kept("fin_revenue") == "6600"
    house.place.check()
    house.server.start()
    visitor.page.reload()
    visitor.settled()
    visitor.section("finance")
    expect(visitor.field_input("fin_revenue")).to_have_value("6600")
    visitor.complaints.clear()  # the browser itself remarks each lost connection
