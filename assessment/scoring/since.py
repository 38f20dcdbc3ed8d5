"""What moved since the assessment before, under the rules of today whatever edition it was given under."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assessment.model.agenda import ActionStatus, Earlier
from assessment.model.answers import Answers
from assessment.model.carrying import CarryOver
from assessment.model.comparison import Comparison
from assessment.model.edition import Edition
from assessment.scoring.compare import CommonSettings, compare, compare_across

UNDER_WAY: Final = (ActionStatus.BEGUN, ActionStatus.DONE)

# Id of the earlier edition -> it, and what became of its fields under today's; None if nobody said so.
Load = Callable[[str], tuple[Edition, CarryOver] | None]


def since(edition: Edition, answers: Answers, earlier: Earlier | None, load: Load) -> Comparison | None:
    """What moved; None if there is no earlier assessment, or no way from its edition to that of today.

    Measures count that were done or at least begun by then, as the action register of then has it.
    `load` is asked only where the editions differ.
    """
    if earlier is None:
        return None
    settings = None if edition.robustness is None else CommonSettings(edition.robustness.agree / 100)
    known = edition.countermeasures
    done = [a.measure for a in earlier.actions if a.status in UNDER_WAY and a.measure in known]
    if earlier.answers.edition == edition.id:
        return compare(edition, earlier.answers, answers, settings, done)
    found = load(earlier.answers.edition)
    if found is None:
        return None
    old, over = found
    return compare_across(old, edition, over, earlier.answers, answers, settings, done)
