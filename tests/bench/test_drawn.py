"""What is drawn again when a respondent chooses an option: no more than has changed, and all of that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from assessment.ui.services import SEAT_COOKIE
from tests.bench.screen import served, take_seat
from tests.bench.tab import Tab

pytestmark = pytest.mark.slow
ROWS = [f"in.chn_control.{row}" for row in ("end_price", "channel", "brand")]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with served() as found:
        yield found


def redrawn(tab: Tab, key: str, place: int) -> bool:
    """Choose the option at a place in one row; whether the rows were drawn again."""
    before = [tab.message(row) for row in ROWS]
    tab.change(key, [tab.message(key).button_group.options[place].content])
    now = [tab.message(row) for row in ROWS]
    return all(old is not new for old, new in zip(before, now, strict=True))


def test_a_choice_draws_its_question_again_only_if_more_than_the_choice_is_different(
    client: TestClient,
) -> None:
    seat = {SEAT_COOKIE: take_seat(client)}
    with (
        closing(Tab(client, "page=section&section=chain&lang=en", seat)) as tab,
        closing(Tab(client, "page=section&section=chain&lang=en", seat)) as other,
    ):
        assert redrawn(tab, ROWS[0], 0), "there is something to take back now"
        assert not redrawn(tab, ROWS[1], 0), "the browser shows it by itself"
        assert redrawn(other, ROWS[2], 1)
        assert other.value(ROWS[1]) == tab.value(ROWS[1]), "what was saved is in the store"
        assert redrawn(tab, ROWS[0], 1), "there is another answer of theirs, from elsewhere"
        assert tab.value(ROWS[2]) == other.value(ROWS[2])
