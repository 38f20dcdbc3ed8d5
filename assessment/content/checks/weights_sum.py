"""The weights of a dilemma add up to 100 in every weight set, and none is negative."""

from __future__ import annotations

from assessment.content.desk import Desk

WHOLE = 100.0


def check(desk: Desk) -> None:
    for index in (desk.edition.indexes[i] for i in desk.edition.dilemmas):
        file = desk.index_file(index)
        for part in index.components:
            if any(w < 0 for w in part.weights.values()):
                desk.faults.note(
                    "weights-sum", file, part.id, "a weight is negative.", "Weights are 0 or more."
                )
        for name in dict.fromkeys(s for part in index.components for s in part.weights):
            total = sum(part.weights.get(name, 0.0) for part in index.components)
            if abs(total - WHOLE) > 1e-9:
                what = f"the weights of set `{name}` add up to {total:g}, not 100."
                desk.faults.note("weights-sum", file, index.id, what, "Change the weights of its components.")
