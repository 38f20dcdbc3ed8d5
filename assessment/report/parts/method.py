"""Method, limits and the quality of the data."""

from __future__ import annotations

from assessment.answering.texts import check_text
from assessment.model.problems import AnswerProblem, Severity
from assessment.model.words import Catalogue
from assessment.report import numbers
from assessment.report.document import Block, Callout, Part, Text, Tile, Tiles, Typed, Words
from assessment.report.view import View


def method(view: View, words: Catalogue) -> Part:
    """How the placement was reached and what it cannot tell; for a report without a page on certainty."""
    say = view.say
    blocks: list[Block] = [quality_tiles(view), *explained(view, words)]
    return Part("method", say("method.kicker"), (say("method.headline"),), tuple(blocks), say("method.short"))


def explained(view: View, words: Catalogue) -> list[Block]:
    """How it works, what it cannot tell, and what was confirmed although unusual."""
    say = view.say
    rules = say.edition.placement
    worst = say.edition.indexes[say.edition.dilemmas[0]].worst_share
    how = say.many(
        "method.how_items",
        worst=numbers.percent(worst),
        mean=numbers.percent(1 - worst),
        c1=int(rules.cuts[0]),
        c2=int(rules.cuts[1]),
        c3=int(rules.cuts[2]),
        coverage=numbers.percent(rules.coverage_level),
        span=numbers.percent(rules.coverage_span),
    )
    blocks: list[Block] = [Callout(say("method.how"), tuple((t,) for t in how)), limits(view)]
    warned = _warnings(view, words)
    if warned:
        blocks.append(Callout(say("method.warnings"), warned))
    return blocks


def limits(view: View) -> Callout:
    """What the result cannot tell."""
    say, quality = view.say, view.assessment.quality
    items = say.many("method.limit_items", assumed=quality.assumed_rules, rules=quality.rules)
    return Callout(say("method.limits"), tuple((t,) for t in items), strong=True)


def quality_line(view: View) -> Words:
    """Grade, answered, unknown and assumed rules in one line."""
    say, q = view.say, view.assessment.quality
    return say(
        "certainty.quality",
        grade=say(f"grade.{q.grade or 'unknown'}"),
        answered=numbers.number(q.answered + q.ranges),
        asked=numbers.number(q.asked),
        ranges=q.ranges,
        dont_know=q.dont_know,
        open=q.open,
        assumed=q.assumed_rules,
        rules=q.rules,
    )


def quality_tiles(view: View) -> Tiles:
    """Grade, answered, unknown, assumed rules."""
    say, q = view.say, view.assessment.quality
    return Tiles(
        (
            Tile(q.grade or say("none"), say("method.grade"), say("method.grade_note")),
            Tile(
                numbers.number(q.answered + q.ranges),
                say("method.answered"),
                say("method.answered_note", asked=q.asked, ranges=q.ranges),
            ),
            Tile(
                numbers.number(q.dont_know + q.open),
                say("method.unknown"),
                say("method.unknown_note", dont_know=q.dont_know, open=q.open),
            ),
            Tile(
                numbers.number(q.assumed_rules), say("method.rules"), say("method.rules_note", rules=q.rules)
            ),
        )
    )


def _warnings(view: View, words: Catalogue) -> tuple[tuple[Text, ...], ...]:
    found = [p for p in view.assessment.problems if p.severity is Severity.WARN]
    return tuple(_warning(view, words, p) for p in found)


def _warning(view: View, words: Catalogue, problem: AnswerProblem) -> tuple[Text, ...]:
    what, _ = check_text(problem, view.say.texts, words)
    if not problem.confirmed:
        return (Words(what), view.say("gap"), Words(f"({view.say('method.open_warnings')})"))
    return (*view.say.parts("method.warning", what=Words(what)), Typed(problem.confirmed))
