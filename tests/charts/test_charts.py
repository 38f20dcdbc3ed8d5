"""Charts: every label is drawn, inside the chart and free of others; the firm is the red diamond."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from assessment.charts import Theme, chart, spec
from assessment.charts.functions import nice_reach
from assessment.charts.labels import line_count, wrapped
from assessment.charts.style import FAMILIES, RED, WHITE
from assessment.output.scenegraph import scenegraph
from assessment.output.typeface import Weight, pieces
from assessment.report.document import (
    DriverBars,
    Figure,
    FunctionPicture,
    PlacementMap,
    Roadmap,
    TrendPositions,
)
from tests.output.sample_report import Sample

WIDTH = 481.9
PHONE = 328
KINDS = ("placement", "drivers", "functions", "trends", "plan")


def figure_of(kind: str, language: str = "en") -> Figure:
    sample = Sample(language)
    made: dict[str, Figure] = {
        "placement": sample.placement(),
        "drivers": sample.drivers(2),
        "functions": sample.functions(),
        "trends": sample.trends(),
        "plan": sample.plan(),
    }
    return made[kind]


def items(node: dict[str, Any], kind: str, right: float = 0, down: float = 0) -> list[dict[str, Any]]:
    """All items of one mark type with places on the whole chart."""
    found = []
    for item in node.get("items", ()):
        x, y = right + item.get("x", 0), down + item.get("y", 0)
        if node["marktype"] == kind:
            found.append({**item, "x": x, "y": y})
        for mark in item.get("items", ()):
            found += items(mark, kind, x, y)
    return found


def drawn(kind: str, language: str = "en", spread: float = 1.0) -> dict[str, Any]:
    return scenegraph(spec(figure_of(kind, language), width=WIDTH, language=language, spread=spread))


def boxes(kind: str, language: str, spread: float) -> list[tuple[str, float, float, float, float]]:
    """Text, left, top, right and bottom of every line of every label, measured with the shipped fonts."""
    return placed(drawn(kind, language, spread), language)


def placed(
    drawing: dict[str, Any], language: str, hang: bool = False
) -> list[tuple[str, float, float, float, float]]:
    """The same of any drawing. `hang`: a browser puts the first line where paper has the middle of all."""
    found = []
    for item in items(drawing, "text"):
        weight = Weight.SEMIBOLD if item.get("fontWeight") == 600 else Weight.REGULAR
        size, lines = item["fontSize"], item["text"].split("\n")
        top = item["y"] - (1 if hang else len(lines)) * item["lineHeight"] / 2
        for place, line in enumerate(lines):
            width = sum(face.width(text, size) for face, text in pieces(line, weight, language == "zh"))
            left = item["x"] - {"left": 0, "center": width / 2, "right": width}[item["align"]]
            upper = top + place * item["lineHeight"]
            found.append((line, left, upper + 1, left + width, upper + item["lineHeight"] - 1))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_label_of_a_figure_is_drawn(kind: str, language: str) -> None:
    figure = figure_of(kind, language)
    shown = "".join(item["text"] for item in items(drawn(kind, language), "text"))
    shown = "".join(shown.split())
    for bar in figure.bars:
        for name in ("label", "value_label", "level_label", "mode_label", "setup_label", "kind_label"):
            assert "".join(getattr(bar, name, "").split()) in shown
    assert "".join(getattr(figure, "axis_label", "").split()) in shown


@pytest.mark.parametrize("spread", [0.8, 1.0, 1.3])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_labels_stay_inside_the_chart_and_never_overlap(kind: str, language: str, spread: float) -> None:
    height = spec(figure_of(kind, language), width=WIDTH, language=language, spread=spread)["height"]
    labels = boxes(kind, language, spread)
    assert len(labels) > 10
    stand_well(labels, WIDTH, height)


def stand_well(labels: list[tuple[str, float, float, float, float]], width: float, height: float) -> None:
    """Every label within the chart and apart from all others."""
    for text, left, top, right, bottom in labels:
        assert left >= -0.5, text
        assert right <= width + 0.5, text
        assert top >= -1, text
        assert bottom <= height + 1, text
    for one, other in combinations(labels, 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert apart, (one[0], other[0])


@pytest.mark.parametrize(("theme", "width"), [(Theme.SCREEN, 720), (Theme.PHONE, PHONE)])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_on_screen_and_on_a_phone_labels_stand_as_well(
    kind: str, language: str, theme: Theme, width: float
) -> None:
    made = spec(figure_of(kind, language), width=width, theme=theme, language=language)
    drawing = scenegraph(made)
    stand_well(placed(drawing, language, hang=True), width, made["height"])
    assert min(item["fontSize"] for item in items(drawing, "text")) >= 11


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone_no_bar_runs_through_a_label(kind: str, language: str) -> None:
    drawing = scenegraph(spec(figure_of(kind, language), width=PHONE, theme=Theme.PHONE, language=language))
    bars = [i for i in items(drawing, "rule") if i["strokeWidth"] >= 6 and i["stroke"] != WHITE]
    assert bars
    for text, left, top, right, bottom in placed(drawing, language, hang=True):
        for bar in bars:
            start, end = sorted((bar["x"], bar.get("x2", bar["x"])))
            half = bar["strokeWidth"] / 2
            apart = end <= left or right <= start or bar["y"] + half <= top or bottom <= bar["y"] - half
            assert apart, text


def test_on_a_phone_the_scale_is_nearly_as_wide_as_the_chart() -> None:
    drawing = scenegraph(spec(figure_of("drivers"), width=PHONE, theme=Theme.PHONE))
    upright = {item["x"] for item in items(drawing, "rule") if "y2" in item}
    assert max(upright) - min(upright) > 0.9 * PHONE


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_bar_symbol_or_grid_line_runs_through_a_label(kind: str, language: str) -> None:
    drawing = drawn(kind, language)
    marks = [
        (item["x"] - 4, item["y"] - 3, item["x"] + 4, item["y"] + 3) for item in items(drawing, "symbol")
    ]
    for item in items(drawing, "rule"):
        half = item["strokeWidth"] / 2
        bar = half >= 2 and item["stroke"] != WHITE
        upright = "y2" in item and kind != "plan"  # the plan's words stand on white
        if bar or upright or item.get("strokeDash"):
            across, along = (
                sorted((item["x"], item.get("x2", item["x"]))),
                sorted((item["y"], item.get("y2", item["y"]))),
            )
            marks.append((across[0], along[0] - half, across[1], along[1] + half))
    for text, left, top, right, bottom in boxes(kind, language, 1.0):
        for mark in marks:
            apart = mark[2] <= left or right <= mark[0] or mark[3] <= top or bottom <= mark[1]
            assert apart, (text, mark)


@pytest.mark.parametrize("kind", KINDS)
def test_the_specification_passes_the_schema_and_the_screen_shows_the_same_marks(kind: str) -> None:
    figure = figure_of(kind)
    paper = chart(figure, width=WIDTH, theme=Theme.PAPER).to_dict(validate=True)
    screen = chart(figure, width=800, theme=Theme.SCREEN).to_dict(validate=True)
    assert [layer["mark"]["type"] for layer in paper["layer"]] == [
        layer["mark"]["type"] for layer in screen["layer"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_labels_travel_as_data_never_as_part_of_the_specification(kind: str) -> None:
    figure = figure_of(kind)
    bars = tuple(replace(bar, label="datum.secret") for bar in figure.bars)
    made = json.loads(json.dumps(spec(replace(figure, bars=bars), width=WIDTH)))
    assert "datum.secret" in json.dumps(made.pop("datasets", {})) + json.dumps(
        [layer.pop("data", {}) for layer in made["layer"]]
    )
    assert "datum.secret" not in json.dumps(made)


@pytest.mark.parametrize("kind", KINDS)
def test_type_is_eight_to_nine_points_on_paper(kind: str) -> None:
    sizes = {item["fontSize"] for language in ("en", "zh") for item in items(drawn(kind, language), "text")}
    assert min(sizes) >= 8
    assert max(sizes) <= 9


def test_family_names_hold_no_digit() -> None:
    assert not any(mark.isdigit() for family in FAMILIES.values() for mark in family)


@pytest.mark.parametrize("kind", ["placement", "trends"])
def test_the_firm_is_a_red_diamond_and_an_unknown_place_has_none(kind: str) -> None:
    figure = figure_of(kind)
    known = sum(bar.point is not None for bar in figure.bars)
    diamonds = items(drawn(kind), "symbol")
    assert len(diamonds) == known
    assert all(item["shape"] == "diamond" and item["fill"] == RED for item in diamonds)
    unknown = replace(figure, bars=tuple(replace(bar, point=None) for bar in figure.bars))
    marks = scenegraph(spec(unknown, width=WIDTH))
    assert not items(marks, "symbol")
    assert sum(bool(item.get("strokeDash")) for item in items(marks, "rule")) >= len(figure.bars)


def test_bars_and_diamonds_stand_where_the_numbers_say() -> None:
    figure = figure_of("placement")
    places = [item["x"] for item in items(drawn("placement"), "symbol")]
    cuts = sorted({item["x"] for item in items(drawn("placement"), "rule") if item.get("strokeDash")})
    per_point = (cuts[2] - cuts[0]) / 50
    for bar, place in zip(figure.bars, places, strict=True):
        assert place == pytest.approx(cuts[0] + (bar.point - 25) * per_point, abs=0.01)


def test_spend_inside_goes_left_and_outside_right_on_one_scale() -> None:
    rules = items(drawn("functions"), "rule")
    zero = next(item["x"] for item in rules if item.get("strokeWidth") == 0.9)
    bars = [item for item in rules if item.get("strokeWidth") == 9]
    figure = figure_of("functions")
    inside = [abs(item["x2"] - item["x"]) for item in bars[: len(figure.bars)]]
    outside = [abs(item["x2"] - item["x"]) for item in bars[len(figure.bars) :]]
    assert all(max(item["x"], item["x2"]) <= zero + 0.01 for item in bars[: len(figure.bars)])
    assert all(min(item["x"], item["x2"]) >= zero - 0.01 for item in bars[len(figure.bars) :])
    assert inside[0] / 3.2 == pytest.approx(outside[5] / 2.1)


def test_a_level_is_shown_by_the_number_of_filled_dots() -> None:
    figure = figure_of("functions")
    dots = items(drawn("functions"), "symbol")
    filled = [item for item in dots if item["fill"] != "#FFFFFF"]
    known = [bar.setup for bar in figure.bars if bar.setup is not None]
    assert len(filled) == sum(known)
    assert len(dots) == 4 * len(known)


@pytest.mark.parametrize(
    "empty",
    [
        PlacementMap((), (25, 50, 75), ("a", "b", "c", "d"), "x"),
        DriverBars((), "x"),
        FunctionPicture((), "i", "o", "s", "x"),
        TrendPositions((), "x", "l", "h"),
        Roadmap((), ("x",)),
    ],
)
def test_a_figure_without_bars_is_still_a_chart(empty: Figure) -> None:
    assert items(scenegraph(spec(empty, width=WIDTH)), "text")


@pytest.mark.parametrize(
    ("largest", "reach"),
    [(0, 1), (0.9, 1), (1, 1), (3.2, 4), (4.1, 10), (10, 10), (11, 20), (870_000, 1_000_000)],
)
def test_the_spend_scale_ends_at_a_round_number(largest: float, reach: float) -> None:
    assert nice_reach(largest)[0] == pytest.approx(reach)


def test_long_labels_break_between_words_or_han_characters() -> None:
    assert (
        wrapped("Low and unspecialised service investment", 110, 8.8)
        == "Low and unspecialised\nservice investment"
    )
    broken = wrapped("与服务企业互动薄弱，应由董事会亲自过问", 90, 8.8)
    assert line_count(broken) == 3 or line_count(broken) == 2
    assert broken.replace("\n", "") == "与服务企业互动薄弱，应由董事会亲自过问"
    assert not any(line.startswith("，") for line in broken.split("\n"))
