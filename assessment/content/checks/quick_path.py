"""The quick path stands on its own: it depends on nothing outside it and holds all that is required."""

from __future__ import annotations

from assessment.content.desk import Desk
from assessment.model.formulas import fields_in


def check(desk: Desk) -> None:
    edition = desk.edition
    if not any(q.quick for q in edition.questions):
        return
    for question in edition.questions:
        file = desk.question_file(question.id)
        if question.required and not question.quick:
            desk.faults.note(
                "quick-path", file, question.id, "required, but not on the quick path.", "Add `quick = true`."
            )
        if not question.quick:
            continue
        named = {n for f in question.fields if f.asked_when is not None for n in fields_in(f.asked_when)}
        outside = sorted(
            {
                edition.fields[n].question
                for n in named
                if not edition.question[edition.fields[n].question].quick
            }
        )
        if outside:
            what = f"asked depending on {', '.join(outside)}, which the quick path leaves out."
            desk.faults.note("quick-path", file, question.id, what, "Mark both quick, or neither.")
