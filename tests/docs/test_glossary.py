"""The glossary speaks of every type and key there is, and of no type that is not there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EDITION = ROOT / "questionnaires" / "servitization" / "2026-1"
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<names>[^|]+) \| (?P<meaning>[^|]+) \| (?P<zh>[^|]+) \|$")


def rows() -> list[re.Match[str]]:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    found = [ROW.match(line) for line in lines if line.startswith("| ") and not line.startswith("| Term")]
    assert all(found)
    return [match for match in found if match]


def named() -> set[str]:
    return {name for row in rows() for name in re.findall(r"`([^`]+)`", row["names"])}


def public_types() -> set[str]:
    """Classes and type aliases of the model."""
    out: set[str] = set()
    for file in (ROOT / "assessment" / "model").glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                out.add(node.name)
            elif isinstance(node, ast.Assign):
                out |= {t.id for t in node.targets if isinstance(t, ast.Name) and not t.id.isupper()}
    return {name for name in out if name[0].isupper()}


def toml(*parts: str) -> dict[str, Any]:
    return tomllib.loads(EDITION.joinpath(*parts).read_text(encoding="utf-8"))


def keys() -> Iterator[str]:
    """Every key of the edition's tables; ids, options, rows and operators are no keys."""
    frame = toml("edition.toml")
    yield from frame
    for name in ("sizes", "placement", "recommendation", "progress", "robustness", "agreement", "plan"):
        yield from frame.get(name, {})
    for bound in frame["sizes"]["cn"]:
        yield from bound
    for file in (EDITION / "questions").glob("*.toml"):
        for question in toml("questions", file.name)["question"]:
            yield from question
            yield from question.get("cell", {})
            yield from (key for field in question.get("field", []) for key in field)
    yield from _rules()


def _rules() -> Iterator[str]:
    indicators = toml("indicators.toml")
    yield from indicators
    for table in (*indicators["indicator"].values(), *indicators["derived"].values()):
        yield from table
    for folder, inner in (("dilemmas", "component"), ("countermeasures", "not_when")):
        for file in (EDITION / folder).glob("*.toml"):
            yield from toml(folder, file.name)
            yield from (key for entry in toml(folder, file.name).get(inner, []) for key in entry)
    for trend in toml("trends.toml")["trend"]:
        yield from trend
        yield from (key for part in trend["part"] for key in part)
    for entry in (*toml("evidence.toml")["evidence"].values(), *toml("checks.toml")["check"]):
        yield from entry
    for file in (EDITION / "examples").glob("*.toml"):
        yield from toml("examples", file.name)
    yield from _effects()
    yield from _carry_over()


def _effects() -> Iterator[str]:
    for file in (EDITION / "effects").glob("*.toml"):
        raw = toml("effects", file.name)
        yield from raw
        entries = raw["effort"].values() if "effort" in raw else raw.get("effect", [])
        yield from (key for entry in entries for key in (*entry, *entry.get("among", {})))


def _carry_over() -> Iterator[str]:
    raw = tomllib.loads((EDITION.parent / "2026-2" / "carry_over.toml").read_text(encoding="utf-8"))
    yield from raw
    yield from (key for entry in raw["rescaled"] for key in entry)


def test_every_type_of_the_model_is_in_the_glossary() -> None:
    assert public_types() - named() == set()


def test_every_type_the_glossary_names_exists() -> None:
    claimed = {name for name in named() if name[0].isupper()}
    assert claimed - public_types() == set()
    assert len(claimed) > 50


def test_every_key_of_an_edition_is_in_the_glossary() -> None:
    assert set(keys()) - named() == set()


def test_every_term_has_a_meaning_and_a_chinese_word() -> None:
    for row in rows():
        assert row["meaning"].strip().endswith((".", "*")), row["term"]
        assert re.search(r"[\u4e00-\u9fff]", row["zh"]), row["term"]


def test_no_term_stands_twice() -> None:
    terms = [row["term"] for row in rows()]
    assert sorted(set(terms)) == sorted(terms)
