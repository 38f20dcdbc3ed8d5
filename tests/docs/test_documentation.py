"""What the documentation names exists, and what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessment.commandline.main import COMMANDS
from assessment.content.lint import reference
from tests.architecture.test_import_order import RANK

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"python -m assessment (\w+)")


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def commands() -> set[str]:
    return set(COMMANDS)


@pytest.mark.parametrize("file", TEXTS, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(file: Path) -> None:
    targets = [t for t in LINK.findall(file.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (file.parent / t).exists()] == []


@pytest.mark.parametrize("file", TEXTS, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_no_text_names_a_command_that_does_not_exist(file: Path) -> None:
    assert set(COMMAND.findall(file.read_text(encoding="utf-8"))) <= commands()


def test_every_command_is_in_the_readme() -> None:
    assert commands() <= set(COMMAND.findall(read("README.md")))


def test_every_setting_is_documented_where_one_hosts() -> None:
    settings = set(re.findall(r'"(ASSESSMENT_\w+)"', read("assessment", "settings.py")))
    assert len(settings) > 5
    assert settings <= set(re.findall(r"`(ASSESSMENT_\w+)`", read("docs", "how-to", "host.md")))


def test_every_task_a_text_names_is_in_the_makefile() -> None:
    tasks = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for file in TEXTS:
        named = set(re.findall(r"(?:`|^ {4})make ([a-z]+)", file.read_text(encoding="utf-8"), re.MULTILINE))
        assert named <= tasks, file


def test_the_order_of_imports_is_told_the_same_everywhere() -> None:
    told = re.search(r"```\n(model \|.*?)```", read("docs", "architecture.md"), re.DOTALL)
    assert told
    rows = [re.findall(r"\w+", row) for row in told[1].replace(", streamlit_app.py", "").split("<")]
    assert {name: rank for rank, row in enumerate(rows) for name in row} == RANK
    table = re.findall(r"^\| `(\w+)` \|", read("docs", "architecture.md"), re.MULTILINE)
    assert set(table) == set(RANK) - {"__main__"}


def test_the_rules_of_lint_are_documented_as_they_are() -> None:
    assert read("docs", "reference", "lint-rules.md") == reference()


def test_the_ci_calls_make_test_and_nothing_cleverer() -> None:
    lines = [line for line in read(".ci", "run").splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "exec make test </dev/null"
