"""The account of doubt: shares that add up, intervals that hold one another, the question to ask next."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from assessment.content.cases import Case
from assessment.evaluation.columns import UNKNOWN
from assessment.model.answers import (
    NOT_ANSWERED,
    Answered,
    Answers,
    Between,
    DontKnow,
    NotAnswered,
    NotApplicable,
)
from assessment.model.certainty import Certainty, Doubt, Origin
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, LevelCell, NumberCell
from assessment.model.results import Stated
from assessment.model.workshop import Respondent, Vote
from assessment.scoring.certainty import certainty
from assessment.scoring.doubt import doubts
from assessment.scoring.moves import relevant
from assessment.scoring.pooling import pooled
from tests.scoring.firms import answered, score_all, scored

ORIGINS_OF_ANSWERS = tuple(o for o in Origin if o not in (Origin.GRADE, Origin.RULES))


def account(edition: Edition, answers: Answers) -> dict[str, Doubt]:
    firm = scored(edition, answers)
    return doubts(edition, firm.scores, 0, answers, list(firm.placed.values()))


def loosened(edition: Edition, answers: Answers, chance: random.Random) -> Answers:
    """Some answers taken away, some made a don't-know, a range or not applicable."""
    replies = dict(answers.replies)
    for name in sorted(replies):
        cell, reply = edition.fields[name].cell, replies[name]
        kind = chance.random()
        if kind < 0.06:
            replies[name] = DontKnow()
        elif kind < 0.12:
            del replies[name]
        elif kind < 0.14:
            replies[name] = NotApplicable("")
        elif kind < 0.22 and isinstance(cell, NumberCell) and isinstance(reply, Answered):
            low = Decimal(str(reply.value))
            replies[name] = Between(min(low, low * Decimal("0.8")), max(low, low * Decimal("1.1")))
    return replace(answers, replies=replies)


@pytest.fixture(scope="module")
def loose(edition: Edition, cases: tuple[Case, ...]) -> list[Answers]:
    chance = random.Random(20261)
    moot = dict.fromkeys((n for n in edition.fields if n.startswith("chn_")), NotApplicable("no chain"))
    nothing, no_chain = Answers(edition.id), answered(cases[0].answers, moot)
    differ = [disputed(edition, loosened(edition, case.answers, chance), chance) for case in cases[1::5]]
    return [*(loosened(edition, case.answers, chance) for case in cases[::2]), nothing, no_chain, *differ]


def disputed(edition: Edition, answers: Answers, chance: random.Random) -> Answers:
    """The answers of three people, who differ now and then."""
    votes = []
    for n in range(3):
        who = Respondent(str(n), "finance")
        for name, reply in answers.replies.items():
            cell, said = edition.fields[name].cell, reply
            if isinstance(reply, Answered) and chance.random() < 0.15:
                if isinstance(cell, ChoiceCell):
                    said = Answered(chance.choice(cell.options))
                elif isinstance(cell, LevelCell):
                    said = Answered(chance.randrange(cell.steps))
                elif isinstance(cell, NumberCell) and name.startswith("mtx_"):
                    said = Answered(Decimal(str(reply.value)) * Decimal("0.9"))
            votes.append(Vote(who, name, said))
    return pooled(edition, votes)


def test_the_shares_of_doubt_add_up_to_the_interval(
    edition: Edition, cases: tuple[Case, ...], loose: list[Answers]
):
    seen = set()
    for answers in [*(c.answers for c in cases[::3]), *loose]:
        for doubt in account(edition, answers).values():
            assert sum(doubt.parts.values()) == pytest.approx(doubt.high - doubt.low, abs=1e-9)
            of_answers = sum(doubt.parts[o] for o in ORIGINS_OF_ANSWERS)
            assert of_answers == pytest.approx(doubt.answers_high - doubt.answers_low, abs=1e-9)
            assert all(points >= -1e-9 for points in doubt.parts.values())
            seen |= {o for o, points in doubt.parts.items() if points > 0.01}
    assert seen == set(Origin)


def test_only_what_is_open_is_blamed(edition: Edition, loose: list[Answers]):
    blamed = set()
    for answers in loose:
        firm = scored(edition, answers)
        for d, doubt in doubts(edition, firm.scores, 0, answers, list(firm.placed.values())).items():
            unstated, size_open = bool(firm.scores.indexes[d].unstated[0]), firm.scores.size[0] == UNKNOWN
            assert unstated or doubt.parts[Origin.NOT_APPLICABLE] < 1e-9
            assert size_open or doubt.parts[Origin.SIZE] == 0.0
            for state, origin in ((DontKnow, Origin.DONT_KNOW), (Between, Origin.RANGE)):
                given = any(isinstance(r, state) for r in answers.replies.values())
                assert given or doubt.parts[origin] < 1e-9
            assert answers.disputed or doubt.parts[Origin.RESPONDENTS] == 0.0
            blamed |= {o for o in ORIGINS_OF_ANSWERS if doubt.parts[o] > 0.01}
    assert blamed == set(ORIGINS_OF_ANSWERS)


def test_each_interval_holds_the_one_before(edition: Edition, cases: tuple[Case, ...], loose: list[Answers]):
    for answers in [*(c.answers for c in cases[::3]), *loose]:
        for doubt in account(edition, answers).values():
            assert doubt.low <= doubt.answers_low + 1e-9 and doubt.answers_high <= doubt.high + 1e-9


