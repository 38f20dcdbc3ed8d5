"""Middleware: who may talk to the server, what every response says about itself, what no log may hold."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.settings import LOCAL, Settings, is_loopback

BROWSER_COOKIE: Final = "assessment_browser"

# Inline: Streamlit writes styles into elements and starts itself with a small inline script. Never eval:
# its charts bring their own expression interpreter. data: and blob: are pictures drawn by charts.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "worker-src 'self' blob:; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Streamlit answers these to anybody; nothing here needs them.
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
# The address of an upload names the session, and whoever can name a session can take it over.
_SECRET_PATH: Final = re.compile(r"/(join|w|dl|media|_stcore/upload_file)/[^\s?\"]+")


class Doorkeeper:
    """Turn away requests for another host name, those that other sites' pages make, and in local access any
    that came over the network.

    The host name check stops a web page elsewhere from reaching a local server through a name of its own.
    The origin check is narrower than Streamlit's, which lets every page of this machine open a WebSocket
    (cookies know no ports), and asks a service on the internet for its own address to judge any other.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.allowed_hosts
        self._public = settings.public_url.lower()
        self._local = settings.access == LOCAL

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or self._welcome(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _welcome(self, scope: Scope) -> bool:
        if scope["path"].startswith(_CLOSED):
            return False
        if self._local and scope.get("server") and not is_loopback(scope["server"][0]):
            return False
        headers = Headers(scope=scope)
        return _name(headers.get("host", "")) in self._hosts and self._own_page(scope, headers)

    def _own_page(self, scope: Scope, headers: Headers) -> bool:
        """No Origin: a page is opened, or no browser asks. `null`: a form, as our pages send no referrer;
        what a form may do is guarded by cookies, and no WebSocket of ours says so.
        """
        origin = headers.get("origin", "").lower()
        if not origin or (origin == "null" and scope["type"] == "http"):
            return True
        return origin == self._public or origin.partition("://")[2] == headers.get("host", "").lower()


def _name(host: str) -> str:
    """`[::1]:8501` -> `::1`, `Localhost:8501` -> `localhost`."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name.lower().rstrip(".")


class Labels:
    """Put the security headers on every response, and give each browser a random name of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def labelled(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "text/html" in Headers(scope=scope).get("accept", ""):  # a page, even if unchanged (304)
                    _name_browser(scope, headers)
            await send(message)

        await self._app(scope, receive, labelled if scope["type"] == "http" else send)


def _name_browser(scope: Scope, headers: MutableHeaders) -> None:
    """An entry ticket is bound to this name, so that nobody can push another person into an assessment."""
    if BROWSER_COOKIE not in SimpleCookie(Headers(scope=scope).get("cookie", "")):
        secure = "; Secure" if scope["scheme"] == "https" else ""
        value = f"{BROWSER_COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax{secure}"
        headers.append("Set-Cookie", value)


class Redaction(logging.Filter):
    """Replace tokens and query strings in a server's access log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line stays, the secret goes."""
        if isinstance(record.args, tuple):
            record.args = tuple(_redacted(part) for part in record.args)
        return True


def _redacted(part: object) -> object:
    if not isinstance(part, str):
        return part
    return re.sub(r"\?\S+", "?...", _SECRET_PATH.sub(r"/\1/...", part))


def redact(loggers: Iterable[str] = ("uvicorn.access", "uvicorn.error")) -> None:
    """Install the redaction. Calling it again changes nothing."""
    for name in loggers:
        logger = logging.getLogger(name)
        if not any(isinstance(present, Redaction) for present in logger.filters):
            logger.addFilter(Redaction())
