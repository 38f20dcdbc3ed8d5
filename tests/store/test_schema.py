"""From nothing to the present schema, from an older one with a copy first, and never from a newer one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Integer, insert, inspect

from assessment.store import NotSaved, SchemaTooNew, Store, StoreBusy, StoredAnswer, database, schema
from assessment.store.migrate import SCRIPTS
from tests.store.conftest import FINGERPRINT, new_token, opened
from tests.store.places import File, Place

NEXT = '''
"""A later version, for the test."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("firm") as table:
        table.add_column(sa.Column("country", sa.Text()))
'''


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations as a later version of the program would ship them."""
    scripts = tmp_path / "later"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_later.py").write_text(NEXT, encoding="utf-8")
    return scripts


def test_migrating_from_nothing_gives_exactly_the_tables_the_code_uses(store: Store) -> None:
    with store._reading.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        checks = [inspect(connection).get_check_constraints(name) for name in schema.metadata.tables]
    assert sum(map(len, checks)) == 2


def test_no_number_of_a_deleted_row_is_given_again_on_sqlite(file: File) -> None:
    Store(file.url).close()
    assert file.dump().count("AUTOINCREMENT") == 2


def test_every_tenant_table_is_keyed_by_workspace_and_points_within_it() -> None:
    shared = {"workspace", "account", "pack", "rate_bucket"}
    for table in schema.metadata.sorted_tables:
        if table.name in shared:
            continue
        assert "workspace_id" in table.c, table.name
        for key in table.foreign_key_constraints:
            target = key.referred_table.name
            if target not in shared and target != "answer_revision":
                assert "workspace_id" in key.column_keys, (table.name, target)


def test_a_row_cannot_point_into_another_workspace(store: Store) -> None:
    mine = opened(store, new_token(store))
    row = {
        "workspace_id": "w2",
        "assessment_id": mine.id,
        "respondent_id": mine.respondent,
        "field": "f",
        "op_id": "op",
        "value": "1",
        "state": "answered",
        "at": store._clock(),
    }
    row |= dict.fromkeys(("actor", "role", "edition", "reason", "comment", "confirmed"), "")

    def intrude(connection: Connection) -> None:
        connection.execute(insert(schema.workspace).values(id="w2", name="two", at=store._clock()))
        connection.execute(insert(schema.answer_revision).values(**row))

    with pytest.raises(NotSaved) as refused:
        store._writer.do(intrude)
    assert "foreign key" in str(refused.value.__cause__).lower()


def test_public_ids_are_random_and_no_number_is_reused() -> None:
    for table in schema.metadata.sorted_tables:
        if "id" in table.c:
            assert not isinstance(table.c.id.type, Integer), table.name


def test_opening_again_changes_nothing_and_makes_no_copy(url: str, store: Store, tmp_path: Path) -> None:
    token = new_token(store)
    store.close()
    with Store(url) as again:
        assert again.assessment_for(token) is not None
        assert again.health().schema == "0003"
    assert not (tmp_path / "backups").exists()


def test_an_upgrade_keeps_the_answers_and_leaves_a_whole_copy_of_the_old(
    place: Place, store: Store, later: Path, tmp_path: Path
) -> None:
    token = new_token(store)
    store.save_answer(opened(store, token), "f", StoredAnswer("answered", "12.5"), "op")
    store.close()
    with Store(place.url, clock=store._clock, scripts=later) as upgraded:
        assert upgraded.health().schema == "9999"
        assert upgraded.load_answers(opened(upgraded, token))["f"].value == "12.5"
    if place.kind == "postgresql":  # its upgrade is one transaction: all or nothing
        return
    (copy,) = (tmp_path / "backups").iterdir()
    with Store(f"sqlite:///{copy}", clock=store._clock) as old:
        assert old.health().schema == "0003"
        assert old.load_answers(opened(old, token))["f"].value == "12.5"


def test_data_of_a_newer_version_is_refused_and_left_alone(place: Place, later: Path) -> None:
    Store(place.url, scripts=later).close()
    before = place.dump()
    with pytest.raises(SchemaTooNew, match="newer version"):
        Store(place.url)
    assert place.dump() == before
    Store(place.url, scripts=later).close()  # and the lock was let go


def test_a_second_process_is_kept_out_of_a_file_and_told_who_is_in(file: File) -> None:
    url = file.url
    store = Store(url)
    code = f"from assessment.store import Store; Store({url!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode != 0
    assert f"already in use by another process (process {os.getpid()})" in done.stderr
    with pytest.raises(StoreBusy):
        Store(url)
    store.close()
    Store(url).close()


def test_a_store_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        database.file_of("sqlite://")


def test_another_database_needs_no_lock_file() -> None:
    assert database.file_of("postgresql+psycopg://user@host/name") is None


def test_the_edition_is_kept_once_however_many_assessments_use_it(store: Store) -> None:
    new_token(store)
    new_token(store)
    rows = store._read(lambda connection: connection.execute(schema.pack.select()).all())
    assert [(row.fingerprint, row.edition) for row in rows] == [(FINGERPRINT, "servitization/2026-1")]
