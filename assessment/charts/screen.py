"""A sheet as an Altair chart, for the browser and for pictures."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from assessment.charts.sheet import Along, Layer, Place, Scale, Sheet

# A channel of its own class: from a plain table Altair would have to find the class first, which is slow.
FIXED: Final[dict[str, Any]] = {"x": alt.XValue, "y": alt.YValue, "x2": alt.X2Value, "y2": alt.Y2Value}
COLOURS: Final = {"stroke": alt.Stroke, "fill": alt.Fill}


def altair_chart(sheet: Sheet) -> alt.LayerChart:
    """The sheet as a chart of exactly its size."""
    chart = alt.LayerChart(
        layer=[_chart(layer) for layer in sheet.layers],
        width=sheet.width,
        height=sheet.height,
        autosize="none",
        padding=0,
    )
    framed = chart.configure(font=sheet.font, background="transparent")
    done: alt.LayerChart = framed.configure_view(strokeWidth=0, fill=None)
    return done


def _chart(layer: Layer) -> alt.Chart:
    data = alt.InlineData(values=[dict(row) for row in layer.rows])
    channels: dict[str, Any] = {name: _place(name, place) for name, place in layer.places.items()}
    if layer.text:
        channels["text"] = alt.Text(layer.text, type="nominal")
    if layer.paint:
        channels[layer.paint] = COLOURS[layer.paint]("colour", type="nominal", scale=None, legend=None)
    mark: Any = alt.MarkDef(type=layer.mark, **layer.look)  # type: ignore[arg-type]
    return alt.Chart(data, mark=mark, encoding=alt.FacetedEncoding(**channels))


def _place(name: str, place: Place) -> Any:
    if not isinstance(place, Along):
        return FIXED[name](place)
    if name in ("x2", "y2"):
        return (alt.X2 if name == "x2" else alt.Y2)(place.field)
    scale: Any = None if place.scale is None else _scale(place.scale)
    return (alt.X if name == "x" else alt.Y)(place.field, type="quantitative", scale=scale, axis=None)


def _scale(scale: Scale) -> alt.Scale:
    ends = {"domain": [scale.low, scale.high], "range": [scale.left, scale.right]}
    return alt.Scale(**ends, nice=False, zero=False)  # type: ignore[arg-type]
