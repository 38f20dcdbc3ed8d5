"""Reading one TOML table with typed access; every fault is noted, none stops the reading."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from os.path import relpath
from pathlib import Path
from typing import Any

from assessment.model.problems import Problem


@dataclass
class Faults:
    """Collects problems while an edition is read, so that an author sees all of them at once."""

    root: Path
    found: list[Problem] = field(default_factory=list)

    def note(self, code: str, file: Path, place: str, what: str, cure: str = "") -> None:
        """Note a fault at `place` (an id) in `file`; the line is looked up by the id."""
        where = f"{_relative(file, self.root)}{_line(file, place)} {place}"
        self.found.append(Problem(code, where.rstrip(), what, cure))


def _relative(file: Path, root: Path) -> str:
    """The file as seen from the edition, also where it is taken over from another one."""
    return Path(relpath(file, root)).as_posix()


def _line(file: Path, place: str) -> str:
    """`:12` for the line that holds the id or dotted key: tomllib keeps no line numbers."""
    if not place or not file.is_file():
        return ""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    while place:
        found = _key_in_table(lines, place) or _first(lines, place)
        if found:
            return f":{found}"
        place = place.rpartition(".")[0]
    return ""


def _key_in_table(lines: list[str], place: str) -> int:
    """The line of `c = ...` below the header `[a.b]` for `a.b.c`, 0 if there is none."""
    table, _, key = place.rpartition(".")
    inside = False
    for number, line in enumerate(lines, 1):
        if line.startswith("["):
            inside = bool(table) and line.partition("#")[0].strip().endswith((f"[{table}]", f".{table}]"))
        elif inside and line.startswith((f"{key} =", f"{key}=")):
            return number
    return 0


def _first(lines: list[str], place: str) -> int:
    """The first line that holds the id, 0 if there is none."""
    for number, line in enumerate(lines, 1):
        header = line.rstrip().endswith((f".{place}]", f"[{place}]"))
        if header or line.startswith(f"{place} =") or f'"{place}"' in line:
            return number
    return 0


def read_toml(file: Path, faults: Faults, *, exact: bool = False) -> dict[str, Any]:
    """The table in `file`, or an empty one with the fault noted. `exact`: numbers as Decimal."""
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text, parse_float=Decimal if exact else float)
    except FileNotFoundError:
        cure = "Create it; see docs/reference/edition-format.md."
        faults.note("missing-file", file, "", "the file is missing.", cure)
    except UnicodeDecodeError:
        faults.note("not-utf8", file, "", "the file is not UTF-8.", "Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        faults.note("not-toml", file, "", f"the file is not valid TOML: {error}.", "Mend the line named.")
    return {}


def numbers_only(value: object) -> bool:
    """Whether every leaf of a list or table is a number."""
    if isinstance(value, Mapping):
        return all(numbers_only(v) for v in value.values())
    if isinstance(value, list):
        return all(numbers_only(v) for v in value)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass
class Table:
    """A TOML table being read. Keys that nobody asked for are faults (typing slips)."""

    data: Mapping[str, Any]
    file: Path
    place: str
    faults: Faults
    used: set[str] = field(default_factory=set)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of `key` if it has the right type, else `default` (noted if of a wrong type)."""
        self.used.add(key)
        if key not in self.data:
            return default
        value = self.data[key]
        if (isinstance(value, bool) and kind is not bool) or not isinstance(value, kind):
            what = f"`{key}` has the wrong type ({type(value).__name__})."
            self.note("wrong-type", what, "See docs/reference/edition-format.md.")
            return default
        return value

    def need(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """As `take`, but a missing key is a fault."""
        return self.take(key, kind, default) if self._there(key) else default

    def _there(self, key: str) -> bool:
        self.used.add(key)
        if key not in self.data:
            self.note("missing-key", f"`{key}` is missing.", f"Add `{key} = ...`.")
        return key in self.data

    def figures(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """As `take`, for a list or table that holds numbers only."""
        value = self.take(key, kind, default)
        if numbers_only(value):
            return value
        self.note(
            "wrong-type", f"`{key}` holds something that is no number.", "Write numbers without quotes."
        )
        return default

    def need_figures(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """As `figures`, but a missing key is a fault."""
        return self.figures(key, kind, default) if self._there(key) else default

    def number(self, key: str, default: float | None = None) -> float | None:
        value = self.take(key, (int, float), default)
        return None if value is None else float(value)

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(str(v) for v in self.take(key, list, []))

    def note(self, code: str, what: str, cure: str = "") -> None:
        self.faults.note(code, self.file, self.place, what, cure)

    def close(self) -> None:
        """Note every key that was not read."""
        for key in self.data:
            if key not in self.used:
                what = f"`{key}` is not a key of this table."
                self.note("unknown-key", what, "Remove it or mend its spelling.")
