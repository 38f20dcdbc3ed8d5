"""The numbers of a countermeasure make sense: relief 0 to 1, side effects below 0, months in order."""

from __future__ import annotations

from assessment.content.desk import Desk


def check(desk: Desk) -> None:
    costs = desk.edition.recommendation.effort_cost
    for measure in desk.edition.countermeasures.values():
        wrong = []
        wrong += [f"relief {x:g} for {c}" for c, x in measure.relieves.items() if not 0 < x <= 1]
        wrong += [f"side effect {x:g} for {c}" for c, x in measure.side_effects.items() if not -1 <= x < 0]
        wrong += [] if 0 <= measure.months[0] <= measure.months[1] else [f"months {list(measure.months)}"]
        wrong += [] if measure.effort in costs else [f"no effort cost for {measure.effort}"]
        if wrong:
            cure = "Relief lies above 0 and up to 1, side effects from -1 to below 0, months rise."
            desk.faults.note(
                "measure-numbers", desk.measure_file(measure.id), measure.id, f"{'; '.join(wrong)}.", cure
            )
