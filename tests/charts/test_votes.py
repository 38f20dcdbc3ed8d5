"""Charts of what several people said: every answer is a dot on the scale, every word stands in the chart."""

from __future__ import annotations

import pytest

from assessment.charts import Theme, drawn
from assessment.charts.labels import block_width
from assessment.charts.style import RED
from assessment.report.document import Figure, VoteCount, VoteLine, VoteSpread, VoteTally

LINES = (
    VoteLine("Everybody", 20, 30, 90, "30 (20 to 90)", ((20.0, 1), (30.0, 4), (90.0, 1))),
    VoteLine("Operations and purchasing (3)", 30, 30, 30, "30"),
)
SPREAD = VoteSpread(LINES, ((0.0, "0"), (50.0, "50"), (100.0, "100")), "%")
TALLY = VoteTally(
    (VoteCount("Own design, own brand", 4, "4", True), VoteCount("To customers’ drawings", 1, "1")),
    6,
    "people",
)
WIDTHS = {Theme.SCREEN: 720, Theme.PHONE: 328, Theme.WALL: 1180}


@pytest.mark.parametrize("theme", WIDTHS)
@pytest.mark.parametrize("figure", [SPREAD, TALLY], ids=["spread", "tally"])
def test_every_word_stands_in_the_chart(figure: Figure, theme: Theme) -> None:
    sheet = drawn(figure, width=WIDTHS[theme], theme=theme)
    texts = [(row, layer) for layer in sheet.layers if layer.mark == "text" for row in layer.rows]
    assert len(texts) >= 2 * 2 + 2
    for row, layer in texts:
        size, words = float(str(layer.look["fontSize"])), str(row[layer.text])
        wide, place = block_width(words, size), layer.places["x"]
        left = float(str(place)) if isinstance(place, int | float) else float(str(row["x"]))
        left -= {"left": 0.0, "center": wide / 2, "right": wide}[str(layer.look["align"])]
        assert left >= -1 and left + wide <= sheet.width + 1, words
        assert 0 < float(str(row["y"])) < sheet.height, words


def test_more_people_make_a_larger_dot_and_the_median_is_the_red_diamond() -> None:
    layers = drawn(SPREAD, width=720, theme=Theme.SCREEN).layers
    dots = {
        tuple(r["value"] for r in n.rows): n.look["size"] for n in layers if n.look.get("shape") == "circle"
    }
    assert set(dots) == {(30.0,), (20.0, 90.0)}
    assert dots[(30.0,)] == 4 * dots[(20.0, 90.0)]  # type: ignore[operator]
    (diamonds,) = [n for n in layers if n.look.get("shape") == "diamond"]
    assert [r["middle"] for r in diamonds.rows] == [30, 30] and diamonds.look["fill"] == RED
