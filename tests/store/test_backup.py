"""Back up, wipe, restore, compare; from one database into the other; nothing half, nothing unasked."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessment.store import SchemaTooNew, Store, StoreBusy, StoredAnswer, dump, outside
from tests.store.conftest import Clock, new_token, opened
from tests.store.fixtures.make import CHEAP, PASSWORD, content, fill
from tests.store.places import File, Place, Served
from tests.store.test_upgrade import RELEASED, put, without_new


def tables(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tables(file)[f"tables/{table}.jsonl"].splitlines()]


@pytest.fixture(params=["sqlite", "postgresql"])
def second(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Another database, empty."""
    if request.param == "sqlite":
        (tmp_path / "second").mkdir()
        yield File(tmp_path / "second" / "assessment.sqlite3")
        return
    server = request.getfixturevalue("server")
    found = Served(server, server.new_database())
    yield found
    server.drop(found.name)


def test_a_copy_restored_into_either_database_is_the_same_store(
    place: Place, second: Place, tmp_path: Path
) -> None:
    told = fill(place.url)
    made = outside.back_up(place.url, tmp_path / "one.zip")
    assert made.tables["answer_revision"] == 21
    outside.restore(second.url, tmp_path / "one.zip")
    outside.back_up(second.url, tmp_path / "two.zip")
    assert tables(tmp_path / "one.zip") == tables(tmp_path / "two.zip")
    with Store(second.url, clock=Clock(), passwords=CHEAP) as store:
        assert [content(store, known["token"]) for known in told] == told
        assert store.audit_broken_at() is None
        mine = opened(store, told[2]["token"])
        brand = store.brand_of(mine)
        assert brand is not None and brand.logo == bytes(range(256))
        assert store.accounts.sign_in("ann@example.org", PASSWORD, "192.0.2.7") is not None
        numbers = made.tables["answer_revision"]
        assert store.save_answer(mine, "f", StoredAnswer("dont_know"), "new").seq == numbers + 1
    second.check()


def test_after_a_wipe_a_copy_brings_everything_back(place: Place, tmp_path: Path) -> None:
    told = fill(place.url)
    before = place.dump()
    outside.back_up(place.url, tmp_path / "copy.zip")
    with Store(place.url) as store:
        for entry in store.keeping().firms():
            store.keeping().erase_firm(entry.id)
        assert store.assessment_for(told[0]["token"]) is None
    wipe(place)
    outside.restore(place.url, tmp_path / "copy.zip")
    assert sorted(place.dump().split("\n")) == sorted(before.split("\n"))


def wipe(place: Place) -> None:
    """The database as it was before there was a store."""
    if isinstance(place, File):
        for file in place.file.parent.glob("assessment.sqlite3*"):
            file.unlink()
    else:
        place.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def test_a_copy_made_under_load_shows_one_moment_and_all_that_was_acknowledged_before(
    place: Place, store: Store, token: str, tmp_path: Path
) -> None:
    mine, stop, acknowledged = opened(store, token), threading.Event(), []

    def save(number: int) -> None:
        while not stop.is_set():
            op_id = f"{number}/{len(acknowledged)}"
            store.save_answer(mine, f"f{number}", StoredAnswer("answered", op_id), op_id)
            acknowledged.append(op_id)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        for count in range(5):
            known = set(acknowledged)
            file = tmp_path / f"{count}.zip"
            outside.back_up(place.url, file)
            revisions = rows(file, "answer_revision")
            assert known <= {row["op_id"] for row in revisions}
            newest: dict[str, int] = {}
            for row in revisions:
                newest[row["field"]] = max(row["seq"], newest.get(row["field"], 0))
            assert {row["field"]: row["seq"] for row in rows(file, "answer_current")} == newest
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert len(acknowledged) > 10


def test_nothing_is_restored_over_firms_unless_forced(place: Place, tmp_path: Path, clock: Clock) -> None:
    fill(place.url)
    outside.back_up(place.url, tmp_path / "copy.zip")
    with Store(place.url, clock=clock) as store:
        token = new_token(store, "A later firm (invented)")
    before = place.dump()
    with pytest.raises(outside.Occupied):
        outside.restore(place.url, tmp_path / "copy.zip")
    assert place.dump() == before
    outside.restore(place.url, tmp_path / "copy.zip", force=True)
    with Store(place.url, clock=clock) as store:
        assert store.assessment_for(token) is None
        assert len(store.keeping().firms()) == 2


