"""What the revealed votes of a workshop come to. Worked out when asked for, and once for the same votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessment.evaluation.size import GROUP_HEADCOUNT, HEADCOUNT
from assessment.model.answers import Answers, Reply
from assessment.model.edition import Edition
from assessment.model.workshop import Agreement, Divide, RoleView, Vote
from assessment.scoring.agreement import agreement
from assessment.scoring.dividing import by_role, divides
from assessment.scoring.pooling import pooled

NONE: tuple[Vote, ...] = ()
SIZE = (HEADCOUNT, GROUP_HEADCOUNT)  # all that agreement reads of the firm's own answers


@dataclass(frozen=True)
class Heard:
    """Revealed votes, what was settled of them, and the answers of the firm beside."""

    edition: Edition
    votes: tuple[Vote, ...]
    settled: Mapping[str, Reply]
    beside: Answers
    known: dict[str, Agreement] = field(default_factory=dict, compare=False)

    @cached_property
    def of_field(self) -> Mapping[str, tuple[Vote, ...]]:
        """The votes by field."""
        found: dict[str, list[Vote]] = {}
        for vote in self.votes:
            found.setdefault(vote.field, []).append(vote)
        return {name: tuple(given) for name, given in found.items()}

    def knowing(self, before: Heard | None) -> Heard:
        """The same, with the agreement that was found earlier on fields whose votes have not changed."""
        if before is not None and all(before.beside.reply(f) == self.beside.reply(f) for f in SIZE):
            same = (f for f in before.known if before.of_field.get(f) == self.of_field.get(f))
            self.known.update({f: before.known[f] for f in same})
        return self

    def agreement(self, name: str) -> Agreement:
        """How far people agree on a field."""
        if name not in self.known:
            self.known[name] = agreement(self.edition, name, self.of_field.get(name, NONE), self.beside)
        return self.known[name]

    @cached_property
    def answers(self) -> Answers:
        """The answers of the firm with what was revealed and settled."""
        return pooled(self.edition, self.votes, self.settled, self.beside)

    @cached_property
    def divides(self) -> tuple[Divide, ...]:
        """Questions that matter most and divide most, first."""
        return divides(self.edition, self.votes, self.settled, self.beside)

    @cached_property
    def by_role(self) -> Mapping[str, RoleView]:
        """Where each role alone would place the firm."""
        return by_role(self.edition, self.votes, self.settled, self.beside)
