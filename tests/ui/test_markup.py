"""Typed text stays text wherever it is drawn."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assessment.report.document import Typed, Words
from assessment.ui.markup import escaped, joined, literal, plain, rich

MARKDOWN_MARKS = set("*_`[]()<>#!|~$:\\&@.-+=")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Tags:
    reader = _Tags()
    reader.feed(html)
    reader.close()
    return reader


@given(st.text(max_size=200))
def test_no_typed_text_becomes_a_tag(text: str) -> None:
    assert _read(escaped(text)).seen == []
    assert _read(joined((Words("<b>Firm</b> "), Typed(text)))).seen == ["b"]


@given(st.text(max_size=200))
def test_no_mark_of_markdown_survives_in_typed_text(text: str) -> None:
    rest = re.sub(r"&#\d+;", "", literal(text))
    assert not MARKDOWN_MARKS & set(rest)
    assert "\n" not in rest


def test_typed_text_reads_as_it_was_typed() -> None:
    assert _read(escaped("<script>x</script> & **b**")).text == "<script>x</script> & **b**"
    assert (
        _read(literal(":smile: $x$ [a](http://b)")).text.replace("\u2060", "") == ":smile: $x$ [a](http://b)"
    )


def test_words_keep_their_emphasis_and_nothing_else() -> None:
    assert rich("<b>a</b> <i>b</i> <u>c</u>") == "<b>a</b> <i>b</i> &lt;u&gt;c&lt;/u&gt;"
    assert plain((Words("<b>a</b>"), Typed("<b>"))) == "a<b>"
