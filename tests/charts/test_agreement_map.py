"""The agreement map: every question where its numbers say, its kind told by shape, on paper and screens."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from assessment.charts import Theme, spec
from assessment.output.scenegraph import scenegraph
from assessment.output.vega_marks import MarkDrawer
from assessment.report.document import AgreementMap, AgreementPoint
from tests.charts.test_charts import items, placed, stand_well

WIDTHS = {Theme.PAPER: 481.9, Theme.SCREEN: 720, Theme.PHONE: 328}
POINTS = (
    AgreementPoint(80, 12.5, "open", 1),
    AgreementPoint(78, 12.4, "settled", 2),  # nearly on the first one
    AgreementPoint(40, 3, "parked", 3),
    AgreementPoint(0.5, 0, "other"),
    AgreementPoint(100, 0, "open", 4),
)
WORDS = {
    "en": (
        ("open", "still apart"),
        ("parked", "parked"),
        ("settled", "settled"),
        ("other", "close together"),
    ),
    "zh": (("open", "仍有分歧"), ("parked", "待定"), ("settled", "已商定"), ("other", "意见接近")),
}


def figure(language: str, points: tuple[AgreementPoint, ...] = POINTS) -> AgreementMap:
    return AgreementMap(points, WORDS[language] if points else (), "apart", "points")


@pytest.mark.parametrize("theme", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_marks_stand_where_their_numbers_say_and_shapes_tell_their_kind(language: str, theme: Theme) -> None:
    told = spec(figure(language), width=WIDTHS[theme], theme=theme, language=language)
    drawing = scenegraph(told)
    stand_well(placed(drawing, language, hang=theme is not Theme.PAPER), WIDTHS[theme], told["height"])
    marks = items(drawing, "symbol")
    legend, plotted = marks[:4], marks[4:]
    assert [m["shape"] for m in legend] == ["diamond", "square", "circle", "circle"]
    looks = {(m["shape"], m["size"], m["fill"]) for m in legend}
    assert len(looks) == 4 and {(m["shape"], m["size"], m["fill"]) for m in plotted} == looks
    assert all(0 <= m["x"] <= WIDTHS[theme] and 0 <= m["y"] <= told["height"] for m in marks)
    found = sorted(plotted, key=lambda m: (m["x"], m["y"]))
    wanted = sorted(POINTS, key=lambda p: (p.apart, -p.points))
    left, right = found[0]["x"], found[-1]["x"]
    for mark, point in zip(found, wanted, strict=True):
        share = (point.apart - wanted[0].apart) / (wanted[-1].apart - wanted[0].apart)
        assert mark["x"] == pytest.approx(left + share * (right - left), abs=0.1)
    numbers = [item["text"] for item in items(drawing, "text") if item["text"] in "1234"]
    assert sorted(numbers) == ["1", "2", "3", "4"]


def test_paper_draws_each_question_and_an_empty_map_too() -> None:
    drawn = []
    for points in ((), POINTS[:1], POINTS):
        told, canvas = (
            spec(figure("en", points), width=WIDTHS[Theme.PAPER], theme=Theme.PAPER),
            Canvas(BytesIO()),
        )
        MarkDrawer(canvas, chinese=False).draw(scenegraph(told))
        drawn.append(len(canvas._code))
    assert 0 < drawn[0] < drawn[1] < drawn[2]
