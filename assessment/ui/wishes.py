"""What a firm wants of its plan and what it can carry: inputs, each saved as soon as it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from assessment.exchange.cells import Misread
from assessment.model.answers import Answered, NotAnswered
from assessment.model.fields import Field, NumberCell, Unit
from assessment.model.plans import PlanRequest
from assessment.report.costs import CURRENCY, REVENUE, UNIT
from assessment.report.options import level_word
from assessment.report.plan_notes import why_not
from assessment.report.say import Say
from assessment.ui import saving
from assessment.ui.frame import Frame
from assessment.ui.numbers import typing_of
from assessment.ui.place import go
from assessment.ui.widgets.inputs import PAUSE, unit_hint
from assessment.workflow import agenda
from assessment.workflow.registering import Standing

HORIZONS: Final = (4, 8, 12, 16, 20)  # quarters that are offered
HOLD: Final = "hold"  # no level wanted: the dilemma may not slip
FREE: Final = "free"
BUDGET = Field("wish.budget", "plan", NumberCell(Unit.PERCENT, minimum=0))
MONEY = Field("wish.money", "plan", NumberCell(Unit.MONEY, minimum=0))
DAYS = Field("wish.days", "plan", NumberCell(Unit.DAYS, minimum=0))


@dataclass(frozen=True)
class Wishes:
    """What the inputs are drawn from: the request in force, and what is known of the firm."""

    frame: Frame
    say: Say
    standing: Standing
    request: PlanRequest

    def text(self, key: str, **values: object) -> str:
        return self.frame.words.text(f"plan_page.{key}", **values)


def show_wishes(wishes: Wishes) -> None:
    """Levels wanted, limits, and measures that are refused or insisted on."""
    st.header(wishes.text("wanted"), anchor=False)
    _targets(wishes)
    st.header(wishes.text("carry"), anchor=False)
    first, second = st.columns(2)
    with first:
        _number(wishes, BUDGET, wishes.request.budget, wishes.text("budget"), wishes.text("no_limit"))
    with second:
        _money(wishes)
    first, second = st.columns(2)
    with first:
        _number(wishes, DAYS, wishes.request.days_per_quarter, wishes.text("days"), wishes.text("no_limit"))
    with second:
        _horizon(wishes)
    _measures(wishes)


def keep(request: PlanRequest) -> None:
    """Save what is wanted from now on."""
    saving.save(agenda.wish(request))


# --- levels wanted ----------------------------------------------------------------------------------------


def _targets(wishes: Wishes) -> None:
    levels = wishes.frame.edition.placement.levels
    for placed in wishes.standing.result.placements:
        key = f"wish.target.{placed.dilemma}"
        today = levels.index(placed.level) if placed.level in levels else 0
        wanted = wishes.request.targets.get(placed.dilemma, HOLD)
        better = list(reversed(levels[:today]))
        st.session_state[key] = wanted
        level = wishes.say.inner(level_word(wishes.say, placed.score))
        told = {"dilemma": wishes.say.dilemma(placed.dilemma), "score": wishes.say.score(placed.score)}
        st.segmented_control(
            wishes.text("target", level=level, **told),
            (HOLD, *better, *([wanted] if wanted not in (HOLD, *better) else [])),
            key=key, required=True, wrap=True,
            format_func=lambda level: wishes.text("hold") if level == HOLD else wishes.say.level(level),
            on_change=_aim, args=(wishes.request, placed.dilemma, key),
        )  # fmt: skip


def _aim(request: PlanRequest, dilemma: str, key: str) -> None:
    level = st.session_state.get(key)
    others = {d: wanted for d, wanted in request.targets.items() if d != dilemma}
    keep(replace(request, targets=others if level in (None, HOLD) else {**others, dilemma: str(level)}))


# --- limits -----------------------------------------------------------------------------------------------


def _number(
    wishes: Wishes, field: Field, value: float | None, label: str, hint: str, rate: float = 1.0
) -> None:
    """A limit as a person types it; empty for none. A text that cannot be read stays, with a word on it."""
    shown = _shown()
    if field.id not in st.session_state or shown.get(field.id) != (value, rate):
        st.session_state[field.id] = "" if value is None else plain(value * rate)
        shown[field.id] = (value, rate)
    st.text_input(
        label, key=field.id, placeholder=hint, max_chars=40, live=PAUSE, autocomplete="off",
        on_change=_limit, args=(wishes, field, rate),
    )  # fmt: skip
    if field.id in shown.get("refused", ()):
        st.error(wishes.text("not_a_number"))


def plain(value: float) -> str:
    """A number as it is typed: two decimals at most, none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _limit(wishes: Wishes, field: Field, rate: float) -> None:
    shown = _shown()
    refused = shown.setdefault("refused", set())
    try:
        value = _read(wishes.frame, field)
    except (Misread, ValueError):
        refused.add(field.id)
        return
    refused.discard(field.id)
    limit = None if value is None else round(value / rate, 6)
    name = "days_per_quarter" if field is DAYS else "budget"
    shown[field.id] = (limit, rate)  # the text stays as it was typed
    keep(_with(wishes.request, name, limit))


