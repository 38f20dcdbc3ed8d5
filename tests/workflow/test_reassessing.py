"""Assessing again: a new assessment with the old answers, and the old one as it was."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessment.exchange import Desk, Reader, read_json
from assessment.model.agenda import Action, ActionStatus
from assessment.model.answers import DONT_KNOW, Answered, NotAnswered
from assessment.model.comparison import Turn
from assessment.workflow import agenda, answering
from assessment.workflow.bench import edition as edition_of
from assessment.workflow.opening import open_record, resume
from assessment.workflow.publishing import produce
from assessment.workflow.reassessing import (
    assess_again,
    last_time,
    moved_since,
    not_looked_at,
    preview,
    still_right,
)
from assessment.workflow.reporting import known

LATER = "servitization/2026-2"


@pytest.fixture
def garment(cases):
    return next(case.answers for case in cases if case.id == "contract_garment")


@pytest.fixture
def old(bench, reopen, garment):
    """An assessment with all answers, a remark, a confirmation and a measure that is under way."""
    record = reopen().record
    answering.keep(bench, record, answering.answer_rows(garment.replies))
    answering.keep(bench, record, answering.comment("fin_gm", "before the audit"))
    answering.keep(bench, record, answering.confirm("year_recent", "late accounts"))
    answering.keep(bench, record, agenda.note_actions([Action("CM09", status=ActionStatus.BEGUN)]))
    return reopen()


def begun_from(bench, old):
    found = resume(bench, assess_again(bench, old, "zh"))
    assert found is not None
    return found


def test_the_new_assessment_begins_with_the_answers_of_the_old_one(bench, old):
    new = begun_from(bench, old)
    assert new.record.id != old.record.id
    assert new.answers.replies == old.answers.replies
    assert (new.record.firm_name, new.record.path, new.record.language) == (
        old.record.firm_name,
        "quick",
        "zh",
    )
    assert (new.answers.comments, new.answers.confirmed, new.agenda.actions) == ({}, {}, ())


def test_the_old_one_stays_as_it_was_and_is_kept_beside_the_new_one(bench, old, reopen):
    new = begun_from(bench, old)
    answering.keep(bench, new.record, answering.answer("chn_tech", Answered(4)))
    assert reopen().stored == old.stored
    earlier = new.earlier
    given = bench.store.revisions(old.record, "chn_tech")[-1].at.astimezone().date()
    assert earlier is not None and earlier.on == given
    assert earlier.answers == old.answers
    assert earlier.actions == old.agenda.actions


def test_an_assessment_that_was_not_begun_from_another_has_no_earlier_one(old):
    assert old.earlier is None and last_time(old) is None and moved_since(old) is None
    assert not_looked_at(old) == frozenset()


def test_what_was_changed_or_said_to_be_right_was_looked_at(bench, old):
    new = begun_from(bench, old)
    assert not_looked_at(new) == set(old.answers.replies)
    answering.keep(bench, new.record, answering.answer("chn_tech", Answered(4)))
    answering.keep(bench, new.record, answering.answer("fin_gm", DONT_KNOW))
    changed = resume_of(bench, new)
    assert not_looked_at(changed) == set(old.answers.replies) - {"chn_tech", "fin_gm"}
    answering.keep(bench, new.record, still_right(changed, frozenset({"prf_headcount", "chn_tech"})))
    confirmed = resume_of(bench, new)
    assert not_looked_at(confirmed) == not_looked_at(changed) - {"prf_headcount"}
    assert confirmed.answers.replies == changed.answers.replies
    assert last_time(confirmed) == old.answers


def resume_of(bench, opened):
    return open_record(bench, opened.record)


def test_what_moved_is_found_with_the_measures_that_were_under_way(bench, old):
    new = begun_from(bench, old)
    answering.keep(bench, new.record, answering.answer("chn_tech", Answered(4)))
    found = moved_since(resume_of(bench, new))
    assert found is not None
    assert found.changes["D1"].turn is Turn.BETTER
    assert [m.measure for m in found.measures] == ["CM09"]
    assert found.split == {} and found.carried is None


def test_under_another_edition_it_is_told_first_what_will_be_cleared(bench, old):
    later = replace(bench, current=LATER)
    planned = preview(later, old)
    assert planned.possible and planned.carried is not None and planned.carried.asks
    assert {c.old for c in planned.carried.cleared} == {"chn_time.order_to_cash", "chn_time.production"}
    assert planned.carried.new == ("int_exchange",)
    assert preview(bench, old).carried is None


def test_under_another_edition_the_new_one_holds_what_has_a_counterpart(bench, old):
    later = replace(bench, current=LATER)
    new = begun_from(later, old)
    assert new.edition.id == LATER
    assert isinstance(new.answers.reply("int_exchange"), NotAnswered)
    planned = preview(later, old).carried
    assert planned is not None
    assert new.answers.replies == planned.answers.replies
    assert new.earlier is not None and new.earlier.answers == old.answers
    then = last_time(new)
    assert then is not None and then.edition == LATER
    found = moved_since(new)
    assert found is not None and set(found.split) == {"D1", "D2", "D3"}


def test_where_no_way_leads_to_the_edition_nothing_is_begun(bench, old):
    backwards = replace(bench, current="servitization/2026-1")
    newer = begun_from(replace(bench, current=LATER), old)
    assert not preview(backwards, newer).possible
    with pytest.raises(ValueError, match="2026-2"):
        assess_again(backwards, newer, "en")


def test_the_file_of_answers_carries_plan_and_earlier_assessment(bench, old):
    new = begun_from(bench, old)
    answering.keep(bench, new.record, agenda.note_actions([Action("CM01", owner="COO")]))
    _name, _media, body = produce(bench, new.record, "json", {})
    found = read_json(body, "a.json", Desk(lambda id_: Reader(known(id_)), ""))
    assert found.faults == ()
    assert [a.owner for a in found.agenda.actions] == ["COO"]
    assert found.earlier is not None
    assert found.earlier.answers.replies == old.answers.replies
    assert found.earlier.answers.comments == {"fin_gm": "before the audit"}


def test_a_second_year_is_compared_with_the_first_and_a_third_with_the_second(bench, old):
    second = begun_from(bench, old)
    answering.keep(bench, second.record, answering.answer("prf_headcount", Answered(Decimal(400))))
    third = begun_from(bench, resume_of(bench, second))
    assert third.earlier is not None
    assert third.earlier.answers.reply("prf_headcount") == Answered(Decimal(400))
    assert edition_of(bench.current) is third.edition
