"""Starting, answering, coming back, taking away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from assessment.content.cases import Case
from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answered, Between, NotApplicable, Reply
from assessment.model.edition import Edition
from assessment.store import Refused
from assessment.store.records import READ
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, open_record, resume, start_assessment, switch_language, widen
from assessment.workflow.publishing import FILES, UnknownFile, produce
from assessment.workflow.results import see_result
from assessment.workflow.reviewing import how_far, review
from assessment.workflow.samples import look_at_sample
from assessment.workflow.values import from_stored, to_stored

Reopen = Callable[[], Opened]


def test_an_answer_is_there_when_the_link_is_opened_again(bench: Bench, reopen: Reopen) -> None:
    answering.keep(bench, reopen().record, answering.answer("fin_revenue", Answered(Decimal("1200.50"))))
    assert reopen().answers.reply("fin_revenue") == Answered(Decimal("1200.50"))


@pytest.mark.parametrize(
    ("field", "reply"),
    [
        ("fin_revenue", Between(Decimal(1), Decimal("2.5"))),
        ("prf_sector", Answered("apparel")),
        ("chn_tech", Answered(0)),
        ("int_reasons", Answered(("cheaper", "habit"))),
        ("fin_gm", DONT_KNOW),
        ("fin_gm", NotApplicable("new firm")),
        ("fin_gm", NOT_ANSWERED),
    ],
)
def test_every_kind_of_reply_survives_the_store(edition: Edition, field: str, reply: Reply) -> None:
    assert from_stored(edition.fields[field], to_stored(reply)) == reply


def test_an_answer_the_edition_cannot_read_counts_as_open(edition: Edition) -> None:
    assert from_stored(edition.fields["chn_tech"], to_stored(Answered("no level"))) == NOT_ANSWERED


def test_a_save_sent_twice_is_kept_once(bench: Bench, reopen: Reopen) -> None:
    save = answering.answer("fin_revenue", Answered(Decimal(7)))
    answering.keep(bench, reopen().record, save)
    answering.keep(bench, reopen().record, save)
    assert len(bench.store.revisions(reopen().record, "fin_revenue")) == 1


def test_dont_know_leaves_answers_alone(bench: Bench, reopen: Reopen) -> None:
    answering.keep(bench, reopen().record, answering.answer("chn_time.production", Answered(Decimal(3))))
    fields = ("chn_time.order_to_cash", "chn_time.production")
    answering.keep(bench, reopen().record, answering.mark_dont_know(reopen(), fields))
    assert reopen().answers.reply("chn_time.order_to_cash") == DONT_KNOW
    assert reopen().answers.reply("chn_time.production") == Answered(Decimal(3))


def test_the_reason_why_a_question_does_not_apply_can_be_changed(bench: Bench, reopen: Reopen) -> None:
    for reason in ("", "a new firm"):
        answering.keep(bench, reopen().record, answering.mark_not_applicable(reopen(), ("fin_gm",), reason))
    assert reopen().answers.reply("fin_gm") == NotApplicable("a new firm")


def test_a_confirmed_warning_carries_its_reason_and_can_be_taken_back(bench: Bench, reopen: Reopen) -> None:
    answering.keep(bench, reopen().record, answering.confirm("year_recent", " a merger "))
    assert reopen().answers.confirmed == {"year_recent": "a merger"}
    answering.keep(bench, reopen().record, answering.confirm("year_recent", ""))
    assert reopen().answers.confirmed == {}


def test_language_and_path_change_without_touching_answers(bench: Bench, reopen: Reopen) -> None:
    answering.keep(bench, reopen().record, answering.answer("prf_sector", Answered("food")))
    before = reopen().answers.replies
    asked = sum(part.asked for part in how_far(reopen()))
    switch_language(bench, reopen(), "zh")
    widen(bench, reopen())
    assert reopen().record.language == "zh" and not reopen().quick
    assert sum(part.asked for part in how_far(reopen())) > asked
    assert reopen().answers.replies == before


def test_what_has_not_changed_is_not_read_again_and_what_has_is(bench: Bench, reopen: Reopen) -> None:
    first = reopen()
    assert open_record(bench, first.record, first) is first
    answering.keep(bench, first.record, answering.answer("prf_sector", Answered("food")))
    second = open_record(bench, first.record, first)
    answering.keep(bench, first.record, answering.answer("prf_sector", Answered("apparel")))
    third = open_record(bench, first.record, second)
    replies = [one.answers.reply("prf_sector") for one in (first, second, third)]
    assert replies == [NOT_ANSWERED, Answered("food"), Answered("apparel")]


def test_an_entry_missed_earlier_is_found_though_newer_ones_are_known(bench: Bench, reopen: Reopen) -> None:
    for field in ("prf_sector", "chn_tech"):
        answering.keep(bench, reopen().record, answering.answer(field, Answered("food")))
    whole = bench.store.load_answers(reopen().record)
    known = {"chn_tech": whole["chn_tech"]}  # two processes write: the lower number was committed last
    assert bench.store.load_answers(reopen().record, known) == whole


def test_a_remark_is_kept_beside_the_answer_and_can_be_taken_back(bench: Bench, reopen: Reopen) -> None:
    answering.keep(bench, reopen().record, answering.comment("fin_gm", " since the merger "))
    assert reopen().answers.comments == {"fin_gm": "since the merger"}
    answering.keep(bench, reopen().record, answering.comment("fin_gm", ""))
    assert reopen().answers.comments == {}


def test_an_unknown_link_opens_nothing(bench: Bench) -> None:
    assert resume(bench, "") is None
    assert resume(bench, "x" * 43) is None


def test_a_reader_cannot_answer(bench: Bench, reopen: Reopen) -> None:
    reader = resume(bench, bench.store.new_link(reopen().record, READ))
    assert reader is not None
    with pytest.raises(Refused):
        answering.keep(bench, reader.record, answering.answer("prf_sector", Answered("food")))


def test_the_review_lists_what_is_open_doubtful_and_inconsistent(bench: Bench, reopen: Reopen) -> None:
    said = {
        "fin_inputs": Answered(Decimal(10)),
        "fin_inputs_services": Answered(Decimal(20)),
        "fin_rd_in": DONT_KNOW,
    }
    answering.keep(bench, reopen().record, answering.answer_rows(said))
    found = review(reopen(), date(2026, 5, 1))
    assert "fin_revenue" in {q.id for q in found.open} and "fin_rd_in" not in {q.id for q in found.open}
    assert [q.id for q in found.doubtful] == ["fin_rd_in"]
    assert "checks.services_within_inputs" in {p.code for p in found.refused}


def test_a_sample_firm_can_be_read_in_both_languages_and_not_changed(
    bench: Bench, cases: tuple[Case, ...]
) -> None:
    case = next(c for c in cases if c.sample)
    for language in ("en", "zh"):
        token = look_at_sample(bench, f"{case.id}.{language}")
        opened = resume(bench, token or "")
        assert opened is not None and opened.record.scope == READ
        assert opened.record.firm_name == case.firm[language]
        assert opened.answers.replies == case.answers.replies
    assert look_at_sample(bench, "nobody.en") is None
    assert look_at_sample(bench, f"{case.id}.xx") is None


def test_the_sample_is_stored_once_however_often_it_is_looked_at(
    bench: Bench, cases: tuple[Case, ...]
) -> None:
    case = next(c for c in cases if c.sample)
    tokens = {look_at_sample(bench, f"{case.id}.en") for _ in range(3)}
    records = {bench.store.assessment_for(token or "") for token in tokens}
    assert len(tokens) == 3 and len({r.id for r in records if r}) == 1


@pytest.fixture
def answered(bench: Bench, cases: tuple[Case, ...]) -> Opened:
    case = next(c for c in cases if c.sample)
    opened = resume(bench, start_assessment(bench, quick=False, language="en", firm="A/B: *firm*"))
    assert opened is not None
    answering.keep(bench, opened.record, answering.answer_rows(case.answers.replies))
    return open_record(bench, opened.record)


def test_the_result_is_the_one_expected_of_the_case(
    bench: Bench, answered: Opened, cases: tuple[Case, ...]
) -> None:
    case = next(c for c in cases if c.sample)
    placed = {p.dilemma: p.level for p in see_result(bench, answered, "en").result.placements}
    assert placed == dict(case.expected)


@pytest.mark.parametrize("name", FILES)
def test_every_file_can_be_taken_away(bench: Bench, answered: Opened, name: str) -> None:
    kind, params = FILES[name]
    file, media, body = produce(bench, answered.record, kind, params)
    start = {"pdf": b"%PDF-", "json": b"{", "xlsx": b"PK"}[kind]
    assert (
        file.endswith(f".{kind}") and "A-B-firm" in file and kind[:3] in media.replace("spreadsheetml", "xls")
    )
    assert body.startswith(start)


def test_the_answers_file_holds_every_answer(bench: Bench, answered: Opened) -> None:
    _, _, body = produce(bench, answered.record, "json", {})
    assert json.loads(body)["answers"]["fin_revenue"] == str(answered.answers.replies["fin_revenue"].value)  # type: ignore[union-attr]


def test_an_unknown_kind_of_file_is_refused(bench: Bench, answered: Opened) -> None:
    with pytest.raises(UnknownFile):
        produce(bench, answered.record, "exe", {})
    with pytest.raises(UnknownFile):
        produce(bench, answered.record, "pdf", {"language": "../x"})
