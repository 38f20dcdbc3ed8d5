"""No text stands in a language that nothing asks for: a typing slip, or the rest of a rule that went.

Texts taken over from the edition this one is based on are looked at there.
"""

from __future__ import annotations

from assessment.content.desk import Desk
from assessment.content.keys import optional_keys, required_keys


def check(desk: Desk) -> None:
    known = {*required_keys(desk.edition), *optional_keys(desk.edition)}
    for words in desk.words.values():
        for key, word in words.items():
            if key not in known and word.file.is_relative_to(desk.folder):
                desk.faults.note(
                    "superfluous-text",
                    word.file,
                    key,
                    "nothing reads this text.",
                    "Remove it or mend its key.",
                )