def _with(request: PlanRequest, name: str, limit: float | None) -> PlanRequest:
    if name == "budget":
        return replace(request, budget=limit)
    return replace(request, days_per_quarter=limit)


def _read(frame: Frame, field: Field) -> float | None:
    """The typed number. Raises `Misread` or `ValueError` for what is not one number from 0 up."""
    text = str(st.session_state.get(field.id) or "").strip()
    reply = typing_of(frame.sheet()).read(field, text) if text else NotAnswered()
    match reply:
        case NotAnswered():
            return None
        case Answered(value) if float(str(value)) >= 0:
            return float(str(value))
        case _:
            raise ValueError(text)


def _money(wishes: Wishes) -> None:
    """The budget in the firm's own money, where one year's revenue is known."""
    answers = wishes.standing.result.answers
    revenue = answers.reply(REVENUE)
    known = all(isinstance(answers.reply(f), Answered) for f in (REVENUE, CURRENCY, UNIT))
    if not known or not isinstance(revenue, Answered) or float(str(revenue.value)) <= 0:
        st.caption(wishes.text("no_revenue"))
        question = wishes.frame.edition.question[REVENUE]
        st.button(
            wishes.text("to_revenue"), key="to-revenue", type="tertiary",
            on_click=go, args=("section", question.section, REVENUE),
        )  # fmt: skip
        return
    assert isinstance(MONEY.cell, NumberCell)
    hint = unit_hint(wishes.frame.sheet(), MONEY.cell)
    label = wishes.text("budget_money", unit=hint)
    rate = float(str(revenue.value)) / 100
    _number(wishes, MONEY, wishes.request.budget, label, wishes.text("no_limit"), rate)


def _horizon(wishes: Wishes) -> None:
    key, now = "wish.quarters", wishes.request.quarters
    st.session_state[key] = now
    st.selectbox(
        wishes.text("horizon"), sorted({*HORIZONS, now}), key=key, filter_mode=None,
        format_func=lambda quarters: wishes.text("quarters", quarters=quarters, years=plain(quarters / 4)),
        on_change=_far, args=(wishes.request, key),
    )  # fmt: skip


def _far(request: PlanRequest, key: str) -> None:
    keep(replace(request, quarters=int(st.session_state[key])))


# --- measures ---------------------------------------------------------------------------------------------


def _measures(wishes: Wishes) -> None:
    """Every measure of the catalogue: open, refused, or insisted on; or why it is closed to the firm."""
    request, closed = wishes.request, wishes.standing.closed
    names = wishes.frame.edition.countermeasures
    open_ = [m for m in names if m not in closed]
    counts = {"refused": len(request.refused), "kept": len(request.kept), "open": len(open_)}
    with st.expander(wishes.text("measures", count=len(names), **counts)):
        st.caption(wishes.text("measures_note"))
        for measure in names:
            if measure not in closed or measure in request.refused | request.kept:
                _choice(wishes, measure)
        st.markdown(f"**{wishes.text('closed', count=len(closed))}**")
        for measure in names:
            if measure in closed:
                reason = why_not(wishes.say, closed, measure, request.quarters)
                st.markdown(wishes.text("closed_item", measure=wishes.say.measure(measure), reason=reason))


def _choice(wishes: Wishes, measure: str) -> None:
    request, key = wishes.request, f"wish.measure.{measure}"
    st.session_state[key] = (
        "refused" if measure in request.refused else "kept" if measure in request.kept else FREE
    )
    st.segmented_control(
        wishes.say.measure(measure), (FREE, "kept", "refused"), key=key, required=True,
        format_func=lambda choice: wishes.text(f"choice.{choice}"),
        on_change=_choose, args=(request, measure, key),
    )  # fmt: skip


def _choose(request: PlanRequest, measure: str, key: str) -> None:
    choice = st.session_state.get(key)
    lists: Mapping[str, frozenset[str]] = {"refused": request.refused, "kept": request.kept}
    refused, kept = (
        before | {measure} if choice == name else before - {measure} for name, before in lists.items()
    )
    keep(replace(request, refused=refused, kept=kept))


def _shown() -> dict[str, Any]:
    """Which limit each input was last filled with; a cache of this session."""
    found: dict[str, Any] = st.session_state.setdefault("wish.shown", {})
    return found
