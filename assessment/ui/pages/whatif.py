"""What if: measures switched on and answers moved, with the three dilemmas moving along."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assessment.answering.relevance import asked
from assessment.answering.sums import beside
from assessment.answering.texts import check_text
from assessment.model.answers import Answered, Answers, Between
from assessment.model.fields import Field, Kind
from assessment.model.plans import Keeps
from assessment.report.say import Say
from assessment.scoring.whatif import after_moves
from assessment.ui.blocks import table_html
from assessment.ui.frame import Frame
from assessment.ui.markup import rich
from assessment.ui.place import go
from assessment.ui.session import session
from assessment.ui.status import show_status
from assessment.ui.trying import desk
from assessment.ui.trying.desk import NEW, Desk
from assessment.ui.trying.inputs import draw_input
from assessment.ui.trying.told import Told
from assessment.workflow.trying import MOST_SCENARIOS

HELD = (Keeps.AMOUNT, Keeps.SHARE)


def show(frame: Frame) -> None:
    """Tiles, cost and the way on; then what can be changed; then what was kept."""
    assert frame.opened is not None
    say = frame.words.text
    st.title(say("whatif.title"), anchor=False)
    if not frame.opened.stored or not frame.edition.effects:
        st.markdown(say("whatif.not_yet"))
        return
    st.markdown(say("whatif.intro"))
    with st.container(key="try-place"):
        _part(frame, "try.tiles", _tiles)
    _part(frame, "try.way", _way)
    st.header(say("whatif.measures.title"), anchor=False)
    st.caption(say("whatif.measures.note"))
    _part(frame, "try.measures", _measures)
    st.header(say("whatif.answers.title"), anchor=False)
    _part(frame, "try.answers", _answers)
    st.header(say("whatif.keep.title"), anchor=False)
    with st.container(key="try-keep-place"):
        _part(frame, "try.keep", _keep)
    _part(frame, "try.compare", _compare)
    st.button(say("whatif.back"), key="try-back", on_click=go, args=("results",))


def _part(frame: Frame, key: str, draw: Callable[[Frame, Desk, Told], None]) -> None:
    """A part of the page that is drawn again by itself when something on the desk has changed."""

    def drawn() -> None:
        at = desk.desk()
        if at is None:
            st.error(frame.words.text("ui.no_access"))
            return
        draw(frame, at, Told(Say(frame.edition, frame.texts, frame.words), at.trial))

    st.fragment(key=key)(drawn)()


def _tiles(_frame: Frame, at: Desk, told: Told) -> None:
    st.html(told.tiles(at.scenario))


def _way(_frame: Frame, at: Desk, told: Told) -> None:
    """What it costs, and what the plan would be from there."""
    st.markdown(literal_words(told.total(at.scenario)))
    st.html(
        f"<section class='callout'><h2>{rich(told.word('way.title'))}</h2>"
        f"<p>{rich(told.way_on(at.scenario))}</p><p class='note'>{rich(told.wanted())}</p></section>"
    )


def literal_words(text: str) -> str:
    """Our own words where Markdown is read: a currency sign must not open a formula."""
    return text.replace("$", "\\$")


# --- measures -------------------------------------------------------------------------------------------


def _measures(frame: Frame, at: Desk, told: Told) -> None:
    """First those of the plan and those recommended, then the others, then those that are not open."""
    why = at.trial.search(at.scenario).open.why_not
    shown = [m for m in frame.edition.countermeasures if m not in why or m in at.scenario.measures]
    first = [m for m in at.trial.leading if m in shown]
    others = [m for m in shown if m not in first]
    for measure in first:
        _switch(at, told, measure)
    if others:
        with st.expander(frame.words.text("whatif.measures.others", count=len(others)), expanded=not first):
            for measure in others:
                _switch(at, told, measure)
    closed = [m for m in frame.edition.countermeasures if m not in shown]
    if closed:
        with st.expander(frame.words.text("whatif.measures.closed", count=len(closed))):
            for measure in closed:
                _switch(at, told, measure)


def _switch(at: Desk, told: Told, measure: str) -> None:
    """A switch with what the measure costs, or why it is not open."""
    key, on = f"try.{measure}", measure in at.scenario.measures
    why = told.why_not(measure, at.scenario)
    st.session_state[key] = on
    with st.container(key=f"try-measure-{measure}", gap=None):
        st.toggle(
            str(told.say.measure(measure)), key=key, disabled=bool(why) and not on,
            on_change=desk.switch, args=(measure, key),
        )  # fmt: skip
        st.caption(literal_words(why or told.facts(measure, at.scenario)))


# --- answers --------------------------------------------------------------------------------------------


def _answers(frame: Frame, at: Desk, told: Told) -> None:
    """Choose an answer, move it, see what moved."""
    say, answers = frame.words.text, after_moves(at.trial.answers, at.scenario)
    fields, open_ = frame.edition.fields, asked(frame.edition, answers)
    names = [n for n in at.trial.leverage if n in open_]
    names += [n for n in at.scenario.replies if n not in names and n in fields]
    key = "try-field"
    st.session_state[key] = at.chosen if at.chosen in names else None
    st.selectbox(
        say("whatif.answers.choose"), names, index=None, key=key, placeholder=say("whatif.answers.hint"),
        format_func=lambda n: told.label(fields[n]), on_change=desk.choose, args=(key,),
    )  # fmt: skip
    st.caption(say("whatif.answers.note"))
    if at.chosen in names:
        one = fields[at.chosen]
        with st.container(key="try-answer"):
            draw_input(at, frame.sheet(), one, answers.reply(one.id), told.label(one))
            _held(frame, at, told, one, answers)
    _moved(frame, at, told)


def _held(frame: Frame, at: Desk, told: Told, one: Field, answers: Answers) -> None:
    """What stays as it is when this answer moves: a choice where it matters, a sentence where not."""
    say = frame.words.text
    split = frame.edition.question[one.question].kind is Kind.SPLIT
    names = [n for n in beside(frame.edition, one.id) if _moves(answers, n)]
    if not names:
        st.caption(say("whatif.answers.alone"))
        return
    kind = "split" if split else "sum"
    listed = "" if split else told.beside(names)
    key = "try-held"
    st.session_state[key] = at.scenario.held.value
    st.radio(
        say("whatif.answers.held"), [k.value for k in HELD], key=key, on_change=desk.hold, args=(key,),
        format_func=lambda k: say(f"whatif.answers.{kind}_{k}", list=listed),
    )  # fmt: skip


def _moves(answers: Answers, name: str) -> bool:
    """Whether there is a number that could move along."""
    return isinstance(answers.reply(name), Answered | Between)


def _moved(frame: Frame, at: Desk, told: Told) -> None:
    """Moved answers, old and new, each with its way back."""
    groups = told.groups(at.scenario)
    if not groups:
        return
    say = frame.words.text
    st.markdown(f"**{say('whatif.answers.moved')}**")
    for problem in at.trial.clashes(at.scenario, frame.today):
        st.warning(" ".join(check_text(problem, frame.texts, frame.words)))
    for name, group in groups.items():
        with st.container(
            horizontal=True, key=f"try-moved-{name.replace('.', '-')}", vertical_alignment="center"
        ):
            st.html(f"<p class='moved'>{told.moved(group, at.scenario)}</p>")
            st.button(
                say("whatif.answers.undo"), key=f"try-undo.{name}", type="tertiary",
                on_click=desk.undo, args=(tuple(f.id for f in group),),
            )  # fmt: skip
    if len(groups) > 1:
        st.button(
            say("whatif.answers.undo_all"), key="try-undo-all", type="tertiary",
            on_click=desk.undo, args=(tuple(at.scenario.replies),),
        )  # fmt: skip


# --- scenarios ------------------------------------------------------------------------------------------


def _keep(frame: Frame, at: Desk, _told: Told) -> None:
    """Open, name, save, delete; which one goes into the report."""
    say = frame.words.text
    if at.agenda.scenarios:
        key = "try-open"
        names = {s.id: s.name for s in at.agenda.scenarios}
        st.session_state[key] = at.scenario.id
        st.selectbox(
            say("whatif.keep.open"), [NEW, *names], key=key, filter_mode=None,
            format_func=lambda id_: names.get(id_, say("whatif.keep.new")),
            on_change=desk.open_scenario, args=(key,),
        )  # fmt: skip
    if not frame.may_answer:
        st.caption(say("whatif.keep.reader"))
        return
    st.session_state.setdefault("try-name", at.scenario.name)
    st.text_input(
        say("whatif.keep.name"), key="try-name", max_chars=80, autocomplete="off",
        placeholder=say("whatif.keep.hint"),
    )  # fmt: skip
    _buttons(frame, at)
    if at.saved is not None:
        key = "try-report"
        st.session_state[key] = at.agenda.reported == at.scenario.id
        st.checkbox(say("whatif.keep.report"), key=key, on_change=desk.report, args=(key,))
        if at.saved != at.scenario:
            st.caption(say("whatif.keep.changed"))
    st.caption(say("whatif.keep.note", most=MOST_SCENARIOS))
    if session().pending or session().saved_at:
        show_status(frame)


def _buttons(frame: Frame, at: Desk) -> None:
    say = frame.words.text
    fallback = say("whatif.keep.unnamed", number=len(at.agenda.scenarios) + 1)
    with st.container(horizontal=True, key="try-ways"):
        st.button(
            say("whatif.keep.save"), key="try-save", type="primary", on_click=_save, args=(fallback, False),
            disabled=at.full and at.scenario.id == NEW,
        )  # fmt: skip
        if at.saved is not None:
            st.button(
                say("whatif.keep.save_new"), key="try-save-new", on_click=_save, args=(fallback, True),
                disabled=at.full,
            )  # fmt: skip
            st.button(say("whatif.keep.delete"), key="try-delete", on_click=desk.delete)
    if at.full:
        st.caption(say("whatif.keep.full", most=MOST_SCENARIOS))


def _save(fallback: str, anew: bool) -> None:
    desk.keep(fallback, anew=anew)


def _compare(_frame: Frame, at: Desk, told: Told) -> None:
    """Scenarios side by side."""
    if at.agenda.scenarios:
        table = told.compared(at.scenario, at.agenda.scenarios, at.agenda.reported)
        st.html(f"<div class='report-block' id='side-by-side'>{table_html(table)}</div>")
