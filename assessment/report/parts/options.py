"""What can be done at which cost: the plan, what it leads to, its runners-up, doing nothing."""

from __future__ import annotations

from assessment.model.agenda import Outlook
from assessment.report import options as words
from assessment.report.blocks import paragraph
from assessment.report.document import Block, Callout, Part, Text
from assessment.report.plan_notes import reach_table, remarks
from assessment.report.scenarios import scenario_text
from assessment.report.view import View


def options(view: View, outlook: Outlook) -> Part:
    """The verdict, where the plan leads, the frontier, and what else there is."""
    say = view.say
    blocks: list[Block] = [paragraph(words.verdict_text(say, outlook), lead=True), reach_table(say, outlook)]
    if len(outlook.frontier.points) > 1:
        blocks.append(words.frontier_block(say, outlook))
    others = _others(view, outlook)
    if others:
        blocks.append(Callout(say("options.others"), others))
    title = words.headline(say, outlook, view.purse)
    return Part("options", say("options.kicker"), (title,), tuple(blocks), say("options.short"))


def _others(view: View, outlook: Outlook) -> tuple[tuple[Text, ...], ...]:
    """Runners-up, doing nothing, the scenario of the firm, and what has to be known besides."""
    say = view.say
    told: list[tuple[Text, ...]] = [(text,) for text in words.runner_up_texts(say, outlook, view.purse)]
    told.append((words.nothing_text(say, outlook),))
    if outlook.scenario is not None:
        told.append(scenario_text(say, outlook.scenario))
    return (*told, *((text,) for text in remarks(say, outlook)))
