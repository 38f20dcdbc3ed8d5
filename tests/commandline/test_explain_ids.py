"""Every id and number of `score --json` can be looked up with `explain --json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessment.commandline import main as commandline
from assessment.content.load import EDITIONS

EXAMPLE = EDITIONS / "servitization/2026-1/examples/many_dont_knows.toml"


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert commandline.main([str(a) for a in arguments]) == 0
    return dict(json.loads(capsys.readouterr().out))


def same(node: dict[str, Any], scored: dict[str, Any], names: dict[str, str]) -> bool:
    """Whether a node bears the numbers of a result; what is not known is null there and left out here."""
    return all(node.get(mine) == scored[theirs] for mine, theirs in names.items())


def test_every_number_of_score_is_in_the_tree_of_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    scores = told(capsys, "score", EXAMPLE, "--json")

    def chain(of: str) -> dict[str, Any]:
        (node,) = told(capsys, "explain", EXAMPLE, of, "--json")["trace"]
        return dict(node)

    bounds = {"low": "low", "high": "high"}
    for kind, value in (("placements", "score"), ("trends", "position")):
        for of, found in scores[kind].items():
            node = chain(of)
            stated = found[value] is not None  # a trend that cannot be assessed has bounds alone
            assert same(node, found, bounds | ({"value": value} if stated else {})), of
            for part, component in zip(node["parts"], found["components"], strict=True):
                wanted = {"id": "id", "weight": "weight", "points": "points"}
                assert same(part, component, wanted | ({"value": "severity"} if component["applies"] else {}))
    for of, found in scores["indicators"].items():
        node = chain(of)
        assert same(node, found, bounds) and node["state"] == found["known"], of
    for found in scores["recommendations"][:6]:
        node = chain(found["countermeasure"])
        assert node["value"] == found["benefit"]
        assert [[p["id"], p["value"]] for p in node.get("parts", [])] == found["relieves"]
    for question in {q for found in scores["placements"].values() for q in found["deciding"]}:
        assert chain(question)["kind"] == "question"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("of", ["cm05", "RND", "functions", "prf_headcount", "P_inputs_45"])
def test_what_has_no_tree_of_reasons_is_told_as_its_page(
    capsys: pytest.CaptureFixture[str], of: str, language: str
) -> None:
    assert commandline.main(["explain", str(EXAMPLE), of, "--lang", language]) == 0
    out = capsys.readouterr().out
    assert out.lower().startswith(of.lower()) and len(out.splitlines()) > 4


def test_the_documentation_names_the_columns_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert commandline.main(["score", str(EXAMPLE.parent)]) == 0
    head = capsys.readouterr().out.splitlines()[0].split("\t")
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "command-line.md"
    for column in ("D1", "D1 Severity", "D1 Interval"):
        assert f"`{column}`" in page.read_text(encoding="utf-8")
        assert column.lower() in [name.lower() for name in head]
