"""A text has the same placeholders in every language, and only those that the app fills.

Texts of checks may use left, right, low, high and, in `slip`, factor; no other text has placeholders.
"""

from __future__ import annotations

from string import Formatter

from assessment.content.desk import Desk

FILLED = frozenset({"left", "right", "low", "high", "factor"})
Names = frozenset[str] | None  # placeholders of a text; None if its braces do not match


def check(desk: Desk) -> None:
    keys = dict.fromkeys(key for words in desk.words.values() for key in words)
    for key in keys:
        found = {lang: placeholders(words[key].value) for lang, words in desk.words.items() if key in words}
        first_language, first = next(iter(found.items()))
        for language, names in found.items():
            word = desk.words[language][key]
            what, cure = _fault(key, names, first, f"`{language}`", f"`{first_language}`")
            if what:
                desk.faults.note("placeholder-mismatch", word.file, key, what, cure)


def _fault(key: str, names: Names, first: Names, here: str, there: str) -> tuple[str, str]:
    if names is None:
        return "a brace stands alone.", "Close it, or leave braces out."
    if first is not None and names != first:
        what = f"placeholders {_shown(names)} in {here}, but {_shown(first)} in {there}."
        return what, "Use the same placeholders in both."
    unfilled = names - (FILLED if key.startswith("checks.") else frozenset())
    return (f"the app fills no {_shown(unfilled)} here.", "Remove the braces.") if unfilled else ("", "")


def placeholders(value: object) -> Names:
    """Names in braces in a text or a list of texts; None if the braces do not match."""
    texts = value if isinstance(value, list) else [value]
    try:
        return frozenset(
            name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name is not None
        )
    except ValueError:
        return None


def _shown(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"
