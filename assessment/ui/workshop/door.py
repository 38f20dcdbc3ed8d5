"""How people come in: an address, a short code and a picture of both."""

from __future__ import annotations

from functools import lru_cache

import segno
import streamlit as st

from assessment.settings import LOCAL
from assessment.ui import access
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, rich
from assessment.ui.services import base_address, services
from assessment.ui.workshop import chair, codes
from assessment.workflow.room import Room
from assessment.workflow.workshop import new_code

GROUP = 4  # signs of a code that are read together


def address_of(code: str) -> str:
    """Where a code leads."""
    return f"{base_address(services().settings)}/w/{code}"


def grouped(code: str) -> str:
    """A code in groups that are easy to read out."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


@lru_cache(maxsize=32)
def picture(address: str) -> str:
    """A QR code as an address of a picture."""
    made = segno.make(address, error="m", micro=False)
    return str(made.svg_data_uri(scale=8, border=2, dark="#1C2733", light="#FFFFFF"))


def door_html(frame: Frame, code: str) -> str:
    """Address, code and picture, side by side."""
    say = frame.words.text
    short = base_address(services().settings).partition("://")[2]
    alt = escaped(say("workshop.door.picture", address=address_of(code)))
    return (
        "<section class='door-sign'><div>"
        f"<p>{rich(say('workshop.door.how'))}</p><p class='address'>{escaped(short)}/?page=join</p>"
        f"<p>{rich(say('workshop.door.code'))}</p><p class='code'>{escaped(grouped(code))}</p></div>"
        f"<img src='{escaped(picture(address_of(code)))}' alt='{alt}'></section>"
    )


def door_line(frame: Frame, code: str) -> str:
    """Address and code alone, for whoever comes late."""
    short = f"{base_address(services().settings).partition('://')[2]}/?page=join"
    told = frame.words.text("workshop.door.line", address=short, code=grouped(code))
    return f"<p class='door-line'>{rich(told)}</p>"


def show_door(frame: Frame, room: Room) -> None:
    """What the facilitator shows or reads out; a new code where the old one is gone or has spread too far."""
    say, code = frame.words.text, codes.code_of(room.workshop)
    if services().settings.access == LOCAL:
        st.warning(say("workshop.door.local"))
    if code:
        st.html(door_html(frame, code))
    else:
        st.info(say("workshop.door.gone"))
    with st.container(horizontal=True, key="door-ways"):
        label = "workshop.door.another" if code else "workshop.door.new"
        st.button(say(label), key="new-code", on_click=_another, type="secondary" if code else "primary")
    st.caption(say("workshop.door.another_note"))


def _another() -> None:
    room = chair.room_now()
    code = new_code(access.bench(), room.opened, room.workshop) if room else None
    if room is not None and code:
        codes.remember(room.workshop, code)
    st.rerun()
