"""What does not fit across answers: refused where it cannot be, asked about where it is unusual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessment.answering.validation import check_answers, impossible, refused_rows
from assessment.evaluation.columns import columns_of
from assessment.model.answers import Answered, Answers, Between, NotAnswered
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell
from assessment.model.problems import Severity
from tests.answering.conftest import TODAY


def test_a_firm_whose_answers_fit_has_no_problem(edition, firm) -> None:
    assert check_answers(edition, firm, TODAY) == ()


def test_worked_cases_have_no_problem_at_all(edition, cases) -> None:
    assert {c.id: check_answers(edition, c.answers, TODAY) for c in cases} == {c.id: () for c in cases}


# ruff: noqa: E501 -- tables: one case a line
REFUSED = [
    ("purchases above cost", {"fin_inputs": 290}, "checks.inputs_within_cost", {"left": "290", "right": "289"}),
    ("services above purchases", {"fin_inputs_services": 172}, "checks.services_within_inputs", {"left": "172", "right": "171"}),
    ("parts above the total", {"fin_svc_invoiced": {"services": 300, "parts": 17.8}}, "checks.service_revenue_within_revenue", {"left": "317.8", "right": "312"}),
    ("R&D above revenue", {"fin_rd_in": 200, "fin_rd_out": 113}, "checks.rd_within_revenue", {"left": "313", "right": "312"}),
    ("more service people than people", {"ppl_service_fte": 421}, "checks.service_staff_within_headcount", {"left": "421", "right": "420"}),
    ("production longer than the order", {"chn_time": {"production": 166}}, "checks.production_within_order", {"left": "166", "right": "165"}),
    ("a year too long ago", {"prf_period": {"year": 2022}}, "checks.year_recent", {"left": "2022"}),
    ("a year to come", {"prf_period": {"year": 2027}}, "checks.year_recent", {"left": "2027"}),
    ("shares above 100", {"chn_mix": {"own": 90}}, "faults.split_over", {"left": "102", "right": "100"}),
    ("shares below 100", {"chn_mix": {"own": 80}}, "faults.split_under", {"left": "92", "right": "100"}),
    ("a few shares above 100 already", {"chn_mix": {"oem": None, "own": 90, "odm": 12}}, "faults.split_over", {"left": "102–202", "right": "100"}),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "code", "values"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_contradicts_itself_is_refused(found, answers, code: str, values: dict[str, str]) -> None:
    problem = found(answers)[code]
    assert problem.severity is Severity.REFUSE
    assert dict(problem.values) == values
    assert impossible([problem]) == (problem,)


ACCEPTED = [
    ("a sum that differs by rounding", {"fin_inputs": 289}, "checks.inputs_within_cost"),
    ("amounts in ranges that may still fit", {"fin_inputs": {"low": 280, "high": 300}}, "checks.inputs_within_cost"),
    ("a total that is not known", {"fin_opcost": {"state": "dont_know"}, "fin_inputs": 4000}, "checks.inputs_within_cost"),
    ("shares within their tolerance", {"chn_mix": {"own": 89}}, "faults.split_over"),
    ("shares that are not all given", {"chn_mix": {"oem": None, "odm": 12, "own": 40}}, "faults.split_under"),
    ("shares that do not apply", {"chn_mix": {"state": "not_applicable", "reason": "no product"}}, "faults.split_under"),
    ("the business year that closes this year", {"prf_period": {"year": 2026}}, "checks.year_recent"),
    ("a year three years back", {"prf_period": {"year": 2023}}, "checks.year_recent"),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "code"), [a[1:] for a in ACCEPTED], ids=[a[0] for a in ACCEPTED])
def test_what_may_be_true_is_not_refused(found, answers, code: str) -> None:
    assert code not in found(answers)


def test_an_unknown_total_is_violated_by_what_is_known_already(found) -> None:
    answers = {"mtx_out": {"LOG": {"state": "dont_know"}, "MKT": 40}}
    problem = found(answers)["checks.outside_matches_services"]
    assert problem.severity is Severity.WARN
    assert dict(problem.values)["left"].startswith("≥ ")


def test_a_field_nobody_answered_is_not_objected_to(found) -> None:
    beyond = {"fin_opcost": 700, "fin_inputs": 690, "fin_inputs_services": 14.2}
    assert "checks.margin_not_above_inputs" in found(beyond | {"fin_gm": 31})
    assert "checks.margin_not_above_inputs" not in found(beyond | {"fin_gm": None})


def test_a_range_that_is_wholly_beyond_its_bound_is_refused(found) -> None:
    problem = found({"fin_inputs": {"low": 290, "high": 300}})["checks.inputs_within_cost"]
    assert dict(problem.values) == {"left": "290–300", "right": "289"}


def test_a_confirmed_warning_carries_its_reason_and_a_refusal_cannot_be_confirmed(edition, changed) -> None:
    answers = changed({"fin_rd_out": 15, "fin_inputs": 290})
    confirmed = {"rd_out_within_services": "Capitalised.", "inputs_within_cost": "Really."}
    problems = {p.code: p for p in check_answers(edition, replace(answers, confirmed=confirmed), TODAY)}
    assert problems["checks.rd_out_within_services"].confirmed == "Capitalised."
    assert problems["checks.rd_out_within_services"].severity is Severity.WARN
    assert problems["checks.inputs_within_cost"].confirmed == ""


SLIPS = [
    ("million typed as one", "one", "1,000,000"),
    ("million typed as thousand", "thousand", "1,000"),
    ("million typed as 10,000", "wan", "100"),
    ("million typed as 100 million", "yi", "100"),
]


@pytest.mark.parametrize(("unit", "factor"), [s[1:] for s in SLIPS], ids=[s[0] for s in SLIPS])
def test_a_wrong_unit_shows_in_amounts_per_head_with_the_factor_that_explains_it(found, unit, factor) -> None:
    problems = found({"prf_period": {"unit": unit}})
    assert dict(problems["checks.own_cost_per_head"].values)["factor"] == factor
    assert dict(problems["checks.revenue_per_head"].values)["factor"] == factor


def test_one_amount_in_another_unit_shows_in_cost_to_revenue(found) -> None:
    problem = found({"fin_revenue": 312_000})["checks.cost_to_revenue"]
    assert dict(problem.values) == {"left": "0.0009", "low": "0.3", "high": "3", "factor": "1,000"}


def test_an_amount_out_of_bounds_that_no_unit_explains_has_no_factor(found) -> None:
    values = dict(found({"fin_revenue": 0.000000001})["checks.revenue_per_head"].values)
    assert "factor" not in values


def test_amounts_per_head_are_not_judged_without_unit_or_in_other_currencies(found) -> None:
    for part in ({"unit": None}, {"currency": "other"}, {"currency": {"state": "dont_know"}}):
        assert "checks.revenue_per_head" not in found({"prf_period": part, "fin_revenue": 3_000_000})


def test_open_answers_are_listed_by_question_on_the_path_only(edition, changed) -> None:
    answers = changed({"fin_gm": None, "mtx_quality": {"RND": None, "DES": None}})
    whole = {p.fields: p for p in check_answers(edition, answers, TODAY)}
    assert whole["fin_gm",].code == "faults.open"
    assert whole["mtx_quality.RND", "mtx_quality.DES"].severity is Severity.OPEN
    quick = {p.fields for p in check_answers(edition, answers, TODAY, quick=True)}
    assert quick == {("mtx_quality.RND", "mtx_quality.DES")}


def test_a_required_question_stays_open_when_it_is_not_known(found) -> None:
    problem = found({"prf_period": {"unit": {"state": "dont_know"}}})["faults.required"]
    assert (problem.severity, problem.fields) == (Severity.OPEN, ("prf_period.unit",))


def test_an_answer_that_is_no_longer_asked_is_not_judged(edition, changed) -> None:
    assert check_answers(edition, changed({"prf_regime": {"group_headcount": -4}}), TODAY) == ()


def test_an_unreadable_answer_is_refused_and_does_not_stop_the_other_checks(edition, changed) -> None:
    answers = changed({"fin_inputs": 290})
    broken = replace(answers, replies={**answers.replies, "fin_revenue": Answered("lots")})
    codes = {p.code for p in check_answers(edition, broken, TODAY)}
    assert {"faults.no_number", "checks.inputs_within_cost"} <= codes


def test_an_empty_form_has_open_answers_and_nothing_else(edition: Edition) -> None:
    problems = check_answers(edition, Answers(edition.id), TODAY)
    assert {p.severity for p in problems} == {Severity.OPEN}
    assert {p.code for p in problems if p.fields[0].startswith("prf_sector")} == {"faults.required"}


ALONE_WRONG = [
    {"fin_revenue": Answered(Decimal(0))},
    {"fin_inputs": Answered(Decimal(-1))},
    {"fin_inputs": Between(Decimal(3), Decimal(2))},
    {"fin_inputs": Answered(Decimal(10) ** 15 + 1)},
    {"svc_free.count": Answered(Decimal("1.5"))},
    {"chn_tech": Between(Decimal(3), Decimal(5))},
    {"int_reasons": Answered(("cheaper", "secret", "quality", "habit"))},
    {"glo_standards.held": Answered(("quality", "none"))},
]


def test_rows_of_a_batch_are_refused_as_single_firms_are(edition, changed, cases) -> None:
    batch = [c.answers for c in cases]
    batch += [changed(a) for _, a, _, _ in REFUSED]
    batch += [changed(a) for _, a, _ in ACCEPTED]
    batch += [changed({"fin_revenue": 0}), changed({"chn_top1": 101}), Answers(edition.id)]
    batch += [Answers(edition.id, replies=one) for one in ALONE_WRONG]
    columns = columns_of({f.id: f.cell for f in edition.fields.values()}, batch)
    single = [bool(impossible(check_answers(edition, a, TODAY))) for a in batch]
    assert refused_rows(edition, columns, TODAY).tolist() == single
    assert 0 < sum(single) < len(single)


def test_the_date_decides_how_recent_a_year_is(found) -> None:
    assert "checks.year_recent" in found({}, today=date(2030, 1, 1))


def test_ticks_with_a_default_are_never_open(edition, firm) -> None:
    defaults = {f.id for f in edition.fields.values() if isinstance(f.cell, ChoiceCell) and f.cell.default}
    left = {k: r for k, r in firm.replies.items() if k not in defaults and not isinstance(r, NotAnswered)}
    assert check_answers(edition, replace(firm, replies=left), TODAY) == ()
