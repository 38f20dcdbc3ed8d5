"""The quick path is a smallest set of questions that places a small or medium firm, nothing loose beside it.

Which questions a component needs is taken from the engine: a question is needed if leaving it out opens the
component of some worked case that is otherwise fully known. The search then runs over all sets of components
that reach the coverage at which a level is stated, and the engine confirms its result on the same cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, product

import pytest

from assessment.content.cases import Case
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.results import Assessment, Stated
from assessment.scoring.assess import assess_many

# Asked on the quick path whatever the scores need, each for a reason of its own.
FRAMING = {
    "prf_sector": "the yardstick of R&D, and required of every firm",
    "prf_regime": "size class, and so the weights",
    "prf_headcount": "size class",
    "prf_role": "what the firm makes and for whom: wording, and which measures fit",
    "prf_period": "year, currency and unit, without which no amount means anything",
    "fin_revenue": "size class, and the base of most ratios",
    "fin_svc_invoiced": "services sold: trends P 2.2 and T1",
    "svc_stair": "services sold: trends P 2.2 and T4, and which measures fit",
    "ppl_service_fte": "people in services: trend P 2.1",
    "meta_quality": "the grade of the data",
}
WEIGHTS = "sme"
Questions = frozenset[str]


def keeping(edition: Edition, answers: Answers, questions: Iterable[str]) -> Answers:
    """The answers to these questions alone."""
    kept = {f.id for q in questions for f in edition.question[q].fields}
    return replace(answers, replies={k: v for k, v in answers.replies.items() if k in kept})


def open_components(result: Assessment) -> set[str]:
    return {c.id for p in result.placements for c in p.components if c.applies and c.high > c.low}


@pytest.fixture(scope="module")
def known_firms(edition: Edition, cases: tuple[Case, ...]) -> list[Answers]:
    """Small and medium worked cases in which every component applies and is known."""
    results = zip(cases, assess_many(edition, [c.answers for c in cases]), strict=True)
    return [
        case.answers for case, result in results
        if edition.sizes is not None and edition.sizes.weight_set[result.size] == WEIGHTS
        and not open_components(result)
        and all(c.applies or c.id == "D3e" for p in result.placements for c in p.components)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def needs(edition: Edition, known_firms: list[Answers]) -> Mapping[str, Questions]:
    """Component -> the questions it needs."""
    asked = [q.id for q in edition.questions]
    out: dict[str, set[str]] = {c: set() for d in edition.dilemmas for c in _weights(edition, d)}
    for question in asked:
        rest = [q for q in asked if q != question]
        for result in assess_many(edition, [keeping(edition, a, rest) for a in known_firms]):
            for component in open_components(result) & set(out):
                out[component].add(question)
    return {c: frozenset(found) for c, found in out.items()}


def _weights(edition: Edition, dilemma: str) -> dict[str, float]:
    return {c.id: c.weights[WEIGHTS] for c in edition.indexes[dilemma].components if c.weights[WEIGHTS] > 0}


def ways(edition: Edition, dilemma: str, needs: Mapping[str, Questions]) -> set[Questions]:
    """Questions beyond the framing for every set of components that reaches the coverage of a level."""
    weights = _weights(edition, dilemma)
    enough = edition.placement.coverage_level * sum(weights.values()) - 1e-9
    chosen = (s for size in range(1, len(weights) + 1) for s in combinations(weights, size))
    return {
        frozenset(q for c in s for q in needs[c]) - set(FRAMING)
        for s in chosen
        if sum(weights[c] for c in s) >= enough
    }


def placing(edition: Edition) -> Questions:
    """The quick questions that are there for the placement."""
    return frozenset(q.id for q in edition.questions if q.quick) - set(FRAMING)


def placed(edition: Edition, result: Assessment) -> bool:
    """Whether the coverage alone states a level on every dilemma."""
    least = edition.placement.coverage_level - 1e-9
    return all(p.stated is Stated.LEVEL and p.coverage >= least for p in result.placements)


def test_there_are_known_small_firms_to_try_the_path_on(known_firms: list[Answers]):
    assert len(known_firms) >= 5


def test_every_component_needs_some_question(needs: Mapping[str, Questions]):
    assert len(needs) == 19  # twenty components, of which one is for large firms alone
    assert all(needs.values())


def test_no_set_of_components_places_a_firm_with_fewer_questions(
    edition: Edition, needs: Mapping[str, Questions]
):
    by_dilemma = [ways(edition, d, needs) for d in edition.dilemmas]
    together = {frozenset().union(*chosen) for chosen in product(*by_dilemma)}
    least = min(len(questions) for questions in together)
    smallest = sorted(sorted(q) for q in together if len(q) == least)
    assert sorted(placing(edition)) in smallest


def test_what_else_is_quick_frames_the_answers(edition: Edition):
    assert set(FRAMING) <= {q.id for q in edition.questions if q.quick}
    assert len(placing(edition)) + len(FRAMING) <= 28


def test_the_quick_path_alone_places_every_known_small_firm(edition: Edition, known_firms: list[Answers]):
    quick = [q.id for q in edition.questions if q.quick]
    full = assess_many(edition, known_firms)
    short = assess_many(edition, [keeping(edition, a, quick) for a in known_firms])
    assert all(placed(edition, result) for result in short)
    for one, other in zip(full, short, strict=True):
        for whole, part in zip(one.placements, other.placements, strict=True):
            assert part.low - 1e-9 <= whole.score <= part.high + 1e-9


def test_leaving_out_any_placing_question_loses_a_placement(edition: Edition, known_firms: list[Answers]):
    # Not every firm's: whoever reaches the best mark with own R&D alone need not say what was ordered.
    quick = [q.id for q in edition.questions if q.quick]
    for question in placing(edition):
        rest = [q for q in quick if q != question]
        results = assess_many(edition, [keeping(edition, a, rest) for a in known_firms])
        assert not all(placed(edition, result) for result in results), question
