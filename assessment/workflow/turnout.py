"""Who has answered what in a workshop, counted without reading what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.store.votes import Given

People = frozenset[str]  # ids of respondents
NOBODY: People = frozenset()


@dataclass(frozen=True)
class Turnout:
    """Ids of the respondents who have an answer, by field. `newest`: the number of the last entry counted."""

    given: Mapping[str, People] = field(default_factory=dict)
    newest: int = 0

    def after(self, news: Iterable[Given]) -> Turnout:
        """Counted further; the same if there is no news."""
        found, newest = dict(self.given), self.newest
        for one in news:
            before = found.get(one.field, NOBODY)
            found[one.field] = before | {one.respondent} if one.there else before - {one.respondent}
            newest = max(newest, one.seq)
        return self if newest == self.newest else Turnout(found, newest)

    def of(self, fields: Iterable[str]) -> People:
        """Who has answered any of these fields."""
        return NOBODY.union(*(self.given.get(name, NOBODY) for name in fields))

    def answered(self, questions: Iterable[Question], people: People) -> int:
        """Pairs of question and person, among these, in which the person has answered the question."""
        return sum(len(self.of(f.id for f in q.fields) & people) for q in questions)


def for_everybody(under: Edition, section: str, *, quick: bool) -> tuple[Question, ...]:
    """The questions of a section that are asked whatever else was answered: progress is counted by them."""
    found = under.in_section(section, quick=quick)
    return tuple(q for q in found if any(f.asked_when is None for f in q.fields))
