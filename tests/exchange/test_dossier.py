"""The plan and the assessment before this one travel with the answers, and what is wrong in them is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given

from assessment.content.load import load_edition
from assessment.exchange import read_json, write_dossier, write_json
from assessment.model.agenda import Action, ActionStatus, Agenda, Dossier, Earlier, KpiTarget, Scenario
from assessment.model.answers import Answered, Between, NotApplicable
from assessment.model.plans import Keeps, PlanRequest
from tests.scoring.random_firms import SEEDS, STEADY, firm, veiled

FILE = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}
EARLIER = {"date": "2025-11-22", "edition": "servitization/2026-1", "answers": {"fin_gm": 12}}


def body(**changes):
    return json.dumps(FILE | changes)


def faults(entries):
    return [(fault.code, fault.field) for entry in entries for fault in entry.faults]


def dossier(edition, seed, *, old):
    """A firm with a plan, actions, scenarios and an assessment before this one, all drawn from `seed`."""
    rng, sent = Random(seed), firm(edition, seed)
    measures = sorted(edition.countermeasures)
    request = PlanRequest(
        dict.fromkeys(edition.dilemmas, rng.choice(edition.placement.levels)),
        rng.choice((None, 0.0, 2.5)), rng.choice((None, 40.0)), rng.randint(1, 40),
        frozenset(rng.sample(measures, 2)), frozenset(),
    )  # fmt: skip
    actions = tuple(_action(edition, rng, m) for m in rng.sample(measures, 3))
    moved = {"fin_gm": Between(Decimal("1.5"), Decimal(9)), "prf_role": NotApplicable("no\tpart")}
    scenarios = (
        Scenario("s1", "Bolder 更大胆", tuple(rng.sample(measures, 2)), moved, Keeps.SHARE),
        Scenario("s2", "", (), {}, Keeps.AMOUNT),
    )
    agenda = Agenda(request, actions, scenarios, rng.choice(("", "s1")))
    then = veiled(old, firm(old, seed + 1), seed, 0.2)
    noted = replace(then, comments={"fin_gm": "audited"}, confirmed={"margin": "yes"})
    return Dossier(sent, agenda, Earlier(noted, date(2025, 2, 28), actions[:1]))


def _action(edition, rng, measure):
    kpi = KpiTarget(min(edition.indicators), rng.choice((None, 1.25)), rng.uniform(-5, 5))
    status = rng.choice(list(ActionStatus))
    return Action(measure, "经理 <b>", date(2026, 1, 31), None, status, "a\nnote", (kpi,))


@given(SEEDS)
@STEADY
def test_a_dossier_comes_back_as_it_was_sent_with_the_same_bytes(edition, tools, seeds):
    for seed in seeds[:3]:
        sent = dossier(edition, seed, old=edition)
        first = write_dossier(edition, sent)
        found = read_json(first, "a.json", tools.desk)
        assert found.faults == ()
        assert found.dossier.agenda == sent.agenda
        assert found.dossier.earlier is not None and sent.earlier is not None
        assert found.dossier.earlier.on == sent.earlier.on
        assert found.dossier.earlier.actions == sent.earlier.actions
        assert found.dossier.earlier.answers.comments == {"fin_gm": "audited"}
        for one, other in (
            (found.answers, sent.answers),
            (found.dossier.earlier.answers, sent.earlier.answers),
        ):
            assert {f: one.reply(f) for f in edition.fields} == {f: other.reply(f) for f in edition.fields}
        assert write_dossier(edition, found.dossier) == first


def test_the_earlier_assessment_may_stand_under_another_edition(edition, tools):
    later = load_edition("servitization/2026-2")
    sent = dossier(later, 7, old=edition)
    found = read_json(write_dossier(later, sent), "a.json", tools.desk)
    assert found.faults == ()
    assert found.answers.edition == "servitization/2026-2"
    assert found.earlier is not None and found.earlier.answers.edition == "servitization/2026-1"
    assert write_dossier(later, found.dossier) == write_dossier(later, sent)


def test_answers_alone_are_written_as_ever(edition, cases):
    raw = json.loads(write_json(edition, cases[0].answers))
    assert "plan" not in raw and "before" not in raw
    assert write_dossier(edition, Dossier(cases[0].answers)) == write_json(edition, cases[0].answers)


HOSTILE = {
    "a plan that is a list": ({"plan": []}, [("no-part", "")]),
    "a plan that is a text": ({"plan": "x"}, [("no-part", "")]),
    "an unknown part of a plan": ({"plan": {"wish": 1}}, [("unreadable-plan", "plan.wish")]),
    "an unknown dilemma": (
        {"plan": {"request": {"targets": {"D9": "none"}}}}, [("unreadable-plan", "plan.request")],
    ),
    "targets as a list": ({"plan": {"request": {"targets": ["D1"]}}}, [("unreadable-plan", "plan.request")]),
    "quarters with a billion digits": (
        {"plan": {"request": {"quarters": "Q"}}}, [("unreadable-plan", "plan.request")],
    ),
    "half a quarter": ({"plan": {"request": {"quarters": 2.5}}}, [("unreadable-plan", "plan.request")]),
    "a budget below 0": ({"plan": {"request": {"budget": -1}}}, [("unreadable-plan", "plan.request")]),
    "an unknown measure": ({"plan": {"actions": {"M0": {}}}}, [("unreadable-actions", "plan.actions.M0")]),
    "actions as a list": ({"plan": {"actions": [1]}}, [("unreadable-actions", "plan.actions")]),
    "a scenario that is reported but not there": (
        {"plan": {"reported": "x"}}, [("unreadable-plan", "plan.reported")],
    ),
    "an absurd answer in a scenario": (
        {"plan": {"scenarios": {"a": {"answers": {"fin_gm": "1e99"}}}}},
        [("scenario-answer", "plan.scenarios.a")],
    ),
    "an answer in a scenario beyond its field": (
        {"plan": {"scenarios": {"a": {"answers": {"fin_newrev": 250}}}}},
        [("scenario-answer", "plan.scenarios.a")],
    ),
    "a scenario with an endless name": (
        {"plan": {"scenarios": {"x" * 81: {}}}}, [("unreadable-plan", "plan.scenarios." + "x" * 81)],
    ),
    "an earlier assessment that is a list": ({"before": [1]}, [("no-part", "before")]),
    "an earlier assessment without edition": ({"before": {"answers": {}}}, [("no-edition", "before")]),
    "an earlier edition that is not here": (
        {"before": EARLIER | {"edition": "../../etc"}}, [("no-such-edition", "before")],
    ),
    "earlier answers that are a list": ({"before": EARLIER | {"answers": []}}, [("no-answers", "before")]),
    "an earlier date that is none": (
        {"before": EARLIER | {"date": "2025-02-30"}}, [("no-date", "before.date")],
    ),
    "an earlier date as a number": ({"before": EARLIER | {"date": 20250230}}, [("no-date", "before.date")]),
    "an unknown part of it": ({"before": EARLIER | {"plan": {}}}, [("unknown-part", "before.plan")]),
    "an earlier range upside down": (
        {"before": EARLIER | {"answers": {"fin_gm": {"low": 9, "high": 3}}}},
        [("unreadable-answer", "before.fin_gm")],
    ),
    "an earlier number with a billion digits": (
        {"before": EARLIER | {"answers": {"fin_gm": "1e999999999"}}}, [("too-large", "before.fin_gm")],
    ),
    "an earlier action with an unknown status": (
        {"before": EARLIER | {"actions": {"CM01": {"status": "maybe"}}}},
        [("unreadable-actions", "before.actions.CM01")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_part_is_refused_with_its_file_and_place(name, read, tools):
    changes, wanted = HOSTILE[name]
    entries = read("a.json", body(**changes).replace('"Q"', "1e999999999"))
    assert faults(entries) == wanted
    for language in ("en", "zh"):
        told = str(replace(tools, language=language).problem(entries[0].faults[0]))
        assert told.startswith("a.json") and wanted[0][1][:50] in told


def test_all_faults_of_plan_and_earlier_assessment_come_at_once(read):
    plan = {
        "request": {"budget": -1},
        "actions": {"M0": {}, "M00": {}},
        "scenarios": {"a": {"measures": ["M0"]}},
    }
    before = EARLIER | {"date": "soon", "answers": {"fin_gm": "much", "prf_headcount": 12}}
    entries = read("a.json", body(answers={"fin_gm": "much"}, plan=plan, before=before))
    assert faults(entries) == [
        ("unreadable-answer", "fin_gm"),
        ("unreadable-plan", "plan.request"),
        ("unreadable-actions", "plan.actions.M0"),
        ("unreadable-actions", "plan.actions.M00"),
        ("unreadable-plan", "plan.scenarios.a"),
        ("unreadable-answer", "before.fin_gm"),
        ("no-date", "before.date"),
    ]
    earlier = entries[0].earlier
    assert earlier is not None and earlier.answers.reply("prf_headcount") == Answered(Decimal(12))


def test_characters_that_steer_a_terminal_are_dropped_from_owners_and_names(read, edition):
    measure = min(edition.countermeasures)
    plan = {
        "actions": {measure: {"owner": "a\x1b[31mb", "note": "c\x00d"}},
        "scenarios": {"s": {"name": "e\x9bf"}},
    }
    agenda = read("a.json", body(plan=plan))[0].agenda
    assert (agenda.actions[0].owner, agenda.actions[0].note) == ("a[31mb", "cd")
    assert agenda.scenarios[0].name == "ef"


def test_a_part_nested_without_end_is_refused(read):
    deep = "[" * 900 + "]" * 900
    for part in ("plan", "before"):
        for text in (f'{{"request": {deep}}}', deep):
            entries = read("a.json", body(**{part: "DEEP"}).replace('"DEEP"', text))
            assert entries[0].faults
