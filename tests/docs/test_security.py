"""What docs/security.md claims is shown by tests that exist; what docs/how-to/host.md packages is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
HOST = (ROOT / "docs" / "how-to" / "host.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CHAPTERS = range(1, 18)  # of OWASP ASVS 5.0
NOT_MET = "## What is not met"


def functions(file: str) -> set[str]:
    """The names of the functions of a test file; none if there is no such file."""
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def rows(text: str) -> list[list[str]]:
    """The cells of the lines of all tables, less their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {number - 1 for number, line in enumerate(lines) if set(line) <= set("|-")}
    body = (line for number, line in enumerate(lines) if number not in heads and not set(line) <= set("|-"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(TEXT)
    assert len(named) > 60
    assert [f"{file}::{name}" for file, name in named if name not in functions(file)] == []


def test_every_claim_names_a_test_that_shows_it() -> None:
    claims = rows(TEXT.partition(NOT_MET)[0])
    assert len(claims) > 30
    assert [claim[0] for claim in claims if not TEST.search(claim[-1])] == []


def test_every_chapter_of_the_standard_is_spoken_of_and_what_is_not_met_is_listed() -> None:
    for number in CHAPTERS:
        assert re.search(rf"\bV{number}\b", TEXT), f"V{number}"
    gaps = rows(TEXT.partition(NOT_MET)[2])
    assert len(gaps) > 10
    for gap in gaps:
        assert re.fullmatch(r"(V?\d+(\.\d+\.\d+)?(, )?)+|none", gap[0]), gap[0]


def test_every_packaged_file_is_explained_and_every_value_is_used() -> None:
    deploy = ROOT / "deploy"
    values = set(
        re.findall(r"^([A-Z_]+)=", (deploy / "values.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    used: set[str] = set()
    for file in sorted(deploy.iterdir()):
        assert file.name in HOST, file.name
        if file.name not in ("fill.sh", "values.example"):
            used |= set(re.findall(r"@([A-Z_]+)@", file.read_text(encoding="utf-8")))
    assert used == values
