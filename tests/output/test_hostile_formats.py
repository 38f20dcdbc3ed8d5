"""Whatever a person typed stands in the Word document and in the page as typed, and does nothing there."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from assessment.content.load import app_words
from assessment.output.cleaning import clean
from assessment.output.web import render_html
from assessment.output.word import render_docx
from assessment.report.document import (
    Bullets,
    Callout,
    Cell,
    Column,
    Decision,
    FigureBlock,
    Paragraph,
    Report,
    Roadmap,
    RoadmapBar,
    Row,
    Table,
    Tile,
    Tiles,
    Typed,
    Words,
)
from tests.output.formats import docx_text, squeezed
from tests.output.test_hostile_text import NASTY, UNPRINTABLE, report_of

MORE = (
    *NASTY,
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onclick='x",
    "]]>",
    "<!--",
    "{{7*7}}",
)


def everywhere(nasty: str) -> Report:
    """A report with a typed text in every place that may hold one, and in a chart."""
    typed = Typed(nasty)
    columns = (Column(Words("A")), Column(Words("B"), numeric=True))
    rows = (Row((Cell((typed,)), Cell((typed,)))), Row((Cell((typed,)),), heading=True))
    bars = (RoadmapBar(nasty or "x", 0, 3, nasty, nasty or "x", "quick"),)
    table = Table("t", Words("T"), columns, rows)
    blocks = (
        Paragraph((typed,)), Bullets(((typed,),)), Callout(Words("C"), ((typed,),)),
        Decision(Words("D"), ((typed,), (typed,))), Tiles((Tile(nasty, Words("L"), typed),)), table,
        FigureBlock("f", Roadmap(bars, ("Q1", nasty or "x")), Words("caption"), f"alt {nasty}", table),
    )  # fmt: skip
    return replace(
        report_of(*blocks, firm=nasty or "Firm"), facts=((Words("Fact"), typed),), keywords=(nasty,)
    )


def page(report: Report) -> html.HtmlElement:
    return html.fromstring(render_html(report, app_words("en")))


@pytest.mark.parametrize("nasty", MORE)
def test_markup_is_shown_as_text_in_the_page(nasty: str) -> None:
    root = page(everywhere(nasty))
    assert squeezed("".join(root.xpath("//main")[0].itertext())).count(squeezed(nasty)) >= 8
    assert not root.xpath(
        "//script | //img | //*[@onclick] | //*[@onload] | //para | //a[contains(@href,'javascript')]"
    )
    assert squeezed(nasty) in squeezed(root.findtext(".//title"))
    labels = root.xpath("//div[@role='img']/@aria-label")
    assert [squeezed(label) for label in labels] == [squeezed(f"alt {nasty}")] * 2


@pytest.mark.parametrize("nasty", MORE)
def test_markup_is_shown_as_text_in_the_document(nasty: str) -> None:
    document = docx.Document(BytesIO(render_docx(everywhere(nasty))))
    assert squeezed(docx_text(document.element)).count(squeezed(nasty)) >= 8
    assert squeezed(document.inline_shapes[0]._inline.docPr.get("descr")) == squeezed(f"alt {nasty}")
    assert squeezed(nasty)[:200] in squeezed(document.core_properties.author)


def test_controls_surrogates_and_marks_that_turn_text_around_do_not_get_through() -> None:
    report = everywhere(UNPRINTABLE)
    texts = ("".join(page(report).itertext()), docx_text(docx.Document(BytesIO(render_docx(report))).element))
    for text in texts:
        assert "abcde□ffg" in squeezed(text)
        assert not set(text) & set("\x00\x07\u202e\u200b\ufeff\ufffe")


def test_catalogue_words_keep_their_emphasis_and_typed_letters_never_gain_any() -> None:
    report = report_of(Paragraph((Words("plain <b>bold</b> <i>slanted</i> "), Typed("<b>typed</b>"))))
    found = page(report).xpath("//main//p[last()]")[-1]
    assert (found.findtext("b"), found.findtext("i")) == ("bold", "slanted")
    runs = docx.Document(BytesIO(render_docx(report))).paragraphs[-1].runs
    assert [run.text for run in runs if run.bold] == ["bold"]
    assert [run.text for run in runs if run.italic] == ["slanted"]
    assert runs[-1].text == "<b>typed</b>"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), min_size=1, max_size=60))
def test_any_text_makes_files_that_open(text: str) -> None:
    report = report_of(Paragraph((Typed("x" + text),)), firm=f"F{text}")
    wanted = squeezed(clean("x" + text))
    assert wanted in squeezed("".join(page(report).itertext()))
    assert wanted in squeezed(docx_text(docx.Document(BytesIO(render_docx(report))).element))
