"""Every problem can be said in every language, with its numbers filled in."""

from __future__ import annotations

import re

import pytest

from assessment.answering.plain import plain, plain_span
from assessment.answering.texts import check_text
from assessment.answering.validation import check_answers, check_reply
from assessment.evaluation.values import UNBOUNDED
from assessment.model.fields import Field
from assessment.model.problems import AnswerProblem, Severity
from tests.answering import test_limits, test_validation
from tests.answering.conftest import TODAY

LANGUAGES = ("en", "zh")
HOLE = re.compile(r"[{}]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_field_is_said_without_holes(language, texts, words) -> None:
    for _, cell, reply, _, _ in test_limits.REFUSED:
        (problem,) = check_reply(Field("f", "q", cell), reply)
        said = check_text(problem, texts[language], words[language])
        assert all(said)
        assert not HOLE.search("".join(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_across_answers_is_said_without_holes(language, edition, changed, texts, words) -> None:
    spoiled = [a for _, a, _, _ in test_validation.REFUSED] + [
        {"prf_period": {"unit": "one"}},
        {"prf_sector": None},
    ]
    for answers in spoiled:
        for problem in check_answers(edition, changed(answers), TODAY):
            said = check_text(problem, texts[language], words[language])
            assert all(said)
            assert not HOLE.search("".join(said)), (problem, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_of_the_edition_can_be_said(language, edition, texts, words) -> None:
    values = tuple((name, "7") for name in ("left", "right", "low", "high", "factor"))
    for check in edition.checks:
        problem = AnswerProblem(f"checks.{check.id}", Severity(check.severity), check.fields, values)
        assert not HOLE.search("".join(check_text(problem, texts[language], words[language])))


def test_the_numbers_of_the_firm_stand_in_the_message(edition, changed, texts, words) -> None:
    problem = check_answers(edition, changed({"fin_inputs": 290}), TODAY)[0]
    wrong, expected = check_text(problem, texts["en"], words["en"])
    assert wrong == "Purchases (290) are larger than total operating cost (289)."
    assert "at most 289" in expected


def test_the_sentence_about_a_wrong_unit_follows_only_where_a_factor_explains_it(texts, words) -> None:
    values = (("left", "0.7"), ("low", "80,000"), ("high", "8,000,000"))
    plain_problem = AnswerProblem("checks.revenue_per_head", Severity.WARN, (), values)
    slipped = AnswerProblem("checks.revenue_per_head", Severity.WARN, (), (*values, ("factor", "1,000,000")))
    assert "1,000,000 would explain" not in check_text(plain_problem, texts["en"], words["en"])[1]
    assert "1,000,000 would explain" in check_text(slipped, texts["en"], words["en"])[1]


def test_braces_typed_by_a_firm_stay_what_they_are(texts, words) -> None:
    problem = AnswerProblem("faults.no_number", Severity.REFUSE, ("f",), (("left", "{low} {0.x}"),))
    assert check_text(problem, texts["en"], words["en"])[0] == "“{low} {0.x}” is not a number."


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"), (0.0, "0"), (1_234_567.0, "1,234,567"), (4 / 3, "1.33"), (14.2, "14.2"),
        (1000 / 7, "143"), (0.000926, "0.0009"), (-3.5, "-3.5"), (1e-9, "0"), (123_456.785, "123,456.785"),
        (2e15, "2,000,000,000,000,000"),
    ],
)  # fmt: skip
def test_numbers_stand_in_messages_without_noise(number: float, text: str) -> None:
    assert plain(number) == text


def test_spans_say_what_is_open() -> None:
    assert plain_span(3.0, 3.0) == "3"
    assert plain_span(3.0, 4.5) == "3–4.5"
    assert plain_span(3.0, UNBOUNDED) == "≥ 3"
    assert plain_span(-UNBOUNDED, 3.0) == "≤ 3"
