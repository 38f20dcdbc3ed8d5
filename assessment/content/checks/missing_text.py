"""Every text key that the format requires is there in every language, and is not empty."""

from __future__ import annotations

from pathlib import Path

from assessment.content.desk import Desk
from assessment.content.keys import required_keys


def check(desk: Desk) -> None:
    for language, words in desk.words.items():
        for key, steps in required_keys(desk.edition).items():
            word = words.get(key)
            file = word.file if word else _file_for(desk, language, key)
            if word is None or word.value in ("", []):
                desk.faults.note("missing-text", file, key, f"no text in `{language}`.", f"Add `{key}`.")
            elif steps and not (isinstance(word.value, list) and len(word.value) == steps):
                what = f"expected a list of {steps} texts in `{language}`."
                desk.faults.note("missing-text", file, key, what, "Write one text for each step.")
            elif not steps and not isinstance(word.value, str):
                desk.faults.note(
                    "missing-text", file, key, f"not a text in `{language}`.", "Write one sentence in quotes."
                )


def _file_for(desk: Desk, language: str, key: str) -> Path:
    """Where the key belongs: beside its neighbours, or where another language has it."""
    for other, words in desk.words.items():
        if other != language and key in words:
            return desk.file_of("text", language, words[key].file.name)
    parts = key.split(".")
    for length in range(len(parts) - 1, 0, -1):
        start = ".".join(parts[:length]) + "."
        for name, word in desk.words[language].items():
            if name.startswith(start):
                return word.file
    return desk.file_of("text", language)
