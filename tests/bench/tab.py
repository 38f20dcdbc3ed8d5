"""One browser tab without a browser: speaks Streamlit's protocol with an app in this very process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.tab import standing

VALUES: Final = {  # element -> where its value stands in a message
    "text_input": "string_value",
    "radio": "string_value",
    "selectbox": "string_value",
    "checkbox": "bool_value",
    "button_group": "string_array_value",
}


class Tab:
    """An open page. `change` does what a person does: a field gets another value, and the page is drawn.

    `cookies`: instead of those of the client.
    """

    def __init__(self, client: TestClient, query: str, cookies: Mapping[str, str] | None = None) -> None:
        if cookies is not None:
            client.cookies = dict(cookies)
        self._socket = client.websocket_connect(
            "ws://127.0.0.1:8501/_stcore/stream", subprotocols=["streamlit"]
        )
        self._stream = self._socket.__enter__()
        self._query, self._page = query, ""
        self._widgets: dict[str, tuple[str, str, Any]] = {}  # key -> id, fragment, message of the element
        self._values: dict[str, object] = {}
        self._timer = ""  # the part of the page that was last told to draw itself again by the clock
        self.drawn = self._run(self._message("", ""))

    def close(self) -> None:
        """Leave the page."""
        self._socket.__exit__(None, None, None)

    def change(self, key: str, value: object) -> None:
        """Give the widget with this key another value; returns when the last element is drawn."""
        self._values[key] = value
        fragment = self._widgets[key][1]
        self.drawn = self._run(self._message(fragment, self._page))

    def look(self) -> None:
        """The clock of the page has come round: the part that asked for it draws itself again."""
        assert self._timer, "nothing on this page is drawn by the clock"
        self.drawn = self._run(self._message(self._timer, self._page, auto=True))

    @property
    def widgets(self) -> list[str]:
        """Keys of the widgets on the page, in the order they were drawn."""
        return list(self._widgets)

    def message(self, key: str) -> Any:
        """The element of the widget, as it was sent last."""
        return self._widgets[key][2]

    def value(self, key: str) -> object:
        """What the widget shows."""
        return self._values.get(key)

    def disabled(self, key: str) -> bool:
        """Whether the widget cannot be used."""
        element = self._widgets[key][2]
        return bool(getattr(element, element.WhichOneof("type")).disabled)

    def _message(self, fragment: str, page: str, *, auto: bool = False) -> bytes:
        """What a browser sends: the values of all widgets of the fragment that changed."""
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.fragment_id, rerun.page_script_hash = self._query, fragment, page
        rerun.is_auto_rerun = auto
        rerun.context_info.timezone, rerun.context_info.locale = "UTC", "en-GB"
        for key, (id_, owner, element) in self._widgets.items():
            kind = element.WhichOneof("type")
            if owner == fragment and kind in VALUES:
                state = rerun.widget_states.widgets.add(id=id_)
                _put(state, VALUES[kind], self._values.get(key))
        return message.SerializeToString()

    def _run(self, message: bytes) -> int:
        """Send, and read until nothing more is drawn. Returns how many messages came."""
        self._stream.send_bytes(message)
        for count in range(1, 100_000):
            found = ForwardMsg.FromString(self._stream.receive_bytes())
            match found.WhichOneof("type"):
                case "new_session":
                    self._page = found.new_session.page_script_hash
                case "delta":
                    self._note(found.delta)
                case "auto_rerun":
                    self._timer = found.auto_rerun.fragment_id
                case "script_finished" if found.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return count
        raise AssertionError("the page is drawn without end")

    def _note(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise AssertionError(element.exception.message)
        id_ = getattr(getattr(element, kind), "id", "") if kind else ""
        if kind and id_.count("-") >= 2:
            key = id_.split("-", 2)[2]
            self._widgets[key] = (id_, delta.fragment_id, element)
            if kind in VALUES and (element_sets(element, kind) or key not in self._values):
                self._values[key] = standing(getattr(element, kind))


def element_sets(element: Any, kind: str) -> bool:
    """Whether the page gives the widget another value than the browser knows."""
    return bool(getattr(getattr(element, kind), "set_value", False))


def _put(state: Any, name: str, value: object) -> None:
    if name == "string_array_value":
        state.string_array_value.data.extend(value or [])  # type: ignore[call-overload]
    elif isinstance(value, str | bool):
        setattr(state, name, value)
