"""A copy of a whole store that belongs to neither database: every table as lines of JSON, in one zip file.

`manifest.json` names the format, the schema and, for each table, how many rows it has and the SHA-256 of its
lines. A copy of one database can be restored into the other, by this version of the program or a later one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, MetaData, String, Table, func, insert, select

from assessment.store.database import on_server
from assessment.store.records import StoreError

FORMAT: Final = "assessment-backup/1"
_MANIFEST: Final = "manifest.json"
_VERSION: Final = "alembic_version"
_CHUNK: Final = 1000  # rows
_LARGEST_MANIFEST: Final = 1 << 20


class Damaged(StoreError):
    """The file is no copy of a store, or is not as it was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds. `tables`: name -> rows."""

    schema: str
    at: str
    tables: Mapping[str, int]
    digests: Mapping[str, str]


def write(connection: Connection, target: IO[bytes], at: datetime) -> Manifest:
    """Copy every table. The connection must show one consistent state until the end."""
    metadata = MetaData()
    metadata.reflect(connection)
    schema = str(connection.scalar(select(metadata.tables[_VERSION].c.version_num)))
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in metadata.sorted_tables:
            if table.name != _VERSION:
                with archive.open(_member(table.name), "w", force_zip64=True) as out:
                    rows[table.name], digests[table.name] = _lines_to(connection, table, out)
        made = Manifest(schema, at.isoformat(), rows, digests)
        told = {"format": FORMAT, "schema": schema, "at": made.at, "rows": rows, "sha256": digests}
        archive.writestr(_MANIFEST, json.dumps(told, indent=1))
    return made


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _lines_to(connection: Connection, table: Table, out: IO[bytes]) -> tuple[int, str]:
    digest, count, names = hashlib.sha256(), 0, sorted(table.c.keys())
    # The same order on every database and in every language: by bytes.
    by_bytes = "C" if on_server(connection) else "BINARY"
    order = [c.collate(by_bytes) if isinstance(c.type, String) else c for c in table.primary_key]
    found = connection.execute(select(table).order_by(*order).execution_options(yield_per=_CHUNK))
    for row in found.mappings():
        packed = {name: _packed(row[name]) for name in names}
        line = json.dumps(packed, ensure_ascii=False).encode() + b"\n"
        out.write(line)
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def _packed(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def _unpacked(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def check(file: Path) -> Manifest:
    """Read the copy to its end. Raises Damaged unless everything is there and as it was written."""
    try:
        with zipfile.ZipFile(file) as archive:
            made = _manifest(archive)
            expected = {_MANIFEST, *(_member(table) for table in made.tables)}
            if set(archive.namelist()) != expected or set(made.tables) != set(made.digests):
                raise Damaged("the tables are not those of the manifest")
            for table in made.tables:
                _check_table(archive, made, table)
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        NotImplementedError,
    ) as fault:
        raise Damaged(str(fault)) from fault
    return made


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise Damaged("the manifest is too large")
    told = json.loads(archive.read(_MANIFEST))
    if told["format"] != FORMAT:
        raise Damaged(f"the format is {str(told['format'])[:40]!r}")
    return Manifest(str(told["schema"]), str(told["at"]), dict(told["rows"]), dict(told["sha256"]))


def _check_table(archive: zipfile.ZipFile, made: Manifest, table: str) -> None:
    digest, count = hashlib.sha256(), 0
    with archive.open(_member(table)) as lines:
        for line in lines:
            digest.update(line)
            count += 1
    if digest.hexdigest() != made.digests[table] or count != made.tables[table]:
        raise Damaged(f"the table {table} is not as it was written")


def read_into(connection: Connection, file: Path, made: Manifest) -> None:
    """Fill the empty tables of the same schema. Part of the caller's transaction."""
    metadata = MetaData()
    metadata.reflect(connection)
    with zipfile.ZipFile(file) as archive:
        for table in metadata.sorted_tables:
            if table.name in made.tables:
                with archive.open(_member(table.name)) as lines:
                    for rows in _chunks(lines):
                        connection.execute(insert(table), rows)
    if on_server(connection):
        _set_counters(connection, metadata)


def _chunks(lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append({name: _unpacked(value) for name, value in json.loads(line).items()})
        if len(rows) == _CHUNK:
            yield rows
            rows = []
    if rows:
        yield rows


def _set_counters(connection: Connection, metadata: MetaData) -> None:
    """Numbers are given from behind the highest one that was restored."""
    for table in metadata.sorted_tables:
        if "seq" in table.primary_key.columns:
            counter = func.pg_get_serial_sequence(table.name, "seq")
            after = select(func.coalesce(func.max(table.c.seq), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(counter, after, False)))
