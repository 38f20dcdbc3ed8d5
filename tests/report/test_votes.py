"""Revealed answers as a figure and a table: numbers, levels and choices; small groups stay hidden."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, Reply
from assessment.model.edition import Edition
from assessment.model.workshop import Respondent, Vote
from assessment.report.document import VoteSpread, VoteTally
from assessment.report.say import Say
from assessment.report.votes import votes_figure, votes_table
from assessment.scoring.agreement import agreement
from assessment.workflow import bench

ROLES = ("finance", "finance", "finance", "sales")


@pytest.fixture(params=["en", "zh"])
def say(edition: Edition, request: pytest.FixtureRequest) -> Say:
    return Say(edition, bench.texts(edition.id, request.param), bench.words(request.param))


def number(value: object) -> Answered:
    return Answered(Decimal(str(value)))


def said(field: str, *replies: Reply) -> list[Vote]:
    return [Vote(Respondent(str(n), ROLES[n % 4], "A"), field, r) for n, r in enumerate(replies)]


def test_numbers_are_dots_on_a_scale_that_holds_them(edition: Edition, say: Say) -> None:
    answers, field = Answers(edition.id), edition.fields["fin_revenue"]
    for values in ((120, 480, 300), (0.02, 0.05, 0.04), (7, 7, 7), (1e7, 2.5e7, 1.2e9)):
        found = agreement(edition, field.id, said(field.id, *map(number, values)))
        figure = votes_figure(say, field, found, answers)
        assert isinstance(figure, VoteSpread)
        assert sum(count for _, count in figure.lines[0].dots) == 3
        assert figure.ticks[0][0] <= min(values) and figure.ticks[-1][0] >= max(values)
        assert 2 <= len(figure.ticks) <= 7


def test_a_share_is_shown_on_the_whole_scale_and_a_range_at_its_middle(edition: Edition, say: Say) -> None:
    field = edition.fields["chn_top1"]
    votes = said(field.id, number(20), Between(Decimal(30), Decimal(50)), DONT_KNOW)
    figure = votes_figure(say, field, agreement(edition, field.id, votes), Answers(edition.id))
    assert isinstance(figure, VoteSpread)
    assert (figure.ticks[0][0], figure.ticks[-1][0]) == (0, 100)
    assert figure.lines[0].dots == ((20.0, 1), (40.0, 1))


def test_levels_stand_at_their_steps_with_their_words_in_the_table(edition: Edition, say: Say) -> None:
    field = edition.fields["chn_tech"]
    found = agreement(edition, field.id, said(field.id, Answered(0), Answered(4), Answered(4), Answered(2)))
    figure = votes_figure(say, field, found, Answers(edition.id))
    assert isinstance(figure, VoteSpread) and len(figure.ticks) == 5
    table = votes_table(say, field, found)
    levels = say.texts.many("scales.technology.levels")
    assert levels[4] in "".join(table.rows[0].cells[1].parts)


def test_a_group_of_one_stands_nowhere_and_the_table_says_how_many_are_held_back(
    edition: Edition, say: Say
) -> None:
    field = edition.fields["chn_top1"]
    found = agreement(edition, field.id, said(field.id, *map(number, (10, 20, 30, 77))))
    figure, table = votes_figure(say, field, found, Answers(edition.id)), votes_table(say, field, found)
    assert isinstance(figure, VoteSpread)
    assert len(figure.lines) == len(table.rows) == 1  # three shown would give away the fourth
    six = [*said(field.id, *map(number, (10, 20, 30))), *(
        Vote(Respondent(f"s{n}", "sales"), field.id, number(70 + n)) for n in range(3)
    )]  # fmt: skip
    shown = votes_figure(say, field, agreement(edition, field.id, six), Answers(edition.id))
    assert isinstance(shown, VoteSpread)
    assert [(n.low, n.high) for n in shown.lines] == [(10, 72), (10, 30), (70, 72)]
    assert shown.lines[1].dots == ()


def test_choices_are_counted_most_frequent_first(edition: Edition, say: Say) -> None:
    field = edition.fields["prf_role"]
    options = field.cell.options  # type: ignore[union-attr]
    votes = said(field.id, Answered(options[1]), Answered(options[0]), Answered(options[1]))
    figure = votes_figure(say, field, agreement(edition, field.id, votes), Answers(edition.id))
    assert isinstance(figure, VoteTally)
    assert [(b.count, b.most) for b in figure.bars] == [(2, True), (1, False)]


def test_nothing_is_drawn_where_nobody_knows(edition: Edition, say: Say) -> None:
    field = edition.fields["chn_top1"]
    found = agreement(edition, field.id, said(field.id, DONT_KNOW, DONT_KNOW))
    assert votes_figure(say, field, found, Answers(edition.id)) is None
    assert len(votes_table(say, field, found).rows) == 1
