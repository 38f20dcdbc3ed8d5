"""Which files make an edition: its own, and those it takes over from the edition it is based on.

`based_on` in edition.toml names that edition. A file that the edition holds itself stands in place of the
one with the same name. edition.toml and the texts are taken over key by key: an edition says only what it
says differently. carry_over.toml and worked cases are never taken over.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment.content.reading import Faults, read_toml

FRAME, CARRY_OVER = "edition.toml", "carry_over.toml"

_RULE_FILES = (FRAME, "checks.toml", "indicators.toml", "trends.toml", "evidence.toml", CARRY_OVER)
_RULE_FOLDERS = ("questions", "dilemmas", "countermeasures", "effects", "text")


@dataclass(frozen=True)
class Files:
    """The files of one edition. `found`: name inside the edition -> file, by name. `folders`: own first."""

    folders: tuple[Path, ...]
    found: Mapping[str, Path]

    def at(self, *names: str) -> Path:
        """The file or folder called `names`; the edition's own place if there is none."""
        return self.found.get("/".join(names), self.folders[0].joinpath(*names))

    def below(self, *names: str) -> list[Path]:
        """The files below a folder, by name."""
        return [file for name, file in self.found.items() if name.startswith("/".join(names) + "/")]

    def texts(self, language: str) -> list[Path]:
        """The files of a language in the order in which they are merged: a later one has the last word."""
        folders = [folder / "text" / language for folder in reversed(self.folders)]
        return [file for folder in folders for file in sorted(folder.rglob("*.toml"))]

    def frame(self, faults: Faults) -> dict[str, Any]:
        """edition.toml, with what it leaves unsaid taken from the editions it is based on."""
        merged: dict[str, Any] = {}
        for folder in reversed(self.folders):
            merged |= read_toml(folder / FRAME, faults)
        return merged

    def hashed(self) -> Iterator[tuple[str, Path]]:
        """Every file that decides a result or a sentence, under its name."""
        yield from self.found.items()
        for depth, folder in enumerate(self.folders[1:], 1):
            for name, file in sorted((f.relative_to(folder).as_posix(), f) for f in _own(folder)):
                if name == FRAME or name.startswith("text/"):
                    yield f"{'based_on/' * depth}{name}", file


def files_of(folder: Path) -> Files:
    """The files of the edition in `folder`; worked cases are not part of it."""
    folders = tuple(_folders(folder))
    found: dict[str, Path] = {}
    for one in reversed(folders):
        found.pop(CARRY_OVER, None)
        found |= {file.relative_to(one).as_posix(): file for file in _own(one)}
    return Files(folders, dict(sorted(found.items())))


def _own(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in _RULE_FILES if (folder / name).is_file())
    for name in _RULE_FOLDERS:
        yield from (folder / name).rglob("*.toml")


def _folders(folder: Path) -> Iterator[Path]:
    """The folder, that of the edition it is based on, and so on; a circle ends where it closes."""
    seen: list[Path] = []
    here: Path | None = folder
    while here is not None and here not in seen:
        seen.append(here)
        yield here
        here = _base(here)


def _base(folder: Path) -> Path | None:
    try:
        raw = tomllib.loads((folder / FRAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):  # noted where the file is read
        return None
    name = raw.get("based_on")
    return folder.resolve().parents[name.count("/")] / name if name and isinstance(name, str) else None
