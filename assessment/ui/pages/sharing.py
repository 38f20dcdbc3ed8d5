"""The links of an assessment: who may answer, who may read, and how to withdraw one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from assessment.store.links import LinkLine, Links
from assessment.ui import access
from assessment.ui.frame import Frame, Locked
from assessment.ui.markup import literal
from assessment.ui.office.deeds import day, do, show_told
from assessment.ui.office.making import show_new_link

SURE: Final = "sharing.sure"  # session state: id of the link that is about to be withdrawn


def show(frame: Frame) -> None:
    """The list, then the form for a new one. Raises `Locked` for whoever may not answer."""
    if frame.opened is None or not frame.may_answer:
        raise Locked(frame.place.page)
    say, record = frame.words.text, frame.opened.record
    links = access.bench().store.links(record)
    st.title(say("sharing.title"), anchor=False)
    st.markdown(say("sharing.note"))
    show_told(frame)
    _list(frame, links)
    st.header(say("sharing.new"), anchor=False)
    show_new_link(frame, "sharing", lambda: links, say("sharing.make"))


def _list(frame: Frame, links: Links) -> None:
    say, now, lines = frame.words.text, datetime.now(UTC), links.all()
    good = [line for line in lines if line.revoked is None and line.expires > now]
    past = [line for line in lines if line not in good]
    st.header(say("sharing.in_force", count=len(good)), anchor=False)
    if not good:
        st.markdown(say("sharing.none"))
    for line in good:
        with st.container(border=True, key=f"link-{line.id}"):
            _line(frame, line, links)
    if past:
        with st.expander(say("sharing.past", count=len(past))):
            st.markdown(_past(frame, past))


def _past(frame: Frame, lines: Sequence[LinkLine]) -> str:
    say, listed = frame.words.text, []
    for line in lines:
        end = say("sharing.withdrawn") if line.revoked else say("sharing.ended", day=day(line.expires))
        made = say("sharing.made", day=day(line.at))
        listed.append(f"- {_name(frame, line)} · {say(f'sharing.scope.{line.scope}')} · {made} · {end}")
    return "\n".join(listed)


def _name(frame: Frame, line: LinkLine) -> str:
    return literal(line.label) if line.label else frame.words.text("sharing.unlabelled")


def _line(frame: Frame, line: LinkLine, links: Links) -> None:
    say = frame.words.text
    st.markdown(f"**{_name(frame, line)}** · {say(f'sharing.scope.{line.scope}')}")
    told = [say("sharing.made", day=day(line.at)), say("sharing.until", day=day(line.expires))]
    st.caption(" · ".join(told + ([say("sharing.own")] if line.own else [])))
    if st.session_state.get(SURE) != line.id:
        st.button(say("sharing.withdraw"), key=f"withdraw.{line.id}", on_click=_ask, args=(line.id,))
        return
    st.warning(say("sharing.warn_own" if line.own else "sharing.warn"))
    with st.container(horizontal=True, key=f"sure-{line.id}"):
        st.button(
            say("sharing.sure"),
            key=f"sure.{line.id}",
            type="primary",
            on_click=_withdraw,
            args=(line.id, links),
        )
        st.button(say("sharing.keep"), key=f"keep.{line.id}", on_click=_ask, args=("",))


def _ask(id_: str) -> None:
    st.session_state[SURE] = id_


def _withdraw(id_: str, links: Links) -> None:
    _ask("")
    do(lambda: links.revoke(id_))
