"""How far a firm has come."""

from __future__ import annotations

import pytest

from assessment.answering.progress import SectionProgress, progress, question_state
from assessment.model.answers import Answers

STATES = [
    ("a number", {}, "fin_revenue", "answered"),
    ("a range", {"fin_gm": {"low": 20, "high": 30}}, "fin_gm", "answered"),
    ("not known", {"fin_gm": {"state": "dont_know"}}, "fin_gm", "dont_know"),
    ("not applicable", {"fin_gm": {"state": "not_applicable", "reason": "x"}}, "fin_gm", "not_applicable"),
    ("nothing", {"fin_gm": None}, "fin_gm", "open"),
    ("one share missing", {"chn_mix": {"own": None}}, "chn_mix", "partly"),
    ("all shares missing", {"chn_mix": {"own": None, "oem": None, "odm": None}}, "chn_mix", "open"),
    ("one share not known", {"chn_mix": {"own": {"state": "dont_know"}}}, "chn_mix", "answered"),
    (
        "a part that is not asked",
        {"prf_regime": {"group": "no", "group_headcount": None}},
        "prf_regime",
        "answered",
    ),
    ("a part that is asked now", {"prf_regime": {"group": "yes"}}, "prf_regime", "partly"),
    ("a question for large firms", {}, "int_market", "not_applicable"),
]


@pytest.mark.parametrize(
    ("answers", "question", "state"), [s[1:] for s in STATES], ids=[s[0] for s in STATES]
)
def test_the_state_of_a_question_follows_its_answers(
    edition, changed, answers, question: str, state: str
) -> None:
    assert question_state(edition, changed(answers), edition.question[question]) == state


def test_a_row_is_answered_by_its_amount_or_by_its_posts(edition, changed) -> None:
    question = edition.question["mtx_in"]
    assert (
        question_state(edition, changed({"mtx_in": {"DES": {"value": None, "fte": None}}}), question)
        == "partly"
    )
    assert (
        question_state(edition, changed({"mtx_in": {"DES": {"value": None, "fte": 3}}}), question)
        == "answered"
    )


def test_suggestions_left_untouched_count_as_answered(edition) -> None:
    assert question_state(edition, Answers(edition.id), edition.question["mtx_core"]) == "answered"


def test_a_tick_at_its_default_does_not_make_a_question_begun(edition) -> None:
    assert question_state(edition, Answers(edition.id), edition.question["mtx_out"]) == "open"


def test_progress_counts_the_questions_of_each_section_that_are_settled(edition, changed) -> None:
    counts = {
        p.section: p
        for p in progress(edition, changed({"fin_gm": None, "fin_newrev": {"state": "dont_know"}}))
    }
    assert counts["finance"] == SectionProgress("finance", asked=10, settled=9)
    assert counts["partners"].asked == 6  # int_market is for large firms
    assert tuple(counts) == edition.sections


def test_the_quick_path_counts_its_own_questions_only(edition, firm) -> None:
    quick = {p.section: p.asked for p in progress(edition, firm, quick=True)}
    wanted = [q.section for q in edition.questions if q.quick and q.id != "int_market"]
    assert quick == {s: wanted.count(s) for s in edition.sections if s in wanted}


def test_a_form_just_opened_is_settled_nowhere_but_at_suggestions(edition) -> None:
    settled = {p.section: p.settled for p in progress(edition, Answers(edition.id))}
    assert {s for s, n in settled.items() if n} == {"functions"}
