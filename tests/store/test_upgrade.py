"""A store written by any earlier release is opened by this one, and nothing of it is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assessment.store import Store, StoredAnswer
from tests.store.conftest import opened
from tests.store.fixtures.make import BEGIN, HERE, content
from tests.store.places import File, Place, Served

RELEASED = sorted(file.stem for file in HERE.glob("*.json"))


def put(place: Place, released: str) -> None:
    """The database as that release left it."""
    text = HERE.joinpath(f"{released}.{place.kind}.sql").read_text(encoding="utf-8")
    if isinstance(place, File):
        with closing(sqlite3.connect(place.file)) as raw:
            raw.executescript(text)
    if isinstance(place, Served):
        with psycopg.connect(place.server.conninfo(place.name)) as raw:
            raw.execute(text.encode())


def without_new(told: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Of what is told now, what an earlier release could tell."""
    fields = {name: set(entries[0]) for name, entries in known["history"].items()}
    history = {
        name: [{key: entry[key] for key in fields[name]} for entry in entries]
        for name, entries in told["history"].items()
    }
    return {**told, "history": history}


@pytest.mark.parametrize("released", RELEASED)
def test_a_store_of_an_earlier_release_keeps_everything(place: Place, released: str, tmp_path: Path) -> None:
    put(place, released)
    expected = json.loads(HERE.joinpath(f"{released}.json").read_text(encoding="utf-8"))[place.kind]
    with Store(place.url, clock=lambda: BEGIN) as store:
        for known in expected:
            assert without_new(content(store, known["token"]), known) == known
        assert store.audit_broken_at() is None
        mine = opened(store, expected[0]["token"])
        seqs = [
            entry["seq"] for known in expected for entries in known["history"].values() for entry in entries
        ]
        assert store.save_answer(mine, "fin_revenue", StoredAnswer("dont_know"), "new").seq > max(seqs)
        assert store.audit_broken_at() is None
    place.check()
    copies = list(tmp_path.glob("backups/*"))
    assert len(copies) == (place.kind == "sqlite" and released != "schema-0003")


def test_there_is_a_store_of_every_schema(place: Place) -> None:
    Store(place.url).close()
    versions = {schema for (schema,) in place.run("SELECT version_num FROM alembic_version")}
    assert {f"schema-{version}" for version in versions} <= set(RELEASED)
