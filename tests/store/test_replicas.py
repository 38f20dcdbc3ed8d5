"""Several processes on one PostgreSQL: they start and write together, and outlive its absence."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from assessment.settings import Settings, SettingsError, read
from assessment.store import NotSaved, Store, StoredAnswer, StoreError, Unreachable, opening
from tests.postgres import PostgreSQL
from tests.store.conftest import new_token, opened
from tests.store.places import Served

T = TypeVar("T")
ANSWER = StoredAnswer("answered", "12.5")


def at_once(deeds: list[Callable[[], T]]) -> list[T]:
    """What the deeds return, all begun at the same time."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(60) for future in [pool.submit(deed) for deed in deeds]]


@pytest.fixture
def replicas(served: Served) -> Iterator[list[Store]]:
    """Three stores on one database, as three processes would open them."""
    stores = [Store(served.url) for _ in range(3)]
    yield stores
    for store in stores:
        store.close()


def test_replicas_that_start_together_make_one_schema_and_one_workspace(served: Served) -> None:
    stores = at_once([lambda: Store(served.url) for _ in range(4)])
    assert len({store.health().schema for store in stores}) == 1
    assert served.run("SELECT count(*) FROM workspace") == [(1,)]
    for store in stores:
        store.close()


def test_what_one_replica_saved_another_reads_at_once(replicas: list[Store]) -> None:
    one, two, three = replicas
    token = new_token(one)
    known: dict[str, StoredAnswer] = {}
    for number in range(20):
        writer, reader = ((one, two), (two, three), (three, one))[number % 3]
        answer = StoredAnswer("answered", number)
        writer.save_answer(opened(writer, token), f"f{number % 4}", answer, f"op{number}")
        known = reader.load_answers(opened(reader, token), known)
        assert known[f"f{number % 4}"] == answer


def test_replicas_that_open_assessments_at_once_wait_for_each_other_and_keep_one_chain(
    replicas: list[Store], served: Served
) -> None:
    def begin(store: Store) -> Callable[[], None]:
        def deed() -> None:
            for _ in range(10):
                mine = opened(store, new_token(store))
                store.set_path(mine, "full")
                store.new_download_ticket(mine, "report", {})

        return deed

    at_once([begin(store) for store in replicas])
    assert replicas[0].audit_broken_at() is None
    assert served.run("SELECT count(*) FROM audit") == [(90,)]


def test_the_same_save_sent_to_two_replicas_is_kept_once(replicas: list[Store], served: Served) -> None:
    token = new_token(replicas[0])
    for number in range(20):
        saved = at_once(
            [
                lambda store=store, op=f"op{number}": store.save_answer(opened(store, token), "f", ANSWER, op)
                for store in replicas
            ]
        )
        assert len({one.seq for one in saved}) == 1
    assert served.run("SELECT count(*) FROM answer_revision") == [(20,)]


def test_an_entry_ticket_is_good_for_one_replica_only(replicas: list[Store]) -> None:
    mine = opened(replicas[0], new_token(replicas[0]))
    for _ in range(10):
        ticket = replicas[0].new_entry_ticket(mine, "b")
        taken = at_once(
            [lambda store=store, ticket=ticket: store.redeem_entry_ticket(ticket, "b") for store in replicas]
        )
        assert sum(token is not None for token in taken) == 1


def test_two_transactions_that_block_each_other_are_both_carried_out(replicas: list[Store]) -> None:
    """A deadlock, made on purpose: the one PostgreSQL undoes is run again."""
    one, two, _ = replicas
    tokens = [new_token(one), new_token(one)]
    firms = [opened(one, token).firm_id for token in tokens]

    def crossing(store: Store, order: list[str]) -> Callable[[], None]:
        def deed(connection: object) -> None:
            for id_ in order:
                connection.exec_driver_sql("UPDATE firm SET name = name || '+' WHERE id = %s", (id_,))  # type: ignore[attr-defined]
                time.sleep(0.2)

        return lambda: store._writer.do(deed)

    at_once([crossing(one, firms), crossing(two, firms[::-1])])
    assert {opened(one, token).firm_name[-2:] for token in tokens} == {"++"}


def test_a_connection_that_died_unused_is_replaced_unnoticed(replicas: list[Store], served: Served) -> None:
    store = replicas[0]
    mine = opened(store, new_token(store))
    served.run(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        f"AND datname = '{served.name}'"
    )
    assert store.save_answer(mine, "f", ANSWER, "op").overtook is None
    assert store.load_answers(mine) == {"f": ANSWER}


def test_without_a_server_nothing_counts_as_saved_and_the_same_save_is_kept_once_it_is_back(
    own_server: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    place = Served(own_server, own_server.new_database())
    with Store(place.url) as store:
        mine = opened(store, new_token(store))
        store.save_answer(mine, "f", ANSWER, "op1")
        own_server.stop(signal.SIGQUIT)
        with pytest.raises(NotSaved):
            store.save_answer(mine, "g", ANSWER, "op2")
        with pytest.raises(Unreachable):
            store.load_answers(mine)
        assert not store.health().ok
        with pytest.raises(Unreachable, match="does not answer"):
            Store(place.url)
        own_server.start()
        for _ in range(2):
            store.save_answer(mine, "g", ANSWER, "op2")
        assert store.load_answers(mine) == {"f": ANSWER, "g": ANSWER}
        assert store.health().ok
    assert place.run("SELECT count(*) FROM answer_revision") == [(2,)]
    place.check()


def test_text_no_database_can_hold_is_marked_and_not_lost(store: Store, token: str) -> None:
    mine = opened(store, token)
    odd = StoredAnswer("answered", "a\ud800", comment="b\x00c")
    for _ in range(2):
        store.save_answer(mine, "f", odd, "op")
    kept = store.load_answers(mine)["f"]
    assert (kept.value, kept.comment) == ("a?", "b\N{REPLACEMENT CHARACTER}c")
    store.rename_firm(mine, "x\x00y")
    assert opened(store, token).firm_name == "x\N{REPLACEMENT CHARACTER}y"


# --- the address and its password --------------------------------------------------------------------


def settings(**given: str) -> Settings:
    return read({"ASSESSMENT_DATA": "somewhere", **given})


def test_the_address_comes_from_either_variable_and_is_a_file_without() -> None:
    assert settings().database_url == "sqlite:///somewhere/assessment.sqlite3"
    assert settings(DATABASE_URL="postgres://u@h/n").database_url == "postgres://u@h/n"
    both = settings(DATABASE_URL="postgres://u@h/n", ASSESSMENT_DATABASE_URL="sqlite:///x.sqlite3")
    assert both.database_url == "sqlite:///x.sqlite3"


@pytest.mark.parametrize("address", ["mysql://u:hunter2@h/n", "hunter2", "postgresql:hunter2"])
def test_another_database_is_refused_without_repeating_the_password(address: str) -> None:
    with pytest.raises(SettingsError, match="must begin with postgresql://") as refused:
        settings(DATABASE_URL=address)
    assert "hunter2" not in str(refused.value)


def test_the_password_stands_in_no_message_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    assert "hunter2" not in repr(settings(DATABASE_URL="postgresql://u:hunter2@h/n"))
    for address in (
        "postgresql://u:hunter2@127.0.0.1:1/n",  # nobody listens
        "postgresql://u:hunter2@h:port/n",
        "mysql://u:hunter2@h/n",
    ):
        with pytest.raises(StoreError) as refused:
            Store(address)
        assert "hunter2" not in str(refused.value)
    assert "hunter2" not in caplog.text
