"""A report may hold the answers it was made from, and says where it comes from."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from assessment import __version__
from assessment.output.attachment import Attachment
from assessment.output.origin import Origin, origin_of, read_origin, written
from assessment.output.pdf import render_pdf
from tests.output.sample_report import sample_report

BODY = '{"firm": "海港铸造"}\n'.encode()
INSIDE = Attachment(BODY, "What it was made from 作答")


@pytest.fixture(scope="module", params=["en", "zh"])
def held(request) -> tuple[str, bytes]:
    return request.param, render_pdf(sample_report(request.param), attachment=INSIDE, rules="ab" * 32)


def test_the_answers_come_out_as_they_went_in(held: tuple[str, bytes]) -> None:
    (file,) = PdfReader(BytesIO(held[1])).attachment_list
    assert (file.name, file.content) == ("answers.json", BODY)
    assert file.description == INSIDE.about
    assert file.associated_file_relationship == "/Source"
    assert file.modification_date.date() == sample_report("en").on


def test_the_document_as_a_whole_is_related_to_the_file_and_its_kind_is_one_name(
    held: tuple[str, bytes],
) -> None:
    root = PdfReader(BytesIO(held[1])).trailer["/Root"]
    (named,) = root["/AF"]
    assert named.get_object() == root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    assert b"/Subtype /application#2Fjson" in held[1]
    assert root["/PageMode"] == "/UseOutlines"


def test_another_attachment_gives_other_bytes_and_the_same_one_the_same(held: tuple[str, bytes]) -> None:
    language, data = held
    report = sample_report(language)
    assert render_pdf(report, attachment=INSIDE, rules="ab" * 32) == data
    other = Attachment(BODY.replace(b"firm", b"Firm"), INSIDE.about)
    assert render_pdf(report, attachment=other, rules="ab" * 32) != data
    assert render_pdf(report, attachment=INSIDE, rules="cd" * 32) != data


def test_the_metadata_say_where_a_report_comes_from(held: tuple[str, bytes]) -> None:
    language, data = held
    report = sample_report(language)
    packet = PdfReader(BytesIO(data)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert read_origin(packet) == origin_of(report, "ab" * 32)
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert read_origin(packet).on == report.on


def test_without_attachment_there_is_none_and_the_part_is_2() -> None:
    root = PdfReader(BytesIO(render_pdf(sample_report("en")))).trailer["/Root"]
    assert "/AF" not in root and "/Names" not in root
    assert "<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data().decode()


def test_an_origin_that_looks_like_markup_is_read_back_as_it_was() -> None:
    nasty = Origin("a<b>&amp;/1", "r", "x", "en", "2026-05-01", __version__)
    packet = "".join(
        f"<origin:{name.removeprefix('origin_')}>{text}</origin:{name.removeprefix('origin_')}>"
        for name, text in written(nasty).items()
    )
    assert read_origin(packet) == nasty
    assert read_origin("<x:xmpmeta/>") is None
