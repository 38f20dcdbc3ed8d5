"""Evidence that is drawn has a value and an indicator; evidence that is not drawn has no value.

A yardstick or outer mark stands beside an indicator. Context and unusable figures are words only.
"""

from __future__ import annotations

from assessment.content.desk import Desk

DRAWN = ("yardstick", "outer_mark")


def check(desk: Desk) -> None:
    file = desk.file_of("evidence.toml")
    for item in desk.edition.evidence.values():
        if item.use in DRAWN and (item.value is None or not item.indicator):
            what = f"a {item.use} needs `value` and `indicator`."
            desk.faults.note("evidence-mark", file, item.id, what, 'Add both, or set `use = "context"`.')
        if item.use not in DRAWN and item.value is not None:
            what = f"`value` stands although the use is {item.use}."
            desk.faults.note(
                "evidence-mark", file, item.id, what, "Remove `value`: only what is drawn has one."
            )
    for indicator in desk.edition.indicators.values():
        for name in indicator.yardsticks:
            item = desk.edition.evidence.get(name)  # type: ignore[assignment]
            if item is not None and item.use not in DRAWN:
                what = f"`{name}` is {item.use} and may not stand beside a firm's number."
                desk.faults.note(
                    "evidence-mark", desk.file_of("indicators.toml"), indicator.id, what, "Remove it here."
                )
