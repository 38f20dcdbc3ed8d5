"""What is asked is found from few fields, and once for the same replies; it must be what all answers say."""

from __future__ import annotations

from random import Random

from assessment.answering.relevance import asked, asked_by, evaluator_of
from assessment.content.cases import Case
from assessment.model.answers import DONT_KNOW, NOT_ANSWERED, Answers, NotApplicable
from assessment.model.edition import Edition

OTHERWISE = (DONT_KNOW, NOT_ANSWERED, NotApplicable())


def test_what_is_asked_is_the_same_as_with_all_answers_looked_at(
    edition: Edition, cases: tuple[Case, ...]
) -> None:
    rng, seen = Random(5), set[frozenset[str]]()
    for case in cases:
        for _ in range(5):
            replies = {f: r for f, r in case.answers.replies.items() if rng.random() < 0.9}
            replies |= {f: rng.choice(OTHERWISE) for f in rng.sample(list(replies), 8)}
            answers = Answers(edition.id, replies=replies)
            found = asked(edition, answers)
            assert found == asked_by(edition, evaluator_of(edition, [answers]))
            seen.add(found)
    assert len(seen) > len(cases), "the answers tried hardly differ in what is asked"
