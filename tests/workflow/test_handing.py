"""A file handed in: begun from, filled in from, compared with; nothing is overwritten unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessment.exchange import FileFault
from assessment.model.agenda import Action
from assessment.model.answers import DONT_KNOW, Answered, NotAnswered
from assessment.workflow import agenda, answering
from assessment.workflow.bench import edition as edition_of
from assessment.workflow.handing import (
    Kind,
    Settled,
    Standing,
    begin_from,
    compare,
    set_earlier,
    take_in,
    take_in_earlier,
    take_over,
)
from assessment.workflow.opening import resume
from assessment.workflow.publishing import produce
from assessment.workflow.reassessing import assess_again, moved_since, not_looked_at

LATER = "servitization/2026-2"


@pytest.fixture
def garment(cases):
    return next(case.answers for case in cases if case.id == "contract_garment")


@pytest.fixture
def full(bench, reopen, garment):
    """An assessment with answers, a remark, a reason and a measure."""
    record = reopen().record
    answering.keep(bench, record, answering.answer_rows(garment.replies))
    answering.keep(bench, record, answering.comment("fin_gm", "before the audit"))
    answering.keep(bench, record, answering.confirm("year_recent", "late accounts"))
    answering.keep(bench, record, agenda.note_actions([Action("CM09", owner="COO")]))
    return reopen()


@pytest.fixture
def under(bench):
    return edition_of(bench.current)


def body_of(**changes):
    whole = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}
    return json.dumps(whole | changes).encode()


def opened(bench, token):
    found = resume(bench, token)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_what_was_downloaded_begins_an_assessment_with_the_same_answers(bench, full, under, kind):
    name, _media, body = produce(bench, full.record, kind, {})
    new = opened(bench, begin_from(bench, take_in(name, body, under), "zh"))
    assert new.record.id != full.record.id
    assert new.answers.replies == full.answers.replies
    assert (new.answers.comments, new.answers.confirmed) == (full.answers.comments, full.answers.confirmed)
    assert (new.record.firm_name, new.record.path, new.record.language) == (
        full.record.firm_name,
        "full",
        "zh",
    )
    assert new.agenda == (full.agenda if kind == "json" else replace(full.agenda, actions=()))


def test_a_file_with_the_questions_of_the_quick_path_alone_begins_on_it(bench, under):
    handed = take_in("a.json", body_of(answers={"prf_headcount": 9}), under)
    new = opened(bench, begin_from(bench, handed, "en"))
    assert new.record.path == "quick" and new.answers.reply("prf_headcount") == Answered(Decimal(9))


def test_an_earlier_assessment_in_the_file_comes_along_and_the_answers_count_as_given_now(bench, full, under):
    second = opened(bench, assess_again(bench, full, "en"))
    answering.keep(bench, second.record, answering.answer("chn_tech", Answered(4)))
    name, _media, body = produce(bench, second.record, "json", {})
    new = opened(bench, begin_from(bench, take_in(name, body, under), "en"))
    assert new.earlier is not None and new.earlier.answers.replies == full.answers.replies
    assert not_looked_at(new) == frozenset()
    found = moved_since(new)
    assert found is not None and found.changes["D1"].after != found.changes["D1"].before


def test_answers_of_an_older_edition_are_carried_over(bench, full):
    name, _media, body = produce(bench, full.record, "json", {})
    handed = take_in(name, body, edition_of(LATER))
    assert handed.carried is not None and {c.old for c in handed.carried.cleared} == {
        "chn_time.order_to_cash",
        "chn_time.production",
    }
    later = replace(bench, current=LATER)
    new = opened(later, begin_from(later, handed, "en"))
    assert new.edition.id == LATER and new.answers.replies == handed.carried.answers.replies


def test_where_no_way_leads_from_the_edition_of_the_file_it_is_refused(under):
    with pytest.raises(FileFault) as fault:
        take_in("a.json", body_of(edition=LATER, answers={"fin_gm": 1}), under)
    assert fault.value.code == "no-way"


def test_answers_their_field_does_not_take_are_told_beside_those_that_cannot_be_read(under):
    answers = {"fin_gm": 12, "prf_headcount": -4, "prf_role": "boss", "nothing": 1}
    found = take_in("a.json", body_of(answers=answers), under)
    assert set(found.given) == {"fin_gm"}
    assert [p.fields for p in found.problems] == [("prf_headcount",)]
    assert [f.field for f in found.faults] == ["prf_role", "nothing"]


def filled(bench, full, under, **answers):
    """The assessment, a file, and what would change."""
    handed = take_in("a.json", body_of(answers=answers, comments={"fin_gm": "audited"}), under)
    return {e.key: e for e in compare(full, handed)}


def test_every_entry_is_new_different_or_the_same(bench, full, under, reopen):
    answering.keep(bench, full.record, answering.withdraw(["fin_svc_bundled"]))
    same = full.answers.reply("prf_headcount")
    found = filled(bench, reopen(), under, fin_gm=1, prf_headcount=f"{same.value}.0", fin_svc_bundled=0)
    assert {key: entry.standing for key, entry in found.items()} == {
        "answer:fin_gm": Standing.DIFFERENT,
        "answer:prf_headcount": Standing.SAME,
        "answer:fin_svc_bundled": Standing.NEW,
        "remark:fin_gm": Standing.DIFFERENT,
    }


def test_only_what_was_agreed_to_is_saved_and_the_history_keeps_what_stood_there(bench, full, under, reopen):
    found = filled(bench, full, under, fin_gm=1, chn_tech=4)
    save, passed = take_over(full, [found["answer:fin_gm"]])
    answering.keep(bench, full.record, save)
    now = reopen()
    assert passed == 0
    assert now.answers.reply("fin_gm") == Answered(Decimal(1))
    assert now.answers.reply("chn_tech") == full.answers.reply("chn_tech")
    assert now.answers.comments == {"fin_gm": "before the audit"}
    assert len(bench.store.revisions(full.record, "fin_gm")) == 2


def test_what_somebody_changed_in_the_meantime_is_not_overwritten(bench, full, under, reopen):
    found = filled(bench, full, under, fin_gm=1, chn_tech=4)
    answering.keep(bench, full.record, answering.answer("fin_gm", DONT_KNOW))
    save, passed = take_over(reopen(), [found["answer:fin_gm"], found["answer:chn_tech"]])
    assert passed == 1 and list(save.values) == ["chn_tech"]


def test_an_empty_field_of_the_file_takes_no_answer_away(bench, full, under):
    found = filled(bench, full, under, fin_gm=None, chn_tech={"state": "not_answered"})
    assert list(found) == ["remark:fin_gm"]
    assert not isinstance(full.answers.reply("fin_gm"), NotAnswered)


def test_plan_and_earlier_assessment_are_one_entry_each(bench, full, under, reopen):
    second = opened(bench, assess_again(bench, full, "en"))
    answering.keep(bench, second.record, agenda.note_actions([Action("CM01", owner="CEO")]))
    _name, _media, body = produce(bench, second.record, "json", {})
    entries = compare(reopen(), take_in("a.json", body, under))
    kinds = {e.kind: e for e in entries}
    assert kinds[Kind.PLAN].standing is kinds[Kind.BEFORE].standing is Standing.NEW
    save, _ = take_over(reopen(), [kinds[Kind.PLAN], kinds[Kind.BEFORE]])
    answering.keep(bench, full.record, save)
    now = reopen()
    assert {a.measure for a in now.agenda.actions} == {"CM01", "CM09"}
    assert now.earlier is not None and not_looked_at(now) == frozenset()


def test_a_file_of_last_time_becomes_the_earlier_assessment(bench, full, under, reopen):
    handed = take_in_earlier("old.json", body_of(answers={"fin_gm": 4, "chn_tech": 0}), under)
    answering.keep(bench, full.record, set_earlier(full, handed, date(2025, 4, 1)))
    now = reopen()
    assert now.answers == full.answers
    assert now.earlier is not None and now.earlier.on == date(2025, 4, 1)
    assert now.earlier.answers.reply("fin_gm") == Answered(Decimal(4))
    assert not_looked_at(now) == frozenset()


def test_a_file_of_last_time_may_be_of_the_edition_before(bench, full):
    name, _media, body = produce(bench, full.record, "json", {})
    handed = take_in_earlier(name, body, edition_of(LATER))
    assert handed.edition.id == "servitization/2026-1" and handed.answers.replies == full.answers.replies


# --- what is asked back --------------------------------------------------------------------------

GERMAN = "firm;prf_period.year;fin_gm\nMüller & Söhne;2025;12,5\n"
CHINESE = "firm,fin_gm\n灯笼制衣,12.5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_chinese_in_unicode_is_certain(under, encoding):
    found = take_in("a.csv", CHINESE.encode(encoding), under)
    assert (found.answers.firm, found.faults) == ("灯笼制衣", ())


@pytest.mark.parametrize(
    ("text", "encoding"), [(CHINESE, "gb18030"), (GERMAN, "cp1252"), ("firm,fin_gm\nMüller,12\n", "utf-8")]
)
def test_what_may_be_two_encodings_is_asked_and_read_as_was_said(under, text, encoding):
    body = text.encode(encoding)
    with pytest.raises(FileFault) as fault:
        take_in("a.csv", body, under)
    assert fault.value.code == "which-characters"
    found = take_in("a.csv", body, under, Settled(encoding=encoding))
    assert found.answers.firm in text and set(found.given) >= {"fin_gm"}


def test_a_decimal_comma_in_doubt_is_asked_once_for_the_whole_file(under):
    body = b'firm,prf_headcount,fin_gm\nF,"1,234","12,5"\n'
    found = take_in("a.csv", body, under)
    assert found.doubts == {"decimal"} and set(found.given) == {"fin_gm"}
    pointed = take_in("a.csv", b'firm,prf_headcount\nF,"1,234"\n', under, Settled(decimal="point"))
    assert pointed.given == {"prf_headcount": Answered(Decimal(1234))}


def test_a_share_that_may_be_a_fraction_is_asked(under):
    body = b"firm,fin_gm\nF,0.35\n"
    assert take_in("a.csv", body, under).doubts == {"percent"}
    assert take_in("a.csv", body, under, Settled(percent="points")).given == {
        "fin_gm": Answered(Decimal("0.35"))
    }


def test_the_sheet_of_answers_saved_as_csv_is_read(bench, under):
    rows = "Frage;;Wert\nquestion;field;value\nfin_gm;fin_gm;12,5\nprf_role;prf_role;to_drawing\n"
    found = take_in("Answers.csv", rows.encode(), under)
    assert found.faults == () and set(found.given) == {"fin_gm", "prf_role"}
