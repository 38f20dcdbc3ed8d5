"""The page: one file, usable by everybody, on a phone, at a desk and on paper."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page

from assessment.content.load import app_words
from assessment.output.web import render_html
from assessment.report.document import Cell, Column, FigureBlock, Row, Table, Typed, Words
from tests.output.formats import squeezed
from tests.output.sample_report import sample_report
from tests.output.test_hostile_text import report_of

LANGUAGES = ("en", "zh")
SIZES = {1280: 900, 390: 844}
# Everything else could run, load or ask for something.
ALLOWED = """
a b body br caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 head header html i li
main meta nav ol p section span strong style summary table tbody td th thead title tr ul
svg g path line rect text tspan
"""


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    return {language: page_of(sample_report(language), language) for language in LANGUAGES}


def page_of(report: object, language: str = "en") -> bytes:
    return render_html(report, app_words(language))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_only_harmless_elements_and_asks_for_nothing(written, language: str) -> None:
    root = html.fromstring(written[language])
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= set(ALLOWED.split())
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on") and name not in ("src", "srcset", "action"), name
            assert name != "href" or value.startswith(("#", "https://", "mailto:"))
    style = "".join(root.xpath("//style/text()"))
    assert "@import" not in style
    assert all(url.startswith('"data:font/woff') for url in re.findall(r"url\(([^)]*)", style))
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_landmarks_language_and_headings_are_in_order(written, language: str) -> None:
    root, report = html.fromstring(written[language]), sample_report(language)
    assert root.get("lang") == {"en": "en", "zh": "zh-CN"}[language]
    for mark in ("header", "nav", "main", "footer"):
        assert len(root.xpath(f"//{mark}")) == 1, mark
    levels = [int(h.tag[1]) for h in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(root.xpath("//main/section")) == len(report.parts)
    for section in root.xpath("//main/section"):
        assert root.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href")[1:] for link in root.xpath("//a[starts-with(@href, '#')]")]
    assert targets and set(targets) <= set(ids)
    assert targets[0] == root.xpath("//main/@id")[0]  # the first link skips to the report


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_captions_and_headers_and_charts_their_text(written, language: str) -> None:
    root, report = html.fromstring(written[language]), sample_report(language)
    for table in root.iter("table"):
        assert "".join(table.find("caption").itertext()).strip()
        assert table.xpath("./thead/tr/th[@scope='col']")
        for row in table.xpath("./tbody/tr"):
            assert row[0].tag == "th" and row[0].get("scope") in ("row", "rowgroup")
    figures = [b for part in report.parts for b in part.blocks if isinstance(b, FigureBlock)]
    drawn = root.xpath("//figure")
    assert len(drawn) == len(figures) > 4
    for element, figure in zip(drawn, figures, strict=True):
        alts = {squeezed(a) for a in element.xpath("./div[@role='img']/@aria-label")}
        assert alts == {squeezed(figure.alt)}
        assert all(svg.get("aria-hidden") == "true" for svg in element.iter("svg"))
        assert "".join(element.find("figcaption").itertext()).strip()


def test_only_https_mailto_and_known_places_become_links() -> None:
    links = ("javascript:alert(1)", "data:text/html,x", "http://x.y", "https://example.org/?a=1&b='\"",
             "mailto:a@b.c", "#one", "#nowhere")  # fmt: skip
    rows = tuple(Row((Cell((Typed("x"),)), Cell((Typed(link),), link=link))) for link in links)
    columns = (Column(Words("N")), Column(Words("L")))
    root = html.fromstring(page_of(report_of(Table("t", Words("T"), columns, rows))))
    assert root.xpath("//table//a/@href") == [links[3], links[4], links[5]]


def test_charts_bring_the_letters_they_need(written) -> None:
    for language, other in (("en", "Board Sans SC"), ("zh", "Board Sans")):
        style = html.fromstring(written[language]).xpath("//style/text()")[0]
        families = re.findall(r'@font-face { font-family: "([^"]+)"', style)
        assert families[0] == {"en": "Board Sans", "zh": "Board Sans SC"}[language]
        assert len(written[language]) < 1_500_000, other


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(written, language: str) -> None:
    assert page_of(sample_report(language), language) == written[language]


# --- in a browser --------------------------------------------------------------------------------


def shown(chromium: Browser, file: Path, width: int, *, bare: bool = False) -> Page:
    """The file in a browser that has no network. `bare`: without its policy, so that axe can look at it."""
    context = chromium.new_context(
        viewport={"width": width, "height": SIZES[width]},
        is_mobile=width < 600,
        offline=True,
        bypass_csp=bare,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    written, language: str, width: int, chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(written[language])
    page = shown(chromium, file, width, bare=True)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    found = Axe().run(page).response
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
    assert len(found["passes"]) > 15
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1] == width
    charts = page.locator(".chart:visible").count()
    assert charts == page.locator("figure").count()  # one drawing of each, the one that fits
    page.context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_it_asks_for_nothing_and_complains_of_nothing_and_the_first_key_skips_to_the_report(
    written, chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(written["en"])
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert said == []
    context.close()
