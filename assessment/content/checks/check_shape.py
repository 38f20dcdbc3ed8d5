"""A check tests one thing, and its message has a field to stand beside."""

from __future__ import annotations

from assessment.content.desk import Desk


def check(desk: Desk) -> None:
    file = desk.file_of("checks.toml")
    for rule in desk.edition.checks:
        sides = (rule.at_most, rule.at_least, rule.about, rule.between, rule.between_by, rule.year_within)
        if sum(side is not None for side in sides) != 1 or (rule.left is None and rule.year_within is None):
            what = "expected `left` and one bound (at_most, at_least, about, between, between_by), or a year."
            desk.faults.note(
                "check-shape", file, rule.id, what, "Make two checks of it, or add what is missing."
            )
        if not rule.fields:
            desk.faults.note(
                "check-shape", file, rule.id, "`fields` is empty.", "Name the field where the message stands."
            )
