"""Writers of a SQLite store are killed at 200 random moments: see `tests.store.ledger`."""

import pytest

from assessment.store import Store
from tests.store.conftest import new_token
from tests.store.ledger import Ledger, forkserver, kill_writers
from tests.store.places import File

pytestmark = pytest.mark.slow


def test_no_acknowledged_answer_is_lost_when_the_writer_is_killed(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(file.url) as store:
        token = new_token(store)
    kill_writers(forkserver(monkeypatch), Ledger(file, token))
