"""What the workshop comes to so far: the placement with its doubt, and that of each role alone."""

from __future__ import annotations

import streamlit as st

from assessment.model.certainty import Origin
from assessment.model.results import Assessment, Placement
from assessment.report.blocks import cell, column, row
from assessment.report.document import FigureBlock, Part, PlacementBar, PlacementMap, Row, Table, Words
from assessment.report.figures import level_text, placement_map, score_text, tone_of
from assessment.report.numbers import percent
from assessment.report.say import Say
from assessment.report.votes import role_text
from assessment.scoring.agreement import rules_of
from assessment.scoring.assess import assess
from assessment.ui.blocks import show_part
from assessment.ui.frame import Frame
from assessment.ui.markup import plain
from assessment.ui.workshop.chair import say_of
from assessment.workflow.room import Room

SLOT = "workshop.outcome"


def show_outcome(frame: Frame, room: Room) -> None:
    """Both as charts and tables. Needs some answers."""
    say = frame.words.text
    if not any(f in room.edition.fields for f in room.answers.replies):
        st.markdown(say("workshop.outcome.nothing"))
        return
    found = _assessed(room)
    st.header(say("workshop.outcome.now"), anchor=False)
    st.caption(say("workshop.outcome.now_note"))
    show_part(
        _part(say_of(frame), "now", _doubt_table(frame, found), placement_map(say_of(frame), found)),
        frame.words,
    )
    st.header(say("workshop.outcome.roles"), anchor=False)
    views = room.by_role()
    if not views:
        st.markdown(say("workshop.outcome.no_roles", least=rules_of(room.edition).least))
        return
    st.caption(say("workshop.outcome.roles_note", least=rules_of(room.edition).least))
    words = say_of(frame)
    for number, dilemma in enumerate(room.edition.dilemmas):
        groups = [("", found.placements[number]), *((r, v.placements[number]) for r, v in views.items())]
        table = _roles_table(frame, room, dilemma, groups)
        show_part(_part(words, f"role-{dilemma}", table, _roles_figure(words, room, groups)), frame.words)


def _assessed(room: Room) -> Assessment:
    """The whole assessment of what was said, worked out once for the same answers."""
    kept = st.session_state.get(SLOT)
    if kept is None or kept[0] != room.answers:
        kept = (room.answers, assess(room.edition, room.answers, quick=room.opened.quick, certain=True))
        st.session_state[SLOT] = kept
    result: Assessment = kept[1]
    return result


def _part(say: Say, name: str, table: Table, figure: PlacementMap) -> Part:
    """A figure above the table behind it."""
    told = say.words.text
    alt = "; ".join(
        told("workshop.outcome.alt", name=b.label, level=b.level_label, score=b.value_label)
        for b in figure.bars
    )
    block = FigureBlock(f"workshop-{name}", figure, Words(), alt, table)
    return Part(f"workshop-{name}", Words(), (table.title,), (block, table), Words())


def _doubt_table(frame: Frame, found: Assessment) -> Table:
    """Level, severity, and how much of the doubt is disagreement."""
    say, words = say_of(frame), frame.words.text
    heads = ("dilemma", "level", "score", "share")
    columns = tuple(column(words(f"workshop.outcome.{h}"), numeric=h in heads[2:]) for h in heads)
    rows = tuple(_doubt(say, found, p) for p in found.placements)
    return Table("doubt", Words(words("workshop.outcome.table")), columns, rows)


def _doubt(say: Say, found: Assessment, place: Placement) -> Row:
    share = say("none")
    if found.certainty is not None:
        doubt = found.certainty.dilemmas[place.dilemma].doubt
        width = doubt.high - doubt.low
        share = Words(percent(doubt.parts.get(Origin.RESPONDENTS, 0.0) / width)) if width > 0 else say("none")
    level = cell(level_text(say, place), tone=tone_of(place))
    return row(cell(say.dilemma(place.dilemma), strong=True), level, score_text(say, place), share)


def _roles_table(frame: Frame, room: Room, dilemma: str, groups: list[tuple[str, Placement]]) -> Table:
    say, words, views = say_of(frame), frame.words.text, room.by_role()
    heads = ("group", "level", "score", "own")
    columns = tuple(column(words(f"workshop.outcome.{h}"), numeric=h in heads[2:]) for h in heads)
    rows = tuple(
        row(
            cell(_group(say, room, role), strong=not role),
            cell(level_text(say, place), tone=tone_of(place)),
            score_text(say, place),
            str(views[role].fields) if role else say("none"),
        )
        for role, place in groups
    )
    return Table(f"roles-{dilemma}", Words(say.dilemma(dilemma)), columns, rows)


def _group(say: Say, room: Room, role: str) -> Words:
    if not role:
        return Words(say.words.text("workshop.outcome.whole"))
    people = room.by_role()[role].people
    return Words(say.words.text("workshop.outcome.role", role=plain((role_text(say, role),)), people=people))


def _roles_figure(say: Say, room: Room, groups: list[tuple[str, Placement]]) -> PlacementMap:
    """One dilemma, a bar a group."""
    bars = tuple(
        PlacementBar(
            _group(say, room, role),
            p.low,
            None if p.stated == "not_placed" else p.score,
            p.high,
            score_text(say, p),
            tone_of(p),
            level_text(say, p),
        )
        for role, p in groups
    )
    rules = say.edition.placement
    return PlacementMap(bars, rules.cuts, tuple(say.level(level) for level in rules.levels), say("map.axis"))
