"""Many firms like the worked cases: amounts a little different, so that no two reports are the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assessment.answering.validation import check_answers, impossible
from assessment.content.cases import load_cases
from assessment.model.answers import Answered, Answers, Reply
from assessment.model.edition import Edition
from assessment.model.fields import NumberCell, Unit

DAY = date(2026, 5, 1)


def like_the_cases(edition: Edition, count: int, seed: int) -> Iterator[Answers]:
    """`count` firms with possible answers, the same for the same seed."""
    rng, cases, made = random.Random(seed), load_cases(edition), 0
    while made < count:
        case = cases[made % len(cases)]
        found = {name: _stirred(edition, name, reply, rng) for name, reply in case.answers.replies.items()}
        answers = replace(case.answers, firm=f"{case.firm['en']} {made + 1}", replies=found)
        if not impossible(check_answers(edition, answers, DAY)):
            made += 1
            yield answers


def _stirred(edition: Edition, name: str, reply: Reply, rng: random.Random) -> Reply:
    cell = edition.fields[name].cell
    if isinstance(cell, NumberCell) and cell.unit is Unit.MONEY and isinstance(reply, Answered):
        assert isinstance(reply.value, Decimal)
        return Answered(round(reply.value * Decimal(rng.uniform(0.9, 1.1)), 2))
    return reply
