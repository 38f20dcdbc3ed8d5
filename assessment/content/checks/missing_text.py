"""Every text key that the format requires is there in every language, and is not empty."""

from __future__ import annotations

from pathlib import Path

from assessment.content.desk import Desk, Word
from assessment.content.keys import optional_keys, required_keys


def check(desk: Desk) -> None:
    required, optional = required_keys(desk.edition), optional_keys(desk.edition)
    for language, words in desk.words.items():
        for key, steps in {**required, **optional}.items():
            word = words.get(key)
            if word is None and key in optional:
                continue
            what, cure = _fault(key, word, steps, f"`{language}`")
            if what:
                file = word.file if word else _file_for(desk, language, key)
                desk.faults.note("missing-text", file, key, what, cure)


def _fault(key: str, word: Word | None, steps: int, language: str) -> tuple[str, str]:
    if word is None or word.value in ("", []):
        return f"no text in {language}.", f"Add `{key}`."
    if steps and not (isinstance(word.value, list) and len(word.value) == steps):
        return f"expected a list of {steps} texts in {language}.", "Write one text for each step."
    if not steps and not isinstance(word.value, str):
        return f"not a text in {language}.", "Write one sentence in quotes."
    return "", ""


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
