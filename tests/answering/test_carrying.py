"""Answers under another edition: nothing is lost, nothing is invented, and somebody is asked first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessment.answering.carrying import carry, rescaled, reversed_over
from assessment.answering.validation import check_answers, impossible
from assessment.content.carry_over import load_carry_over
from assessment.content.cases import Case
from assessment.content.load import load_edition
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, NotApplicable
from assessment.model.carrying import ByFactor, ByOptions, BySteps, Carried, CarryOver, Fate, Move, Why
from assessment.model.edition import Edition

NEXT = "servitization/2026-2"


@pytest.fixture(scope="module")
def later() -> Edition:
    return load_edition(NEXT)


@pytest.fixture(scope="module")
def over(edition: Edition, later: Edition) -> CarryOver:
    return load_carry_over(edition, later)


def fates(carried: Carried) -> list[str]:
    """The old field of every answer, once for each list it stands in."""
    moved = [m.old for m in (*carried.renamed, *carried.rescaled)]
    return [*carried.kept, *moved, *(c.old for c in carried.cleared)]


def test_every_answer_of_every_worked_case_is_accounted_for_exactly_once(
    cases: tuple[Case, ...], over: CarryOver, later: Edition
):
    for case in cases:
        carried = carry(case.answers, over, later)
        assert sorted(fates(carried)) == sorted(case.answers.replies), case.id
        assert carried.source is case.answers
        assert set(carried.answers.replies) <= set(later.fields)


def test_carried_worked_cases_hold_nothing_impossible(
    cases: tuple[Case, ...], over: CarryOver, later: Edition
):
    for case in cases:
        carried = carry(case.answers, over, later).answers
        assert impossible(check_answers(later, carried, date(2026, 6, 30))) == (), case.id


def test_an_answer_is_renamed_rescaled_cleared_or_new_as_the_edition_says(
    firm: Answers, over: CarryOver, later: Edition
):
    replies = {
        **firm.replies,
        "con_unfunded.amount": Between(Decimal(3), Decimal(8)),
        "int_cluster.place": Answered("park"),
        "glo_standards.latest": DONT_KNOW,
        "chn_time.production": Answered(Decimal(30)),
    }
    carried = carry(replace(firm, replies=replies), over, later)
    assert carried.answers.reply("con_unfunded.amount") == Between(Decimal("1.5"), Decimal(4))
    assert carried.answers.reply("int_cluster.place") == Answered("near")
    assert ("glo_standards.latest", "glo_adopted.latest") in {(m.old, m.new) for m in carried.renamed}
    assert carried.answers.reply("glo_adopted.latest") == DONT_KNOW
    lost = {c.old: c for c in carried.cleared}
    assert lost["chn_time.production"].reply == Answered(Decimal(30))
    assert lost["chn_time.production"].why is Why.DROPPED
    assert carried.new == ("int_exchange",)
    assert "int_exchange" not in carried.answers.replies
    assert carried.asks


def test_a_preview_without_loss_or_other_scale_asks_nothing(firm: Answers, over: CarryOver, later: Edition):
    quiet = {k: r for k, r in firm.replies.items() if k.startswith(("fin_", "glo_"))}
    carried = carry(replace(firm, replies=quiet), over, later)
    assert carried.kept and carried.renamed
    assert not carried.asks


def test_there_and_back_gives_the_old_answers_but_for_what_is_gone(
    cases: tuple[Case, ...], over: CarryOver, edition: Edition, later: Edition
):
    for case in cases:
        there = carry(case.answers, over, later).answers
        back = carry(there, reversed_over(over), edition).answers
        gone = {name for name in case.answers.replies if name.startswith("chn_time.")}
        assert back.edition == edition.id
        for name, reply in case.answers.replies.items():
            if name == "int_cluster.place" and reply != Answered("none"):
                assert name not in back.replies  # a cluster or a park: the newer answer does not say which
            elif name not in gone:
                assert back.reply(name) == reply, (case.id, name)


def test_remarks_follow_their_question_and_remarks_on_what_is_cleared_are_shown(
    firm: Answers, over: CarryOver, later: Edition
):
    remarks = {"glo_standards": "see folder 3", "fin_revenue": "before VAT", "chn_time.production": "guess"}
    replies = {**firm.replies, "chn_time.production": Answered(Decimal(30))}
    carried = carry(replace(firm, replies=replies, comments=remarks), over, later)
    assert carried.answers.comments == {"glo_adopted": "see folder 3", "fin_revenue": "before VAT"}
    assert [c.comment for c in carried.cleared if c.old == "chn_time.production"] == ["guess"]
    assert carried.source.comments == remarks


def test_a_confirmation_is_carried_while_its_check_exists(firm: Answers, over: CarryOver, later: Edition):
    confirmed = {"production_within_order": "paid in advance", "unfunded_within_revenue": "yes"}
    carried = carry(replace(firm, confirmed=confirmed), over, later)
    assert carried.answers.confirmed == {"unfunded_within_revenue": "yes"}


def test_an_answer_the_new_limits_refuse_is_cleared_and_not_cut(firm: Answers, edition: Edition):
    moves = tuple(
        Move(Fate.RESCALED, f, f, ByFactor(Decimal(100))) if f == "fin_gm" else Move(Fate.SAME, f, f)
        for f in edition.fields
    )
    again = replace(edition, id="other/1")
    source = replace(firm, replies={**firm.replies, "fin_gm": Answered(Decimal(30))})
    (cleared,) = carry(source, CarryOver(edition.id, "other/1", moves), again).cleared
    assert (cleared.old, cleared.new, cleared.why) == ("fin_gm", "fin_gm", Why.REFUSED)
    assert cleared.reply == Answered(Decimal(30))


def test_answers_of_another_edition_are_refused(firm: Answers, over: CarryOver, later: Edition):
    with pytest.raises(ValueError, match="does not lead"):
        carry(replace(firm, edition=NEXT), over, later)


@pytest.mark.parametrize(
    ("reply", "rescaling", "expected"),
    [
        (Answered(Decimal(8)), ByFactor(Decimal("0.5")), Answered(Decimal(4))),
        (DONT_KNOW, ByFactor(Decimal("0.5")), DONT_KNOW),
        (NotApplicable("no"), ByOptions({}), NotApplicable("no")),
        (Answered("a"), ByFactor(Decimal(2)), None),
        (Answered(3), BySteps(((0, 0), (1, 1), (1, 1), (2, 2))), Answered(2)),
        (Between(Decimal(1), Decimal(3)), BySteps(((0, 0), (1, 1), (1, 1), (2, 2))),
         Between(Decimal(1), Decimal(2))),
        (Answered(1), BySteps(((0, 0), None)), None),
        (Answered(1), BySteps(((0, 0), (1, 2))), Between(Decimal(1), Decimal(2))),
        (Answered("a"), ByOptions({"a": "b"}), Answered("b")),
        (Answered("x"), ByOptions({"a": "b"}), None),
        (Answered(("a", "c")), ByOptions({"a": "b", "c": "b"}), Answered(("b",))),
        (Answered(("a", "x")), ByOptions({"a": "b"}), None),
    ],
)  # fmt: skip
def test_a_reply_is_rescaled_by_factor_steps_or_options(reply, rescaling, expected):
    assert rescaled(reply, rescaling) == expected


def test_the_way_back_of_merged_steps_is_a_range():
    there = CarryOver("a", "b", (Move(Fate.RESCALED, "x", "y", BySteps(((0, 0), (1, 1), (1, 1), (2, 2)))),))
    (move,) = reversed_over(there).moves
    assert (move.old, move.new) == ("y", "x")
    assert move.rescaling == BySteps(((0, 0), (1, 2), (3, 3)))
