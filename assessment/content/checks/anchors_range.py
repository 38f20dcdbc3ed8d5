"""Anchors lie within the natural range of their indicator.

The corridor of an indicator lies within its range too, and the range is the right way round. That
anchors rise or fall throughout is seen while reading.
"""

from __future__ import annotations

from assessment.content.desk import Desk


def check(desk: Desk) -> None:
    for index in desk.edition.indexes.values():
        for part in index.components:
            indicator = desk.edition.indicators.get(part.indicator)
            if indicator is None:
                continue
            low, high = indicator.limits
            outside = sorted({a for values in part.anchors.values() for a in values if not low <= a <= high})
            if outside:
                what = f"anchors {outside} lie outside the range {low:g} to {high:g} of {indicator.id}."
                cure = "No firm can reach them: change the anchors or the range."
                place = part.indicator if "." in part.id else part.id
                desk.faults.note("anchors-range", desk.index_file(index), place, what, cure)
    for indicator in desk.edition.indicators.values():
        points = (indicator.limits[0], *(indicator.corridor or ()), indicator.limits[1])
        if list(points) != sorted(points) or (indicator.reads == "corridor") != (
            indicator.corridor is not None
        ):
            what = "range and corridor do not fit each other or `reads`."
            cure = 'Order: range, corridor, corridor, range; a corridor only with `reads = "corridor"`.'
            desk.faults.note("anchors-range", desk.file_of("indicators.toml"), indicator.id, what, cure)
