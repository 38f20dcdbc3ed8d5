"""The workshop in the report: who, how far apart, what came of it; nobody can be picked out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assessment.model.answers import Answered
from assessment.model.brand import Brand
from assessment.model.workshop import Party, WorkshopRecord
from assessment.report.brand import check_brand, contrast, ground
from assessment.report.document import AgreementMap, Callout, FigureBlock, Paragraph, Table
from assessment.report.matters import Kind, matters_of
from assessment.workflow.reporting import see
from tests.report.sample_workshop import DAY, FACILITATOR, dossier, kept, names


@pytest.fixture(scope="module")
def firm(cases):
    return next(case.answers for case in cases if case.id == "machining_job_shop")


@pytest.fixture(scope="module")
def held(edition, firm):
    return dossier(edition, firm)


@pytest.fixture(scope="module", params=["en", "zh"])
def part(request, held):
    parts = see(held, request.param, DAY, quick=True).report.parts
    return next(p for p in parts if p.id == "workshop")


def tables(part):
    return {b.id: b for b in part.blocks if isinstance(b, Table)} | {
        b.table.id: b.table for b in part.blocks if isinstance(b, FigureBlock)
    }


def told(row):
    return ["".join(cell.parts) for cell in row.cells]


def everything(part):
    rows = [told(row) for table in tables(part).values() for row in table.rows]
    other = [str(b) for b in part.blocks if isinstance(b, Paragraph | Callout | FigureBlock)]
    return " ".join(other) + " ".join(cell for row in rows for cell in row)


def test_nobody_but_the_facilitator_is_named_and_no_group_below_three(part):
    text = everything(part)
    assert FACILITATOR in text
    assert not any(name in text for name in names())
    roles = [told(row)[0] for row in tables(part)["workshop_roles"].rows]
    assert len(roles) == 3 and all("3" in role for role in roles[1:])


def test_every_question_with_different_answers_has_a_mark_of_its_kind(part, held, edition):
    (figure,) = [b.figure for b in part.blocks if isinstance(b, FigureBlock)]
    assert isinstance(figure, AgreementMap)
    found = [m for m in matters_of(edition, held.workshop, held.answers) if m.differs]
    assert [(p.apart, p.points) for p in figure.points] == [(100 * m.apart, m.points) for m in found]
    assert (
        {p.kind for p in figure.points} == {kind for kind, _ in figure.kinds} >= {"open", "parked", "settled"}
    )
    numbered = [p.number for p in figure.points if p.number]
    assert numbered == list(range(1, len(tables(part)["workshop_apart"].rows) + 1))


def test_the_headline_counts_what_the_marks_show(part, held, edition):
    found = matters_of(edition, held.workshop, held.answers)
    counts = [sum(m.kind is kind for m in found) for kind in (Kind.SETTLED, Kind.PARKED, Kind.OPEN)]
    assert [int(n) for n in "".join(c if c.isdigit() else " " for c in part.headline[0]).split()] == counts


def test_settled_values_stand_beside_the_first_answers_with_the_reason(part, held):
    rows = tables(part)["workshop_settled"].rows
    assert len(rows) == len(held.workshop.settled)
    assert all(told(row)[1] and "台账" in told(row)[3] for row in rows)


def test_a_settled_value_the_firm_changed_later_says_what_counts_now(held):
    field = next(s.field for s in held.workshop.settled if s.field == "chn_top1")
    replies = dict(held.answers.replies) | {field: Answered(Decimal(77))}
    later = replace(held, answers=replace(held.answers, replies=replies))
    parts = see(later, "en", DAY, quick=True).report.parts
    rows = [told(r) for r in tables(next(p for p in parts if p.id == "workshop"))["workshop_settled"].rows]
    assert "now: 77" in next(row[2] for row in rows if "largest customer" in row[0])


def test_a_question_answered_since_is_no_longer_apart(held, edition):
    one = next(iter(held.answers.disputed))
    fewer = {
        f: r
        for f, r in held.answers.disputed.items()
        if edition.fields[f].question != edition.fields[one].question
    }
    found = matters_of(edition, held.workshop, replace(held.answers, disputed=fewer))
    kind = next(m.kind for m in found if m.question == edition.fields[one].question)
    assert kind in (Kind.LATER, Kind.PARKED)


def test_a_spread_of_fewer_than_three_is_not_in_the_record(edition, firm):
    record, _ = kept(edition, firm)
    few = [a for a in record.agreements if a.known < 3]
    assert all(a.overall.low is None and not a.overall.tally and a.accord is None for a in few)
    assert all(a.replies == () and a.by_role == () for a in record.agreements)


def test_a_workshop_without_anything_revealed_still_makes_a_page(held):
    bare = WorkshopRecord(DAY, parties=(Party("", 2),))
    for language in ("en", "zh"):
        parts = see(replace(held, workshop=bare), language, DAY, quick=True).report.parts
        assert not tables(next(p for p in parts if p.id == "workshop"))


def test_a_report_without_a_workshop_has_no_such_part(held):
    parts = see(replace(held, workshop=None), "en", DAY, quick=True).report.parts
    assert "workshop" not in [p.id for p in parts]


@pytest.mark.parametrize("colour", ["#E35205", "#0085CA", "#808080", "#FFD500", "#000000", "#ffffff", ""])
def test_text_can_be_read_on_every_colour(colour):
    found = ground(colour)
    assert contrast(found.fill, found.text) >= 4.5 and contrast(found.fill, found.soft) >= 4.5
    assert found.changed == (colour in ("#0085CA", "#808080", "#E35205"))


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "#123456;", "url(x)"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match=r".+"):
        check_brand(Brand(colour=colour))
