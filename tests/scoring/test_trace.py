"""The chain behind any number: worked out again from the replies, and nothing without its ground."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessment.commandline import main as commandline
from assessment.content.cases import Case
from assessment.content.coverage import PAGE, coverage, orphans, rules_of, without_rule
from assessment.content.load import EDITIONS
from assessment.content.reading import Faults, read_toml
from assessment.exchange import write_json
from assessment.model.answers import Answered, Answers
from assessment.model.certainty import Node
from assessment.model.edition import Edition
from assessment.scoring.trace import UnknownTarget, as_data, trace, traced, traces
from assessment.scoring.verify import verify
from tests.conftest import EDITION
from tests.scoring.firms import answered, score_all, scored
from tests.scoring.test_doubt import loosened


def trees(edition: Edition, answers: Answers) -> tuple[Node, ...]:
    return traces(edition, score_all(edition, [answers]), 0, answers)


def faults(edition: Edition, answers: Answers, found: tuple[Node, ...]) -> list[str]:
    return [fault for tree in found for fault in verify(edition, answers, tree)]


def test_every_number_of_every_case_is_found_again_in_plain_arithmetic(
    edition: Edition, cases: tuple[Case, ...]
):
    for case in cases:
        found = trees(edition, case.answers)
        assert faults(edition, case.answers, found) == [], case.id
        assert {n.id for tree in found for n in tree.walk() if n.kind == "indicator"} == set(
            edition.indicators
        )


@pytest.mark.parametrize("seed", range(3))
def test_it_is_found_again_with_open_answers_ranges_and_refusals(
    edition: Edition, cases: tuple[Case, ...], seed: int
):
    chance = random.Random(seed)
    for case in cases[seed::3]:
        answers = loosened(edition, case.answers, chance)
        assert faults(edition, answers, trees(edition, answers)) == [], case.id


def test_it_is_found_again_where_nothing_is_answered_or_the_size_is_open(
    edition: Edition, by_name: dict[str, Case]
):
    for answers in (Answers(edition.id), _without_size(by_name["eu_family_sme"].answers)):
        assert faults(edition, answers, trees(edition, answers)) == []


def _without_size(answers: Answers) -> Answers:
    return replace(answers, replies={n: r for n, r in answers.replies.items() if n != "prf_headcount"})


WRONG: dict[str, Callable[[Node], Node]] = {
    "dilemma": lambda n: replace(n, value=(n.value or 0.0) + 0.001),
    "component": lambda n: replace(n, weight=(n.weight or 0.0) + 0.001),
    "indicator": lambda n: replace(n, value=(n.value or 0.0) + 0.001),
    "ratio": lambda n: replace(n, high=(n.high or 0.0) * 1.01 + 1e-6),
    "chosenin": lambda n: replace(n, high=1.0 - (n.high or 0.0)),
    "field": lambda n: replace(n, asked=not n.asked),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_number_that_is_wrong_is_found_wherever_it_stands(
    edition: Edition, by_name: dict[str, Case], kind: str
):
    answers = by_name["eu_family_sme"].answers
    tree = trace(edition, score_all(edition, [answers]), 0, answers, "D2")
    assert verify(edition, answers, tree) == ()
    assert verify(edition, answers, _with_first(tree, kind, WRONG[kind])) != ()


def _with_first(node: Node, kind: str, change: Callable[[Node], Node]) -> Node:
    """The tree with the first node of a kind changed."""
    if node.kind == kind:
        return change(node)
    for n, part in enumerate(node.parts):
        new = _with_first(part, kind, change)
        if new is not part:
            return replace(node, parts=(*node.parts[:n], new, *node.parts[n + 1 :]))
    return node


def test_points_and_anchors_that_are_wrong_are_found(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["eu_family_sme"].answers
    tree = trace(edition, score_all(edition, [answers]), 0, answers, "D2")
    for change in (
        lambda n: replace(n, points=(n.points or 0.0) + 0.001),
        lambda n: replace(n, anchors=n.anchors[::-1]),
        lambda n: replace(n, standing="stated"),
        lambda n: replace(n, source=("P9.9",)),
    ):
        assert verify(edition, answers, _with_first(tree, "component", change)) != ()


def test_a_tree_of_other_answers_is_refused(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["eu_family_sme"].answers
    tree = trace(edition, score_all(edition, [answers]), 0, answers, "D2")
    assert verify(edition, answered(answers, {"fin_newrev": Answered(9)}), tree) != ()


def test_the_tree_bears_the_numbers_of_the_result(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["many_dont_knows"].answers
    firm = scored(edition, answers)
    for d, place in firm.placed.items():
        tree = trace(edition, firm.scores, 0, answers, d)
        assert (tree.value, tree.low, tree.high) == (place.score, place.low, place.high)
        assert sum(p.points or 0.0 for p in tree.parts) == pytest.approx(place.score, abs=1e-9)
        assert [(p.id, p.value, p.points) for p in tree.parts] == [
            (c.id, c.severity if c.applies else None, c.points) for c in place.components
        ]


def test_a_component_and_an_indicator_open_alone_and_an_unknown_id_is_refused(
    edition: Edition, by_name: dict[str, Case]
):
    answers = by_name["eu_family_sme"].answers
    scores = score_all(edition, [answers])
    part, reading = (trace(edition, scores, 0, answers, t) for t in ("D2c", "I05"))
    assert part.parts == (reading,)
    assert verify(edition, answers, part) == verify(edition, answers, reading) == ()
    with pytest.raises(UnknownTarget):
        trace(edition, scores, 0, answers, "D9z")


def test_a_tree_is_ready_for_json_with_every_number_in_it(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["many_dont_knows"].answers
    tree = trace(edition, score_all(edition, [answers]), 0, answers, "D2")
    data = json.loads(json.dumps(as_data(tree)))

    def values(node: dict[str, Any]) -> list[object]:
        return [node.get("value"), *(v for part in node.get("parts", ()) for v in values(part))]

    assert values(data) == [node.value for node in tree.walk()]
    assert data["parts"][0]["anchors"][0] == list(tree.parts[0].anchors[0])


@pytest.mark.parametrize("target", ["", "D3", "I05"])
def test_explain_opens_the_same_tree_with_the_numbers_it_prints(
    edition: Edition,
    by_name: dict[str, Case],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    target: str,
):
    name, file = "many_dont_knows", tmp_path / "answers.json"
    file.write_bytes(write_json(edition, by_name[name].answers))
    assert commandline.main(["explain", str(file), *([target] if target else []), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    targets = (target,) if target else edition.dilemmas
    chains = traced(edition, by_name[name].answers, targets)
    assert found["trace"] == json.loads(json.dumps([as_data(chain) for chain in chains]))
    for told, chain in zip(found["reasons"], chains, strict=True):
        if chain.kind != "dilemma":
            assert (told["known"], told["value"]) == (chain.state, chain.value)
            continue
        assert (told["low"], told["high"], told["score"]) == (chain.low, chain.high, chain.value)
        parts = {p.id: (p.low, p.high, p.weight, p.points) for p in chain.parts}
        assert {c["id"]: (c["low"], c["high"], c["weight"], c["points"]) for c in told["components"]} == parts


# --- nothing without its ground, in both directions ------------------------------------------------------


@pytest.fixture(scope="module")
def frame(edition: Edition) -> dict[str, object]:
    file = EDITIONS / edition.id / "edition.toml"
    return read_toml(file, Faults(file.parent))


def test_every_rule_has_a_source_or_the_reason_of_an_assumption(edition: Edition, frame: dict[str, object]):
    rules = rules_of(edition, frame)
    assert len(rules) > 100
    assert orphans(rules) == ()
    bare = replace(edition.indicators["I05"], source=())
    assert [r.id for r in orphans(rules_of(replace(edition, indicators={"I05": bare}), frame))] == ["I05"]


def test_every_statement_of_the_sources_is_used_by_a_rule_or_listed_with_its_reason(
    edition: Edition, frame: dict[str, object]
):
    rules, page = rules_of(edition, frame), PAGE.read_text(encoding="utf-8")
    loose = {e.id for e in without_rule(edition, rules)}
    listed = {
        line.split(" | ")[0].strip("| ")
        for line in page.splitlines()
        if line.startswith(("| P_", "| T_", "| X_"))
    }
    assert loose == listed
    assert loose < set(edition.evidence)


def test_every_source_a_number_names_stands_among_the_evidence(edition: Edition, by_name: dict[str, Case]):
    known = {"J", *edition.evidence, *(e.section for e in edition.evidence.values())}
    found = trees(edition, by_name["eu_family_sme"].answers)
    named = {s for tree in found for n in tree.walk() for s in n.source}
    assert named and named <= known
    grounded = [
        n for tree in found for n in tree.walk() if n.kind in ("dilemma", "trend", "component", "indicator")
    ]
    assert all(n.source or n.reason for n in grounded)


def test_the_page_of_coverage_is_as_the_edition_is():
    assert PAGE.read_text(encoding="utf-8") == coverage(EDITION)


@pytest.fixture(scope="module")
def by_name(cases: tuple[Case, ...]) -> dict[str, Case]:
    return {case.id: case for case in cases}
