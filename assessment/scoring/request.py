"""What is asked of a plan as long as the firm has not said what it wants: the edition says it instead."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.model.edition import Edition
from assessment.model.plans import PlanRequest
from assessment.model.results import Placement, Stated


def default_request(edition: Edition, placements: Sequence[Placement], size: str = "") -> PlanRequest:
    """Every dilemma placed at `relieve_from` or worse one level better, no other a level worse, within the
    limits for firms of this size.

    `size`: size class, as in `Assessment.size`; "": the one that is assumed while it is not known. A dilemma
    that is not placed has no target. An edition without `[plan]` asks for nothing.
    """
    rules, levels = edition.plan, edition.placement.levels
    if rules is None:
        return PlanRequest({})
    least = levels.index(rules.relieve_from)
    targets = {
        p.dilemma: levels[levels.index(p.level) - 1]
        for p in placements
        if p.stated is not Stated.NOT_PLACED and levels.index(p.level) >= max(least, 1)
    }
    known = size or (edition.sizes.default if edition.sizes else "")
    return PlanRequest(
        targets,
        budget=rules.budget.get(known),
        days_per_quarter=rules.days_per_quarter.get(known),
        quarters=rules.quarters,
    )
