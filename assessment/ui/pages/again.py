"""Assessing again: what would be taken over, and the new assessment once somebody agrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from assessment.model.carrying import Carried, Cleared, Moved
from assessment.model.edition import Edition
from assessment.report.answer_names import answer_text
from assessment.report.blocks import cell, column, row
from assessment.report.document import Row, Table, Words
from assessment.report.replies import reply_parts
from assessment.report.say import Say
from assessment.store.records import ANSWER
from assessment.ui import access
from assessment.ui.blocks import table_html
from assessment.ui.frame import Frame
from assessment.ui.pages.bring import NEW
from assessment.ui.pages.start import EARLIER
from assessment.ui.place import go
from assessment.workflow import bench
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import Again, assess_again, preview

AGREED: Final = "again_agreed"


def show(frame: Frame) -> None:
    """What happens to each answer, then the button. Nothing is written before it is pressed."""
    assert frame.opened is not None
    say, opened = frame.words.text, frame.opened
    st.title(say("since.again.title"), anchor=False)
    st.markdown(say("since.again.intro"))
    planned = preview(access.bench(), opened)
    if not planned.possible:
        st.warning(say("since.again.no_way", old=opened.edition.id, new=planned.edition.id))
    else:
        _told(frame, opened, planned)
        st.markdown(say("since.again.keeps"))
        agreed = _agreed(frame, planned)
        st.button(
            say("since.again.begin"), key="again", type="primary", disabled=not agreed,
            on_click=_begin, args=(opened, frame.language),
        )  # fmt: skip
    st.button(say("since.again.back"), key="again-back", type="tertiary", on_click=go, args=("results",))


def _told(frame: Frame, opened: Opened, planned: Again) -> None:
    say, carried = frame.words.text, planned.carried
    if carried is None:
        st.markdown(say("since.again.same", count=len(opened.answers.replies)))
        return
    values = {"old": opened.edition.id, "new": planned.edition.id}
    st.markdown(say("since.again.other", **values))
    kept = len(carried.kept) + len(carried.renamed)
    st.markdown(say("since.again.kept", kept=kept, renamed=len(carried.renamed)))
    for table in tables(frame, opened.edition, planned.edition, carried):
        st.html(f"<div class='report-block'>{table_html(table)}</div>")


def tables(frame: Frame, old: Edition, new: Edition, carried: Carried) -> list[Table]:
    """What is not taken over, what is read on another scale, what has another name, what is new."""
    then, now = (Say(e, bench.texts(e.id, frame.language), frame.words) for e in (old, new))
    found = (
        ("cleared", ("question", "answer", "why"), [_cleared(then, one) for one in carried.cleared]),
        ("rescaled", ("question", "answer", "becomes"), [_moved(then, now, m) for m in carried.rescaled]),
        ("renamed", ("question", "now"), [_renamed(then, now, m) for m in carried.renamed]),
        ("new", ("question",), [row(_name(now, f)) for f in carried.new]),
    )
    return [_table(frame, kind, heads, rows) for kind, heads, rows in found if rows]


def _table(frame: Frame, kind: str, heads: Sequence[str], rows: list[Row]) -> Table:
    say = frame.words.text
    columns = tuple(column(say(f"since.again.{head}")) for head in heads)
    title = Words(f"<b>{say(f'since.again.{kind}', count=len(rows))}</b>")
    return Table(f"again-{kind}", title, columns, tuple(rows))


def _cleared(then: Say, one: Cleared) -> Row:
    why = then.words.text(f"since.again.why_{one.why}")
    said = reply_parts(then, then.edition.fields[one.old], one.reply)
    return row(_name(then, one.old), cell(*said), why)


def _moved(then: Say, now: Say, one: Moved) -> Row:
    before = reply_parts(then, then.edition.fields[one.old], one.before)
    after = reply_parts(now, now.edition.fields[one.new], one.after)
    return row(_name(now, one.new), cell(*before), cell(*after))


def _renamed(then: Say, now: Say, one: Moved) -> Row:
    return row(_name(then, one.old), _name(now, one.new))


def _name(say: Say, field: str) -> Words:
    return answer_text(say, say.edition.fields[field])


def _agreed(frame: Frame, planned: Again) -> bool:
    """Whoever would lose an answer, or have one read otherwise, is asked first."""
    if planned.carried is None or not planned.carried.asks:
        return True
    return st.checkbox(frame.words.text("since.again.agree"), key=AGREED)


def _begin(opened: Opened, language: str) -> None:
    """Open the new assessment; the page with its link is that of every assessment just begun."""
    store = access.bench()
    st.session_state[NEW] = assess_again(store, opened, language)
    st.session_state[EARLIER] = store.store.new_link(opened.record, ANSWER)
    st.session_state["new_firm"] = opened.record.firm_name
    go("start")
