"""What the workshop comes to so far: the placement with its doubt, and that of each role alone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessment.model.certainty import Origin
from assessment.model.results import Assessment, Placement, Stated
from assessment.report.blocks import cell, column, row
from assessment.report.document import FigureBlock, PlacementBar, PlacementMap, Row, Table, Words
from assessment.report.figures import level_text, score_text, tone_of
from assessment.report.numbers import percent
from assessment.report.say import Say
from assessment.report.votes import role_text
from assessment.scoring.agreement import rules_of
from assessment.scoring.assess import assess
from assessment.ui.blocks import show_figure, table_html
from assessment.ui.frame import Frame
from assessment.ui.markup import plain
from assessment.ui.workshop.chair import say_of
from assessment.workflow.room import Room

SLOT = "workshop.outcome"


def show_outcome(frame: Frame, room: Room) -> None:
    """Both as charts and tables. Needs some answers."""
    say, words = frame.words.text, say_of(frame)
    if not any(f in room.edition.fields for f in room.answers.replies):
        st.markdown(say("workshop.outcome.nothing"))
        return
    found = _assessed(room)
    st.header(say("workshop.outcome.now"), anchor=False)
    st.caption(say("workshop.outcome.now_note"))
    named = [(words.dilemma(p.dilemma), p) for p in found.placements]
    _show(frame, "now", _figure(words, named), _doubt_table(frame, found))
    st.html(f"<div class='report-block'>{table_html(_doubt_table(frame, found))}</div>")
    st.header(say("workshop.outcome.roles"), anchor=False)
    least, views = rules_of(room.edition).least, room.by_role()
    if not views:
        st.markdown(say("workshop.outcome.no_roles", least=least))
        return
    st.caption(say("workshop.outcome.roles_note", least=least))
    groups: list[tuple[str, Sequence[Placement]]] = [("", found.placements)]
    groups += [(role, view.placements) for role, view in views.items()]
    table = _roles_table(frame, room, groups)
    for number, dilemma in enumerate(room.edition.dilemmas):
        st.markdown(f"**{words.dilemma(dilemma)}**")
        if all(_place(placed[number]) == _place(found.placements[number]) for _, placed in groups):
            st.caption(say("workshop.outcome.same"))
            continue
        bars = [(_group(words, room, role), placed[number]) for role, placed in groups]
        _show(frame, f"role-{dilemma}", _figure(words, bars), table)
    st.html(f"<div class='report-block'>{table_html(table)}</div>")


def _place(p: Placement) -> tuple[float, float, float]:
    return p.low, p.score, p.high


def _assessed(room: Room) -> Assessment:
    """The whole assessment of what was said, worked out once for the same answers."""
    kept = st.session_state.get(SLOT)
    if kept is None or kept[0] != room.answers:
        kept = (room.answers, assess(room.edition, room.answers, quick=room.opened.quick, certain=True))
        st.session_state[SLOT] = kept
    result: Assessment = kept[1]
    return result


def _show(frame: Frame, name: str, figure: PlacementMap, table: Table) -> None:
    """A figure; the table behind it stands below."""
    told = frame.words.text
    alt = "; ".join(
        told("workshop.outcome.alt", name=b.label, level=b.level_label, score=b.value_label)
        for b in figure.bars
    )
    show_figure(FigureBlock(f"workshop-{name}", figure, Words(), alt, table), frame.words)


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


def _roles_table(frame: Frame, room: Room, groups: Sequence[tuple[str, Sequence[Placement]]]) -> Table:
    say, words, views = say_of(frame), frame.words.text, room.by_role()
    names = [column(say.dilemma(d)) for d in room.edition.dilemmas]
    columns = (
        column(words("workshop.outcome.group")),
        *names,
        column(words("workshop.outcome.own"), numeric=True),
    )
    rows = tuple(
        row(
            cell(_group(say, room, role), strong=not role),
            *(cell(level_text(say, p), Words("\n"), score_text(say, p), tone=tone_of(p)) for p in placed),
            str(views[role].fields) if role else say("none"),
        )
        for role, placed in groups
    )
    return Table("roles", Words(words("workshop.outcome.roles_table")), columns, rows)


def _group(say: Say, room: Room, role: str) -> Words:
    if not role:
        return Words(say.words.text("workshop.outcome.whole"))
    people = room.by_role()[role].people
    return Words(say.words.text("workshop.outcome.role", role=plain((role_text(say, role),)), people=people))


def _figure(say: Say, bars: Sequence[tuple[str, Placement]]) -> PlacementMap:
    """Placements on one scale, each under a name."""
    rules = say.edition.placement
    levels = tuple(say.level(level) for level in rules.levels)
    return PlacementMap(tuple(_bar(say, name, p) for name, p in bars), rules.cuts, levels, say("map.axis"))


def _bar(say: Say, name: str, p: Placement) -> PlacementBar:
    point = None if p.stated is Stated.NOT_PLACED else p.score
    return PlacementBar(name, p.low, point, p.high, score_text(say, p), tone_of(p), level_text(say, p))
