"""Assessing again: what would be taken over, and the new assessment once somebody agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
from assessment.ui import access, saving
from assessment.ui.blocks import table_html
from assessment.ui.frame import Frame
from assessment.ui.handing import put_aside, show_tray, tray
from assessment.ui.markup import literal
from assessment.ui.pages.bring import NEW
from assessment.ui.pages.start import EARLIER
from assessment.ui.place import go
from assessment.ui.session import read_again, session
from assessment.workflow import bench
from assessment.workflow.handing import Handed, set_earlier, take_in_earlier
from assessment.workflow.opening import Opened
from assessment.workflow.reassessing import Again, assess_again, preview

AGREED: Final = "again_agreed"
GIVEN_ON, REPLACED = "again_given_on", "again_replaced"


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
    _compare(frame, opened)
    st.button(say("since.again.back"), key="again-back", type="tertiary", on_click=go, args=("results",))


def _compare(frame: Frame, opened: Opened) -> None:
    """Last time's answers from a file, to compare the assessment at hand with."""
    say, under = frame.words.text, opened.edition
    st.header(say("upload.again.title"), anchor=False)
    st.markdown(say("upload.again.note"))
    if session().pending:
        st.warning(say("ui.save.pending"))
    elif tray().done:
        st.success(say("upload.again.done"))
        st.button(say("since.short"), key="to-since", on_click=go, args=("since",))
    handed = show_tray(
        frame, "again", lambda name, body, settled: take_in_earlier(name, body, under, settled)
    )
    if handed is None:
        return
    counts = {"file": literal(handed.file), "count": len(handed.given)}
    st.markdown(say("upload.again.found", **counts))
    st.date_input(
        say("upload.again.on"), value=None, key=GIVEN_ON, format="YYYY-MM-DD",
        min_value=date(2000, 1, 1), max_value=frame.today,
    )  # fmt: skip
    agreed = opened.earlier is None or st.checkbox(say("upload.again.replace"), key=REPLACED)
    st.button(
        say("upload.again.keep"), key="again-keep", disabled=not (agreed and handed.given),
        on_click=_keep, args=(handed,),
    )  # fmt: skip
    st.button(say("upload.discard"), key="again-aside", type="tertiary", on_click=put_aside)


def _keep(handed: Handed) -> None:
    """Last time's answers are kept beside those of now, which stay as they are."""
    now, on = read_again(), st.session_state.get(GIVEN_ON)
    if now is not None:
        saving.save(set_earlier(now, handed, on if isinstance(on, date) else None))
        put_aside()
        tray().done = len(handed.given)
    st.rerun()


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
