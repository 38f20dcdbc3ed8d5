"""Sentences from the catalogues, with what a firm typed kept apart from our own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter

from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.report import numbers
from assessment.report.document import Text, Traced, Typed, Words


@dataclass(frozen=True)
class Say:
    """The words of one report: `texts` of the edition, `words` of the app, one language."""

    edition: Edition
    texts: Catalogue
    words: Catalogue

    def __call__(self, key: str, /, **values: object) -> Words:
        """A sentence of the report. Values must be our own words or numbers."""
        return Words(self.words.text(f"report.{key}", **values))

    def parts(self, key: str, /, **values: Text | str) -> tuple[Text, ...]:
        """A sentence of the report whose values may have been typed by a person: they stay separate parts."""
        return self.filled(f"report.{key}", **values)

    def filled(self, key: str, /, **values: Text | str) -> tuple[Text, ...]:
        """The same with any key of the words."""
        out: list[Text] = []
        for literal, name, _, _ in Formatter().parse(self.words.text(key)):
            if literal:
                out.append(Words(literal))
            if name is not None:
                value = values[name]
                out.append(value if isinstance(value, (Typed, Words)) else Words(value))
        return tuple(out)

    def text(self, key: str, /, **values: object) -> Words:
        """A text of the edition."""
        return Words(self.texts.text(key, **values))

    def listed(self, items: Sequence[str]) -> str:
        """a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return self("list_comma").join(items[:-1]) + self("list_last") + items[-1]

    def many(self, key: str, **values: object) -> tuple[Words, ...]:
        """A list of sentences with the same values filled in."""
        return tuple(Words(t.format(**values)) for t in self.words.many(f"report.{key}"))

    def level(self, level: str) -> str:
        return self.texts.text(f"levels.{level}")

    def dilemma(self, dilemma: str) -> Traced:
        return Traced(self.texts.text(f"dilemmas.{dilemma}.name"), dilemma)

    def trend(self, trend: str) -> Traced:
        return Traced(self.texts.text(f"trends.{trend}.name"), trend)

    def component(self, component: str) -> Traced:
        return Traced(self.texts.text(f"components.{component}.name"), component)

    def indicator(self, indicator: str) -> Traced:
        return Traced(self.texts.text(f"indicators.{indicator}.name"), indicator)

    def function(self, function: str) -> Traced:
        return Traced(self.texts.text(f"rows.functions.{function}"), function)

    def measure(self, measure: str) -> Traced:
        return Traced(self.texts.text(f"countermeasures.{measure}.name"), measure)

    def label(self, question: str) -> str:
        return self.texts.text(f"questions.{question}.label")

    def short(self, question: str, option: str) -> str:
        """The short form of an option for tables; empty if the edition has none."""
        return self.texts.maybe(f"short.{question}.{option}")

    def inner(self, text: str) -> str:
        """A name as it stands inside a sentence: without its capital where the language drops it."""
        plain = len(text) > 1 and text[1].islower() and self.words.maybe("report.lower_inside") == "yes"
        return text[0].lower() + text[1:] if plain else text

    def score(self, value: float) -> str:
        return numbers.score(value, self.edition.placement.cuts)

    def with_unit(self, value: str, unit: str) -> str:
        """A number with the unit of an indicator or field."""
        word = self.words.maybe(f"report.units.{unit}")
        return f"{value}{numbers.FIXED}{word}" if word else value

    def day(self, day: date) -> str:
        months = self.words.many("report.long_months")
        return self("day", day=day.day, month=months[day.month - 1], year=day.year)

    def month(self, day: date) -> str:
        months = self.words.many("report.months")
        return self("month", month=months[day.month - 1], year=day.year)


def months_later(day: date, months: int) -> date:
    """The first of the month that lies so many months after `day`."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
