"""Asks the doorkeeper alone, without a server."""

from starlette.types import Message, Receive, Scope, Send

from assessment.settings import Settings
from assessment.ui.guard import Doorkeeper


def outcome(
    settings: Settings, host: str, address: str, kind: str = "http", path: str = "/", origin: str = ""
) -> str:
    """`through`, or the type and code of the refusal."""
    sent: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        sent.append("through")

    async def send(message: Message) -> None:
        if "body" not in message:
            sent.append(f"{message['type']} {message.get('status') or message.get('code')}")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin else [])
    scope: Scope = {"type": kind, "method": "GET", "path": path, "scheme": "http", "headers": headers}
    asked = Doorkeeper(app, settings)(scope | {"server": (address, 8501)}, receive, send)
    try:
        asked.send(None)  # it waits for nothing, so it needs no loop; a browser's may run in this thread
    except StopIteration:
        return sent[0]
    raise AssertionError("the doorkeeper waits for something")
