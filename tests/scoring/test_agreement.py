"""Agreement of several people on one field: bounded, the same in any order, nobody found out by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, NotApplicable, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell
from assessment.model.workshop import Accord, Agreement, Clash, Respondent, Vote
from assessment.scoring.agreement import agreement, rules_of, shown_roles

MONEY, SHARE, LEVEL, CHOICE, TICKS = "fin_revenue", "chn_top1", "chn_tech", "prf_role", "int_reasons"
FIELDS = (MONEY, SHARE, LEVEL, CHOICE, TICKS)
ROLES = ("finance", "operations", "sales")


def number(value: float | str) -> Answered:
    return Answered(Decimal(str(value)))


def votes_of(field: str, replies: Iterable[Reply], roles: Sequence[str] = ("finance",)) -> list[Vote]:
    people = (Respondent(f"r{n}", roles[n % len(roles)], f"person {n}") for n in range(1000))
    return [Vote(who, field, reply) for who, reply in zip(people, replies, strict=False)]


def agreed(edition: Edition, field: str, *replies: Reply, beside: Answers | None = None) -> Agreement:
    return agreement(edition, field, votes_of(field, replies), beside)


def replies_to(field: Field) -> st.SearchStrategy[Reply]:
    """Any reply to a field, the unknown ones among them."""
    silent: st.SearchStrategy[Reply] = st.sampled_from((DONT_KNOW, NotApplicable("no such thing")))
    match field.cell:
        case LevelCell(_, steps):
            known: st.SearchStrategy[Reply] = st.integers(0, steps - 1).map(Answered)
        case ChoiceCell(options, _):
            known = st.sampled_from(options).map(Answered)
        case MultiCell(options, _):
            known = st.sets(st.sampled_from(options)).map(lambda s: Answered(tuple(sorted(s))))
        case _:
            ends = st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=2).map(sorted)
            known = ends.map(lambda e: Between(*e) if e[0] < e[1] else Answered(e[0]))
    return known | known | known | silent


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(data=st.data(), name=st.sampled_from(FIELDS))
def test_agreement_is_bounded_and_blind_to_order(edition: Edition, data: st.DataObject, name: str) -> None:
    replies = data.draw(st.lists(replies_to(edition.fields[name]), max_size=12))
    votes = votes_of(name, replies, ROLES)
    found = agreement(edition, name, votes)
    assert found == agreement(edition, name, data.draw(st.permutations(votes)))
    assert found.index is None or 0.0 <= found.index <= 1.0
    assert (found.accord is None) == (found.known < 3)
    assert found.known + found.dont_know + found.not_applicable == len(replies) == found.overall.people
    assert sum(s.people for s in found.by_role) + found.withheld == len(replies)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(data=st.data(), name=st.sampled_from(FIELDS), people=st.integers(3, 9))
def test_the_same_answer_from_all_is_full_agreement(
    edition: Edition, data: st.DataObject, name: str, people: int
) -> None:
    reply = data.draw(replies_to(edition.fields[name]).filter(lambda r: isinstance(r, Answered | Between)))
    found = agreed(edition, name, *[reply] * people)
    assert (found.deviation, found.index, found.accord, found.clashes) == (0.0, 0.0, Accord.AGREED, ())


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(amounts=st.lists(st.integers(1, 10**9), min_size=3, max_size=9), factor=st.integers(2, 10**6))
def test_the_unit_of_an_amount_does_not_matter(edition: Edition, amounts: list[int], factor: int) -> None:
    one = agreed(edition, MONEY, *(number(a) for a in amounts))
    other = agreed(edition, MONEY, *(number(a * factor) for a in amounts))
    assert other.index == pytest.approx(one.index, abs=1e-9)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(roles=st.lists(st.sampled_from(ROLES), max_size=14), named=st.lists(st.booleans(), min_size=14))
def test_nobody_is_found_by_taking_the_roles_shown_from_the_whole(
    roles: list[str], named: list[bool]
) -> None:
    people = [Respondent(str(n), r, "a name" if named[n] else "") for n, r in enumerate(roles)]
    shown, rest = shown_roles(people, 3)
    groups = {role: [p for p in people if p.role == role] for role in shown}
    assert rest == len(people) - sum(map(len, groups.values()))
    assert rest == 0 or rest >= 3 or not shown
    for group in groups.values():
        assert len(group) >= 3 or all(not p.name for p in group)


def test_the_deviation_is_from_the_median_in_steps_and_points(edition: Edition) -> None:
    levels = agreed(edition, LEVEL, *(Answered(n) for n in (0, 1, 1, 4)))
    assert levels.deviation == pytest.approx(1.0) and levels.index == pytest.approx(0.2)
    shares = agreed(edition, SHARE, number(10), number(20), number(60))
    assert shares.deviation == pytest.approx(50 / 3) and shares.index == pytest.approx(1 / 6)
    assert (shares.overall.low, shares.overall.middle, shares.overall.high) == (10, 20, 60)


def test_the_usual_marks_of_a_sixth_and_of_chance_part_the_words(edition: Edition) -> None:
    def accord(*levels: int) -> Accord | None:
        return agreed(edition, LEVEL, *(Answered(n) for n in levels)).accord

    assert accord(2, 2, 3, 1) is Accord.AGREED  # 0.5 of 5 options
    assert accord(0, 1, 1, 4) is Accord.PARTLY  # 1.0
    assert accord(0, 1, 3, 4) is Accord.APART  # 1.5; answers at random show 1.2
    assert agreed(edition, SHARE, number(10), number(20), number(60)).accord is Accord.AGREED  # AD = 100 / 6


def test_three_of_four_with_one_choice_agree_and_half_do_not(edition: Edition) -> None:
    first, second, *_ = options(edition, CHOICE)

    def accord(*chosen: str) -> Accord | None:
        return agreed(edition, CHOICE, *(Answered(c) for c in chosen)).accord

    assert accord(first, first, first, second) is Accord.AGREED
    assert accord(first, first, second) is Accord.PARTLY
    assert accord(first, first, second, second) is Accord.APART


def test_ticks_are_measured_from_those_of_the_majority(edition: Edition) -> None:
    a, b, c, *_ = options(edition, TICKS)
    apart = agreed(edition, TICKS, *(Answered((x,)) for x in (a, b, c)))
    assert (apart.index, apart.accord) == (1.0, Accord.APART)
    near = agreed(edition, TICKS, Answered((a, b)), Answered((a, b)), Answered((a,)))
    assert near.index == pytest.approx(1 / 6) and near.overall.tally == {a: 3, b: 2}


def options(edition: Edition, name: str) -> tuple[str, ...]:
    cell = edition.fields[name].cell
    assert isinstance(cell, ChoiceCell | MultiCell)
    return tuple(o for o in cell.options if o != "none")


def test_a_range_counts_by_its_nearer_end(edition: Edition) -> None:
    inside = Between(Decimal(10), Decimal(90))
    found = agreed(edition, SHARE, number(40), number(50), number(60), inside)
    assert found.deviation == pytest.approx(5.0)


def test_fewer_than_three_who_know_are_not_put_into_words(edition: Edition) -> None:
    found = agreed(edition, LEVEL, Answered(0), Answered(4), DONT_KNOW)
    assert (found.deviation, found.index, found.accord) == (None, None, None)
    assert found.clashes == (Clash.KNOWLEDGE, Clash.JUDGEMENT)


@pytest.mark.parametrize(
    ("replies", "clashes"),
    [
        ([number(100), number(100), DONT_KNOW], (Clash.KNOWLEDGE,)),
        ([number(100), number(1000), number(1010)], (Clash.SCOPE,)),  # thousand for ten thousand
        ([number(1200), number(98), number(1176)], (Clash.SCOPE,)),  # a month for a year
        ([number(100), number(100), NotApplicable("no sales")], (Clash.SCOPE,)),
        ([number(100), number(170), number(240)], (Clash.JUDGEMENT,)),
        ([number(100), number(1000), number(1700)], (Clash.JUDGEMENT,)),  # a factor does not explain all
        ([number(100), number(104), number(98)], ()),
        ([DONT_KNOW, DONT_KNOW, DONT_KNOW], ()),
        ([number(0), number(0), number(0)], ()),
        ([number(0), number(0), number(9)], (Clash.JUDGEMENT,)),
    ],
)
def test_clashes_of_knowledge_scope_and_judgement_are_told_apart(
    edition: Edition, replies: list[Reply], clashes: tuple[Clash, ...]
) -> None:
    assert agreed(edition, MONEY, *replies).clashes == clashes


def test_a_reason_in_somebodys_own_words_is_not_told(edition: Edition) -> None:
    found = agreed(edition, MONEY, number(1), NotApplicable("my department sells nothing"))
    assert found.replies == (number(1), NotApplicable())


def test_a_part_for_a_percentage_is_another_scope(edition: Edition) -> None:
    assert agreed(edition, SHARE, number("0.35"), number(35), number(35)).clashes == (Clash.SCOPE,)


def test_the_group_for_the_firm_is_another_scope(edition: Edition) -> None:
    size: dict[str, Reply] = {"prf_headcount": number(40), "prf_regime.group_headcount": number(260)}
    replies = (number(1000), number(6500), number(1000))
    assert agreed(edition, MONEY, *replies).clashes == (Clash.JUDGEMENT,)
    beside = Answers(edition.id, replies=size)
    assert agreed(edition, MONEY, *replies, beside=beside).clashes == (Clash.SCOPE,)


def test_no_role_of_one_or_two_people_is_shown_with_or_without_names(edition: Edition) -> None:
    replies = [number(n) for n in (10, 20, 30, 40, 77)]
    votes = [
        Vote(Respondent(str(n), "finance" if n < 4 else "sales", f"person {n}"), SHARE, r)
        for n, r in enumerate(replies)
    ]
    found = agreement(edition, SHARE, votes)
    assert (found.by_role, found.withheld) == ((), 5)  # four shown would give away the fifth
    nameless = [Vote(Respondent(v.respondent.id, v.respondent.role), v.field, v.reply) for v in votes]
    assert agreement(edition, SHARE, nameless).by_role == ()  # a role of one is a person in the room
    three = [*votes, *(Vote(Respondent(f"s{n}", "sales"), SHARE, number(77)) for n in range(2))]
    shown = agreement(edition, SHARE, three).by_role
    assert [(s.role, s.people, s.middle) for s in shown] == [("finance", 4, 25), ("sales", 3, 77)]
    assert rules_of(edition).least == 3
