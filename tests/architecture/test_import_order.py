"""The order of imports, checked with the standard library alone: it runs where no tool is installed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "assessment"

RANK = {
    "model": 0, "settings": 0, "evaluation": 1, "answering": 2, "scoring": 3, "report": 4, "charts": 5,
    "content": 6, "store": 6, "exchange": 6, "output": 6, "workflow": 7, "ui": 8, "commandline": 9,
    "__main__": 10,
}  # fmt: skip
TEXTS = {"words"}
HOMES = {
    "streamlit": {"ui"}, "altair": {"charts"}, "reportlab": {"output"}, "sqlalchemy": {"store"},
    "alembic": {"store"}, "sqlite3": {"store"}, "numpy": {"evaluation", "scoring"},
    "scipy": {"evaluation", "scoring"}, "pandas": {"ui"}, "docx": {"output"},
    "xlsxwriter": {"exchange", "output"},
}  # fmt: skip
PURE = ("model", "evaluation", "answering", "scoring", "report")
NOT_PURE = {
    "os",
    "time",
    "random",
    "socket",
    "subprocess",
    "urllib",
    "http",
    "tempfile",
    "shutil",
    "threading",
}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name != "__init__.py")


def part_of(file: Path) -> str:
    """The package of `assessment` a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(text: str) -> Iterator[str]:
    """Full names of everything a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def faults(part: str, text: str) -> list[str]:
    """What a module of `part` imports although it may not."""
    found = []
    for name in imported(text):
        top, *rest = name.split(".")
        if (
            top == "assessment"
            and rest
            and rest[0] in RANK
            and rest[0] != part
            and RANK[rest[0]] >= RANK[part]
        ):
            found.append(f"{part} may not import {name}")
        if part not in HOMES.get(top, {part}):
            found.append(f"{top} lives in {', '.join(sorted(HOMES[top]))}, not in {part}")
        if part in PURE and top in NOT_PURE:
            found.append(f"{part} is pure: it may not import {top}")
    return found


def test_every_package_has_a_place_in_the_order() -> None:
    assert {part_of(f) for f in modules()} - TEXTS <= set(RANK)
    assert len(modules()) > 50


def test_every_module_imports_only_what_stands_below_it() -> None:
    assert [f"{f.relative_to(ROOT)}: {x}" for f in modules() for x in faults_of(f)] == []


def faults_of(file: Path) -> list[str]:
    part = part_of(file)
    return [] if part in TEXTS else faults(part, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("scoring", "from assessment.report.document import Report"),
        ("store", "from assessment.content import load"),
        ("model", "def f():\n    import assessment.evaluation.values"),
        ("report", "import numpy as np"),
        ("workflow", "from sqlalchemy import select"),
        ("ui", "import altair"),
        ("output", "import streamlit.components"),
        ("report", "import os"),
    ],
)
def test_an_import_against_the_order_is_found(part: str, text: str) -> None:
    assert faults(part, text)


def test_the_core_reads_no_clock() -> None:
    clocks = ("date.today(", "datetime.now(", "time.time(", "datetime.utcnow(")
    late = [
        f"{f.relative_to(ROOT)}: {clock}"
        for f in modules()
        if part_of(f) in PURE
        for clock in clocks
        if clock in f.read_text(encoding="utf-8")
    ]
    assert late == []


def test_the_entry_is_short() -> None:
    entry = ROOT / "streamlit_app.py"
    assert len(entry.read_text(encoding="utf-8").splitlines()) < 40