def test_a_firm_erased_since_the_copy_stays_erased(place: Place, tmp_path: Path) -> None:
    fill(place.url)
    outside.back_up(place.url, tmp_path / "copy.zip")
    with Store(place.url) as store:
        gone, stays = store.keeping().firms()
        store.keeping().erase_firm(gone.id)
    outside.restore(place.url, tmp_path / "copy.zip", force=True)
    with Store(place.url) as store:
        assert [entry.id for entry in store.keeping().firms()] == [stays.id]
        assert store.audit_broken_at() is None
    assert gone.name not in place.dump()


def test_nothing_is_restored_while_an_app_has_the_store_open(place: Place, tmp_path: Path) -> None:
    with Store(place.url) as store:
        new_token(store)
        outside.back_up(place.url, tmp_path / "copy.zip")
        with pytest.raises(StoreBusy):
            outside.restore(place.url, tmp_path / "copy.zip", force=True)


def test_a_copy_is_never_written_over_a_file(place: Place, tmp_path: Path) -> None:
    Store(place.url).close()
    target = tmp_path / "copy.zip"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        outside.back_up(place.url, target)
    assert target.read_text() == "mine"
    assert [file.name for file in tmp_path.glob(".copy*")] == []


def test_a_copy_can_be_read_by_its_owner_only(file: File, tmp_path: Path) -> None:
    Store(file.url).close()
    outside.back_up(file.url, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").stat().st_mode & 0o077 == 0


def test_where_there_is_no_store_there_is_nothing_to_copy(place: Place, tmp_path: Path) -> None:
    with pytest.raises(outside.NoStore):
        outside.back_up(place.url, tmp_path / "copy.zip")
    with pytest.raises(outside.NoStore), outside.looking(place.url):
        pass
    assert not (tmp_path / "copy.zip").exists()
    assert not (tmp_path / "assessment.sqlite3").exists()


def changed(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)


def _alter(members: dict[str, bytes]) -> None:
    members["tables/firm.jsonl"] = members["tables/firm.jsonl"].replace(b"Lantern", b"Lentern")


DAMAGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "altered": _alter,
    "table missing": lambda members: members.pop("tables/audit.jsonl"),
    "manifest missing": lambda members: members.pop("manifest.json"),
    "manifest of another kind": lambda members: members.update({"manifest.json": b'{"format": "x"}'}),
    "manifest no JSON": lambda members: members.update({"manifest.json": b"x"}),
    "something more": lambda members: members.update({"../evil": b"x"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_is_refused_before_anything_is_touched(
    file: File, damage: str, tmp_path: Path
) -> None:
    fill(file.url)
    before = file.dump()
    copy = tmp_path / "copy.zip"
    outside.back_up(file.url, copy)
    changed(copy, DAMAGES[damage])
    with pytest.raises(dump.Damaged):
        outside.restore(file.url, copy, force=True)
    assert file.dump() == before


@pytest.mark.parametrize("body", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_copy_is_refused(file: File, body: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_bytes(body)
    with pytest.raises(dump.Damaged):
        outside.restore(file.url, tmp_path / "copy.zip")


def test_a_copy_of_a_newer_version_is_refused(file: File, tmp_path: Path) -> None:
    Store(file.url).close()
    copy = tmp_path / "copy.zip"
    outside.back_up(file.url, copy)

    def newer(members: dict[str, bytes]) -> None:
        told = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps({**told, "schema": "9999"}).encode()

    changed(copy, newer)
    with pytest.raises(SchemaTooNew):
        outside.restore(file.url, copy)


@pytest.mark.parametrize("released", RELEASED)
def test_a_copy_of_an_earlier_release_is_restored_and_upgraded(
    place: Place, released: str, tmp_path: Path
) -> None:
    """The database of that release is copied as it is: the copy has its schema."""
    source = File(tmp_path / "old" / "assessment.sqlite3")
    source.file.parent.mkdir()
    put(source, released)
    made = outside.back_up(source.url, tmp_path / "copy.zip")
    assert f"schema-{made.schema}" == released
    outside.restore(place.url, tmp_path / "copy.zip")
    told = json.loads((Path(__file__).parent / "fixtures" / f"{released}.json").read_text(encoding="utf-8"))
    with Store(place.url, clock=Clock()) as store:
        for known in told["sqlite"]:
            assert without_new(content(store, known["token"]), known) == known
        assert store.audit_broken_at() is None
