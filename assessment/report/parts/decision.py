"""Page 1: placement in words, how sure, three measures, the decision asked for."""

from __future__ import annotations

from assessment.model.results import Placement, Stated
from assessment.report import numbers, options
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, Callout, Decision, Part, Table, Text, Tile, Tiles, Words
from assessment.report.figures import level_text, score_text, tone_of
from assessment.report.parts.certainty import certainty_sentence
from assessment.report.view import View


def decision(view: View) -> Part:
    """The page a board decides on."""
    say = view.say
    blocks: list[Block] = [_tiles(view), paragraph(*standing(view), lead=True), _how_sure(view)]
    if view.first_three:
        blocks.append(_measures(view))
    else:
        blocks.append(paragraph(say("decision.no_measures")))
    blocks.append(Decision(say("decision.asked"), tuple((item,) for item in _asked(view))))
    return Part("decision", say("decision.kicker"), headline(view), tuple(blocks), say("decision.short"))


def headline(view: View) -> tuple[Text, ...]:
    """The placement in one sentence."""
    say, main = view.say, view.main
    name = say.inner(say.dilemma(main.dilemma))
    match main.stated:
        case Stated.LEVEL:
            return say.parts(f"headline.level_{main.level}", firm=view.firm, name=name)
        case Stated.SPAN:
            span = {
                "low": say.inner(say.level(main.low_level)),
                "high": say.inner(say.level(main.high_level)),
            }
            return say.parts("headline.span", firm=view.firm, name=name, **span)
        case Stated.NOT_PLACED:
            return say.parts("headline.not_placed", firm=view.firm)


def standing(view: View) -> tuple[Text, ...]:
    """What the main placement means, and which dilemma comes next."""
    say, main = view.say, view.main
    if main.stated is Stated.NOT_PLACED:
        return (say.text(f"dilemmas.{main.dilemma}.question"),)
    out: list[Text] = [say.text(f"dilemmas.{main.dilemma}.meaning_{main.level}"), say("gap")]
    second = view.ranked[1] if len(view.ranked) > 1 else main
    if second.stated is not Stated.NOT_PLACED and second is not main and second.level != "none":
        out.append(
            say("headline.second", name=say.dilemma(second.dilemma), level=say.inner(level_text(say, second)))
        )
    elif second.level == "none" and main.level != "none":
        out.append(say("headline.others_none"))
    return tuple(out)


def _tiles(view: View) -> Tiles:
    say = view.say
    return Tiles(
        tuple(
            Tile(score_text(say, p), Words(say.dilemma(p.dilemma)), Words(level_text(say, p)), tone_of(p))
            for p in view.assessment.placements
        )
    )


def sure_text(view: View, placement: Placement) -> Words:
    """How sure the placement is, in words."""
    say, rules = view.say, view.say.edition.placement
    quality = view.assessment.quality
    interval = {"low": say.score(placement.low), "high": say.score(placement.high)}
    covered = numbers.percent(placement.coverage)
    if placement.stated is Stated.NOT_PLACED:
        return say("sure.not_placed", coverage=covered, least=numbers.percent(rules.coverage_span))
    if placement.stated is Stated.SPAN:
        return say("sure.span", coverage=covered)
    if placement.high - placement.low > 1e-9:
        loose = sum(1 for c in placement.components if c.applies and c.high > c.low)
        text = say("sure.partly", open=loose, coverage=covered, **interval)
        return Words(f"{text} {say('sure.borderline', **interval)}") if placement.borderline else text
    known = say("sure.known", assumed=quality.assumed_rules, rules=quality.rules)
    return Words(f"{say('sure.borderline', **interval)} {known}") if placement.borderline else known


def _how_sure(view: View) -> Callout:
    say, quality = view.say, view.assessment.quality
    grade = say(f"grade.{quality.grade or 'unknown'}")
    found = view.assessment.certainty
    firmness = certainty_sentence(view, found) if found else None
    more = ((firmness,),) if firmness else ()
    return Callout(
        say("decision.sure"),
        ((sure_text(view, view.main),), *more, (Words(f"{say('facts.quality')}{say('colon')}{grade}"),)),
    )


def _measures(view: View) -> Table:
    say = view.say
    rows = tuple(
        row(
            cell(say.measure(m.countermeasure), strong=True),
            view.effort(m),
            view.owner(m),
            say.month(view.due(m)),
        )
        for m in view.first_three
    )
    heads = ("measure", "cost", "owner", "due")
    columns = tuple(column(say(f"decision.{h}"), w) for h, w in zip(heads, (3.0, 1.7, 1.4, 1.1), strict=True))
    return Table("first-measures", say("decision.measures"), columns, rows)


def _asked(view: View) -> list[Text]:
    """The decisions asked of the board: the plan with cost and confidence, its start, what to find out."""
    say = view.say
    out = _plan_asked(view)
    if view.first_three:
        out.append(say("decision.ask_start" if len(view.first_three) > 1 else "decision.ask_few"))
    more = len(view.chosen) - len(view.first_three)
    if more > 0 and not view.plans:
        out.append(say("decision.ask_budget", count=more))
    unsure = [p for p in view.ranked if p.stated is not Stated.LEVEL]
    if unsure:
        names = [say("quoted", text=say.label(q)) for q in unsure[0].deciding[:3]]
        out.append(say("decision.ask_answers", questions=say.listed(names)))
    if not view.first_three:
        out.append(say("decision.ask_none"))
    elif not unsure:
        out.append(say("decision.ask_review"))
    return out


def _plan_asked(view: View) -> list[Text]:
    """The plan with its cost, and in words how sure it is to be enough."""
    say, seen = view.say, view.outlook
    if seen is None or not view.plans:
        return []
    if view.actions:
        key = "decision.ask_follow_single" if len(view.chosen) == 1 else "decision.ask_follow"
        return [say(key, count=len(view.chosen))]
    plan = options.headline(say, seen, view.purse)
    return [say("decision.ask_plan", plan=plan, verdict=options.verdict_text(say, seen))]
