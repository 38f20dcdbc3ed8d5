"""How sure: robustness of each level, what would move it, where the doubt comes from."""

from __future__ import annotations

from decimal import Decimal

from assessment.model.certainty import AnswerChange, Certainty, DilemmaCertainty, FieldChange, Hold
from assessment.model.fields import ChoiceCell, LevelCell
from assessment.model.words import Catalogue
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, Cell, Part, Row, Table, Tone, Words
from assessment.report.figures import tone_of
from assessment.report.parts.method import explained, quality_line
from assessment.report.replies import option_text, part_text
from assessment.report.view import View

ASKED = 3  # open questions named


def certainty(view: View, found: Certainty, words: Catalogue) -> Part:
    """The page on how far the placements can be relied on, with method and limits."""
    say = view.say
    blocks: list[Block] = [
        paragraph(say("certainty.lead", draws=numbers.number(found.draws)), say("gap"), quality_line(view)),
        firmness_table(view, found),
        moves_table(view, found),
    ]
    if found.ask_next:
        blocks.append(paragraph(say("certainty.ask"), _ask(view, found)))
    blocks += explained(view, words)
    headline = (certainty_headline(view, found),)
    return Part("certainty", say("certainty.kicker"), headline, tuple(blocks), say("certainty.short"))


def certainty_headline(view: View, found: Certainty) -> Words:
    """The share of settings in which the leading level holds."""
    main = found.dilemmas[view.main.dilemma].robustness
    if main is None:
        return view.say("certainty.headline_open")
    return view.say("certainty.headline", percent=main.percent, hold=view.say(f"certainty.{main.hold}"))


def certainty_sentence(view: View, found: Certainty) -> Words | None:
    """One sentence for the decision page; None while the firm is not placed."""
    main = found.dilemmas[view.main.dilemma].robustness
    if main is None:
        return None
    hold = view.say(f"certainty.{main.hold}")
    return view.say("certainty.sentence", percent=main.percent, draws=numbers.number(found.draws), hold=hold)


def firmness_table(view: View, found: Certainty) -> Table:
    """Level, share of settings, range and wording, dilemma by dilemma."""
    say = view.say
    rows = tuple(_firmness(view, found.dilemmas[p.dilemma], tone_of(p)) for p in view.assessment.placements)
    columns = (
        column(say("map.dilemma"), 2.4),
        column(say("certainty.level"), 1.2),
        column(say("certainty.holds"), 0.9, numeric=True),
        column(say("certainty.range"), 1.3, numeric=True),
        column(say("certainty.wording"), 2.0),
        column(say("certainty.mostly"), 1.6),
    )
    return Table("firmness", say("certainty.table"), columns, rows, compact=True)


def _firmness(view: View, one: DilemmaCertainty, tone: Tone) -> Row:
    say, robust = view.say, one.robustness
    name = cell(say.dilemma(one.dilemma), strong=True)
    if robust is None:
        return row(
            name, say("place.short_not_placed"), say("none"), say("none"), say("none"), _mostly(view, one)
        )
    wording = say(f"certainty.{robust.hold}")
    if robust.hold is Hold.FRAGILE and robust.other:
        names = {"level": say.inner(say.level(robust.level)), "other": say.inner(say.level(robust.other))}
        wording = say("certainty.wording_fragile", hold=wording, **names)
    elif one.weight_free is not None and one.weight_free.always:
        wording = Words(f"{wording}{say('list_comma')}{say('certainty.weight_free')}")
    spread = f"{numbers.score(robust.low)}–{numbers.score(robust.high)}"
    holds = say("certainty.holds_value", percent=robust.percent)
    return row(name, cell(say.level(robust.level), tone=tone), holds, spread, wording, _mostly(view, one))


def _mostly(view: View, one: DilemmaCertainty) -> Words:
    """The origin of most of the doubt, with its share of the whole width."""
    main = one.doubt.main
    if main is None:
        return view.say("certainty.mostly_none")
    share = one.doubt.parts[main] / (one.doubt.high - one.doubt.low)
    return Words(f"{view.say(f'certainty.origin_{main}')} ({numbers.percent(share)})")


def moves_table(view: View, found: Certainty) -> Table:
    """The smallest change of weights and of one answer that names another level."""
    say = view.say
    rows = tuple(_moves(view, found.dilemmas[p.dilemma]) for p in view.assessment.placements)
    columns = (
        column(say("map.dilemma"), 1.8),
        column(say("certainty.by_weights"), 2.6),
        column(say("certainty.by_answer"), 3.6),
    )
    return Table("moves", say("certainty.moves"), columns, rows, compact=True)


def _moves(view: View, one: DilemmaCertainty) -> Row:
    say, margin = view.say, one.margin
    name = cell(say.dilemma(one.dilemma), strong=True)
    if margin is None:
        return row(name, say("none"), say("none"))
    weights = say("certainty.weights_none")
    if margin.weights is not None:
        raised = say.listed([say.inner(say.component(c)) for c in margin.weights.raised])
        change = numbers.number(100 * margin.weights.change)
        level = say.inner(say.level(margin.weights.level))
        weights = say("certainty.weights_value", change=change, level=level, raised=raised)
    return row(name, weights, _answer(view, margin.single))


def _answer(view: View, change: AnswerChange | None) -> Cell:
    say = view.say
    if change is None:
        return cell(say("certainty.answer_none"))
    told = say.listed([_field(view, f) for f in change.fields])
    return cell(say("certainty.answer_value", level=say.inner(say.level(change.level)), changes=told))


def _field(view: View, change: FieldChange) -> str:
    say = view.say
    field = say.edition.fields[change.field]
    name = say("quoted", text=part_text(say, field) or say.label(field.question))
    return say("certainty.answer_field", label=name, old=_told(view, change, 0), new=_told(view, change, 1))


def _told(view: View, change: FieldChange, which: int) -> str:
    say, field = view.say, view.say.edition.fields[change.field]
    value = change.new if which else change.old
    if isinstance(field.cell, ChoiceCell) or isinstance(value, str):
        return option_text(say, field, str(value))
    if isinstance(field.cell, LevelCell):
        return numbers.number(value)
    return numbers.exact(Decimal(str(value))) if not which else numbers.amount(value)


def _ask(view: View, found: Certainty) -> Words:
    say = view.say
    items = [
        say(
            "certainty.ask_item",
            label=say.label(a.question).rstrip("?？"),
            points=numbers.number(a.expected, 1),
        )
        for a in found.ask_next[:ASKED]
    ]
    return Words(say("answers.separator").join(items))
