"""How a consultant signs reports: name, office, colour and logo, with a look at what readers will see."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from typing import Final

import streamlit as st

from assessment.exchange import FileFault
from assessment.exchange.logo import logo_fault, read_logo
from assessment.report.brand import LEAST_CONTRAST, LONGEST, contrast, ground
from assessment.report.document import Ground
from assessment.store.brands import StoredBrand
from assessment.store.office import Office
from assessment.ui.frame import Frame
from assessment.ui.handing import taken_out
from assessment.ui.markup import escaped
from assessment.ui.office.deeds import do, show_told

FIELDS: Final = ("name", "office", "colour")
FAULT: Final = "office.brand.fault"  # session state: why the last file was not taken
TURN: Final = "office.brand.turn"  # session state: a new uploader after each file
COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}|")


def show(frame: Frame, office: Office) -> None:
    """The form; what is typed shows at once in the head below, and is kept when saved."""
    say, kept = frame.words.text, _kept(office)
    st.markdown(say("office.brand.note"))
    show_told(frame)
    for name in FIELDS:
        st.session_state.setdefault(f"office.brand.{name}", getattr(kept, name))
        most = LONGEST if name != "colour" else 7
        st.text_input(
            say(f"office.brand.{name}"), key=f"office.brand.{name}", max_chars=most, autocomplete="off"
        )
    name, signed, colour = _typed()
    fine = COLOUR.fullmatch(colour) is not None
    if not fine:
        st.error(say("office.brand.colour_bad"))
    else:
        _head(frame, replace(kept, name=name, office=signed), ground(colour))
    st.button(
        say("office.brand.save"), key="save-brand", type="primary", disabled=not fine,
        on_click=_save, args=(office,),
    )  # fmt: skip
    _logo(frame, office, kept)


def _head(frame: Frame, brand: StoredBrand, on: Ground) -> None:
    """The head of a report in this colour, and whether its text can be read."""
    say, shown = frame.words.text, f"{contrast(on.fill, on.text):.1f}"
    key = "darkened" if on.changed else "fits"
    st.markdown(say(f"office.brand.{key}", contrast=shown, fill=on.fill, least=LEAST_CONTRAST))
    lines = "<br>".join(escaped(line) for line in (brand.name, brand.office) if line)
    style = f"background: {on.fill}; color: {on.text}"
    title = escaped(say("office.brand.preview"))
    st.html(f"<div class='brand-head' style='{style}'><span>{title}</span><b>{lines}</b></div>")


def _save(office: Office) -> None:
    """What stands in the fields now, beside the logo there is."""
    name, signed, colour = _typed()
    if COLOUR.fullmatch(colour) is None:  # the button is dead then, but a message could be sent without it
        return
    do(lambda: office.set_brand(name, signed, colour, _kept(office).logo))


def _kept(office: Office) -> StoredBrand:
    return office.brand() or StoredBrand("", "", "", b"")


def _typed() -> list[str]:
    return [str(st.session_state.get(f"office.brand.{field}") or "").strip() for field in FIELDS]


def _logo(frame: Frame, office: Office, kept: StoredBrand) -> None:
    say = frame.words.text
    st.header(say("office.brand.logo"), anchor=False)
    if kept.logo:
        picture = b64encode(kept.logo).decode("ascii")
        st.html(
            f"<img class='brand-logo' alt='{escaped(say('office.brand.logo_now'))}' "
            f"src='data:image/png;base64,{picture}'>"
        )
        st.button(say("office.brand.logo_drop"), key="drop-logo", on_click=_put, args=(office, b""))
    word = json.dumps(say("upload.button"), ensure_ascii=False)
    st.html(f"<style>:root {{ --choose-file: {word} }}</style>")
    turn = int(st.session_state.get(TURN, 0))
    file = st.file_uploader(say("office.brand.logo_choose"), key=f"office.brand.logo.{turn}")
    if file is not None:
        st.session_state[TURN] = turn + 1
        with st.spinner(say("upload.reading")):
            _receive(office, taken_out(file))
        st.rerun()
    fault = st.session_state.pop(FAULT, None)
    if isinstance(fault, FileFault):
        what, cure = logo_fault(fault, frame.words)
        st.error(f"**{say('office.brand.logo_bad')}** {escaped(what)} {escaped(cure)}")


def _receive(office: Office, body: bytes) -> None:
    """The logo is read in a process of its own, and kept at once."""
    try:
        _put(office, read_logo(body))
    except FileFault as fault:
        st.session_state[FAULT] = fault


def _put(office: Office, logo: bytes) -> None:
    kept = _kept(office)
    do(lambda: office.set_brand(kept.name, kept.office, kept.colour, logo))
