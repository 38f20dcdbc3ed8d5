"""What makes the page readable: contrast, type sizes, nothing over the edges, no orphaned headline."""

from __future__ import annotations

from dataclasses import fields

import pytest

from assessment.charts.style import TONE_COLOURS, WHITE
from assessment.output.boxes import TextBox
from assessment.output.compose import Composer
from assessment.output.layout import Layout, Page
from assessment.output.masthead import masthead
from assessment.output.pdf import lay_out
from assessment.output.theme import FLOOR, MARK_PAIRS, TEXT_PAIRS, TEXT_WIDTH, Look, looks
from assessment.report.document import Part, Typed, Words
from tests.output.sample_report import sample_report


def luminance(code: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("pair", TEXT_PAIRS)
def test_text_stands_out_from_its_ground(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("pair", [*MARK_PAIRS, *((colour, WHITE) for colour in TONE_COLOURS.values())])
def test_marks_stand_out_from_white(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 3.0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_type_is_smaller_than_seven_points_and_every_text_colour_is_a_checked_one(language: str) -> None:
    checked = {text for text, _ in TEXT_PAIRS}
    for field in fields(looks(language)):
        look = getattr(looks(language), field.name)
        assert isinstance(look, Look)
        assert look.size >= 7.4
        assert look.leading >= 1.2 * look.size
        assert look.colour in checked


def pages_of(language: str, remark: str | None = None) -> list[Page]:
    composer = Composer(sample_report(language, remark=remark))
    return lay_out(composer, masthead(composer))[0]


@pytest.mark.parametrize("remark", [None, "制造 firm " * 600, "line\n" * 1000])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_boxes_stay_on_the_page_and_do_not_overlap(language: str, remark: str | None) -> None:
    for page in pages_of(language, remark):
        edge = 0.0
        for placed in page.boxes:
            assert placed.top >= edge - 0.01
            edge = placed.top + placed.box.height(TEXT_WIDTH)
        assert edge <= FLOOR + 0.01


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_ends_with_a_headline_and_no_page_of_a_part_is_nearly_empty(language: str) -> None:
    pages = pages_of(language)
    for page in pages:
        last = page.boxes[-1]
        assert not (isinstance(last.box, TextBox) and last.box.keep)
        assert last.top + last.box.height(TEXT_WIDTH) > 0.6 * FLOOR


@pytest.mark.parametrize("free", range(20, 160, 7))
def test_a_headline_goes_to_the_next_page_with_the_first_lines_of_its_text(free: float) -> None:
    composer = Composer(sample_report("en"))
    filler = composer.text((Typed("x\n" * 200),), looks("en").body)
    layout = Layout(FLOOR - free, "section")
    layout.add([composer.text((Typed("x"),), Look(1, 1))])
    part = Part("p", Words("KICKER"), (Words("Headline"),), (), Words("Short"))
    layout.add([*composer.opening(part), filler])
    for page in layout.pages:
        assert not page.boxes[-1].box.keep
        assert page.boxes[-1].top + page.boxes[-1].box.height(TEXT_WIDTH) <= FLOOR + 0.01
