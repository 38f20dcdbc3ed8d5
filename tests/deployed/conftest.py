"""The whole set-up, started once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from assessment.model.edition import Edition
from assessment.store import Store
from tests.browser.conftest import LOCALES
from tests.browser.firms import Begun, put
from tests.browser.visitor import PATIENCE, Visitor
from tests.deployed.house import House
from tests.store.conftest import started_server

LOGIN, PASSWORD = "ana@example.org", "a long enough password"
BEGUN = {"it": Begun("contract_garment", without=("finance",)), "other": Begun("machining_job_shop")}


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, dict[str, str]]]:
    """The house, and the tokens of two assessments in it."""
    database = started_server()
    try:
        url = database.url(database.new_database())
        house = House(database, url)
        try:
            house.launch()
            tokens = put(tmp_path_factory.mktemp("put"), BEGUN, url)  # meanwhile: tables are made once
            with Store(url) as store:
                store.accounts.add(LOGIN, "Ana", "consultant", PASSWORD)
            house.wait_until_well()
            yield house, tokens
        finally:
            house.stop()
    finally:
        database.remove()


@pytest.fixture(scope="session")
def house(deployed: tuple[House, dict[str, str]]) -> House:
    return deployed[0]


@pytest.fixture(scope="session")
def tokens(deployed: tuple[House, dict[str, str]]) -> dict[str, str]:
    return deployed[1]


@pytest.fixture
def visitor(chromium: Browser, edition: Edition, house: House) -> Iterator[Visitor]:
    """A person with a browser of their own, which is told to believe our certificate."""
    expect.set_options(timeout=PATIENCE * 1000)
    locale, zone = LOCALES["en"]
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale=locale, timezone_id=zone, ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE * 1000)
    person = Visitor(context.new_page(), house, edition, "en")
    context.on("request", lambda asked: person.requests.append((asked.url, asked.headers.get("referer", ""))))
    yield person
    context.close()
