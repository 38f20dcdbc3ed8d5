"""No countermeasure waits for itself, directly or through others."""

from __future__ import annotations

from assessment.content.circles import circle_through
from assessment.content.desk import Desk


def check(desk: Desk) -> None:
    waits = {m.id: set(m.after) for m in desk.edition.countermeasures.values()}
    reported = set[str]()
    for name in waits:
        circle = circle_through(waits, name)
        if circle and not reported & set(circle):
            reported |= set(circle)
            what = f"`after` goes round in a circle: {' -> '.join(circle)}."
            desk.faults.note(
                "after-circle", desk.measure_file(name), name, what, "Take one of them out of `after`."
            )
