"""Charts of what several people said: every answer is a dot on the scale, every word stands in the chart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assessment.charts import Theme, drawn
from assessment.charts.labels import BOLD, block_width
from assessment.charts.marks import Layer
from assessment.charts.style import RED
from assessment.report.document import (
    Figure,
    PlacementBar,
    PlacementMap,
    Tone,
    VoteCount,
    VoteLine,
    VoteSpread,
    VoteTally,
)

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
AMOUNTS = VoteSpread(
    (VoteLine("Everybody", 6400, 6400, 64e6, "6\u202f400 (6\u202f400 to 64\u202f000\u202f000)"),),
    tuple((at * 2e7, f"{at * 20}\u202f000\u202f000" if at else "0") for at in range(5)),
    "CNY ten thousand (wan)",
)
OPTIONS = VoteTally(
    (VoteCount("We design and make products that customers sell under their brand", 4, "4", True),),
    6,
    "people",
)
LEVELS = ("Pronounced, close to the line", "Between emerging and pronounced", "Not placed yet")
PLACES = PlacementMap(
    tuple(PlacementBar("Weak interaction", 40, 60, 80, "60 (40–80)", Tone.UNKNOWN, n) for n in LEVELS),
    (25, 50, 75),
    ("None", "Emerging", "Pronounced", "Acute"),
    "Severity",
)
WIDTHS = {Theme.SCREEN: 720, Theme.PHONE: 328, Theme.WALL: 1180}


@pytest.mark.parametrize("theme", WIDTHS)
@pytest.mark.parametrize(
    "figure",
    [SPREAD, TALLY, AMOUNTS, OPTIONS, PLACES],
    ids=["spread", "tally", "amounts", "options", "places"],
)
def test_every_word_stands_in_the_chart(figure: Figure, theme: Theme) -> None:
    sheet = drawn(figure, width=WIDTHS[theme], theme=theme)
    texts = [(row, layer) for layer in sheet.layers if layer.mark == "text" for row in layer.rows]
    assert len(texts) >= 2 + 2
    for row, layer in texts:
        size, words = float(str(layer.look["fontSize"])), str(row[layer.text])
        wide, place = block_width(words, size * _stretch(layer)), layer.places["x"]
        left = float(str(place)) if isinstance(place, int | float) else float(str(row["x"]))
        left -= {"left": 0.0, "center": wide / 2, "right": wide}[str(layer.look["align"])]
        assert left >= -1 and left + wide <= sheet.width + 1, words
        assert 0 < float(str(row["y"])) < sheet.height, words


def _stretch(layer: Layer) -> float:
    return BOLD if layer.look["fontWeight"] == 600 else 1.0


def test_no_number_is_broken_and_no_two_names_of_a_scale_touch() -> None:
    for theme, width in WIDTHS.items():
        texts = [n for n in drawn(AMOUNTS, width=width, theme=theme).layers if n.mark == "text"]
        told = [str(row[n.text]) for n in texts for row in n.rows]
        assert any("64\u202f000\u202f000" in words for words in told), told
        (ticks,) = (n for n in texts if n.look["align"] == "center" and len(n.rows) > 1)
        size = float(str(ticks.look["fontSize"]))
        ends = [(float(str(r["x"])), block_width(str(r["label"]), size) / 2) for r in ticks.rows]
        assert all(a + half < b - other for (a, half), (b, other) in pairwise(ends)), theme


@pytest.mark.parametrize("theme", [Theme.SCREEN, Theme.WALL])
def test_a_long_option_ends_before_its_bar(theme: Theme) -> None:
    texts = [n for n in drawn(OPTIONS, width=WIDTHS[theme], theme=theme).layers if n.mark == "text"]
    (names,) = (n for n in texts if n.look["fontWeight"] == 600)
    start = min(float(str(r["x"])) for n in texts for r in n.rows if "x" in r)  # the 0 under the scale
    assert block_width(str(names.rows[0]["label"]), float(str(names.look["fontSize"])) * BOLD) < start


def test_more_people_make_a_larger_dot_and_the_median_is_the_red_diamond() -> None:
    layers = drawn(SPREAD, width=720, theme=Theme.SCREEN).layers
    dots = {
        tuple(r["value"] for r in n.rows): n.look["size"] for n in layers if n.look.get("shape") == "circle"
    }
    assert set(dots) == {(30.0,), (20.0, 90.0)}
    assert dots[(30.0,)] == 4 * dots[(20.0, 90.0)]  # type: ignore[operator]
    (diamonds,) = [n for n in layers if n.look.get("shape") == "diamond"]
    assert [r["middle"] for r in diamonds.rows] == [30, 30] and diamonds.look["fill"] == RED
