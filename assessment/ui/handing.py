"""The tray for a file of answers: taken, read at once, forgotten at once; what is in doubt is asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessment.answering.texts import check_text
from assessment.exchange import Fault, FileFault, in_words
from assessment.exchange.faults import shown
from assessment.exchange.handed import LARGEST, file_name, samples
from assessment.model.edition import Edition
from assessment.model.problems import AnswerProblem
from assessment.report.answer_names import answer_text
from assessment.report.say import Say
from assessment.ui.frame import Frame
from assessment.ui.markup import escaped, literal
from assessment.ui.session import session
from assessment.workflow import bench
from assessment.workflow.handing import DOUBTS, UNSETTLED, Handed, Settled

SHOWN: Final = 60  # faults told one by one
Read = Callable[[str, bytes, Settled], Handed]


@dataclass
class Tray:
    """What was handed in on this page. `body` is kept only while a question about it is open.

    `done`, `passed`: entries taken over, and left because they had changed.
    """

    turn: int = 0
    name: str = ""
    body: bytes = b""
    settled: Settled = UNSETTLED
    handed: Handed | None = None
    fault: FileFault | None = None
    done: int = 0
    passed: int = 0


def tray() -> Tray:
    """The tray of this page, empty when the page is turned to."""
    cache = session()
    if cache.tray is None:
        cache.tray = Tray()
    return cache.tray


def show_tray(frame: Frame, slot: str, read: Read) -> Handed | None:
    """The place to put a file, and everything that is wrong with it; what was read, as far as it was."""
    here, say = tray(), frame.words.text
    key = f"{slot}.{session().turns}.{here.turn}"
    with st.container(key=f"tray-{slot}"):
        # No `type`: what the browser would refuse, it would refuse in English.
        file = st.file_uploader(say("upload.choose", most=LARGEST >> 20), key=key)
        st.caption(say("upload.kinds"))
        # Streamlit's own button speaks English alone; the catalogue's word stands in for it.
        word = json.dumps(say("upload.button"), ensure_ascii=False)
        st.html(f"<style>:root {{ --choose-file: {word} }}</style>")
    if file is not None:
        _receive(here, file)
        with st.spinner(say("upload.reading")):
            _try(here, read)
        st.rerun()
    _told(frame, here)
    _ask(frame, here, read)
    return here.handed


def _receive(here: Tray, file: UploadedFile) -> None:
    """Take the file, which would else stay in Streamlit's memory as long as the browser is open."""
    here.turn, here.settled, here.done, here.passed = here.turn + 1, UNSETTLED, 0, 0
    here.name, here.body = file_name(file.name), taken_out(file)


def taken_out(file: UploadedFile) -> bytes:
    """What is in a file; it stays in Streamlit's memory no longer."""
    body, context = file.getvalue(), get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
    return body


def _try(here: Tray, read: Read) -> None:
    here.handed = here.fault = None
    try:
        here.handed = read(here.name, here.body, here.settled)
    except FileFault as fault:
        here.fault = fault
    if not _doubts(here):
        here.body = b""


def _doubts(here: Tray) -> frozenset[str]:
    if here.fault is not None:
        return frozenset({DOUBTS[here.fault.code]} if here.fault.code in DOUBTS else ())
    return here.handed.doubts if here.handed else frozenset()


def put_aside() -> None:
    """Forget the file; the uploader is empty again."""
    session().tray = Tray(tray().turn + 1)


# --- what is wrong -----------------------------------------------------------------------------


def _told(frame: Frame, here: Tray) -> None:
    say = frame.words.text
    if here.fault is not None:
        st.error(f"**{say('upload.not_read', file=literal(here.name))}**")
        _list(frame, [_of_fault(frame, here.fault.at(here.name), say_of(frame, frame.edition))])
    elif here.handed is not None and wrong(here.handed):
        count = wrong(here.handed)
        st.warning(f"**{say('upload.left_out', file=literal(here.name), count=count)}**")
        _list(frame, _of_entries(frame, here.handed))
        st.caption(say("upload.left_out_note"))


def wrong(handed: Handed) -> int:
    """How many entries of the file cannot be taken."""
    return len(handed.faults) + len(handed.problems)


def say_of(frame: Frame, under: Edition) -> Say:
    """The words of an edition in the reader's language."""
    return Say(under, bench.texts(under.id, frame.language), frame.words)


def _of_fault(frame: Frame, fault: Fault, say: Say) -> str:
    problem = in_words(fault, say, "upload.fault")
    told = frame.words.text("upload.fault_line", what=problem.what, cure=problem.cure)
    return frame.words.text("upload.placed", where=problem.where, told=told.strip())


def _of_entries(frame: Frame, handed: Handed) -> list[str]:
    say = say_of(frame, handed.read_under)
    return [
        *(_of_fault(frame, fault, say) for fault in handed.faults),
        *(_of_problem(frame, problem, say) for problem in handed.problems),
    ]


def _of_problem(frame: Frame, problem: AnswerProblem, say: Say) -> str:
    """An answer that its field does not take: the question, what is wrong, what is expected."""
    what, cure = check_text(problem, say.texts, frame.words)
    where = answer_text(say, say.edition.fields[problem.fields[0]])
    told = frame.words.text("upload.fault_line", what=what, cure=cure)
    return frame.words.text("upload.placed", where=where, told=told)


def _list(frame: Frame, lines: list[str]) -> None:
    """Every fault with its place; beyond many, how many more."""
    more = len(lines) - SHOWN
    told = [*lines[:SHOWN], *([frame.words.text("upload.more", count=more)] if more > 0 else [])]
    st.html(f"<ul class='faults'>{''.join(f'<li>{escaped(line)}</li>' for line in told)}</ul>")


# --- what is in doubt --------------------------------------------------------------------------


def _ask(frame: Frame, here: Tray, read: Read) -> None:
    """One question for each doubt; an answer holds for the whole file, which is read again."""
    doubts = _doubts(here)
    if "encoding" in doubts:
        _ask_encoding(frame, here, read)
    for code in ("unclear-decimal", "fraction"):
        if here.handed is not None and DOUBTS[code] in doubts:
            fault = next(fault for fault in here.handed.faults if fault.code == code)
            _ask_numbers(frame, here, read, code, {k: shown(v) for k, v in fault.values})


def _ask_encoding(frame: Frame, here: Tray, read: Read) -> None:
    say = frame.words.text
    st.markdown(f"**{say('upload.doubt.encoding')}**")
    st.caption(say("upload.doubt.encoding_note"))
    for encoding, sample in samples(here.body).items():
        _choice(here, read, "encoding", encoding, literal(sample))


def _ask_numbers(frame: Frame, here: Tray, read: Read, code: str, values: Mapping[str, str]) -> None:
    say, doubt = frame.words.text, DOUBTS[code]
    told = {name: literal(value) for name, value in values.items()}
    st.markdown(f"**{say(f'upload.doubt.{doubt}', **told)}**")
    for choice in ("point", "comma") if doubt == "decimal" else ("points",):
        _choice(here, read, doubt, choice, say(f"upload.doubt.{choice}", **told))
    if doubt == "percent":
        st.caption(say("upload.doubt.percent_note", **told))


def _choice(here: Tray, read: Read, doubt: str, choice: str, label: str) -> None:
    st.button(label, key=f"settle.{doubt}.{choice}", on_click=_settle, args=(here, read, doubt, choice))


def _settle(here: Tray, read: Read, doubt: str, choice: str) -> None:
    here.settled = replace(here.settled, **{doubt: choice})
    _try(here, read)
    st.rerun()
