"""The plan: what the firm wants and can carry, and the least that leads there."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assessment.model.agenda import Outlook
from assessment.model.answers import Answers
from assessment.model.plans import PlanRequest
from assessment.report import options
from assessment.report.blocks import paragraph
from assessment.report.costs import Purse, purse_of
from assessment.report.document import Block, Callout, Part, Text, Words
from assessment.report.plan_notes import reach_table, remarks
from assessment.report.say import Say
from assessment.scoring.register import Retaken
from assessment.ui import saving
from assessment.ui.blocks import show_part
from assessment.ui.frame import Frame
from assessment.ui.markup import literal
from assessment.ui.place import go
from assessment.ui.session import opened
from assessment.ui.standing import standing_now
from assessment.ui.status import show_status
from assessment.ui.wishes import Wishes, show_wishes
from assessment.workflow import agenda
from assessment.workflow.opening import Opened
from assessment.workflow.registering import Standing, compare_with_register, find_plan, take_over


@dataclass(frozen=True)
class Found:
    """A plan with what it was found for."""

    assessment: str
    answers: Answers
    request: PlanRequest
    outlook: Outlook | None


def show(frame: Frame) -> None:
    """Wishes, then the plan that was found for them."""
    now, words = opened() or frame.opened, frame.words
    assert now is not None
    st.title(words.text("plan_page.title"), anchor=False)
    if not now.stored:
        st.markdown(words.text("plan_page.not_yet"))
        return
    here = standing_now(now)
    if here is None:
        st.markdown(words.text("plan_page.no_effects"))
        return
    st.markdown(words.text("plan_page.intro" if frame.may_answer else "plan_page.intro_reader"))
    say = Say(now.edition, frame.texts, words)
    request = now.agenda.request or here.proposed
    if frame.may_answer:
        show_status(frame)
        show_wishes(Wishes(frame, say, here, request))
    _find(frame, now, here, request)
    _result(frame, say, now, request)


def _find(frame: Frame, now: Opened, here: Standing, request: PlanRequest) -> None:
    """The button; and without it, where the firm has said before what it wants."""
    say = frame.words.text
    with st.container(horizontal=True, key="find-plan"):
        pressed = st.button(say("plan_page.find"), key="find", type="primary")
        if frame.may_answer and now.agenda.request is not None:
            st.button(say("plan_page.proposed"), key="as-proposed", type="tertiary", on_click=_as_proposed)
    unseen = now.agenda.request is not None and _found(now) is None
    if pressed or unseen:
        with st.spinner(say("plan_page.searching")):
            outlook = find_plan(now, here.result, request)
        st.session_state["plan.found"] = Found(now.record.id, now.answers, request, outlook)


def _as_proposed() -> None:
    saving.save(agenda.wish(None))


def _found(now: Opened) -> Found | None:
    """The plan this session has found for this assessment, be its wishes old or not."""
    found = st.session_state.get("plan.found")
    return found if isinstance(found, Found) and found.assessment == now.record.id else None


def _result(frame: Frame, say: Say, now: Opened, request: PlanRequest) -> None:
    found, words = _found(now), frame.words
    if found is None:
        return
    if found.outlook is None:
        st.info(words.text("plan_page.not_placed"))
        return
    fresh = (found.answers, found.request) == (now.answers, request)
    if not fresh:
        st.warning(words.text("plan_page.stale"))
    show_part(plan_part(say, found.outlook, purse_of(now.edition, now.answers)), words)
    if fresh and frame.may_answer and found.outlook.proposal.chosen.measures:
        _taking(frame, say, now, found.outlook)


def plan_part(say: Say, outlook: Outlook, purse: Purse | None) -> Part:
    """The plan as a part of a report: verdict, where it leads, measures, frontier, what else there is."""
    blocks: list[Block] = [
        paragraph(options.verdict_text(say, outlook), lead=True),
        reach_table(say, outlook),
    ]
    if outlook.proposal.measures:
        blocks.append(options.measure_table(say, outlook, purse))
    for title, texts in (
        ("notes", remarks(say, outlook)),
        ("runners_up", options.runner_up_texts(say, outlook, purse)),
    ):
        if texts:
            items: tuple[tuple[Text, ...], ...] = tuple((text,) for text in texts)
            blocks.append(Callout(Words(say.words.text(f"plan_page.{title}")), items))
    blocks.append(paragraph(options.nothing_text(say, outlook)))
    if len(outlook.frontier.points) > 1:
        blocks.append(options.frontier_block(say, outlook))
    kicker = Words(say.words.text("plan_page.kicker"))
    return Part("plan-found", kicker, (options.headline(say, outlook, purse),), tuple(blocks), kicker)


# --- taking it over ---------------------------------------------------------------------------------------


def _taking(frame: Frame, say: Say, now: Opened, outlook: Outlook) -> None:
    """At once where nothing is decided yet; else after showing what it would change."""
    text = frame.words.text
    change = compare_with_register(now, outlook.proposal, frame.today)
    with st.container(border=True, key="taking"):
        st.markdown(text("plan_page.take_note"))
        if not now.agenda.decided:
            st.button(text("plan_page.take"), key="take", type="primary", on_click=_take, args=(change,))
            return
        if not st.session_state.get("plan.asking"):
            st.button(text("plan_page.take_again"), key="ask-take", on_click=_ask, args=(True,))
            return
        st.markdown(f"**{text('plan_page.asking')}**")
        _changes(frame, say, change)
        with st.container(horizontal=True, key="answer-take"):
            st.button(text("plan_page.replace"), key="take", type="primary", on_click=_take, args=(change,))
            st.button(text("plan_page.leave"), key="leave-plan", on_click=_ask, args=(False,))


def _changes(frame: Frame, say: Say, change: Retaken) -> None:
    for name in ("new", "stays", "dropped", "kept"):
        measures: tuple[str, ...] = getattr(change, name)
        if measures:
            listed = literal(options.quoted(say, measures))
            st.markdown(frame.words.text(f"plan_page.change.{name}", list=listed))


def _ask(wanted: bool) -> None:
    st.session_state["plan.asking"] = wanted


def _take(change: Retaken) -> None:
    st.session_state["plan.asking"] = False
    saving.save(take_over(change))
    go("actions")
