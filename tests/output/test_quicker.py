"""What is said with fewer steps than reportlab takes gives the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import textobject
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from assessment.output import quicker
from assessment.output.typeface import FOLDER, faces

NUMBERS = st.one_of(st.floats(-2000, 2000), st.integers(-2000, 2000), st.booleans(), st.just(-0.0))
FILE = str(FOLDER / "BoardSans-Regular.ttf")


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_remembered_numbers_are_written_as_reportlab_writes_them(given_numbers: list[float]) -> None:
    assert textobject.fp_str is not fp_str
    assert textobject.fp_str(*given_numbers) == textobject.fp_str(given_numbers) == fp_str(*given_numbers)


@given(st.binary(max_size=40))
def test_strings_are_escaped_as_reportlab_escapes_them(text: bytes) -> None:
    assert pdfdoc.escapePDF is not escapePDF
    assert pdfdoc.escapePDF(text) == escapePDF(text)


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=20))
def test_plain_text_is_encoded_as_reportlab_encodes_it(text: str) -> None:
    assert pdfdoc.pdfdocEnc(text) == text.encode("extpdfdoc")


def test_text_beyond_ascii_takes_the_encoding_of_pdf_strings() -> None:
    assert pdfdoc.pdfdocEnc("€") == "€".encode("extpdfdoc") != b"?"


@given(st.lists(st.text(st.sampled_from("aZ 9(~\u00a0–é€\n"), max_size=6), max_size=6))
def test_runs_are_cut_into_subsets_as_reportlab_cuts_them(runs: list[str]) -> None:
    plain, quick = TTFont("Plain", FILE, shapable=False), quicker.QuickFont("Quick", FILE, shapable=False)
    document = pdfdoc.PDFDocument()
    for run in runs:
        assert quick.splitString(run, document) == plain.splitString(run, document)


@given(st.lists(st.text(st.sampled_from("aZ 9(~\u00a0–é€"), max_size=6), max_size=4))
def test_text_is_set_as_reportlab_sets_it(runs: list[str]) -> None:
    faces()
    canvas = Canvas("nothing.pdf")  # never written
    slow, quick = PDFTextObject(canvas), quicker.Setting(canvas)
    for text in (slow, quick):
        text.setFillColor(HexColor("#12304A"))
        for run in runs:
            text.setFont("BoardSans-Bold", 9.6)
            text.textOut(run)
    assert quick.getCode() == slow.getCode()


@pytest.mark.parametrize("element", ["/Name", b"raw", 3, -0.5, True, None, pdfdoc.PDFArray([1, "x"])])
def test_objects_are_written_as_reportlab_writes_them(element: object) -> None:
    document = Canvas("nothing.pdf")._doc  # never written
    assert pdfdoc.format is quicker.written
    assert quicker.written(element, document) == quicker._format_any(element, document)


def test_a_reference_to_nothing_is_an_error() -> None:
    document = Canvas("nothing.pdf")._doc  # never written
    with pytest.raises(KeyError):
        quicker.reference("Nobody", document)
    document.Reference(pdfdoc.PDFDictionary({}), "Somebody")
    assert pdfdoc.PDFObjectReference("Somebody").format(document) == quicker.reference("Somebody", document)
