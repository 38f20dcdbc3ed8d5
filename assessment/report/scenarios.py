"""A scenario of the firm in one sentence."""

from __future__ import annotations

from assessment.model.agenda import ScenarioResult
from assessment.model.plans import End
from assessment.report.costs import cost_text
from assessment.report.document import Text, Typed
from assessment.report.say import Say


def scenario_text(say: Say, result: ScenarioResult) -> tuple[Text, ...]:
    """Its name, what it costs, and the level of each dilemma with effects at their middle."""
    items = [
        say(
            "options.scenario_item",
            dilemma=say.dilemma(d),
            level=say.inner(say.level(level)) if level else say("none"),
            score=say("none") if severity is None else say.score(severity),
        )
        for d, level in result.levels[End.MID].items()
        for severity in [result.severity[End.MID][d]]
    ]
    return say.parts(
        "options.scenario",
        name=Typed(result.scenario.name),
        measures=str(len(result.scenario.measures)),
        answers=str(len(result.scenario.replies)),
        cost=cost_text(say, result.cost),
        list=say("answers.separator").join(items),
    )
