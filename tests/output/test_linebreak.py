"""Lines of Latin and Chinese text: nothing lost, nothing over the edge, no mark at a wrong end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.output.cleaning import Span, clean
from assessment.output.linebreak import NO_END, NO_START, Line, atoms, balance, fill, shortened
from assessment.output.typeface import LATIN, Weight, faces
from tests.output.sample_words import PHRASES

EN, ZH = PHRASES["en"], PHRASES["zh"]

SIZE = 9.2
MARKS = "，。、；：？！）》」”…％（《「“"
texts = st.lists(
    st.sampled_from(
        [*"制造企业与服务研发外包人才", *MARKS, "R&D", "2026-1", "82 %", " ", "ERP", "5.4", "，", "。"]
    ),
    min_size=1,
    max_size=120,
).map("".join)


def broken(text: str, width: float, weight: Weight = Weight.REGULAR) -> list[Line]:
    units = atoms((Span(clean(text)),), weight, SIZE, chinese=True)
    return fill(units, width, SIZE, faces()[LATIN[weight]])


def sentences(phrases: dict[str, str]) -> list[str]:
    return [line for phrase in phrases.values() for line in phrase.splitlines() if len(line) > 12]


def joined(lines: list[Line]) -> str:
    return "".join("".join(line.text for line in lines).split())


@settings(max_examples=150, deadline=None)
@given(texts, st.floats(min_value=18, max_value=420))
def test_no_character_is_lost_and_no_line_is_wider_than_its_column(text: str, width: float) -> None:
    lines = broken(text, width)
    assert joined(lines) == "".join(clean(text).split())
    assert all(line.width <= width + 0.05 for line in lines)
    for line in lines:
        assert abs(line.width - sum(face.width(run, SIZE) for face, run in line.runs)) < 0.01


def test_no_line_of_the_chinese_report_begins_or_ends_with_a_forbidden_mark() -> None:
    checked = 0
    for phrase in sentences(ZH):
        for width in range(60, 420, 12):
            lines = broken(phrase, width)
            checked += len(lines)
            for before, after in pairwise(lines):
                assert after.text[0] not in NO_START - {"·"} or before.text[-1] == " ", (
                    before.text,
                    after.text,
                )
                assert before.text[-1] not in NO_END, (before.text, after.text)
    assert checked > 1500


def test_words_and_numbers_stay_whole_where_they_fit() -> None:
    for phrase in (*sentences(ZH), *sentences(EN)):
        words = [word for word in phrase.split(" ") if word.isascii() and "-" not in word and "/" not in word]
        for width in (90, 140, 260):
            lines = [line.text for line in broken(phrase, width)]
            for word in words:
                if len(word) * SIZE * 0.7 < width:
                    assert any(word in line.replace("\u00a0", " ") for line in lines), (word, lines)


def test_a_number_stays_with_its_per_cent_sign() -> None:
    for width in range(30, 200, 3):
        for line in broken("外购服务支出的74 %是零散订单，毛利率17 %。", width):
            assert not line.text.lstrip().startswith("%")


def test_a_line_may_end_after_a_hyphen_between_words_but_not_inside_a_date() -> None:
    assert [line.text for line in broken("design-for-manufacture", 52)] == ["design-for-", "manufacture"]
    assert [line.text for line in broken("aa bb 2026-03-12", 60)] == ["aa bb", "2026-03-12"]


def test_line_ends_typed_by_a_person_are_kept_and_empty_lines_too() -> None:
    assert [line.text for line in broken("one\r\ntwo\n\nthree", 300)] == ["one", "two", "", "three"]


def test_shortened_lines_end_in_an_ellipsis_and_fit() -> None:
    lines = broken("海港精密铸造有限公司" * 20, 120)
    cut = shortened(lines, 2, 120, SIZE)
    assert len(cut) == 2 and cut[1].text.endswith("…") and cut[1].width <= 120
    assert shortened(lines[:2], 2, 120, SIZE) == lines[:2]


def balanced(text: str, width: float) -> list[str]:
    units = atoms((Span(clean(text)),), Weight.SEMIBOLD, 20, chinese=True)
    face = faces()[LATIN[Weight.SEMIBOLD]]
    return [line.text for line in balance(fill(units, width, 20, face), units, width, 20, face)]


def test_a_headline_leaves_no_single_word_on_its_last_line() -> None:
    assert balanced("How the placement was reached, and what it cannot tell", 482)[-1] != "tell"


def test_a_chinese_headline_breaks_after_a_mark_where_it_can_and_leaves_no_leftover() -> None:
    firm = "Lantern Garments (invented)面临严重困境：以生产加工为主"
    assert balanced(firm, 482) == ["Lantern Garments (invented)面临严重困境：", "以生产加工为主"]
    assert balanced("海港精密铸造公司：按图加工，与服务企业停留在一单一结", 482)[0].endswith(("：", "，"))
    assert len(balanced("制造企业与服务企业之间缺少长期稳定的合作关系尚待建立", 482)[-1]) >= 4
