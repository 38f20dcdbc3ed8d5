"""The rules of edition.toml have a standing and a source or reason: sizes, placement, recommendation.

Rules in other files are seen on reading: missing-key, no-reason, no-source.
"""

from __future__ import annotations

from assessment.content.desk import Desk
from assessment.model.rules import Standing


def check(desk: Desk) -> None:
    file = desk.file_of("edition.toml")
    for name in ("sizes", "placement", "recommendation"):
        table = desk.raw.get(file, {}).get(name)
        if table is None:
            continue
        if table.get("standing") not in set(Standing):
            desk.faults.note(
                "frame-standing", file, name, "this rule has no standing.", "Use stated, derived or assumed."
            )
        elif not table.get("reason" if table["standing"] == Standing.ASSUMED else "source"):
            what = f"a rule that is {table['standing']} needs its source; an assumed one its reason."
            desk.faults.note("frame-standing", file, name, what, "Add `source` or `reason`.")
