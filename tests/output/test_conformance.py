"""Reports can be read aloud and kept: PDF/UA-1 and PDF/A-2a, or PDF/A-3a with the answers inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from assessment.content.cases import Case, load_cases
from assessment.exchange.logo_child import plain
from assessment.model.agenda import Dossier, Earlier
from assessment.model.brand import Brand
from assessment.output import render_pdf
from assessment.output.attachment import Attachment
from assessment.report.document import (
    Bullets,
    Callout,
    Cell,
    Column,
    Paragraph,
    Report,
    Row,
    Table,
    Tile,
    Tiles,
)
from assessment.report.document import Typed as T
from assessment.report.document import Words as W
from assessment.workflow.bench import CURRENT_EDITION, edition
from assessment.workflow.reporting import see
from tests.output.sample_report import sample_report
from tests.output.test_hostile_text import NASTY, UNPRINTABLE
from tests.report.sample_workshop import dossier

LANGUAGES = ("en", "zh")
LOGO = plain(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><circle r="30" fill="#036"/></svg>'
)
BRAND = Brand("林顾问 <b>", "Harbour Advisers (invented)", "#0085CA", LOGO)
INSIDE = Attachment('{"firm": "海港铸造"}'.encode(), "Answers 作答")
DAY = date(2026, 5, 1)
# Long texts, other scripts, characters beyond the basic plane and half of one.
ODD = (
    UNPRINTABLE,
    "👍🏽 שלום مرحبا 喆珺祎 Łódź ő ş €",
    "\U00020000 \ud800 \ufffe",
    "x" * 6000,
    "e" + "\u0301" * 40,
    "\u202eabc",
)


@cache
def by_length() -> tuple[Case, ...]:
    """The worked cases, those whose reports have the fewest parts and blocks first."""

    def length(case: Case) -> tuple[int, int, str]:
        report = see(Dossier(case.answers), "en", DAY).report
        return len(report.parts), sum(len(part.blocks) for part in report.parts), report.firm

    return tuple(sorted(load_cases(edition(CURRENT_EDITION)), key=length))


def reports(language: str) -> Iterator[Report]:
    """The two shortest, the longest, and one on what moved."""
    cases = by_length()
    for case in (*cases[:2], cases[-1]):
        yield see(Dossier(case.answers), language, DAY).report
    again = Dossier(cases[0].answers, earlier=Earlier(cases[1].answers, date(2025, 5, 1)))
    yield see(again, language, DAY).report


def hostile(language: str) -> Report:
    """A report in which every place a person can fill holds something nasty."""
    blocks = []
    for place, text in enumerate((*NASTY, *ODD)):
        rows = (Row((Cell((T(text),), link=text), Cell((T(text),), strong=True))),)
        columns = (Column(W("A")), Column(W("B")))
        blocks += [
            Paragraph((T(text),)),
            Bullets(((T(text),),)),
            Callout(W("C"), ((T(text),),)),
            Tiles((Tile("1", W("L"), T(text)),)),
            Table(f"t{place}", W("T"), columns, rows),
        ]
    plain = sample_report(language, firm=UNPRINTABLE, remark=ODD[1])
    first = replace(plain.parts[0], blocks=(*plain.parts[0].blocks, *blocks))
    return replace(plain, parts=(first, *plain.parts[1:]), keywords=(*plain.keywords, *NASTY))


def faults(data: bytes, profile: str) -> list[str]:
    """What the checker objects to; it must have looked at many rules."""
    found = page.validate_pdf_bytes(data, profile=profile)
    assert found.rules.total > 100
    told = [f"{fault.rule_id}: {fault.message}" for fault in found.failures]
    assert found.is_compliant == (not told)
    return told


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shortest_and_the_longest_worked_cases_conform(language: str) -> None:
    chosen = list(reports(language))
    assert len({len(report.parts) for report in chosen}) > 1
    for report in chosen:
        data, attached = render_pdf(report), render_pdf(report, attachment=INSIDE)
        found = faults(data, "ua1"), faults(data, "2a"), faults(attached, "ua1"), faults(attached, "3a")
        assert (report.firm, *found) == (report.firm, [], [], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_on_a_workshop_with_logo_and_colour_conforms(language: str) -> None:
    under = edition(CURRENT_EDITION)
    firm = next(case.answers for case in load_cases(under) if case.id == "machining_job_shop")
    told = replace(dossier(under, firm), brand=BRAND)
    report = see(told, language, DAY).report
    data, attached = render_pdf(report), render_pdf(report, attachment=INSIDE)
    assert data == render_pdf(report)
    found = faults(data, "ua1"), faults(data, "2a"), faults(attached, "ua1"), faults(attached, "3a")
    assert found == ([], [], [], [])
    assert len(PdfReader(BytesIO(data)).pages) <= 15
    (image,) = PdfReader(BytesIO(data)).pages[0].images
    assert image.image is not None and image.image.size == (600, 300) and image.image.mode == "RGB"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_full_of_hostile_text_conforms(language: str) -> None:
    data, attached = (render_pdf(hostile(language), attachment=inside) for inside in (None, INSIDE))
    found = faults(data, "ua1"), faults(data, "2a"), faults(attached, "ua1"), faults(attached, "3a")
    assert found == ([], [], [], [])


@pytest.mark.parametrize(
    ("broken", "profile"),
    [(b"/MarkInfo", "ua1"), (b"/Lang", "ua1"), (b"/OutputIntents", "2a"), (b"/StructTreeRoot", "ua1")],
)
def test_the_checker_sees_what_is_missing(built: dict[str, bytes], broken: bytes, profile: str) -> None:
    data = built["en"]
    assert broken in data
    assert faults(data.replace(broken, broken[:-1] + b"X"), profile)


def test_an_attachment_needs_its_relation_and_part_3() -> None:
    data = render_pdf(sample_report("en"), attachment=INSIDE)
    assert faults(data.replace(b"/AFRelationship", b"/AFRelationshiX"), "3a")
    assert faults(data, "2a")
