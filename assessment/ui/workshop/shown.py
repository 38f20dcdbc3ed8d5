"""What is shown of a question once it is revealed, on both pages: spread, agreement, settled value."""

from __future__ import annotations

from copy import deepcopy

import streamlit as st

from assessment.charts import Theme, spec
from assessment.model.fields import Field, LevelCell
from assessment.model.workshop import Agreement
from assessment.report.agreement import accord_words, clash_words
from assessment.report.document import VoteSpread
from assessment.report.numbers import percent
from assessment.report.replies import part_text, reply_parts
from assessment.report.votes import levels_said, votes_figure, votes_table
from assessment.scoring.agreement import rules_of
from assessment.ui.blocks import WIDTHS, table_html
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, joined, rich
from assessment.ui.workshop.chair import say_of
from assessment.workflow.room import Room

WALL = {Theme.WALL: 1180, Theme.PHONE: 328}  # pixels


def show_votes(frame: Frame, room: Room, found: Agreement, *, wall: bool = False) -> None:
    """The answers to one field as a chart, and as a table that the chart is drawn from."""
    say, one = say_of(frame), room.edition.fields[found.field]
    figure = votes_figure(say, one, found, room.opened.answers)
    table = votes_table(say, one, found)
    name = name_of(frame, one)
    if figure is not None:
        for theme, width in (WALL if wall else WIDTHS).items():
            drawing = deepcopy(spec(figure, width=width, theme=theme, language=frame.language))
            kind = "screen" if theme is Theme.WALL else theme.value
            with st.container(key=f"chart-{kind}-votes"):
                alt = frame.words.text("votes.alt", question=name)
                st.vega_lite_chart(
                    spec=drawing, width="content", theme=None, alt=alt, key=f"drawing-{theme}-votes"
                )
        if isinstance(figure, VoteSpread):
            st.html(f"<p class='note'>{rich(frame.words.text('votes.legend'))}</p>")
    if not wall:
        st.html(f"<div class='report-block'>{table_html(table)}</div>")
    elif isinstance(one.cell, LevelCell):  # a level is a number on the chart
        lines = "".join(f"<li>{escaped(line)}</li>" for line in levels_said(say, one, found))
        st.html(f"<ul class='levels'>{lines}</ul>")


def name_of(frame: Frame, one: Field) -> str:
    """What a field asks: its question, and its part or row."""
    say = say_of(frame)
    part = part_text(say, one)
    label = say.label(one.question)
    return frame.words.text("workshop.talk.part", question=label, part=part) if part else label


def agreement_html(frame: Frame, room: Room, found: Agreement) -> str:
    """How far people agree, in words and number; what kind of clash it is, and what to do about it."""
    say, rules = say_of(frame), rules_of(room.edition)
    told = rich(accord_words(say, found, rules))
    if found.index is not None:
        index = frame.words.text("workshop.talk.index", index=percent(found.index))
        told += f" <span class='note'>{rich(index)}</span>"
    counts = {"known": found.known, "unknown": found.dont_know, "moot": found.not_applicable}
    key = "counts_moot" if found.not_applicable else "counts"
    parts = [
        f"<p class='accord {found.accord or ''}'><b>{told}</b></p>",
        f"<p class='note'>{rich(frame.words.text(f'workshop.talk.{key}', **counts))}</p>",
        *(f"<p class='clash'><b>{rich(kind)}</b> {rich(ask)}</p>" for kind, ask in clash_words(say, found)),
    ]
    return f"<section class='agreement'>{''.join(parts)}</section>"


def settled_html(frame: Frame, room: Room, question: str, heading: str = "h3") -> str:
    """What was settled of a question, with its reason; empty if nothing was."""
    say, items, reasons = say_of(frame), list[str](), dict[str, str]()
    for one in room.edition.question[question].fields:
        kept = room.settlements.get(one.id)
        if kept is not None:
            part = part_text(say, one)
            value = f"<b>{joined(reply_parts(say, one, room.opened.answers.reply(one.id)))}</b>"
            items.append(
                f"<li>{escaped(part)}{rich(say('colon'))}{value}</li>" if part else f"<p>{value}</p>"
            )
            reasons[kept.reason] = kept.by
    if not items:
        return ""
    because, title = (rich(frame.words.text(f"workshop.talk.{key}")) for key in ("because", "settled"))
    told = f"<ul>{''.join(items)}</ul>" if items[0].startswith("<li>") else items[0]
    why = "".join(f"<p>{because}{escaped(reason)}</p>" for reason in reasons)
    return f"<section class='callout'><{heading}>{title}</{heading}>{told}{why}</section>"
