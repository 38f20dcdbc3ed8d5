"""What the programme looks after: the audit trail, and how long data stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from assessment.store.office import Office
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, literal
from assessment.ui.office.deeds import do, minute, show_told
from assessment.ui.office.tables import show_table
from assessment.ui.office.trail import FORMATS

LISTED: Final = 50  # firms named one by one
LATEST: Final = 100  # entries on the page; the files hold all
PERIODS: Final = (0, 180, 365, 730, 1095, 1825, 3650)  # days; 0: no period
COLUMNS: Final = ("at", "actor", "verb", "subject", "detail")
CHOSEN: Final = "office.keeping.days"


def show_trail(frame: Frame, office: Office) -> None:
    """Whether the chain holds, all of it as a file, and the latest entries."""
    say, entries, broken = frame.words.text, office.audit(), office.audit_broken_at()
    st.markdown(say("office.trail.note"))
    if broken is None:
        st.success(say("office.trail.holds", count=len(entries)))
    else:
        st.error(say("office.trail.broken", seq=broken))
    links = "".join(
        f"<a class='way' href='/audit/{name}' download>{escaped(say('office.trail.' + name[6:]))}</a>"
        for name in FORMATS
    )
    st.html(f"<p class='downloads'>{links}</p>")
    names = {entry.account: entry.name for entry in office.accounts.all_of()}
    shown = entries[: -LATEST - 1 : -1]
    heads = [say(f"office.trail.{column}") for column in COLUMNS]
    rows = [
        [
            escaped(minute(entry["at"])),
            _who(str(entry["actor"]), names),
            escaped(_verb(frame, str(entry["verb"]))),
            _who(str(entry["subject"]), names),
            _who(str(entry["detail"]), names),
        ]
        for entry in shown
    ]
    st.caption(say("office.trail.latest", shown=len(shown), count=len(entries)))
    show_table(say("office.part.trail"), heads, rows)


def _verb(frame: Frame, verb: str) -> str:
    """What was done, in the reader's language; as it is kept where no word is known for it."""
    key = verb.replace(" ", "_")
    return frame.words.maybe(f"office.verb.{key}") or verb


def _who(text: str, names: dict[str, str]) -> str:
    """An account's name beside nothing; other ids in short, as the files have them in full."""
    if text in names:
        return escaped(names[text])
    short = f"{text[:8]}…" if len(text) == 36 and text.count("-") == 4 else text
    return f"<span title='{escaped(text)}'>{escaped(short)}</span>"


def show_retention(frame: Frame, office: Office) -> None:
    """The period in force, another one to choose, and what each would mean today."""
    say, now = frame.words.text, office.retention()
    st.markdown(say("office.keeping.note"))
    show_told(frame)
    st.markdown(f"**{_period(frame, now or 0)}**")
    if now:
        due = _due(office, now)
        key = "some" if due else "none"
        st.markdown(say(f"office.keeping.expired.{key}", count=len(due)))
        st.markdown("\n".join(f"- {literal(name)}" for name in due[:LISTED]))
    choices = PERIODS if (now or 0) in PERIODS else tuple(sorted({*PERIODS, now or 0}))
    chosen = st.selectbox(
        say("office.keeping.choose"), choices, index=choices.index(now or 0), key=CHOSEN,
        format_func=lambda days: _period(frame, days),
    )  # fmt: skip
    if chosen and chosen != (now or 0):
        due = _due(office, chosen)
        st.markdown(say("office.keeping.would", days=chosen, count=len(due)))
        st.markdown("\n".join(f"- {literal(name)}" for name in due[:LISTED]))
    st.button(say("office.keeping.save"), key="keep-period", type="primary", on_click=_set, args=(office,))


def _period(frame: Frame, days: int) -> str:
    key = "limited" if days else "unlimited"
    return frame.words.text(f"office.keeping.{key}", days=days)


def _due(office: Office, days: int) -> list[str]:
    """Names of the firms that have not changed for so long."""
    latest: dict[str, tuple[datetime, str]] = {}
    for line in office.firms():
        known = latest.get(line.firm)
        latest[line.firm] = (max(line.last, known[0]) if known else line.last, line.name)
    before = datetime.now(UTC) - timedelta(days=days)
    return [name for last, name in latest.values() if last < before]


def _set(office: Office) -> None:
    days = int(st.session_state.get(CHOSEN) or 0)
    do(lambda: office.set_retention(days or None))
