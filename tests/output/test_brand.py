"""Whose report it is, in every format: name, logo with its words, a colour that text can be read on."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from assessment.exchange.logo_child import plain
from assessment.model.brand import Brand
from assessment.output import render
from assessment.workflow.reporting import see
from tests.report.sample_workshop import DAY, dossier

LOGO = plain(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><circle r="30" fill="#036"/></svg>'
)
NASTY = 'A & B <script>"'
BRAND = Brand("林顾问", NASTY, "#FFD500", LOGO)


@pytest.fixture(scope="module")
def seen(edition, cases):
    firm = next(case.answers for case in cases if case.id == "machining_job_shop")
    return see(replace(dossier(edition, firm), brand=BRAND), "en", DAY, quick=True)


def test_the_page_bears_name_logo_and_colour_and_loads_nothing(seen):
    page = render(seen.report, "html", seen.view).decode()
    assert 'style="--band: #FFD500; --on-band: #1C2733' in page
    assert "img-src data:" in page and 'src="data:image/png;base64,' in page
    assert 'alt="Logo of A &amp; B &lt;script&gt;&quot;"' in page
    assert "<script>" not in page and page.count("林顾问 · A &amp; B") == 2


def test_the_word_document_bears_name_logo_with_words_and_colour(seen):
    body = render(seen.report, "docx", seen.view)
    assert body == render(seen.report, "docx", seen.view)
    with zipfile.ZipFile(BytesIO(body)) as package:
        text = package.read("word/document.xml").decode()
        held = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert 'w:fill="FFD500"' in text and "林顾问 · A &amp; B" in text and "Logo of A &amp; B" in text
    assert LOGO in held


def test_the_workbook_bears_the_name_and_the_tables_of_the_workshop(seen):
    book = openpyxl.load_workbook(BytesIO(render(seen.report, "xlsx", seen.view)))
    assert "林顾问 · " + NASTY in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    shown = [str(cell.value) for row in book["Workshop"].iter_rows() for cell in row if cell.value]
    assert any("divided most" in text for text in shown) and any("Settled" in text for text in shown)


def test_every_page_of_the_pdf_names_the_consultant_and_the_logo_has_words(seen):
    body = render(seen.report, "pdf", seen.view)
    assert all("林顾问 · A & B" in page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    plain_report = replace(seen.report, sender=None)
    assert b"/Subtype /Image" in body
    assert b"/Subtype /Image" not in render(plain_report, "pdf", seen.view)


def test_a_brand_never_changes_the_colours_of_figures(seen, edition, cases):
    firm = next(case.answers for case in cases if case.id == "machining_job_shop")
    unsigned = see(dossier(edition, firm), "en", DAY, quick=True)
    assert seen.report.parts == unsigned.report.parts
    assert (seen.report.facts, seen.report.fingerprint) == (
        unsigned.report.facts,
        unsigned.report.fingerprint,
    )
