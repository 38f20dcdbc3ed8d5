"""The disk is full, the database is locked: nothing half done, and the store recovers."""

import random
import threading

import pytest
from sqlalchemy import Connection

from assessment.store import Assessment, NotSaved, Store, StoredAnswer
from tests.postgres import PostgreSQL
from tests.store.conftest import new_token, opened
from tests.store.places import File, Place, Served

ANSWER = StoredAnswer("answered", "x" * 20_000)


def _occupy(store: Store) -> threading.Event:
    """Keep the writer busy until the event is set; what is queued meanwhile shares the next commit."""
    begun, held = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        begun.set()
        held.wait(5)

    store._writer.submit(wait)
    assert begun.wait(5)
    return held


def test_a_locked_database_means_not_saved_and_a_later_resend_saves_once(
    place: Place, store: Store, assessment: Assessment
) -> None:
    with place.occupied():
        with pytest.raises(NotSaved):
            store.save_answer(assessment, "f", ANSWER, "op")
        assert place.kind == "postgresql" or not store.health().ok
        assert store.load_answers(assessment) == {}
    assert store.health().ok
    assert store.load_answers(assessment) == {}
    store.save_answer(assessment, "f", ANSWER, "op")
    store.save_answer(assessment, "f", ANSWER, "op")
    assert len(store.revisions(assessment, "f")) == 1


def test_a_full_disk_means_not_saved_and_the_store_recovers(file: File) -> None:
    with Store(file.url) as store:
        _fill_and_make_room(store, opened(store, new_token(store)))


def _fill_and_make_room(store: Store, assessment: Assessment) -> None:
    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")

    store._writer.do(limit)
    failed = []
    for number in range(4):
        try:
            store.save_answer(assessment, f"f{number}", ANSWER, f"op{number}")
        except NotSaved:
            failed.append(number)
    assert failed
    assert f"f{failed[0]}" not in store.load_answers(assessment)
    # a new connection has no limit: room was made
    for number in range(4):
        store.save_answer(assessment, f"f{number}", ANSWER, f"op{number}")
    assert {f"f{number}" for number in range(4)} == set(store.load_answers(assessment))
    assert all(len(store.revisions(assessment, f"f{number}")) == 1 for number in range(4))


def test_a_full_disk_of_the_server_means_not_saved_and_the_store_recovers(own_server: PostgreSQL) -> None:
    """A limit of the size of a file stands for the disk: the server meets the same kind of error."""
    own_server.stop()
    own_server.start(largest_file=3 << 20)
    place = Served(own_server, own_server.new_database())
    sent = {f"f{number}": StoredAnswer("answered", random.randbytes(40_000).hex()) for number in range(60)}
    with Store(place.url) as store:
        mine = opened(store, new_token(store))
        failed = {name for name, answer in sent.items() if not _saved(store, mine, name, answer)}
        assert failed
        assert set(store.load_answers(mine)) == set(sent) - failed
        own_server.stop()
        own_server.start()  # room was made
        assert all(_saved(store, mine, name, answer) for name, answer in sent.items())
        assert store.load_answers(mine) == sent
    assert place.run("SELECT count(*) FROM answer_revision") == [(len(sent),)]
    place.check()


def _saved(store: Store, to: Assessment, name: str, answer: StoredAnswer) -> bool:
    try:
        store.save_answer(to, name, answer, name)
    except NotSaved:
        return False
    return True


def test_one_refused_save_does_not_take_its_neighbours_with_it(store: Store, assessment: Assessment) -> None:
    """Held back behind a slow deed, the three share one commit."""
    held = _occupy(store)

    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE assessment SET language = 'xx'")
        names = "workspace_id, account_id, role, at"
        connection.exec_driver_sql(f"INSERT INTO membership ({names}) VALUES ('no', 'such', 'workspace', '')")

    outcomes: list[object] = []

    def save(number: int) -> None:
        outcomes.append(store.save_answer(assessment, f"f{number}", ANSWER, f"op{number}").seq)

    first = threading.Thread(target=save, args=(1,))
    first.start()
    bad = store._writer.submit(broken)
    second = threading.Thread(target=save, args=(2,))
    second.start()
    held.set()
    first.join()
    second.join()
    with pytest.raises(NotSaved):
        bad.result(5)
    assert len(outcomes) == 2
    assert set(store.load_answers(assessment)) == {"f1", "f2"}
    language = "SELECT DISTINCT language FROM assessment"
    assert store._read(lambda connection: connection.exec_driver_sql(language).scalar_one()) == "en"


def test_a_fault_in_a_deed_reaches_its_caller_and_the_writer_lives_on(
    store: Store, assessment: Assessment
) -> None:
    def faulty(connection: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store._writer.do(faulty)
    store.save_answer(assessment, "f", ANSWER, "op")
    assert store.health().ok


def test_a_save_that_waits_too_long_is_withdrawn_and_never_written(
    store: Store, assessment: Assessment
) -> None:
    held = _occupy(store)
    with pytest.raises(NotSaved):
        store._writer.do(
            lambda connection: connection.exec_driver_sql("UPDATE firm SET name = 'late'"), timeout=0.05
        )
    held.set()
    store.save_answer(assessment, "f", ANSWER, "op")
    name = store._read(lambda connection: connection.exec_driver_sql("SELECT name FROM firm").scalar_one())
    assert name == "Lantern Garments (invented)"


def test_only_the_one_writing_connection_can_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"readonly database|read-only transaction"):
        store._read(lambda connection: connection.exec_driver_sql("DELETE FROM answer_revision"))


def test_the_writing_connection_is_set_up_for_power_cuts_and_erasure(file: File) -> None:
    def pragma(connection: Connection) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}

    with Store(file.url, busy_ms=200) as store:
        found = store._writer.do(pragma)
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 200,
    }
