"""The figures in docs/method.md are those of the edition and of the calibration."""

from __future__ import annotations

import re
from pathlib import Path

from assessment.content.cases import Case
from assessment.model.edition import Edition
from assessment.scoring.search import MOST
from scripts.calibrate import by_quick_path, by_share, by_weights, equal_weights

TESTS = Path(__file__).resolve().parents[1]
TEXT = (Path(__file__).resolve().parents[2] / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_table_of_shares_is_what_the_calibration_measures(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    printed = re.findall(r"^\| (0\.\d\d) \| (\d+) of (\d+) \| (\d+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    measured = [
        (f"{r.share:.2f}", str(r.met), str(r.of), str(r.near), f"{r.margin:.1f}")
        for r in by_share(edition, cases)
    ]
    assert printed == measured


def test_the_stability_under_other_weights_is_what_is_measured(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    stable, pairs = by_weights(edition, cases)
    assert f"{stable} of {pairs} levels of the worked cases stay in at least 95 %" in TEXT
    assert f"with equal weights {equal_weights(edition, cases)} of {pairs} change" in TEXT


def test_the_quick_path_states_what_the_text_says(edition: Edition, cases: tuple[Case, ...]) -> None:
    stated, same = by_quick_path(edition, cases)
    pairs = len(cases) * len(edition.dilemmas)
    assert f"it states {stated} of {pairs} levels, and {same} of these are those of the full path" in TEXT
    assert f"({sum(q.quick for q in edition.questions)} of {len(edition.questions)} questions)" in TEXT


def test_the_effect_of_one_bad_component_is_what_the_formula_gives() -> None:
    printed = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", TEXT, re.MULTILINE)
    assert len(printed) == 5
    for weight, *shown in printed:
        for share, value in zip((0.10, 0.15, 0.25), shown, strict=True):
            exact = (1 - share) * int(weight) + share * 100
            assert abs(float(value) - exact) <= 0.05 + 1e-9


def test_the_rules_quoted_are_those_of_the_edition(edition: Edition) -> None:
    place, advice = edition.placement, edition.recommendation
    assert place.cuts == (25, 50, 75)
    assert (place.coverage_level, place.coverage_span, place.borderline) == (0.80, 0.67, 3)
    assert {edition.indexes[d].worst_share for d in edition.dilemmas} == {0.15}
    assert f"Below a rank of {advice.least_benefit:g} a measure" in TEXT
    assert f"{advice.urgent_benefit:g} points are credited" in TEXT
    costs = ", ".join(f"{effort} {cost:g}" for effort, cost in advice.effort_cost.items())
    assert f"({costs})" in TEXT
    assert advice.kinds["sme"] == {"quick": 3, "build": 3, "strategic": 1}
    assert advice.kinds["large"]["strategic"] == 2
    assert advice.kinds["micro"] == {"quick": 2, "build": 2, "strategic": 0}
    assert f"the {len(edition.countermeasures)} countermeasures" in TEXT


def test_every_property_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| (\d+) [^|]*\| ([^|]+) \|$", TEXT, re.MULTILINE)
    named = {int(number): re.findall(r"`(test_\w+)`", tests) for number, tests in rows if "`test_" in tests}
    assert sorted(named) == list(range(1, 16))
    there = "".join(file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py"))
    assert [t for tests in named.values() for t in tests if f"def {t}(" not in there] == []


def test_the_default_of_plans_is_that_of_the_edition(edition: Edition) -> None:
    plan = edition.plan
    assert plan is not None
    assert (plan.relieve_from, plan.quarters) == ("pronounced", 12)
    assert plan.budget == {"micro": 3, "small": 6, "medium": 6, "large": 6}
    days = ", ".join(f"{plan.days_per_quarter[s]:g}" for s in ("micro", "small", "medium"))
    assert f"{days} and {plan.days_per_quarter['large']:g} days of own staff a quarter" in TEXT
    assert f"Above {MOST:,} sets" in TEXT


def test_every_anchor_and_weight_is_assumed_as_the_text_says(edition: Edition) -> None:
    parts = [c for d in edition.dilemmas for c in edition.indexes[d].components]
    assert {c.standing.value for c in parts} == {"assumed"}
