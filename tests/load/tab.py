"""One open page in the browser of somebody in the room: speaks Streamlit's protocol, many in one process.

Bound to the version of Streamlit that is pinned: what a browser sends and reads is no public interface.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

VALUES: Final = {  # element -> where its value stands in a message
    "text_input": "string_value",
    "text_area": "string_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "checkbox": "bool_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "number_input": "double_value",
    "button": "trigger_value",
}
PATIENCE: Final = 60.0  # seconds until a page counts as not drawn


class NotDrawn(Exception):
    """The server closed the connection, or did not finish the page."""


@dataclass
class Widget:
    """An input or button on the page."""

    key: str
    id: str
    kind: str
    fragment: str
    element: Any

    @property
    def options(self) -> list[str]:
        """The labels to choose from; none for a field to type in."""
        if self.kind == "button_group":
            return [option.content for option in self.element.options]
        return list(getattr(self.element, "options", ()))


@dataclass(frozen=True)
class Run:
    """What was asked, how long it took until all was drawn, in seconds, and when that was."""

    what: str
    seconds: float
    frames: int
    ended: float


@dataclass
class Tab:
    """A page that stays open. `open` it, `change` and `press` what is on it, `close` it.

    `keep`: all frames stay in `frames`, and in `times` when each came.
    """

    url: str
    query: str
    cookies: Mapping[str, str]
    keep: bool = False
    locale: str = "en-GB"
    widgets: dict[str, Widget] = field(default_factory=dict)
    frames: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _values: dict[str, object] = field(default_factory=dict)  # id -> what the browser shows
    _page: str = ""
    _came: int = 0
    _end: float = 0.0
    _closed: str = ""

    async def open(self) -> Run:
        """Load the page; returns when it is drawn."""
        host = self.url.removeprefix("http://")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._turn, self._done, self._timers = (
            asyncio.Lock(),
            asyncio.Event(),
            dict[str, asyncio.Task[None]](),
        )
        self._socket: ClientConnection = await connect(
            f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], origin=self.url, compression=None,  # type: ignore[list-item,arg-type]
            additional_headers={"Cookie": cookie} if cookie else {}, max_size=None, open_timeout=PATIENCE,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read())
        return await self._run("open", self._message())

    async def close(self) -> None:
        """Leave the page, as closing the tab does."""
        self._stop_timers()
        self._reading.cancel()
        await self._socket.close()

    async def again(self) -> Run:
        """Draw the page again with nothing changed."""
        return await self._run("again", self._message())

    async def visit(self, query: str) -> Run:
        """Go to another address of the app."""
        self.query = query
        return await self._run("visit", self._message())

    async def change(self, key: str, value: object) -> Run:
        """Give an input another value."""
        widget = self.widgets[key]
        self._values[widget.id] = value
        return await self._run("change", self._message(widget.fragment))

    async def press(self, key: str) -> Run:
        """Press a button."""
        widget = self.widgets[key]
        return await self._run("press", self._message(widget.fragment, pressed=widget.id))

    def value(self, key: str) -> object:
        """What the input shows."""
        return self._values.get(self.widgets[key].id)

    def _message(self, fragment: str = "", pressed: str = "", *, auto: bool = False) -> BackMsg:
        """What a browser sends: the values of all that is on the page."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.fragment_id, rerun.page_script_hash = self.query, fragment, self._page
        rerun.is_auto_rerun = auto
        rerun.context_info.timezone, rerun.context_info.locale = "UTC", self.locale
        rerun.context_info.url = self.url
        for widget in self.widgets.values():
            if widget.kind != "button":
                state = rerun.widget_states.widgets.add(id=widget.id)
                _put(state, VALUES[widget.kind], self._values.get(widget.id))
        if pressed:
            rerun.widget_states.widgets.add(id=pressed).trigger_value = True
        return message

    async def _run(self, what: str, message: BackMsg) -> Run:
        """Send, and wait until all is drawn. Raises NotDrawn."""
        began = time.perf_counter()
        async with self._turn:  # a timer of the page may be at it
            gone = what == "timer" and message.rerun_script.fragment_id not in self._timers
            if gone:  # the page was turned meanwhile: nobody answers for a part that is there no more
                return Run(what, 0.0, 0, began)
            self._done.clear()
            before = self._came
            with suppress(ConnectionClosed):  # told below
                await self._socket.send(message.SerializeToString())
            try:
                await asyncio.wait_for(self._done.wait(), PATIENCE)
            except TimeoutError:
                raise NotDrawn(f"{what}: not drawn within {PATIENCE:.0f} s") from None
            if self._closed:
                raise NotDrawn(f"{what}: {self._closed}")
            return Run(what, self._end - began, self._came - before, self._end)

    async def _read(self) -> None:
        with suppress(ConnectionClosed):
            async for data in self._socket:
                assert isinstance(data, bytes)
                self._take(data, time.perf_counter())
        self._closed = f"closed: {self._socket.close_code} {self._socket.close_reason}"
        self._done.set()

    def _take(self, data: bytes, at: float) -> None:
        self._came += 1
        if self.keep:
            self.frames.append(data)
            self.times.append(at)
        found = ForwardMsg.FromString(data)
        match found.WhichOneof("type"):
            case "new_session":
                self._begin(found)
            case "delta":
                self._note(found.delta)
            case "page_info_changed":
                self.query = found.page_info_changed.query_string
            case "auto_rerun":
                self._set_timer(found.auto_rerun.fragment_id, found.auto_rerun.interval)
            case "stop_auto_rerun":
                self._stop_timers(*found.stop_auto_rerun.fragment_ids)
            case "script_finished" if found.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                shown = {widget.id for widget in self.widgets.values()}
                self._values = {id_: value for id_, value in self._values.items() if id_ in shown}
                self._end = at
                self._done.set()

    def _begin(self, found: ForwardMsg) -> None:
        """A new drawing: of the whole page, or of the fragments named."""
        self._page = found.new_session.page_script_hash
        fragments = found.metadata.run.fragment_ids
        if not fragments:
            self._stop_timers()
        self.widgets = {k: w for k, w in self.widgets.items() if fragments and w.fragment not in fragments}

    def _note(self, delta: Any) -> None:
        kind = delta.new_element.WhichOneof("type") if delta.HasField("new_element") else None
        if kind is None:
            return
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            self.faults.append(f"{element.type}: {element.message}")
        id_ = getattr(element, "id", "")
        if kind in VALUES and id_.count("-") >= 2:
            key = id_.split("-", 2)[2]
            self.widgets[key] = Widget(key, id_, kind, delta.fragment_id, element)
            if getattr(element, "set_value", False) or id_ not in self._values:
                self._values[id_] = standing(element)

    # Parts of the page that draw themselves again

    def _set_timer(self, fragment: str, seconds: float) -> None:
        self._stop_timers(fragment)
        self._timers[fragment] = asyncio.create_task(self._tick(fragment, seconds))

    async def _tick(self, fragment: str, seconds: float) -> None:
        with suppress(NotDrawn):
            while True:
                await asyncio.sleep(seconds)
                await asyncio.shield(self._run("timer", self._message(fragment, auto=True)))

    def _stop_timers(self, *fragments: str) -> None:
        for fragment in fragments or tuple(self._timers):
            if fragment in self._timers:
                self._timers.pop(fragment).cancel()


def standing(element: Any) -> object:
    """The value an element comes with."""
    if not getattr(element, "set_value", False):
        return getattr(element, "default", None) if not hasattr(element, "options") else None
    name = next(name for name in ("raw_value", "raw_values", "value") if hasattr(element, name))
    if element.DESCRIPTOR.fields_by_name[name].has_presence and not element.HasField(name):
        return None  # nothing is chosen, which is not the same as an empty text
    found = getattr(element, name)
    return list(found) if not isinstance(found, str | bool | float | int) else found


def _put(state: Any, name: str, value: object) -> None:
    if value is None:
        return
    if name == "string_array_value":
        state.string_array_value.data.extend(value)
    else:
        setattr(state, name, value)
