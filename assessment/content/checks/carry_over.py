"""carry_over.toml says exactly once what became of each field of the edition before, and what is new.

What is called the same or renamed is answered in the same way; a rescaling fits both scales.
"""

from __future__ import annotations

from assessment.content.carry_over import predecessor, read_carry_over
from assessment.content.desk import Desk
from assessment.content.files import CARRY_OVER
from assessment.content.load import read_edition


def check(desk: Desk) -> None:
    before = predecessor(desk.folder)
    if not (desk.folder / CARRY_OVER).is_file():
        return
    if not before or not (desk.root / before / "edition.toml").is_file():
        what = f"the edition before, `{before}`, is not here."
        desk.faults.note("carry-over", desk.folder / CARRY_OVER, "from", what, "Name the edition in `from`.")
        return
    old, _ = read_edition(desk.root / before)
    desk.faults.found += read_carry_over(old, desk.edition, desk.folder)[1].found
