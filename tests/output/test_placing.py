"""Marks placed by us stand where the converter of the screen's charts puts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assessment.charts import drawn, spec
from assessment.output.placing import placed
from assessment.output.scenegraph import scenegraph
from assessment.report.document import Figure
from tests.charts import sample_figures
from tests.charts.test_charts import KINDS, figure_of

WIDTH = 481.9
# What the drawer of marks reads. Whatever is left out has the value that it takes then.
READ = {
    "text": {
        "align": "left", "baseline": "alphabetic", "fontSize": 11, "fontWeight": 400, "lineHeight": 13,
        "dx": 0, "dy": 0, "angle": 0,
    },
    "rule": {"strokeWidth": 1, "strokeCap": "butt"},
    "rect": {"strokeWidth": 1, "stroke": None},
    "symbol": {"size": 64, "shape": "circle", "strokeWidth": 1},
}  # fmt: skip
COMMON = {"fill": None, "stroke": None, "opacity": 1, "fillOpacity": 1, "strokeOpacity": 1, "zindex": 0}


def marks(node: dict[str, Any], right: float = 0, down: float = 0) -> Iterator[tuple[object, ...]]:
    """Every mark with all that decides how it is drawn, in the order of drawing."""
    for item in node.get("items", ()):
        x, y = right + item.get("x", 0), down + item.get("y", 0)
        if node["marktype"] == "group":
            assert not item.get("clip") and item.get("fill") is None and not item.get("strokeWidth")
            for mark in item["items"]:
                yield from marks(mark, x, y)
            continue
        kind = node["marktype"]
        look = {name: item.get(name, usual) for name, usual in (COMMON | READ[kind]).items()}
        ends = _ends(item, kind, x, y, right, down)
        dash = tuple(item.get("strokeDash") or ())
        yield kind, ends, str(item.get("text", "")), dash, tuple(sorted(look.items(), key=str))


def _ends(
    item: dict[str, Any], kind: str, x: float, y: float, right: float, down: float
) -> tuple[float, ...]:
    if kind == "rect":
        wide = item.get("width", abs(item.get("x2", x - right) - (x - right)))
        high = item.get("height", abs(item.get("y2", y - down) - (y - down)))
        found = min(x, right + item.get("x2", x - right)), min(y, down + item.get("y2", y - down)), wide, high
    elif kind == "rule":
        found = x, y, right + item.get("x2", x - right), down + item.get("y2", y - down)
    else:
        found = x, y
    return tuple(round(place, 6) for place in found)


def figures() -> Iterator[tuple[str, str, Figure]]:
    for language in ("en", "zh"):
        for kind in KINDS:
            yield kind, language, figure_of(kind, language)
        for kind, counts in sample_figures.COUNTS.items():
            for count in counts:
                yield f"{kind} {count}", language, getattr(sample_figures, kind)(count, language)


@pytest.mark.parametrize("spread", [1.0, 1.3])
def test_every_mark_of_every_figure_stands_where_the_converter_puts_it(spread: float) -> None:
    seen = set()
    for kind, language, figure in figures():
        wanted = list(marks(scenegraph(spec(figure, width=WIDTH, language=language, spread=spread))))
        found = list(marks(placed(drawn(figure, width=WIDTH, language=language, spread=spread))))
        assert len(wanted) > 10
        assert found == wanted, (kind, language)
        seen |= {mark[0] for mark in wanted}
    assert seen == {"text", "rule", "rect", "symbol"}
