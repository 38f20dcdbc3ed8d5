"""What a report tells of a workshop: kept at the freeze, without names, and verified like the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assessment.model.answers import DONT_KNOW, Answered, Between, Reply
from assessment.store.brands import StoredBrand
from assessment.workflow.answering import answer, keep
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import produce
from assessment.workflow.recording import keep_record, record
from assessment.workflow.results import dossier_of
from assessment.workflow.room import look
from assessment.workflow.verifying import verify
from assessment.workflow.workshop import freeze, join, open_workshop, park, reveal, settle, vote

AT = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)
Reopen = Callable[[], Opened]
SAID: dict[str, tuple[Reply, ...]] = {
    "chn_top1": tuple(Answered(Decimal(n)) for n in (20, 30, 90, 20)),
    "chn_tech": tuple(Answered(n) for n in (1, 1, 1, 1)),
    "prf_role": tuple(Answered(o) for o in ("to_drawing", "to_drawing", "own_brand", "own_brand")),
    "fin_gm": tuple(Answered(Decimal(n)) for n in (10, 12, 30, 10)),
    "fin_newrev": (Answered(Decimal(41)), Answered(Decimal(43)), DONT_KNOW, DONT_KNOW),
}
APART = {"chn_top1", "prf_role", "fin_newrev"}


def number(value: int) -> Answered:
    return Answered(Decimal(value))


@pytest.fixture
def frozen(bench: Bench, reopen: Reopen) -> Reopen:
    """An assessment after a workshop: one question settled, one parked, two still apart, one agreed on."""
    which, code = open_workshop(bench, reopen())
    people = [("finance", "Wang"), ("finance", "Li"), ("finance", "Zhao"), ("sales", "Qian")]
    tokens = [join(bench, code, role=role, name=name) or "" for role, name in people]
    for field, replies in SAID.items():
        for token, reply in zip(tokens, replies, strict=True):
            vote(bench, token, answer(field, reply))

    def save(made: object) -> None:
        keep(bench, reopen().record, made)  # type: ignore[arg-type]

    for field in SAID:
        save(reveal(reopen().edition, which, field))
    save(settle(which, {"fin_gm": number(11)}, "by last year's ledger", "Wang", AT))
    save(park(which, "prf_role", "ask the board", "Li", AT))
    save(freeze(look(bench, reopen(), which), "After the first hour", "Wang", AT))
    told = record(look(bench, reopen(), which), "Consultant", AT.date())
    save(keep_record(which, told))
    return reopen


def test_what_was_said_and_not_settled_becomes_an_answer_with_its_whole_range(frozen: Reopen) -> None:
    opened = frozen()
    answers = opened.dossier.answers
    assert answers.replies == opened.answers.replies
    assert answers.reply("chn_top1") == Between(Decimal(20), Decimal(90))
    assert answers.reply("prf_role") == DONT_KNOW
    assert answers.reply("chn_tech") == Answered(1)
    assert answers.reply("fin_gm") == number(11)
    assert set(answers.disputed) == APART
    assert answers.disputed["chn_top1"] == number(25)


def test_an_answer_of_the_firm_afterwards_ends_the_dispute(bench: Bench, frozen: Reopen) -> None:
    keep(bench, frozen().record, answer("chn_top1", Between(Decimal(20), Decimal(90))))
    found = frozen().dossier
    assert set(found.answers.disputed) == {"prf_role", "fin_newrev"}
    assert found.workshop is not None and set(found.workshop.disputed) == {
        "chn_top1",
        "prf_role",
        "fin_newrev",
    }


def test_the_record_names_the_facilitator_and_nobody_else(frozen: Reopen) -> None:
    told = frozen().dossier.workshop
    assert told is not None and told.milestone is not None
    assert [(p.role, p.people) for p in told.parties] == [("finance", 3), ("", 1)]
    assert {one.by for one in (*told.settled, *told.parked, told.milestone)} == {"Consultant"}
    kept = json.dumps([str(s.value) for k, s in frozen().stored.items() if k.endswith(":record")])
    assert "Consultant" in kept and not any(name in kept for name in ("Wang", "Li'", "Zhao", "Qian"))
    assert all(role.people >= 3 for role in told.by_role)


def test_what_only_two_know_has_no_spread_in_the_record(frozen: Reopen) -> None:
    told = frozen().dossier.workshop
    assert told is not None
    found = {a.field: a for a in told.agreements}
    few, many = found["fin_newrev"], found["chn_top1"]
    assert (few.known, few.dont_know, few.accord, few.index) == (2, 2, None, None)
    assert (few.overall.low, few.overall.high, few.overall.tally) == (None, None, {})
    assert (many.overall.low, many.overall.high) == (20, 90)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_with_open_disputes_and_a_workshop_page_is_verified(
    bench: Bench, frozen: Reopen, language: str
) -> None:
    _, _, body = produce(bench, frozen().record, "pdf", {"language": language})
    assert verify(body).verified
    _, _, alone = produce(bench, frozen().record, "pdf", {"language": language, "attach": "no"})
    _, _, answers = produce(bench, frozen().record, "json", {})
    assert verify(alone, answers).verified
    raw = json.loads(answers)
    assert set(raw["disputed"]) == APART and raw["workshop"]["facilitator"] == "Consultant"
    del raw["disputed"]["chn_top1"]
    assert not verify(alone, json.dumps(raw).encode()).verified


def test_files_bear_the_brand_of_the_consultant_and_an_unfit_one_only_its_name(
    bench: Bench, frozen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dossier_of(bench, frozen()).brand is None
    kept = StoredBrand("A. Consultant", "Office", "#123456", b"")
    monkeypatch.setattr(type(bench.store), "brand_of", lambda _store, _record: kept)
    brand = dossier_of(bench, frozen()).brand
    assert brand is not None and (brand.name, brand.colour) == ("A. Consultant", "#123456")
    kept = StoredBrand("A. Consultant", "Office", "url(x)", b"GIF8")
    brand = dossier_of(bench, frozen()).brand
    assert brand is not None and (brand.name, brand.colour, brand.logo) == ("A. Consultant", "", b"")
