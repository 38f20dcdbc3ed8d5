"""A copy of the real edition that a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.content.lint import lint
from assessment.content.load import EDITIONS
from assessment.model.problems import Problem

EDITION = "servitization/2026-1"


@dataclass
class Copy:
    """An edition of its own in a temporary folder."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / EDITION

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in `file`, which must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def faults(self) -> list[Problem]:
        return lint(self.folder)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    shutil.copytree(EDITIONS / EDITION, tmp_path / EDITION)
    return Copy(tmp_path)
