"""Texts of an edition or of the app in one language. A missing text is an error, never a blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class MissingText(KeyError):
    """A text key that no file of this language has."""

    def __init__(self, language: str, key: str) -> None:
        super().__init__(f"no text for {key} in {language}")


@dataclass(frozen=True)
class Catalogue:
    """A tree of texts. Keys are dotted paths: `questions.prf_sector.label`."""

    language: str
    tree: Mapping[str, Any]

    def text(self, key: str, /, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises `MissingText`."""
        found = self._find(key)
        if not isinstance(found, str):
            raise MissingText(self.language, key)
        return found.format(**values) if values else found

    def maybe(self, key: str, /, **values: object) -> str:
        """The text of an optional key, or an empty string."""
        return self.text(key, **values) if isinstance(self._find(key), str) else ""

    def many(self, key: str) -> tuple[str, ...]:
        """The list of texts of `key`. Raises `MissingText`."""
        found = self._find(key)
        if not isinstance(found, list):
            raise MissingText(self.language, key)
        return tuple(found)

    def _find(self, key: str) -> object:
        node: object = self.tree
        for step in key.split("."):
            if not isinstance(node, Mapping) or step not in node:
                return None
            node = node[step]
        return node
