"""Several people's answers as one firm's: disagreement stays in it, widens the interval and is named."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from assessment.content.cases import Case
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, NotApplicable, Reply
from assessment.model.certainty import Origin
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Kind, LevelCell, NumberCell, Question
from assessment.model.workshop import Respondent, Vote
from assessment.scoring.assess import answers_fingerprint
from assessment.scoring.certainty import certainty
from assessment.scoring.cohort import score
from assessment.scoring.doubt import doubts
from assessment.scoring.pooling import pooled
from assessment.scoring.variants import Base
from tests.scoring.firms import answered, score_all, scored

MONEY, SHARE, LEVEL, CHOICE = "fin_revenue", "chn_top1", "chn_tech", "prf_role"
ROLES = ("finance", "operations", "sales")


def number(value: float | str) -> Answered:
    return Answered(Decimal(str(value)))


def said(field: str, *replies: Reply) -> list[Vote]:
    return [Vote(Respondent(str(n), ROLES[n % 3]), field, r) for n, r in enumerate(replies)]


def all_say(answers: Answers, people: int = 3) -> list[Vote]:
    each = range(people)
    return [Vote(Respondent(str(n), ROLES[n % 3]), f, r) for n in each for f, r in answers.replies.items()]


def differing(edition: Edition, answers: Answers, seed: int, people: int) -> list[Answers]:
    """The firm as several people see it: each is off on some answers that can be off by themselves."""
    chance = random.Random(seed)
    return [_off(edition, answers, chance) for _ in range(people)]


def _off(edition: Edition, answers: Answers, chance: random.Random) -> Answers:
    changed: dict[str, Reply] = {}
    for name, reply in answers.replies.items():
        field = edition.fields[name]
        cell, question = field.cell, edition.question[field.question]
        if question.kind is Kind.SPLIT:
            changed |= _shifted(question, answers, chance) if field == question.fields[0] else {}
            continue
        if not isinstance(reply, Answered) or chance.random() > 0.2:
            continue
        if isinstance(cell, LevelCell):
            changed[name] = Answered(chance.randrange(cell.steps))
        elif isinstance(cell, ChoiceCell) and name.startswith(("glo_", "svc_", "ali_", "int_")):
            changed[name] = Answered(chance.choice(cell.options))
        elif isinstance(cell, NumberCell) and not cell.integer:
            changed[name] = number(f"{float(str(reply.value)) * chance.uniform(0.8, 1.0):.3f}")
    return answered(answers, changed)


def _shifted(question: Question, answers: Answers, chance: random.Random) -> dict[str, Reply]:
    """A split with some points of its largest share given to another."""
    shares = {f.id: r.value for f in question.fields if isinstance(r := answers.reply(f.id), Answered)}
    most = max(shares, key=lambda name: Decimal(str(shares[name])), default="")
    others = [name for name in shares if name != most]
    if not others:
        return {}
    other, points = chance.choice(others), Decimal(str(shares[most])) * chance.randrange(10) / 10
    return {
        most: Answered(Decimal(str(shares[most])) - points),
        other: Answered(Decimal(str(shares[other])) + points),
    }


def votes_of(people: Iterable[Answers]) -> list[Vote]:
    return [
        Vote(Respondent(str(n), ROLES[n % 3]), field, reply)
        for n, one in enumerate(people)
        for field, reply in one.replies.items()
    ]


@pytest.mark.parametrize(
    ("field", "replies", "expected"),
    [
        (MONEY, [number(5), number(9), number(7)], Between(Decimal(5), Decimal(9))),
        (MONEY, [number(5), number(5), DONT_KNOW], number(5)),
        (MONEY, [number(5), Between(Decimal(4), Decimal(6))], Between(Decimal(4), Decimal(6))),
        (MONEY, [DONT_KNOW, DONT_KNOW], DONT_KNOW),
        (MONEY, [NotApplicable("b"), NotApplicable("a"), DONT_KNOW], NotApplicable("a; b")),
        (MONEY, [NotApplicable("a"), number(5)], DONT_KNOW),
        (MONEY, [number(n) for n in (0, 10, 20, 30, 40)], Between(Decimal(4), Decimal(36))),
        (LEVEL, [Answered(n) for n in (0, 2, 2, 2, 4)], Between(Decimal(0), Decimal(4))),
        (LEVEL, [Answered(1), Answered(1)], Answered(1)),
    ],
)
def test_what_is_said_of_one_field_becomes_the_range_of_it(
    edition: Edition, field: str, replies: list[Reply], expected: Reply
) -> None:
    assert pooled(edition, said(field, *replies)).reply(field) == expected


def test_a_choice_stays_open_among_people_who_chose_differently(edition: Edition) -> None:
    cell = edition.fields[CHOICE].cell
    assert isinstance(cell, ChoiceCell)
    one, other = (Answered(o) for o in cell.options[:2])
    found = pooled(edition, said(CHOICE, one, other, one))
    assert (found.reply(CHOICE), found.disputed[CHOICE]) == (DONT_KNOW, one)
    most = pooled(edition, said(CHOICE, *[one] * 9, other))
    assert (most.reply(CHOICE), dict(most.disputed)) == (one, {})


def test_what_is_settled_counts_and_is_no_longer_disputed(edition: Edition) -> None:
    votes = [*said(MONEY, number(5), number(9)), *said(LEVEL, Answered(0), Answered(4))]
    found = pooled(edition, votes, {MONEY: number(8)})
    assert found.reply(MONEY) == number(8) and set(found.disputed) == {LEVEL}


def test_what_is_disputed_is_part_of_the_fingerprint(edition: Edition) -> None:
    found = pooled(edition, said(MONEY, number(5), number(9)))
    settled = replace(found, disputed={})
    assert answers_fingerprint(edition, found) != answers_fingerprint(edition, settled)


def test_where_nobody_voted_the_answers_of_the_firm_stand(edition: Edition) -> None:
    before = Answers(edition.id, "A firm", {MONEY: number(1), SHARE: number(30)}, {SHARE: "a remark"})
    found = pooled(edition, said(MONEY, number(5)), beside=before)
    assert (found.reply(MONEY), found.reply(SHARE)) == (number(5), number(30))
    assert (found.firm, found.comments) == ("A firm", {SHARE: "a remark"})


def test_people_who_agree_on_everything_are_one_firm(edition: Edition, cases: tuple[Case, ...]) -> None:
    for case in cases[::8]:
        found = pooled(edition, all_say(case.answers))
        assert found.replies == case.answers.replies and not found.disputed
        assert scored(edition, found).placed == scored(edition, case.answers).placed


def test_the_interval_holds_the_placement_of_every_respondent(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    for seed, case in enumerate(cases[::3]):
        people = differing(edition, case.answers, seed, 4)
        together = scored(edition, pooled(edition, votes_of(people))).placed
        for one in people:
            for d, alone in scored(edition, one).placed.items():
                assert together[d].low - 1e-9 <= alone.low and alone.high <= together[d].high + 1e-9
        assert any(p.high - p.low > 1.0 for p in together.values())


@pytest.mark.parametrize(
    ("field", "replies", "middle"),
    [
        (SHARE, [number(20), number(30), number(90)], number(30)),
        (SHARE, [number(20), Between(Decimal(20), Decimal(50)), number(90), DONT_KNOW], number(35)),
        (LEVEL, [Answered(0), Answered(1), Answered(4)], Answered(1)),
    ],
)
def test_the_point_stands_where_the_answer_in_the_middle_would_put_it(
    edition: Edition, cases: tuple[Case, ...], field: str, replies: list[Reply], middle: Reply
) -> None:
    firm = cases[0].answers
    together = pooled(edition, said(field, *replies), beside=firm)
    alone = scored(edition, answered(firm, {field: middle})).placed
    assert {d: p.score for d, p in scored(edition, together).placed.items()} == {
        d: pytest.approx(p.score) for d, p in alone.items()
    }
    rows: list[dict[str, Reply]] = [{}, {field: DONT_KNOW}]  # the same where another answer is tried
    tried = score(edition, Base.of(edition, together).with_replies(edition, together, rows), ("D1",))
    assert float(tried.indexes["D1"].mid[0]) == pytest.approx(alone["D1"].score)


def test_a_middle_outside_the_range_is_cut_to_it(edition: Edition, cases: tuple[Case, ...]) -> None:
    wide = answered(cases[0].answers, {SHARE: Between(Decimal(20), Decimal(40))})
    found = scored(edition, replace(wide, disputed={SHARE: number(90)})).placed["D1"]
    ends = scored(edition, answered(wide, {SHARE: number(40)})).placed["D1"]
    assert found.score == pytest.approx(ends.score) and found.low <= ends.low <= found.high + 1e-9


def test_the_order_of_respondents_does_not_matter(edition: Edition, cases: tuple[Case, ...]) -> None:
    votes = votes_of(differing(edition, cases[2].answers, 5, 6))
    turned = sorted(votes, key=lambda v: v.respondent.id, reverse=True)
    one, other = pooled(edition, votes), pooled(edition, turned)
    assert one.replies == other.replies and one.disputed == other.disputed


def test_what_people_differ_about_is_named_as_the_origin_of_the_doubt(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    full = cases[0].answers
    votes = votes_of(differing(edition, full, 3, 3))
    answers = pooled(edition, votes)
    firm = scored(edition, answers)
    account = doubts(edition, firm.scores, 0, answers, list(firm.placed.values()))
    whole = certainty(edition, score_all(edition, [answers]), 0, answers)
    settled = pooled(edition, votes, dict(answers.disputed))
    after = scored(edition, settled)
    after_account = doubts(edition, after.scores, 0, settled, list(after.placed.values()))
    for d, doubt in account.items():
        assert doubt.parts[Origin.RESPONDENTS] > 0.1
        assert doubt.parts[Origin.RESPONDENTS] == pytest.approx(doubt.answers_high - doubt.answers_low)
        assert doubt.parts[Origin.RANGE] == doubt.parts[Origin.DONT_KNOW] == 0.0
        assert after_account[d].parts[Origin.RESPONDENTS] == 0.0
        assert whole.dilemmas[d].doubt.parts == doubt.parts


def test_a_range_that_one_person_gave_is_a_range_and_no_dispute(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    wide = answered(cases[0].answers, {SHARE: Between(Decimal(5), Decimal(80))})
    firm = scored(edition, wide)
    account = doubts(edition, firm.scores, 0, wide, list(firm.placed.values()))["D1"]
    assert account.parts[Origin.RANGE] > 1.0 and account.parts[Origin.RESPONDENTS] == 0.0
    same = replace(wide, disputed={SHARE: number(40)})
    account = doubts(edition, firm.scores, 0, same, list(firm.placed.values()))["D1"]
    assert account.parts[Origin.RESPONDENTS] > 1.0 and account.parts[Origin.RANGE] == 0.0
