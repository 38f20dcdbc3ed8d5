"""Whatever a person typed reaches the page as they typed it, or with a visible replacement."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from assessment.output import ReportTooLong, render_pdf
from assessment.output.cleaning import LONGEST, Span, clean, rich
from assessment.output.typeface import REPLACEMENT, Weight, faces, pieces
from assessment.report.document import (
    Bullets,
    Callout,
    Cell,
    Column,
    Paragraph,
    Part,
    Row,
    Table,
    Tile,
    Tiles,
    Typed,
    Words,
)
from tests.output.sample_report import sample_report
from tests.output.sample_words import PHRASES

NASTY = (
    "<b>not bold</b> & <i>", "<Acme> GmbH", "Müller <Ltd", "</para>", "<b><i>x</b></i>", "&#99999999;", "P&L",
    '<img src="/etc/passwd">', '<a href="javascript:alert(1)">x</a>', "9**9**9", "{page} %s %(x)d \\n", "[[[",
    "--'\"",
)  # fmt: skip
UNPRINTABLE = "a\x00b\x07c\u202ed\u200be\ud800f\ufefff\ufffe\U000e0041g"


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def report_of(*blocks: object, firm: str = "Firm"):  # type: ignore[no-untyped-def]
    part = Part("one", Words("K"), (Typed(firm), Words(" stands")), tuple(blocks), Words("One"))  # type: ignore[arg-type]
    return replace(sample_report("en", firm=firm), parts=(part,))


def test_markup_in_typed_text_is_shown_as_text() -> None:
    text = text_of(render_pdf(report_of(*(Paragraph((Typed(nasty),)) for nasty in NASTY))))
    for nasty in NASTY:
        assert "".join(nasty.split()) in text


def test_markup_in_catalogue_words_is_set_and_unknown_tags_stay_as_text() -> None:
    spans = rich((Words("plain <b>bold <i>both</b> slanted</i> <u>kept</u>"),))
    assert [(span.text, span.weight) for span in spans] == [
        ("plain ", None), ("bold ", Weight.SEMIBOLD), ("both", Weight.SEMIBOLD), (" slanted", Weight.ITALIC),
        (" <u>kept</u>", None),
    ]  # fmt: skip


def test_the_same_letters_typed_by_a_person_are_never_markup() -> None:
    assert rich((Typed("<b>x</b>"),)) == (Span("<b>x</b>"),)


def test_five_thousand_characters_are_shown_in_full_over_pages_in_a_cell_and_a_paragraph() -> None:
    long = " ".join(f"w{number:04d}" for number in range(833))
    assert len(long) <= LONGEST
    for remark, language in ((long, "en"), (long, "zh")):
        text = text_of(render_pdf(sample_report(language, remark=remark)))
        assert all(f"w{number:04d}" in text for number in range(833))
    blocks = (Paragraph((Typed(long),)), Bullets(((Typed(long),),)), Callout(Words("C"), ((Typed(long),),)))
    assert text_of(render_pdf(report_of(*blocks))).count("w0832") == 3


def test_a_longer_text_ends_in_an_ellipsis_and_a_word_of_any_length_is_cut_at_the_margin() -> None:
    assert clean("x" * 9000) == "x" * (LONGEST - 1) + "…"
    text = text_of(render_pdf(report_of(Paragraph((Typed("x" * 9000),)))))
    assert text.count("x") >= LONGEST - 1


def test_controls_and_surrogates_neither_break_the_report_nor_stay_unseen() -> None:
    data = render_pdf(
        report_of(
            Paragraph((Typed(UNPRINTABLE),)),
            Tiles((Tile("1", Words("L"), Typed(UNPRINTABLE)),)),
            firm=UNPRINTABLE,
        )
    )
    reader = PdfReader(BytesIO(data))
    assert "abcde□ffg" in text_of(data)
    assert "abcde□" in reader.metadata.title
    assert "abcde□" in str(reader.metadata.author)


def test_emoji_and_other_scripts_leave_a_visible_sign_and_chinese_names_stay_in_an_english_report() -> None:
    text = text_of(render_pdf(report_of(Paragraph((Typed("ok 👍🏽 שלום 喆珺祎 Łódź ő ş €"),)))))
    assert "ok□□□□□□喆珺祎Łódźőş€" in text


def test_a_chinese_firm_is_drawn_in_the_band_and_header_of_an_english_report() -> None:
    assert "海港铸造" in text_of(render_pdf(report_of(firm="海港铸造")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_character_of_the_report_texts_is_covered(language: str) -> None:
    for phrase in PHRASES[language].values():
        for weight in Weight:
            assert REPLACEMENT not in "".join(
                text for _, text in pieces(" ".join(phrase.split()), weight, language == "zh")
            )


def test_the_chinese_faces_hold_the_standard_character_sets() -> None:
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    gb2312 = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(gb2312) == 6763
    names_beyond_gb2312 = "喆珺祎玥堃璟镕淼昇翀"
    for name in ("BoardSansSC-Regular", "BoardSansSC-Bold"):
        assert all(
            faces()[name].has(mark) for mark in gb2312 + names_beyond_gb2312 + "，。、；：？！“”《》（）…—％"
        )


def test_digits_have_equal_width_in_every_face() -> None:
    for face in faces().values():
        widths = {round(face.advances[ord(digit)], 2) for digit in "0123456789"}
        assert max(widths) - min(widths) < 0.002


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80), st.sampled_from(list(Weight)), st.booleans())
def test_any_text_comes_out_in_characters_the_chosen_faces_have(
    text: str, weight: Weight, chinese: bool
) -> None:
    for face, run in pieces(clean(text).replace("\n", ""), weight, chinese):
        assert all(face.has(mark) for mark in run)


def test_only_https_mailto_and_inner_links_become_links() -> None:
    links = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://x.y",
        "https://example.org",
        "mailto:a@b.c",
        "#one",
    )
    rows = tuple(Row((Cell((Typed(link),), link=link),)) for link in links)
    data = render_pdf(report_of(Table("t", Words("T"), (Column(Words("L")),), rows)))
    notes = [note.get_object() for note in PdfReader(BytesIO(data)).pages[0].get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes if "/A" in note] == ["https://example.org", "mailto:a@b.c"]
    assert sum("/Dest" in note for note in notes) == 1


def test_a_link_to_a_part_that_does_not_exist_is_no_link() -> None:
    rows = (Row((Cell((Typed("x"),), link="#nowhere"),)),)
    data = render_pdf(report_of(Table("t", Words("T"), (Column(Words("L")),), rows)))
    assert "/Annots" not in PdfReader(BytesIO(data)).pages[0]


def test_a_table_without_rows_and_a_row_with_too_few_cells_are_drawn() -> None:
    columns = tuple(Column(Words(f"C{number}")) for number in range(12))
    empty = Table("e", Words("Empty"), columns, ())
    short = Table("s", Words("Short"), columns, (Row((Cell((Typed("only"),)),)),))
    text = text_of(render_pdf(report_of(empty, short)))
    assert "Empty" in text and "only" in text


def test_a_report_beyond_the_page_limit_is_refused_in_plain_words() -> None:
    blocks = [Paragraph((Typed("x\n" * 2400),)) for _ in range(6)]
    with pytest.raises(ReportTooLong, match="more than 200 pages"):
        render_pdf(report_of(*blocks))
