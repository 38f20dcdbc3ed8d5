"""The whole set-up, started once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assessment.store import Store
from tests.browser.firms import Begun, put
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
