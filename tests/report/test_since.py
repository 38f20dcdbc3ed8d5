"""What moved since last time, in words: only what is a change is called one, and the sums add up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessment.answering.carrying import carry
from assessment.content.carry_over import load_carry_over
from assessment.content.load import app_words, load_edition, load_texts
from assessment.model.agenda import Action, ActionStatus, Earlier
from assessment.model.answers import DONT_KNOW, Answered
from assessment.model.comparison import Turn
from assessment.report import numbers
from assessment.report.document import FigureBlock, Table
from assessment.report.say import Say
from assessment.report.since import headline, signed, since_part
from assessment.scoring.since import since
from tests.scoring.random_firms import changed

ON = date(2025, 11, 20)
DONE = (Action("CM09", status=ActionStatus.DONE), Action("CM01", status=ActionStatus.BEGUN))


@pytest.fixture(scope="module")
def later():
    return load_edition("servitization/2026-2")


@pytest.fixture(scope="module")
def before(cases):
    return next(case.answers for case in cases if case.id == "contract_garment")


def say_of(edition, language):
    return Say(edition, load_texts(edition.id, language), app_words(language))


def moved(answers):
    return changed(
        answers, chn_tech=Answered(3), int_joint=Answered(3), fin_gm=Answered(Decimal(4)),
        chn_top1=Answered(Decimal(40)), fin_newrev=DONT_KNOW, mtx_mode__WHS=Answered("outside"),
    )  # fmt: skip


def found_of(edition, before, after, actions=DONE):
    return since(edition, after, Earlier(before, ON, actions), lambda _id: None)


def tables(part):
    return {b.id: b for b in part.blocks if isinstance(b, Table)} | {
        b.table.id: b.table for b in part.blocks if isinstance(b, FigureBlock)
    }


def told(row):
    return ["".join(cell.parts) for cell in row.cells]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dilemma_is_named_in_the_headline_only_if_it_changed(edition, before, language):
    say = say_of(edition, language)
    still = found_of(edition, before, before)
    assert not any(say.dilemma(d) in headline(say, still) for d in edition.dilemmas)
    one = found_of(edition, before, changed(before, chn_tech=Answered(3)))
    named = [d for d in edition.dilemmas if say.dilemma(d) in headline(say, one)]
    assert named == ["D1"] == [d for d, c in one.changes.items() if c.turn is not Turn.NOT_SHOWN]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_directions_stand_in_the_headline_apart(edition, before, language):
    say = say_of(edition, language)
    found = found_of(edition, before, changed(before, chn_tech=Answered(3), int_joint=Answered(0)))
    assert (found.changes["D1"].turn, found.changes["D3"].turn) == (Turn.BETTER, Turn.WORSE)
    title = headline(say, found)
    assert title.index(say.dilemma("D1")) < title.index(say.dilemma("D3"))


def test_every_dilemma_has_its_row_with_both_levels_and_the_wording(edition, before):
    say = say_of(edition, "en")
    found = found_of(edition, before, moved(before))
    part = since_part(say, found, ON)
    rows = [told(row) for row in tables(part)["since_changes"].rows]
    assert [row[0] for row in rows] == [say.dilemma(d) for d in edition.dilemmas]
    for row, change in zip(rows, found.changes.values(), strict=True):
        assert say.score(change.before.score) in row[1] and say.score(change.after.score) in row[2]
        assert row[3].startswith(signed(change.points))
        assert row[4] == say.words.text(f"since.turn.{change.turn}")
    (figure,) = [b.figure for b in part.blocks if isinstance(b, FigureBlock)]
    assert [bar.turn for bar in figure.bars] == [change.turn for change in found.changes.values()]
    assert figure.before_label == "Nov 2025"


def test_the_parts_that_are_named_add_up_to_the_change(edition, before):
    say = say_of(edition, "en")
    more = {"fin_rd_in": Decimal(400), "fin_rd_out": Decimal(300), "chn_control__brand": "we"}
    after = changed(moved(before), **{name: Answered(value) for name, value in more.items()})
    found = found_of(edition, before, after)
    rows = tables(since_part(say, found, ON))["since_answers"].rows
    assert any(say.words.text("since.others") in told(row)[1] for row in rows)
    for row, change in zip(rows, found.changes.values(), strict=True):
        figures = re.findall(rf"([+{numbers.MINUS}]\d+\.\d)", told(row)[1])
        total = sum(float(f.replace(numbers.MINUS, "-")) for f in figures)
        assert total == pytest.approx(change.points, abs=0.05 * (len(figures) + 1))


def test_measures_stand_beside_what_they_are_followed_by_and_the_rest_apart(edition, before):
    say = say_of(edition, "en")
    rows = [
        told(row)
        for row in tables(since_part(say, found_of(edition, before, moved(before)), ON))[
            "since_measures"
        ].rows
    ]
    assert [row[0] for row in rows] == [
        say.measure("CM09"),
        say.measure("CM01"),
        say.words.text("since.without"),
    ]
    assert say.indicator("I17J") in rows[0][1] and say.indicator("I17J") not in rows[2][1]
    without = tables(since_part(say, found_of(edition, before, moved(before), ()), ON))["since_measures"]
    assert [told(row)[0] for row in without.rows] == [say.words.text("since.without")]
    assert not without.note  # nothing to be taken for a cause


def test_the_change_on_what_is_known_at_both_dates_is_told_where_it_is_another(edition, before):
    say = say_of(edition, "en")
    found = found_of(edition, before, moved(before))
    note = tables(since_part(say, found, ON))["since_changes"].note
    assert f"{found.known_at_both} of {found.asked}" in note
    for d, change in found.changes.items():
        other = signed(found.shared[d].points)
        assert (f"{say.dilemma(d)} {other}" in note) == (other != signed(change.points))
    known = found_of(edition, before, changed(before, chn_tech=Answered(3)))
    same = tables(since_part(say, known, ON))["since_changes"].note
    assert bool(same) == (known.known_at_both < known.asked)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_part_of_the_questionnaire_stands_only_where_it_changed(edition, later, before, language):
    say = say_of(edition, language)
    same = since_part(say, found_of(edition, before, moved(before)), ON)
    assert later.id not in tables(same)["since_changes"].note
    over = load_carry_over(edition, later)
    after = moved(carry(before, over, later).answers)
    found = since(later, after, Earlier(before, None), lambda _id: (edition, over))
    note = tables(since_part(say_of(later, language), found, None))["since_changes"].note
    assert edition.id in note and later.id in note
    moves = {d: s for d, s in found.split.items() if signed(s.questionnaire) != "0"}
    assert set(moves) == {"D3"}
    for split in moves.values():
        assert signed(split.firm) in note and signed(split.questionnaire) in note
    again = since(later, carry(before, over, later).answers, Earlier(before), lambda _id: (edition, over))
    none = replace(again, split={d: replace(s, questionnaire=0.0) for d, s in again.split.items()})
    told_none = tables(since_part(say_of(later, language), none, None))["since_changes"].note
    assert say.words.text("since.split_none", old=edition.id, new=later.id) in told_none


@pytest.mark.parametrize("answers", [{"chn_tech": 4, "int_joint": 4}, {}])
def test_no_headline_claims_all_where_one_is_not_shown(edition, before, answers):
    say = say_of(edition, "en")
    found = found_of(edition, before, changed(before, **{k: Answered(v) for k, v in answers.items()}))
    title = headline(say, found)
    assert title not in {say.words.text(f"since.headline_all_{turn}") for turn in ("better", "worse")}
    every = {d: replace(c, turn=Turn.BETTER) for d, c in found.changes.items()}
    assert headline(say, replace(found, changes=every)) == say.words.text("since.headline_all_better")


def test_points_carry_their_sign():
    assert [signed(x) for x in (-3.04, 2.96, 0.04, -0.04, 0)] == [
        f"{numbers.MINUS}3.0",
        "+3.0",
        "0",
        "0",
        "0",
    ]