def test_audited_and_complete_answers_leave_doubt_about_the_rules_alone(
    edition: Edition, by_name: dict[str, Case]
):
    grades = {
        f.id: Answered("audited") for f in edition.question["meta_quality"].fields if f.part != "answered_by"
    }
    found = account(edition, answered(by_name["eu_family_sme"].answers, grades))
    assert {o for d in found.values() for o, points in d.parts.items() if points > 1e-9} == {Origin.RULES}


def test_a_worse_data_grade_is_more_doubt(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["eu_family_sme"].answers
    fields = [f.id for f in edition.question["meta_quality"].fields if f.part != "answered_by"]
    graded = [
        account(edition, answered(answers, dict.fromkeys(fields, Answered(g))))["D2"].parts[Origin.GRADE]
        for g in ("audited", "accounts", "estimate")
    ]
    assert 0.0 == graded[0] < graded[1] < graded[2]
    unsaid = account(edition, answered(answers, dict.fromkeys(fields, NOT_ANSWERED)))["D2"]
    assert unsaid.parts[Origin.GRADE] == graded[2]


def test_what_was_a_dont_know_is_an_open_answer_once_it_is_taken_back(
    edition: Edition, by_name: dict[str, Case]
):
    answers = by_name["many_dont_knows"].answers
    unknown = {n: NOT_ANSWERED for n, r in answers.replies.items() if isinstance(r, DontKnow)}
    before, after = account(edition, answers), account(edition, answered(answers, unknown))
    for d in edition.dilemmas:
        assert before[d].parts[Origin.DONT_KNOW] > 0.0 == before[d].parts[Origin.NOT_ANSWERED]
        assert after[d].parts[Origin.DONT_KNOW] == 0.0
        assert after[d].parts[Origin.NOT_ANSWERED] == pytest.approx(before[d].parts[Origin.DONT_KNOW])


def test_the_question_to_ask_next_narrows_as_much_as_it_says(edition: Edition, by_name: dict[str, Case]):
    answers = by_name["many_dont_knows"].answers
    first = account(edition, answers)["D1"].ask_next[0]
    assert first.question == "fin_gm"
    before = scored(edition, answers).placed["D1"]
    chance = random.Random(7)
    for _ in range(5):
        margin = Answered(Decimal(repr(chance.uniform(-50, 95))))
        after = scored(edition, answered(answers, {"fin_gm": margin})).placed["D1"]
        narrowed = (before.high - before.low) - (after.high - after.low)
        assert narrowed == pytest.approx(first.expected, abs=1e-9) == pytest.approx(first.at_least, abs=1e-9)


def test_only_open_questions_that_are_asked_are_asked_next(edition: Edition, loose: list[Answers]):
    fields = set(relevant(edition))
    for answers in loose[:8]:
        for doubt in account(edition, answers).values():
            gains = [a.expected for a in doubt.ask_next]
            assert gains == sorted(gains, reverse=True) and all(g > 0 for g in gains)
            assert all(a.at_least <= a.expected + 1e-9 for a in doubt.ask_next)
            for ask in doubt.ask_next:
                names = [f.id for f in edition.question[ask.question].fields if f.id in fields] or [
                    f.id for f in edition.question[ask.question].fields
                ]
                replies = [answers.reply(n) for n in names]
                assert any(isinstance(r, (DontKnow, NotAnswered, Between)) for r in replies), ask.question


def test_nothing_answered_is_all_doubt_and_the_first_question_is_a_weighty_one(edition: Edition):
    found = account(edition, Answers(edition.id))
    assert all((d.low, d.high) == (0.0, 100.0) for d in found.values())
    assert found["D1"].ask_next[0].question == "chn_mix"


def test_one_entry_tells_all_and_a_firm_that_is_not_placed_has_doubt_alone(
    edition: Edition, by_name: dict[str, Case]
):
    answers = by_name["eu_family_sme"].answers
    whole: Certainty = certainty(edition, score_all(edition, [answers]), 0, answers)
    assert all(d.robustness and d.weight_free and d.margin for d in whole.dilemmas.values())
    assert sum(whole.highest.values()) == pytest.approx(1.0)
    few = replace(
        answers, replies={n: r for n, r in answers.replies.items() if n.startswith(("prf_", "fin_"))}
    )
    part = certainty(edition, score_all(edition, [few]), 0, few)
    stated = {d: p.stated for d, p in scored(edition, few).placed.items()}
    assert set(stated.values()) == {Stated.NOT_PLACED}
    assert all(d.robustness is None and d.margin is None for d in part.dilemmas.values())
    assert part.ask_next and part.highest == {}


def test_a_firm_among_others_is_as_sure_as_alone(edition: Edition, cases: tuple[Case, ...]):
    some = [case.answers for case in cases[::6]]
    together = score_all(edition, some)
    for row, answers in enumerate(some):
        alone = certainty(edition, score_all(edition, [answers]), 0, answers)
        assert repr(certainty(edition, together, row, answers)) == repr(alone)


@pytest.fixture(scope="module")
def by_name(cases: tuple[Case, ...]) -> dict[str, Case]:
    return {case.id: case for case in cases}
