"""What drives one dilemma: parts by weight, the firm's numbers, the anchors, the sources."""

from __future__ import annotations

from assessment.model.results import ComponentResult, Placement, Stated
from assessment.report import numbers
from assessment.report.blocks import cell, column, row
from assessment.report.document import Callout, FigureBlock, Part, Row, Table, Tone, Words
from assessment.report.figures import driver_bars, driver_points, level_text, score_text
from assessment.report.readings import anchor_text, quarter, reading_text
from assessment.report.view import View


def drivers(view: View, placement: Placement, number: int) -> Part:
    """One page on one dilemma."""
    say = view.say
    name = say.dilemma(placement.dilemma)
    return Part(
        f"drivers-{placement.dilemma}",
        say("drivers.kicker", number=number),
        (driver_headline(view, placement),),
        (driver_figure(view, placement), driver_table(view, placement), _says(view, placement)),
        Words(name),
    )


def driver_headline(view: View, placement: Placement) -> Words:
    """Which parts weigh most."""
    say, name = view.say, view.say.texts.text(f"dilemmas.{placement.dilemma}.short")
    if placement.stated is Stated.NOT_PLACED:
        return say("drivers.headline_open", name=name)
    heavy = [p for p in placement.drivers if p.severity >= say.edition.placement.cuts[0]]
    if not heavy or (placement.stated is Stated.LEVEL and placement.level == "none"):
        return say("drivers.headline_none", name=name)
    level = say.inner(level_text(say, placement))
    if len(heavy) == 1:
        return say(
            "drivers.headline_level", name=name, level=level, driver=say.inner(say.component(heavy[0].id))
        )
    names = {"driver": say.inner(say.component(heavy[0].id)), "second": say.inner(say.component(heavy[1].id))}
    return say("drivers.headline_two", name=name, level=level, **names)


def driver_figure(view: View, placement: Placement) -> FigureBlock:
    """Severity of each part, with the points it adds."""
    say = view.say
    figure = driver_bars(say, placement)
    items = [
        say(
            "drivers.alt_item",
            label=b.label,
            severity=say.score(b.severity) if b.severity is not None else say("drivers.unknown_part"),
        )
        for b in figure.bars
    ]
    alt = say("drivers.alt", name=say.dilemma(placement.dilemma), list=say("answers.separator").join(items))
    caption = say("drivers.caption", score=say.score(placement.score))
    return FigureBlock(f"drivers-{placement.dilemma}", figure, caption, alt, driver_table(view, placement))


def driver_table(view: View, placement: Placement) -> Table:
    """The firm's number, the anchors it lies between, points and source, part by part."""
    say, points = view.say, driver_points(view.say, placement)
    rows = [_row(view, part, points[part.id]) for part in placement.drivers]
    total = say.score(placement.score)
    rows.append(
        row(
            cell(say("drivers.total"), strong=True),
            "",
            "",
            cell(total, strong=True),
            "",
            score_text(say, placement),
            of=placement.dilemma,
        )
    )
    columns = (
        column(say("drivers.part"), 2.0),
        column(say("drivers.firm"), 0.9, numeric=True),
        column(say("drivers.anchor"), 1.5, numeric=True),
        column(say("drivers.points"), 0.7, numeric=True),
        column(say("drivers.source"), 1.3),
        column(say("drivers.symptom"), 2.5),
    )
    return Table(f"drivers-{placement.dilemma}", say("drivers.table"), columns, tuple(rows))


def _row(view: View, part: ComponentResult, points: int) -> Row:
    say, rules = view.say, view.say.edition.placement
    reading = view.assessment.readings[part.indicator]
    heavy = part.severity >= rules.cuts[1]
    unknown = part.high - part.low >= 100
    shown = (
        say("drivers.points_unknown", points=numbers.number(points)) if unknown else numbers.number(points)
    )
    passed = anchor_text(say, part, reading)
    tone = Tone.UNKNOWN if unknown else Tone(quarter(part, rules.cuts, rules.levels))
    source = say("list_comma").join(source_text(s) for s in part.source)
    remark = "" if unknown else say.texts.text(f"components.{part.id}.{'symptom' if heavy else 'better'}")
    return row(
        cell(say.component(part.id), strong=True, tone=tone),
        *(cell(text, link=f"#{part.indicator}") for text in (reading_text(say, reading), passed, shown)),
        say("list_comma").join((source, say(f"standing.{part.standing}"))),
        remark if heavy or part.severity < rules.cuts[0] else "",
        tinted=heavy,
    )


def source_text(section: str) -> str:
    """P3.1 -> P 3.1, as the sources are cited."""
    return (
        f"{section[0]}{numbers.FIXED}{section[1:]}"
        if section[:1] == "P" and section[1:2].isdigit()
        else section
    )


def _says(view: View, placement: Placement) -> Callout:
    say = view.say
    says = say.text(f"dilemmas.{placement.dilemma}.source_says")
    return Callout(say("drivers.says"), ((says,),))
