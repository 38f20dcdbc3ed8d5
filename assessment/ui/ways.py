"""Addresses inside the app for what a report leads to. Only ids of the edition stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final
from urllib.parse import urlencode

from assessment.model.words import Catalogue

JOINT: Final = "~"  # between the ids of a trail; no id has it


@dataclass(frozen=True)
class Ways:
    """`at`: part of the results page to come back to. `via`: ids passed on the way here, the latest last.

    `sections`: question -> section where this visitor can answer it.
    """

    words: Catalogue
    at: str = ""
    via: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)

    def trace(self, of: str) -> str:
        """The page that says where a number comes from."""
        return self._address(page="trace", of=of, via=JOINT.join(self.via), at=self.at)

    def results(self) -> str:
        return self._address(page="results", at=self.at)

    def question(self, question: str) -> str:
        """The question in the form; empty where this visitor answers nothing."""
        section = self.sections.get(question, "")
        return self._address(page="section", section=section, q=question) if section else ""

    def back_to(self, place: int) -> Ways:
        """As it was before the id at this place of the trail."""
        return replace(self, via=self.via[:place])

    def _address(self, **query: str) -> str:
        wanted = {**query, "lang": self.words.language}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})

    def link(self, to: str) -> str:
        """The address of a cell's link: `trace:id` or `question:id`; empty for any other."""
        kind, _, of = to.partition(":")
        return self.trace(of) if kind == "trace" else self.question(of) if kind == "question" else ""

    def number(self, of: str, shown: str, name: str) -> str:
        """A number, already HTML, as a link to where it comes from. `name`: what it is a number of, plain."""
        told = escape(self.words.text("chain.open", number="{number}", name=name), quote=True)
        label = told.replace("{number}", escape(shown, quote=True))
        return f"<a class='of' href='{escape(self.trace(of))}' aria-label='{label}'>{shown}</a>"
