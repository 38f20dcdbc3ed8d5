"""The drawer of scenegraphs: everything drawn, nothing unknown passed over."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from assessment.output.scenegraph import scenegraph
from assessment.output.typeface import faces
from assessment.output.vega_marks import MarkDrawer, UnknownMark


def drawn(*marks: dict[str, Any]) -> str:
    """The page's operators after drawing the marks."""
    faces()
    out = BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    canvas.translate(100, 700)
    for mark in marks:
        MarkDrawer(canvas, chinese=False).draw(mark)
    canvas.save()
    return PdfReader(BytesIO(out.getvalue())).pages[0].get_contents().get_data().decode("latin-1")


def mark(kind: str, **item: Any) -> dict[str, Any]:
    return {"marktype": kind, "items": [item]}


@pytest.mark.parametrize("kind", ["arc", "area", "image", "line", "path", "shape", "trail"])
def test_a_mark_of_an_unknown_type_raises(kind: str) -> None:
    with pytest.raises(UnknownMark, match=kind):
        drawn(mark(kind))


@pytest.mark.parametrize(
    "item",
    [
        mark("symbol", shape="star", fill="#000000"),
        mark("symbol", shape="circle", fill="#000000", opacity=0.5),
        mark("text", text="x", baseline="line-top"),
        mark("text", text="x", angle=90),
        mark("rect", fill="steelblue", width=1, height=1),
    ],
)
def test_what_cannot_be_drawn_faithfully_raises(item: dict[str, Any]) -> None:
    with pytest.raises(UnknownMark):
        drawn(item)


def test_a_rectangle_stands_below_its_upper_edge() -> None:
    assert "2 -18 10 15 re" in drawn(mark("rect", x=2, y=3, width=10, height=15, fill="#112233"))
    assert "2 -18 10 15 re" in drawn(mark("rect", x=12, x2=2, y=3, y2=18, fill="#112233"))


def test_a_group_moves_what_is_in_it_and_higher_marks_are_drawn_later() -> None:
    inner = [mark("rule", x=0, y=0, x2=5, stroke="#000001"), mark("rule", x=0, y=1, x2=7, stroke="#000002")]
    inner[0]["zindex"] = 1
    code = drawn({"marktype": "group", "items": [{"x": 10, "y": 20, "items": inner}]})
    assert "1 0 0 1 10 -20 cm" in code
    assert code.index("0 -1 m 7 -1 l") < code.index("0 0 m 5 0 l")


def test_symbols_have_the_radius_their_area_says() -> None:
    assert "0 5 m 5 0 l 0 -5 l -5 0 l h" in " ".join(
        drawn(mark("symbol", shape="diamond", size=100, fill="#112233")).split()
    )


def test_lines_of_a_label_are_centred_on_its_place() -> None:
    code = drawn(
        mark(
            "text",
            text="one\ntwo",
            lineBreak="\n",
            baseline="middle",
            fontSize=10,
            lineHeight=12,
            fill="#000000",
        )
    )
    assert "1 0 0 1 0 3 Tm" in code
    assert "1 0 0 1 0 -9 Tm" in code


def test_a_lone_surrogate_in_a_label_does_not_stop_the_converter() -> None:
    row = {"t": "a\ud800b"}
    text = {"field": "t", "type": "nominal"}
    root = scenegraph({"data": {"values": [row]}, "mark": "text", "encoding": {"text": text}})
    assert "a□b" in str(root)
