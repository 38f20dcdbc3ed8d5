"""A sheet of marks with every place worked out, in the form of a Vega scenegraph.

The converter would give the same (a test compares them) but measures every label on the way: a report
would take six times as long.
"""

from __future__ import annotations

from typing import Any, Final

from assessment.charts.sheet import Along, Layer, Place, Row, Sheet

Item = dict[str, Any]
MARKS: Final = {"text": "text", "rule": "rule", "rect": "rect", "point": "symbol"}
COLOUR: Final = {"text": "fill"}  # what `color` of a mark means; a scenegraph has no such property


def placed(sheet: Sheet) -> Item:
    """The root group of a sheet: marks with places in its own units. Treat as read-only."""
    inside = [_mark(layer) for layer in sheet.layers]
    return {
        "marktype": "group",
        "items": [{"width": sheet.width, "height": sheet.height, "items": inside}],
    }


def _mark(layer: Layer) -> Item:
    look = {COLOUR[layer.mark] if name == "color" else name: value for name, value in layer.look.items()}
    items = (_item(layer, row, look) for row in layer.rows)
    return {"marktype": MARKS[layer.mark], "items": [item for item in items if item is not None]}


def _item(layer: Layer, row: Row, look: Item) -> Item | None:
    """One mark; None where the row has no value to place it by."""
    places = {name: _along(place, row) for name, place in layer.places.items()}
    if any(value is None for value in places.values()):
        return None
    item = {**look, **places}
    if layer.text:
        item["text"] = str(row[layer.text])
    if layer.paint:
        item[layer.paint] = row["colour"]
    return item


def _along(place: Place, row: Row) -> float | None:
    """Where a row stands in one direction, reckoned as the browser does, to the last bit."""
    if not isinstance(place, Along):
        return place
    value = row[place.field]
    if value is None:
        return None
    assert isinstance(value, int | float)
    of = place.scale
    if of is None:
        return value
    share = (value - of.low) / (of.high - of.low)
    return of.left * (1 - share) + of.right * share
