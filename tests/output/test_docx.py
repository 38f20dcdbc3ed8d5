"""The Word document: what an editor, a screen reader and a board member finds in it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assessment.output.word import render_docx
from assessment.report.document import Cell, Column, FigureBlock, Row, Table, Typed, Words
from tests.output.formats import docx_text, squeezed
from tests.output.sample_report import sample_report
from tests.output.test_hostile_text import report_of

LANGUAGES = ("en", "zh")
TAGS = {"en": "en", "zh": "zh-CN"}


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return {language: render_docx(sample_report(language)) for language in LANGUAGES}


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def package(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as files:
        return etree.fromstring(files.read(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headlines_are_headings_and_nothing_is_set_by_hand(written, language: str) -> None:
    document, report = opened(written[language]), sample_report(language)
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(squeezed(docx_text(paragraph._p)))
    plain = [squeezed("".join(part.headline)) for part in report.parts]
    assert by_style["Heading 1"] == plain
    assert by_style["Title"] == [squeezed(report.title)]
    assert by_style["toc 1"] == plain  # the contents say what the headings say
    assert {style for style in by_style if style.endswith(" Title")} >= {"Remark Title", "Decision Title"}
    for style in ("Heading 1", "Remark Title", "Decision Title"):
        level = document.styles[style].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        assert level is not None, style


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_head_that_is_repeated_and_a_title_for_screen_readers(written, language) -> None:
    tables = opened(written[language]).tables
    assert len(tables) > 5
    for table in tables:
        head = table.rows[0]._tr.trPr
        assert head is not None and head.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).strip()
        assert table.style.name == "Report Table"
        assert sum(column.width.pt for column in table.columns) == pytest.approx(481.9, abs=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_a_sharp_picture_with_its_text(written, language: str) -> None:
    report, document = sample_report(language), opened(written[language])
    figures = [b for part in report.parts for b in part.blocks if isinstance(b, FigureBlock)]
    assert len(document.inline_shapes) == len(figures)
    for shape, figure in zip(document.inline_shapes, figures, strict=True):
        assert squeezed(shape._inline.docPr.get("descr")) == squeezed(figure.alt) != ""
        assert shape.width.pt == pytest.approx(481.9, abs=1)
    with ZipFile(BytesIO(written[language])) as files:
        pictures = [files.read(name) for name in files.namelist() if name.startswith("word/media/")]
    assert pictures
    for picture in pictures:
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") >= 3 * 481


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_count_by_themselves(written, language: str) -> None:
    body = package(written[language], "word/document.xml")
    codes = [field.get(qn("w:instr")).split() for field in body.iter(qn("w:fldSimple"))]
    shown = [docx_text(field) for field in body.iter(qn("w:fldSimple"))]
    for kind in ("Figure", "Table"):
        numbers = [text for code, text in zip(codes, shown, strict=True) if code[:2] == ["SEQ", kind]]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)] != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_fonts_and_properties_are_told(written, language: str) -> None:
    document, report = opened(written[language]), sample_report(language)
    styles = package(written[language], "word/styles.xml")
    lang = styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert (lang.get(qn("w:val")), lang.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN")
    for name in ("Normal", "Title", "Heading 1", "Table Text"):
        fonts = document.styles[name].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert (fonts.get(qn("w:hint")) == "eastAsia") == (language == "zh")
        assert not [name for name in fonts.attrib if name.endswith("Theme")]  # a theme would come first
    about = document.core_properties
    assert about.language == TAGS[language]
    assert about.title.startswith(str(report.title)) and about.author == report.firm
    assert about.created.date() == report.on
    assert "python-docx" not in about.comments


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_bears_its_number_and_the_file_opens_as_a_current_one(written, language: str) -> None:
    section = opened(written[language]).sections[0]
    for foot in (section.footer, section.first_page_footer):
        codes = [f.get(qn("w:instr")).strip() for f in foot._element.iter(qn("w:fldSimple"))]
        assert codes == ["PAGE", "NUMPAGES"]
    settings = package(written[language], "word/settings.xml")
    modes = [s.get(qn("w:val")) for s in settings.iter(qn("w:compatSetting"))]
    assert modes == ["15"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_inner_link_leads_to_one_place(written, language: str) -> None:
    body = package(written[language], "word/document.xml")
    places = [place.get(qn("w:name")) for place in body.iter(qn("w:bookmarkStart"))]
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert len(places) == len(set(places))
    assert anchors and anchors <= set(places)


def test_only_https_mailto_and_known_places_become_links() -> None:
    links = ("javascript:alert(1)", "file:///etc/passwd", "http://x.y", "https://example.org", "mailto:a@b.c",
             "#one", "#nowhere")  # fmt: skip
    rows = tuple(Row((Cell((Typed(link),), link=link),)) for link in links)
    data = render_docx(report_of(Table("t", Words("T"), (Column(Words("L")),), rows)))
    outside = package(data, "word/_rels/document.xml.rels")
    assert sorted(r.get("Target") for r in outside if r.get("TargetMode") == "External") == [
        "https://example.org", "mailto:a@b.c",
    ]  # fmt: skip
    table = opened(data).tables[-1]._tbl
    assert len(list(table.iter(qn("w:hyperlink")))) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(written, language: str) -> None:
    assert render_docx(sample_report(language)) == written[language]
