"""What matters and divides comes first; a role is shown where it may be, as its people see the firm."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessment.content.cases import Case
from assessment.model.answers import DONT_KNOW, Answered, Answers, Reply
from assessment.model.edition import Edition
from assessment.model.workshop import Respondent, Vote
from assessment.scoring.dividing import by_role, divides
from assessment.scoring.pooling import pooled
from tests.scoring.firms import answered, scored

HEAVY, IDLE = "chn_tech", "prf_role"


@pytest.fixture(scope="module")
def firm(cases: tuple[Case, ...]) -> Answers:
    return next(c.answers for c in cases if c.id == "eu_family_sme")


def levels(field: str, *given: int, role: str = "finance") -> list[Vote]:
    return [
        Vote(Respondent(f"{role}{n}", role, f"person {n}"), field, Answered(g)) for n, g in enumerate(given)
    ]


def test_the_question_that_moves_the_placement_most_comes_first(edition: Edition, firm: Answers) -> None:
    share = "chn_top1"
    votes = [*levels(HEAVY, 0, 0, 4), *levels(share, 20, 21, 22)]
    found = divides(edition, votes, beside=firm)
    assert [d.question for d in found] == [HEAVY, share]
    middle = pooled(edition, levels(share, 21), beside=firm)
    low, high = (scored(edition, answered(middle, {HEAVY: Answered(n)})).placed["D1"].score for n in (4, 0))
    assert found[0].dilemma == "D1" and found[0].points == pytest.approx(high - low, abs=1e-9)


def test_all_other_answers_stand_in_their_middle(edition: Edition, firm: Answers) -> None:
    share = "chn_top1"
    votes = [*levels(HEAVY, 0, 0, 0, 4), *levels(share, 20, 21, 95)]
    found = {d.question: d for d in divides(edition, votes, beside=firm)}[share]
    ends = [scored(edition, answered(firm, {HEAVY: Answered(0), share: Answered(n)})) for n in (20, 95)]
    assert found.points == pytest.approx(ends[1].placed["D1"].score - ends[0].placed["D1"].score, abs=1e-9)


def test_what_nobody_differs_about_or_is_settled_does_not_divide(edition: Edition, firm: Answers) -> None:
    same = levels("chn_tech", 2, 2, 2)
    silent = [*levels("chn_top1", 20), Vote(Respondent("x", "sales"), "chn_top1", DONT_KNOW)]
    assert divides(edition, [*same, *silent], beside=firm) == ()
    assert divides(edition, levels(HEAVY, 0, 1, 4), {HEAVY: Answered(1)}, firm) == ()


def test_points_are_the_same_in_any_order(edition: Edition, firm: Answers) -> None:
    votes = [*levels(HEAVY, 0, 3, 4, 1), *levels("chn_top1", 20, 50, 22, 90)]
    assert divides(edition, votes, beside=firm) == divides(edition, votes[::-1], beside=firm)


def test_a_question_that_divides_without_effect_comes_last(edition: Edition, firm: Answers) -> None:
    cell = edition.fields[IDLE].cell
    chosen: list[Reply] = [Answered(o) for o in cell.options[:2]]  # type: ignore[union-attr]
    votes = [Vote(Respondent(str(n), "sales"), IDLE, r) for n, r in enumerate(chosen)]
    found = divides(edition, [*votes, *levels(HEAVY, 1, 2, 1)], beside=firm)
    assert [d.question for d in found] == [HEAVY, IDLE]
    assert found[1].points == 0.0 and found[1].index == 0.5


def test_each_role_places_the_firm_as_its_people_said(edition: Edition, firm: Answers) -> None:
    votes = [*levels(HEAVY, 0, 0, 0, role="finance"), *levels(HEAVY, 4, 4, 4, role="operations")]
    views = by_role(edition, votes, beside=firm)
    for role, level in (("finance", 0), ("operations", 4)):
        alone = scored(edition, answered(firm, {HEAVY: Answered(level)})).placed
        assert {p.dilemma: p for p in views[role].placements} == alone
        assert (views[role].people, views[role].fields) == (3, 1)


def test_a_role_of_one_or_two_people_is_withheld(edition: Edition, firm: Answers) -> None:
    votes = [*levels(HEAVY, 0, 0, 0, role="finance"), *levels(HEAVY, 4, 4, role="sales")]
    assert by_role(edition, votes, beside=firm) == {}  # finance and the whole would give sales away
    nameless = [Vote(Respondent(v.respondent.id, v.respondent.role), v.field, v.reply) for v in votes]
    assert by_role(edition, nameless, beside=firm) == {}
    three = [*votes, Vote(Respondent("third", "sales"), HEAVY, Answered(4))]
    assert set(by_role(edition, three, beside=firm)) == {"finance", "sales"}


def test_what_one_of_a_role_answered_alone_is_not_shown_as_its_own(edition: Edition, firm: Answers) -> None:
    three = levels(HEAVY, 0, 1, 2, role="finance")
    one = levels("chn_top1", 93, role="finance")
    views = by_role(edition, [*three, *one], beside=firm)
    assert views["finance"].fields == 1


def test_thirty_people_on_every_question_are_ranked_at_once(edition: Edition, firm: Answers) -> None:
    votes = [
        Vote(Respondent(str(n), "finance"), name, Answered(Decimal(n)) if name == "chn_top1" else reply)
        for n in range(30)
        for name, reply in firm.replies.items()
    ]
    assert [d.question for d in divides(edition, votes)] == ["chn_top1"]
