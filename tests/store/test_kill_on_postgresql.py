"""Writers on PostgreSQL, and the server itself, are killed at random moments: see `tests.store.ledger`."""

import random
import signal

import pytest

from assessment.store import Store
from tests.postgres import PostgreSQL
from tests.store.conftest import new_token
from tests.store.ledger import Ledger, Writer, forkserver, kill_writers
from tests.store.places import Served

pytestmark = pytest.mark.slow
CRASHES = 5


@pytest.fixture
def ledger(own_server: PostgreSQL) -> Ledger:
    """A database on a server that may be killed."""
    place = Served(own_server, own_server.new_database())
    with Store(place.url) as store:
        return Ledger(place, new_token(store))


def test_no_acknowledged_answer_is_lost_when_the_writer_is_killed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_writers(forkserver(monkeypatch), ledger)


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed_under_two_writers(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writers live on: each sends its answer again until the server is back."""
    assert isinstance(ledger.place, Served)
    context, dice = forkserver(monkeypatch), random.Random(8)
    writers = [Writer(context, ledger, f"w{number}") for number in range(2)]
    for _ in range(CRASHES):
        writers[0].live(dice.uniform(0.1, 0.5))
        ledger.place.server.stop(signal.SIGQUIT)
        ledger.place.server.start()
    writers[0].live(0.5)
    for writer in writers:
        ledger.read(writer.kill())
    ledger.resend()
    assert len(ledger.acknowledged) > CRASHES * 10
