"""The how-to texts are executed, block by block, on a copy of the repository.

A line before a fence says what to do with it: "Append to `path`:", "In `path`, replace:" and "by:".
A fence of shell commands is run; `sh fails` says that it is expected to end with exit code 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to"
EDITION = Path("questionnaires/servitization/2026-1")
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = {
    "accounts": "is done at the screen: tests/browser/test_office.py",
    "hand-in-a-file": "is done at the screen: tests/browser/test_handing.py",
    "host": "needs a server, a name and a certificate",
    "run-a-workshop": "is done at the screen: tests/browser/test_workshop.py; its words are checked below",
    "rebuild-fonts": "needs the fonts as their makers ship them",
}
APPEND, REPLACE = re.compile(r"Append to `([^`]+)`:$"), re.compile(r"In `([^`]+)`, replace:$")


@dataclass(frozen=True)
class Step:
    """One block of a text: `what` is append, replace, by, run or fails."""

    what: str
    path: str
    body: str


def steps(text: str) -> Iterator[Step]:
    for fence in FENCE.finditer(text):
        before = text[: fence.start()].rstrip().rsplit("\n", 1)[-1]
        body, info = fence["body"], fence["info"].strip()
        if info.startswith("sh"):
            yield Step("fails" if info == "sh fails" else "run", "", body)
        elif found := APPEND.search(before):
            yield Step("append", found[1], body)
        elif found := REPLACE.search(before):
            yield Step("replace", found[1], body)
        elif before == "by:":
            yield Step("by", "", body)
        else:
            raise AssertionError(f"a block nobody knows what to do with, after: {before!r}")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository without what is made by tools; its edition is a draft."""
    for name in ("assessment", "questionnaires", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "questionnaires" / "issued.toml").unlink(missing_ok=True)
    frame = tmp_path / EDITION / "edition.toml"
    frame.write_text(
        frame.read_text(encoding="utf-8").replace('status = "issued"', 'status = "draft"'), encoding="utf-8"
    )
    return tmp_path


def run(folder: Path, commands: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("PYTHONPATH", None)
    return subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def follow(folder: Path, text: str, between: Callable[[int], None] = lambda _: None) -> None:
    """Do what a text says; `between` is called after the block with the given number."""
    old = (folder, "")
    for number, step in enumerate(steps(text)):
        target = folder / step.path
        match step.what:
            case "append":
                assert target.is_file(), step.path
                target.write_text(target.read_text(encoding="utf-8") + step.body, encoding="utf-8")
            case "replace":
                old = (target, step.body)
            case "by":
                whole = old[0].read_text(encoding="utf-8")
                assert whole.count(old[1]) == 1, f"{old[0]} has this {whole.count(old[1])} times: {old[1]}"
                old[0].write_text(whole.replace(old[1], step.body), encoding="utf-8")
            case _:
                done = run(folder, step.body)
                expected = 1 if step.what == "fails" else 0
                assert done.returncode == expected, f"{step.body}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        between(number)


def text_of(name: str) -> str:
    return (HOW_TO / f"{name}.md").read_text(encoding="utf-8")


def test_every_how_to_is_executed_here_or_says_why_not() -> None:
    run_here = {"add-a-question", "change-a-weight", "add-a-language", "verify-a-report"}
    assert {p.stem for p in HOW_TO.glob("*.md")} == run_here | set(NOT_RUN)


def test_what_a_workshop_s_text_calls_a_button_is_what_the_screen_calls_it() -> None:
    files = (ROOT / "assessment" / "words" / "en").glob("*.toml")
    said = {word for file in files for word in texts_in(tomllib.loads(file.read_text(encoding="utf-8")))}
    starts = tuple(word.partition("{")[0] for word in said if word.partition("{")[0])
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text_of("run-a-workshop"))
    assert len(named) > 25
    unknown = [n for n in named if n not in said and not (n.endswith("…") and n[:-1] in starts)]
    assert unknown == ["italics"]


def texts_in(table: object) -> Iterator[str]:
    """Every text of a file of words."""
    if isinstance(table, dict):
        for part in table.values():
            yield from texts_in(part)
    elif isinstance(table, str):
        yield table


@pytest.mark.slow
def test_a_question_is_added_without_python(copy: Path) -> None:
    follow(copy, text_of("add-a-question"))
    code = "from assessment.content.load import load_edition as load\n"
    code += "edition = load('servitization/2026-1')\n"
    code += "assert 'svc_response' in edition.fields and 'I90' in edition.indicators"
    assert run(copy, f'python -c "{code}"').returncode == 0


@pytest.mark.slow
def test_a_weight_is_changed_in_data_alone(copy: Path) -> None:
    follow(copy, text_of("change-a-weight"))
    dilemma = tomllib.loads((copy / EDITION / "dilemmas" / "D1.toml").read_text(encoding="utf-8"))
    weights = {part["id"]: part["weight"]["sme"] for part in dilemma["component"]}
    assert weights["D1e"] == 15
    assert sum(weights.values()) == 100


@pytest.mark.slow
def test_a_report_is_verified_and_refused_as_told(copy: Path) -> None:
    follow(copy, text_of("verify-a-report"))


@pytest.mark.slow
def test_a_language_is_added_in_texts_alone(copy: Path) -> None:
    text = text_of("add-a-language")
    last_command = max(n for n, step in enumerate(steps(text)) if step.what == "fails")

    def translated(number: int) -> None:
        if number == last_command:
            for folder in (copy / EDITION / "text" / "de", copy / "assessment" / "words" / "de"):
                for file in folder.glob("*.toml"):
                    file.write_text(stand_in(file.read_text(encoding="utf-8")), encoding="utf-8")
            for file in (copy / EDITION / "examples").glob("*.toml"):
                file.write_text(in_german(file.read_text(encoding="utf-8")), encoding="utf-8")

    follow(copy, text, translated)
    report = PdfReader(copy / "report-de.pdf")
    assert "Deutsch: " in report.pages[0].extract_text()


def stand_in(text: str) -> str:
    """Each sentence marked as German: enough for what can be checked without reading it."""
    return re.sub(r'(?m)((?:= |[\[,] ?|^\s+)")(?=[^"\n]* )', r"\1Deutsch: ", text)


def in_german(text: str) -> str:
    """The firm and the story of a case, told in the language to be added."""
    return re.sub(r'(?m)^en = ("(?:[^"\\]|\\.)*")', r"en = \1\nde = \1", text)
