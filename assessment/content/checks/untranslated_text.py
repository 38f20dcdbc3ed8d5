"""A sentence is not the same in two languages: then one of them waits for its translation."""

from __future__ import annotations

from itertools import combinations

from assessment.content.desk import Desk

WORDS = 3  # shorter entries may be names or codes


def check(desk: Desk) -> None:
    for (_, first), (language, second) in combinations(desk.words.items(), 2):
        for key in first:
            if key in second and _same(first[key].value, second[key].value):
                what = "this is the same sentence as in the other language."
                desk.faults.note(
                    "untranslated-text", second[key].file, key, what, f"Write it in `{language}`."
                )


def _same(one: object, other: object) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return any(_same(a, b) for a, b in zip(one, other, strict=False))
    return one == other and isinstance(one, str) and len(one.split()) >= WORDS
