"""The whole report: same bytes, right pages, findable places, a complete structure tree."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from assessment.output import defects, render_pdf
from tests.output.sample_report import sample_report

LANGUAGES = ("en", "zh")


def squeezed(text: str) -> str:
    return "".join(text.split())


def all_text(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(built: dict[str, bytes], language: str) -> None:
    assert render_pdf(sample_report(language)) == built[language]


def test_another_process_with_other_hash_seed_and_time_zone_gives_the_same_bytes(
    built: dict[str, bytes],
) -> None:
    code = (
        "import hashlib; from tests.output.sample_report import sample_report;"
        "from assessment.output import defects, render_pdf;"
        "print([hashlib.sha256(render_pdf(sample_report(x))).hexdigest() for x in ('zh', 'en')])"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Kiritimati",
        "SOURCE_DATE_EPOCH": "1234567890",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(
        [hashlib.sha256(built[language]).hexdigest() for language in ("zh", "en")]
    )


def test_threads_building_both_languages_at_once_give_the_same_bytes(built: dict[str, bytes]) -> None:
    wanted = ["en", "zh"] * 3
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda language: render_pdf(sample_report(language)), wanted))
    assert done == [built[language] for language in wanted]


def test_a_report_without_parts_is_one_page_with_its_masthead() -> None:
    reader = PdfReader(BytesIO(render_pdf(replace(sample_report("en"), parts=()))))
    assert len(reader.pages) == 1
    assert "HarbourPrecision" in all_text(reader)


def test_another_date_gives_other_bytes(built: dict[str, bytes]) -> None:
    other = render_pdf(replace(sample_report("en"), on=date(2027, 1, 1)))
    assert other != built["en"]
    assert str(PdfReader(BytesIO(other)).metadata["/CreationDate"]).startswith("D:20270101")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_the_expected_pages_and_each_part_stands_where_the_contents_say(
    read: dict[str, PdfReader], language: str
) -> None:
    reader, report = read[language], sample_report(language)
    assert len(reader.pages) == 9
    texts = [squeezed(page.extract_text()) for page in reader.pages]
    pages = {entry.title: reader.get_destination_page_number(entry) for entry in reader.outline}
    assert list(pages) == [str(part.short) for part in report.parts]
    for part in report.parts:
        headline = squeezed("".join(part.headline))
        assert headline in texts[pages[str(part.short)]]
        assert f"{squeezed(part.short)}{pages[str(part.short)] + 1}" in texts[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_is_and_how_many_there_are(read: dict[str, PdfReader], language: str) -> None:
    reader, report = read[language], sample_report(language)
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        assert squeezed(report.labels.page.format(page=number, pages=len(reader.pages))) in text
        assert squeezed(f"{report.labels.confidential} · {report.labels.stamp}") in text
        assert squeezed(f"{report.edition} · {report.fingerprint[:12]}") in text


def test_page_one_carries_decision_and_masthead(read: dict[str, PdfReader]) -> None:
    text = squeezed(read["en"].pages[0].extract_text())
    for words in ("Service Dilemma Check", "Harbour Precision Castings Ltd", "12 March 2026",
                  "Decisions requested", "Self-assessed, not validated", "78", "Contents"):  # fmt: skip
        assert squeezed(words) in text


def test_the_chinese_report_can_be_searched_for_its_words(read: dict[str, PdfReader]) -> None:
    text = all_text(read["zh"])
    for words in (
        "互动薄弱已属严重，加工主导明显",
        "签订多年协议，双方共同考核目标",
        "第9页，共9页",
        "融资保险",
    ):
        assert words in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_metadata_names_the_firm_and_language(read: dict[str, PdfReader], language: str) -> None:
    reader, report = read[language], sample_report(language)
    assert reader.metadata.title == f"{report.title} – {report.firm}"
    assert reader.metadata.author == report.firm
    assert report.fingerprint in str(reader.metadata.subject)
    assert reader.metadata["/Keywords"] == "servitization, self-assessment"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == {"en": "en", "zh": "zh-CN"}[language]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_contents_line_leads_to_its_page(read: dict[str, PdfReader]) -> None:
    reader = read["en"]
    links = [note.get_object() for note in reader.pages[0]["/Annots"]]
    found = [reader.get_page_number(note["/Dest"][0].get_object()) for note in links]
    wanted = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert found == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_shipped_fonts_are_used_and_all_are_embedded(read: dict[str, PdfReader], language: str) -> None:
    for page in read[language].pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()
            assert "BoardSans" in described["/BaseFont"]
            assert "/FontFile2" in described["/FontDescriptor"]


def elements(node: object) -> list[dict[str, object]]:
    """All structure elements below a node, in reading order."""
    found: list[dict[str, object]] = []
    kids = node.get("/K", [])  # type: ignore[attr-defined]
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, dict) and element.get("/Type") == "/StructElem":
            found += [element, *elements(element)]
    return found


def test_figures_have_alternative_text_and_tables_have_headed_columns(read: dict[str, PdfReader]) -> None:
    root = read["en"].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    tree = elements(root["/StructTreeRoot"])
    figures = [node for node in tree if node["/S"] == "/Figure"]
    assert len(figures) == 7
    assert any("acute" in str(node["/Alt"]) for node in figures)
    heads = [node for node in tree if node["/S"] == "/TH"]
    assert heads and all(node["/A"]["/Scope"] == "/Column" for node in heads)  # type: ignore[index]
    headings = [node["/S"] for node in tree if str(node["/S"]).startswith("/H")]
    assert headings[0] == "/H1" and headings.count("/H1") == 1
    assert headings.count("/H2") == len(sample_report("en").parts) + 1


def test_every_marked_piece_belongs_to_one_element(read: dict[str, PdfReader]) -> None:
    reader = read["en"]
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {numbers[place]: numbers[place + 1].get_object() for place in range(0, len(numbers), 2)}
    for page in reader.pages:
        stream = page.get_contents().get_data().decode("latin-1")
        assert stream.count("BDC") == len(owners[page["/StructParents"]])
        assert stream.count("BMC") + stream.count("BDC") == stream.count("EMC")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_metadata_packet_agrees_with_the_information_and_claims_both_standards(
    read: dict[str, PdfReader], language: str
) -> None:
    reader = read[language]
    packet = ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_object().get_data())
    words = [text.strip() for text in packet.itertext() if text.strip()]
    for text in (
        reader.metadata.title,
        reader.metadata.author,
        reader.metadata.subject,
        reader.metadata["/Keywords"],
    ):
        assert text in words
    assert words.count("2026-03-12T00:00:00+00:00") == 2
    ids = [(element.tag, element.text) for element in packet.iter() if "/ns/id/}" in element.tag]
    assert sorted(ids) == [
        ("{http://www.aiim.org/pdfa/ns/id/}conformance", "A"),
        ("{http://www.aiim.org/pdfa/ns/id/}part", "2"),
        ("{http://www.aiim.org/pdfua/ns/id/}part", "1"),
    ]


def test_the_output_intent_is_srgb(read: dict[str, PdfReader]) -> None:
    intent = read["en"].trailer["/Root"]["/OutputIntents"][0]
    profile = intent["/DestOutputProfile"].get_object().get_data()
    assert profile[36:40] == b"acsp"
    assert profile[16:20] == b"RGB "


def test_every_stream_ends_with_a_line_end_and_none_is_written_as_text(built: dict[str, bytes]) -> None:
    data = built["zh"]
    assert data.count(b"\r\nendstream") == data.count(b"\nendstream") > 20
    assert b"ASCII85Decode" not in data


def test_no_code_is_mapped_to_nothing_and_no_block_of_a_map_is_too_long(read: dict[str, PdfReader]) -> None:
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in read["zh"].pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(fonts) > 4
    for font in fonts.values():
        written = font["/ToUnicode"].get_object().get_data().decode("ascii")
        assert "<0000>" not in written
        assert all(
            int(line.split()[0]) <= 100 for line in written.splitlines() if line.endswith("beginbfchar")
        )


def test_characters_beyond_the_first_plane_are_mapped_as_surrogate_pairs() -> None:
    assert "<01> <D843DE6E>" in defects.to_unicode("X", [0, 0x20E6E])
