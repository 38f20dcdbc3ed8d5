"""Options, roadmap and change: labels apart and off the marks, with one point or row and with the most."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from assessment.charts import Theme, chart, spec
from assessment.charts.callouts import Box, Callout, crossing, settle
from assessment.charts.frontier import grid
from assessment.charts.labels import estimated_width, fitted
from assessment.charts.style import INK, RED, TINT, WARM_TINT, WHITE
from assessment.output.scenegraph import scenegraph
from assessment.output.vega_marks import MarkDrawer
from assessment.report.document import ChangeBars, CostFrontier, Figure, FrontierPoint, Roadmap
from tests.charts.sample_figures import COUNTS, change, frontier, roadmap, sample
from tests.charts.test_charts import items, placed, stand_well

WIDTHS = {Theme.PAPER: 481.9, Theme.SCREEN: 720, Theme.PHONE: 328}  # on the wall none of these is shown
THEMES = tuple(WIDTHS)
CASES = [(kind, count) for kind, counts in COUNTS.items() for count in counts]
LABELS = (
    "label",
    "kind_label",
    "turn_label",
    "note",
    "axis_label",
    "cost_label",
    "left_label",
    "goal_label",
    "before_label",
    "after_label",
)
Place = tuple[float, float, float, float]

everywhere = pytest.mark.parametrize(
    ("kind", "count", "language", "theme"),
    [
        (kind, count, language, theme)
        for kind, count in CASES
        for language in ("en", "zh")
        for theme in THEMES
    ],
)


def made(figure: Figure, theme: Theme, language: str = "en") -> tuple[dict[str, Any], float]:
    """The drawing of a figure and its height."""
    told = spec(figure, width=WIDTHS[theme], theme=theme, language=language)
    return scenegraph(told), told["height"]


def words_of(figure: Figure) -> Iterator[str]:
    """Every word the figure promises to show."""
    parts = figure.points if isinstance(figure, CostFrontier) else figure.bars
    for holder in (figure, *parts):
        yield from (getattr(holder, name, "") for name in LABELS)
        if not isinstance(holder, FrontierPoint) or holder.label:
            yield getattr(holder, "value_label", "")


def squeezed(text: str) -> str:
    return "".join(text.split())


def in_order(node: dict[str, Any], right: float = 0, down: float = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """All marks but texts in the order of drawing, with places on the whole chart."""
    for item in node.get("items", ()):
        x, y = right + item.get("x", 0), down + item.get("y", 0)
        if node["marktype"] in ("rule", "rect", "symbol"):
            yield node["marktype"], {**item, "x": x, "y": y}
        for mark in item.get("items", ()):
            yield from in_order(mark, x, y)


def covered(kind: str, item: dict[str, Any]) -> list[Place]:
    """Boxes a mark paints; a slanting line gives a chain of small ones."""
    x, y = item["x"], item["y"]
    if kind == "symbol":
        half = item["size"] ** 0.5 / 2
        return [(x - half, y - half, x + half, y + half)]
    if kind == "rect":
        return [(x, y, x + item["width"], y + item["height"])]
    x2, y2, half = item.get("x2", x), item.get("y2", y), item["strokeWidth"] / 2
    if x != x2 and y != y2:
        steps = [(x + (x2 - x) * n / 60, y + (y2 - y) * n / 60) for n in range(61)]
        return [(across - half, down - half, across + half, down + half) for across, down in steps]
    aside, above = (half, 0.0) if x == x2 else (0.0, half)
    return [(min(x, x2) - aside, min(y, y2) - above, max(x, x2) + aside, max(y, y2) + above)]


def is_ground(kind: str, item: dict[str, Any]) -> bool:
    return (kind == "rect" and item["fill"] in (WHITE, TINT, WARM_TINT)) or (
        kind == "rule" and item["stroke"] == WHITE
    )


def common(one: Place, other: Place) -> Place | None:
    """The area two boxes share."""
    both = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return both if both[0] < both[2] and both[1] < both[3] else None


def seen(marks: list[tuple[str, dict[str, Any]]], label: Place) -> list[Place]:
    """What is painted within a label and not hidden by ground that is drawn later."""
    painted = [(n, kind, item) for n, (kind, item) in enumerate(marks)]
    grounds = [(n, covered(kind, item)[0]) for n, kind, item in painted if is_ground(kind, item)]
    areas = [
        (n, area)
        for n, kind, item in painted
        if not is_ground(kind, item)
        for box in covered(kind, item)
        if (area := common(box, label))
    ]
    return [area for n, area in areas if not hidden(area, [ground for later, ground in grounds if later > n])]


def hidden(area: Place, grounds: list[Place]) -> bool:
    """Whether every corner lies on some ground; two that meet under the area hide it together."""
    corners = [(x, y) for x in (area[0], area[2]) for y in (area[1], area[3])]
    return all(any(g[0] <= x <= g[2] and g[1] <= y <= g[3] for g in grounds) for x, y in corners)


@everywhere
def test_every_word_of_the_figure_is_drawn(kind: str, count: int, language: str, theme: Theme) -> None:
    figure = sample(kind, language, count)
    drawing, _ = made(figure, theme, language)
    shown = squeezed("".join(item["text"] for item in items(drawing, "text")))
    missing = [word for word in words_of(figure) if squeezed(word) not in shown]
    assert not missing


@everywhere
def test_labels_stand_inside_the_chart_and_apart(kind: str, count: int, language: str, theme: Theme) -> None:
    drawing, height = made(sample(kind, language, count), theme, language)
    labels = placed(drawing, language, hang=theme is not Theme.PAPER)
    assert len(labels) >= 4
    stand_well(labels, WIDTHS[theme], height)


@everywhere
def test_nothing_is_painted_through_a_label(kind: str, count: int, language: str, theme: Theme) -> None:
    drawing, _ = made(sample(kind, language, count), theme, language)
    marks = list(in_order(drawing))
    for text, *label in placed(drawing, language, hang=theme is not Theme.PAPER):
        left, top, right, bottom = label
        assert not seen(marks, (left, top + 1, right, bottom - 1)), text


@pytest.mark.parametrize(("kind", "count"), CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_paper_knows_every_mark(kind: str, count: int, language: str) -> None:
    drawing, _ = made(sample(kind, language, count), Theme.PAPER, language)
    MarkDrawer(Canvas(BytesIO()), language == "zh").draw(drawing)
    assert {item["fontSize"] for item in items(drawing, "text")} <= {8.0, 8.8, 8.45}


@pytest.mark.parametrize("kind", COUNTS)
def test_the_specification_passes_the_schema_and_no_word_is_part_of_it(kind: str) -> None:
    figure = sample(kind)
    if isinstance(figure, CostFrontier):
        points = tuple(replace(point, label=point.label and "datum.secret") for point in figure.points)
        figure = replace(figure, points=points, goal_label="datum.secret")
    else:
        assert isinstance(figure, Roadmap | ChangeBars)
        figure = replace(figure, bars=tuple(replace(bar, label="datum.secret") for bar in figure.bars))
    told = chart(figure, width=500).to_dict(validate=True)
    values = json.dumps(told.pop("datasets", {})) + json.dumps([lay.pop("data", {}) for lay in told["layer"]])
    assert "datum.secret" in values
    assert "datum.secret" not in json.dumps(told)


@pytest.mark.parametrize(
    "empty",
    [
        CostFrontier((), "cost", "left", "goal"),
        Roadmap((), ("Q1", "Q2")),
        ChangeBars((), (25, 50, 75), ("a", "b", "c", "d"), "then", "now", "x"),
    ],
)
@pytest.mark.parametrize("theme", THEMES)
def test_a_figure_without_content_is_still_a_chart(empty: Figure, theme: Theme) -> None:
    assert items(made(empty, theme)[0], "text")


# --- options ---


def test_points_stand_where_cost_and_rest_say_and_the_plan_is_the_only_diamond() -> None:
    figure = frontier(9)
    symbols = items(made(figure, Theme.PAPER)[0], "symbol")
    by_cost = sorted(symbols, key=lambda item: item["x"])
    points = sorted(figure.points, key=lambda point: point.cost)
    right, down = by_cost[-1]["x"] - by_cost[0]["x"], by_cost[-1]["y"] - by_cost[0]["y"]
    for item, point in zip(by_cost, points, strict=True):
        share = (points[0].left - point.left) / (points[0].left - points[-1].left)
        assert item["x"] == pytest.approx(by_cost[0]["x"] + right * point.cost / points[-1].cost, abs=0.01)
        assert item["y"] == pytest.approx(by_cost[0]["y"] + down * share, abs=0.01)
    assert [item["shape"] for item in by_cost].count("diamond") == 1
    assert by_cost[-1]["shape"] == "diamond"


def test_the_line_goes_level_and_then_straight_down() -> None:
    drawing, _ = made(frontier(9), Theme.PAPER)
    steps = [item for item in items(drawing, "rule") if item.get("strokeCap") == "square"]
    assert len(steps) == 16
    for number, (one, other) in enumerate(pairwise(steps)):
        assert (one["x2"], one["y2"]) == pytest.approx((other["x"], other["y"]), abs=0.01)
        assert one["y"] == one["y2"] if number % 2 == 0 else one["x"] == one["x2"]


def crowded(seed: int) -> CostFrontier:
    """A frontier whose named points, with long names, stand wherever chance puts them."""
    rng = random.Random(seed)
    count, bend = rng.randint(1, 24), rng.choice((0.2, 1, 6))
    costs = [0.0, *sorted(9 * rng.random() ** bend for _ in range(count - 1))]
    lefts = sorted((60 * rng.random() ** rng.choice((0.2, 1, 6)) for _ in range(count)), reverse=True)
    named = set(rng.sample(range(count), min(count, 4)))
    return CostFrontier(
        tuple(
            FrontierPoint(cost, left, "3.2 % of revenue, 12 points left", f"{n} name " * 7, "runner_up")
            if n in named
            else FrontierPoint(cost, left, "unsaid")
            for n, (cost, left) in enumerate(zip(costs, lefts, strict=True))
        ),
        "cost",
        "left",
        "goal",
    )


@pytest.mark.parametrize("theme", [Theme.PHONE, Theme.PAPER])
@pytest.mark.parametrize("seed", range(16))
def test_wherever_the_named_points_stand_names_and_numbers_keep_apart(seed: int, theme: Theme) -> None:
    figure = crowded(seed)
    drawing, height = made(figure, theme)
    labels = placed(drawing, "en", hang=theme is not Theme.PAPER)
    stand_well(labels, WIDTHS[theme], height)
    shown = squeezed("".join(item["text"] for item in items(drawing, "text")))
    assert all(squeezed(point.label) in shown for point in figure.points)


def test_names_without_room_stand_under_the_chart_by_number() -> None:
    figure = frontier(24)
    texts = {item["text"]: item for item in items(made(figure, Theme.PHONE)[0], "text")}
    named = [point for point in figure.points if point.label]
    axis = texts[figure.cost_label]["y"]
    for point in named:
        name = next(item for text, item in texts.items() if squeezed(text) == squeezed(point.label))
        assert name["y"] > axis
    numbers = [item for item in items(made(figure, Theme.PHONE)[0], "text") if item["fontWeight"] == 600]
    assert sorted(item["text"] for item in numbers if len(item["text"]) == 1) == sorted("11223344")


@pytest.mark.parametrize(("reach", "last"), [(0, 1), (0.9, 1), (12, 12), (13, 15), (28, 30), (0.07, 0.08)])
def test_a_scale_ends_at_a_round_number_and_has_few_of_them(reach: float, last: float) -> None:
    assert grid(reach)[-1] == pytest.approx(last)
    assert len(grid(reach)) <= 7


def test_labels_of_neighbours_settle_apart_and_their_leaders_do_not_cross() -> None:
    room = Box(0, 0, 300, 200)
    callouts = [Callout(150 + 8 * n, 150, 60, 20, 4) for n in range(3)]
    symbols = [Box(c.x - 4, c.y - 4, c.x + 4, c.y + 4) for c in callouts]
    spots = settle(callouts, symbols, room)
    assert spots is not None
    for n, one in enumerate(spots):
        assert one.box.within(room)
        assert all(one.box.apart(symbol) for symbol in symbols)
        for other in spots[n + 1 :]:
            assert one.box.apart(other.box)
            assert not crossing(one.leader(), other.leader())
    assert settle(callouts, [room], room) is None
    assert crossing((0, 0, 2, 2), (0, 2, 2, 0))
    assert not crossing((0, 0, 2, 2), (3, 0, 3, 9))


# --- roadmap ---


def test_bars_begin_and_end_at_their_quarters() -> None:
    figure = roadmap(5)
    rules = items(made(figure, Theme.PAPER)[0], "rule")
    lines = sorted({item["x"] for item in rules if "y2" in item and item["y2"] != item["y"]})
    bars = [item for item in rules if item["strokeWidth"] == 11]
    one = lines[1] - lines[0]
    assert len(lines) == 13
    for bar, item in zip(figure.bars, bars, strict=True):
        ends = sorted((item["x"], item["x2"]))
        assert ends == pytest.approx([lines[0] + bar.start * one, lines[0] + bar.end * one], abs=0.05)
    assert len({item["stroke"] for item in bars}) == len({bar.kind for bar in figure.bars})


@pytest.mark.parametrize(("quarters", "shown"), [(2, 2), (4, 4), (12, 3)])
def test_quarters_are_named_all_or_one_a_year(quarters: int, shown: int) -> None:
    figure = roadmap(3, quarters=quarters)
    texts = [item["text"] for item in items(made(figure, Theme.PHONE)[0], "text")]
    named = [name for name in figure.quarters if name in texts]
    assert len(named) == shown
    assert named == list(figure.quarters[:: quarters // shown])


def test_an_owner_of_any_length_is_cut_where_the_cut_can_be_seen() -> None:
    figure = roadmap(2)
    long = replace(
        figure,
        bars=tuple(replace(bar, note="Vertragswartung" * 9 + " and more " * 40) for bar in figure.bars),
    )
    for theme in THEMES:
        drawing, height = made(long, theme)
        stand_well(placed(drawing, "en", hang=theme is not Theme.PAPER), WIDTHS[theme], height)
        assert any(item["text"].endswith("…") for item in items(drawing, "text"))


@pytest.mark.parametrize(
    "text", ["a few words that go on and on", "W" * 50, "由华东区销售副总监兼任，直到找到接替者为止"]
)
def test_words_are_fitted_into_their_lines(text: str) -> None:
    lines = fitted(text, 60, 8, most=2).split("\n")
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(estimated_width(line, 8) <= 60 for line in lines)
    assert fitted("short", 60, 8, most=2) == "short"


# --- change ---


def arrows(figure: ChangeBars) -> list[dict[str, Any]]:
    """The shafts of all arrows."""
    strokes = [i for i in items(made(figure, Theme.PAPER)[0], "rule") if i.get("strokeCap") == "round"]
    return strokes[::3]


def test_the_arrow_leads_from_the_hollow_circle_to_the_red_diamond() -> None:
    figure = change(3)
    symbols = items(made(figure, Theme.PAPER)[0], "symbol")
    circles = [item for item in symbols if item["shape"] == "circle"]
    diamonds = [item for item in symbols if item["shape"] == "diamond"]
    assert all(item["fill"] == WHITE for item in circles)
    assert all(item["fill"] == RED for item in diamonds)
    moved = [n for n, bar in enumerate(figure.bars) if bar.turn != "not_shown"]
    assert len(arrows(figure)) == len(moved) == 2
    for n, shaft in zip(moved, arrows(figure), strict=True):
        assert shaft["stroke"] == INK
        assert (shaft["x"], shaft["y"]) == pytest.approx((circles[n]["x"], circles[n]["y"]), abs=5)
        assert (shaft["x2"], shaft["y2"]) == pytest.approx((diamonds[n]["x"], diamonds[n]["y"]), abs=6.5)


def test_both_dates_stand_where_their_numbers_say() -> None:
    figure = change(3)
    drawing, _ = made(figure, Theme.PAPER)
    texts = {item["text"]: item["x"] for item in items(drawing, "text")}
    start, one = texts["0"], (texts["100"] - texts["0"]) / 100
    symbols = items(drawing, "symbol")
    for shape, name in (("circle", "before"), ("diamond", "after")):
        places = [(item["x"] - start) / one for item in symbols if item["shape"] == shape]
        assert places == pytest.approx([getattr(bar, name) for bar in figure.bars], abs=0.05)
    bands = [item for item in items(drawing, "rule") if item["strokeWidth"] == 6]
    ends = [[(item[end] - start) / one for end in ("x", "x2")] for item in bands]
    for band, bar in zip(ends, figure.bars, strict=True):
        assert sorted(band) == pytest.approx([bar.after_low, bar.after_high], abs=0.05)


def test_a_change_that_is_not_shown_has_both_marks_and_no_arrow() -> None:
    bars = tuple(replace(bar, turn="not_shown") for bar in change(3).bars)
    figure = replace(change(3), bars=bars)
    assert not arrows(figure)
    assert len(items(made(figure, Theme.PAPER)[0], "symbol")) == 6


def test_a_date_without_a_place_is_a_dashed_line_without_mark_or_arrow() -> None:
    figure = replace(
        change(1), bars=(replace(change(1).bars[0], before=None, before_low=0, before_high=100),)
    )
    drawing, height = made(figure, Theme.PAPER)
    assert not arrows(figure)
    assert [item["shape"] for item in items(drawing, "symbol")] == ["diamond"]
    level = [item for item in items(drawing, "rule") if item.get("strokeDash") and "x2" in item]
    assert any(abs(item["x2"] - item["x"]) > 150 for item in level)
    stand_well(placed(drawing, "en"), WIDTHS[Theme.PAPER], height)


def test_both_dates_are_named_once() -> None:
    figure = change(3)
    for theme in THEMES:
        texts = [item["text"] for item in items(made(figure, theme)[0], "text")]
        assert texts.count(figure.before_label) == texts.count(figure.after_label) == 1


@pytest.mark.parametrize("place", [0, 100])
def test_marks_at_the_end_of_the_scale_keep_their_labels_inside(place: float) -> None:
    bar = replace(
        change(1).bars[0], before=place, before_low=place, before_high=place,
        after=place, after_low=place, after_high=place,
    )  # fmt: skip
    for theme in THEMES:
        drawing, height = made(replace(change(1), bars=(bar,)), theme)
        stand_well(placed(drawing, "en", hang=theme is not Theme.PAPER), WIDTHS[theme], height)
