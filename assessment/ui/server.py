"""The server around the Streamlit script: links, downloads, health, headers, start.

A link's token is exchanged here for a cookie, because a Streamlit script cannot set one; a file leaves
here, because Streamlit's own download addresses are open to anybody who knows them.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from typing import Any, Final, TypedDict
from urllib.parse import parse_qs, quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config

from assessment.settings import Settings, check_host
from assessment.store import Assessment, NotSaved, Redeemed, Store
from assessment.ui.guard import BROWSER_COOKIE, Doorkeeper, Labels, redact

LOG: Final = logging.getLogger(__name__)
ACCESS_COOKIE: Final = "assessment"
SAMPLE_COOKIE: Final = "assessment_sample"
NO_STORE: Final = {"Cache-Control": "no-store"}
LONGEST_NAME: Final = 120  # of a file, with its ending
LONGEST_FORM: Final = 1000  # bytes
MOST_FAILURES: Final = 20  # bad links from one address in one minute

# (assessment, kind, params) -> (file name, media type, content)
Produce = Callable[[Assessment, str, Mapping[str, object]], tuple[str, str, bytes]]


@dataclass(frozen=True, slots=True)
class Notice:
    """A short page outside Streamlit, in the reader's language; `home` labels the link to the start page."""

    language: str
    title: str
    text: str
    home: str


# Keys the server asks for: link_not_valid, too_many_tries, file_not_found, try_again, page_failed.
Notices = Callable[[str, str], Notice]  # (key, Accept-Language or locale) -> Notice


@dataclass(frozen=True, slots=True)
class Services:
    """What the server needs, made once per process by the entry.

    `sample` gives the token of a read-only assessment for a worked case, None if there is no such case.
    `warm_up` loads whatever is loaded once: it runs before the process is frozen for garbage collection.
    """

    settings: Settings
    store: Store
    produce: Produce
    notice: Notices
    sample: Callable[[str], str | None] | None = None
    warm_up: Callable[[], None] | None = None


class AppParts(TypedDict):
    """Keyword arguments of `streamlit.App`."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Callable[[st.App], Any]
    on_script_error: Callable[[Exception], bool]
    exception_handlers: dict[type[Exception], Callable[[Request, Exception], Any]]


_current: list[Services] = []


def services() -> Services:
    """The services of this process, for the Streamlit script, which is run anew each time."""
    return _current[-1]


def app_parts(given: Services) -> AppParts:
    """All but the script.

    `streamlit run` looks for `app = App(...)` in the text of its file, with `App` imported from streamlit;
    so the entry writes `app = App(script, **app_parts(services))`. Raises SettingsError if Streamlit was
    told to listen beyond this machine and the settings do not allow it.
    """
    check_host(given.settings, config.get_option("server.address") or "")
    _current[:] = [given]
    doors = Doors(given)
    return {
        "routes": doors.routes(),
        "middleware": [Middleware(Labels), Middleware(Doorkeeper, settings=given.settings)],
        "lifespan": _lifespan(given),
        "on_script_error": _show_failure,
        "exception_handlers": {NotSaved: doors.unsaved},
    }


def build_app(script: str, given: Services) -> st.App:
    """The ASGI application, for an ASGI server or a test."""
    return st.App(script, **app_parts(given))


def _lifespan(given: Services) -> Callable[[st.App], Any]:
    @asynccontextmanager
    async def life(_app: st.App) -> AsyncIterator[None]:
        redact()
        if given.warm_up is not None:
            given.warm_up()
        gc.collect()
        gc.freeze()  # what is loaded now stays: a full collection after each run was half of all CPU time
        yield
        given.store.close()

    return life


def _show_failure(error: Exception) -> bool:
    """Streamlit has logged the error; the reader gets a sentence and no traceback."""
    notice = services().notice("page_failed", st.context.locale or "")
    st.error(f"**{notice.title}**\n\n{notice.text}")
    LOG.error("a page failed: %s", type(error).__name__)
    return True


# For the Streamlit script ----------------------------------------------------------------------


def tokens(cookies: Mapping[str, str]) -> list[str]:
    """The tokens a browser shows, the sample it is looking at first. Check with the store on every run."""
    return [cookies[name] for name in (SAMPLE_COOKIE, ACCESS_COOKIE) if cookies.get(name)]


def link(settings: Settings, token: str) -> str:
    """The address to keep or to send: whoever opens it works on the assessment."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base}/join/{token}"


def enter(store: Store, assessment: Assessment, label: str) -> bool:
    """Send this browser into an assessment just made: call it in the run after the button was pressed.

    Writes a form that submits itself, with a button named `label` should scripts be off. False if the
    browser keeps no cookies.
    """
    browser = st.context.cookies.get(BROWSER_COOKIE)
    if browser is None:
        return False
    ticket = store.new_entry_ticket(assessment, browser)
    st.html(post_form("/start", label, ticket, at_once=True), unsafe_allow_javascript=True)
    return True


def post_form(action: str, label: str, ticket: str = "", at_once: bool = False) -> str:
    """A button that changes something here (`/leave`), as HTML for `st.html`."""
    submit = "<script>document.currentScript.parentElement.querySelector('form').submit()</script>"
    secret = f'<input type="hidden" name="ticket" value="{escape(ticket)}">' if ticket else ""
    button = f"<button>{escape(label)}</button>"
    form = f'<form method="post" action="{escape(action)}">{secret}{button}</form>'
    return f"<div>{form}{submit if at_once else ''}</div>"


# Routes ----------------------------------------------------------------------------------------


class Doors:
    """The routes. What asks the store runs in threads, as the store may wait."""

    def __init__(self, given: Services) -> None:
        self._store = given.store
        self._given = given

    def routes(self) -> list[BaseRoute]:
        """In the order they are tried; Streamlit's own come after."""
        return [
            Route("/join/{token}", self.join, methods=["GET"]),
            Route("/start", self.start, methods=["POST"]),
            Route("/sample/{case}", self.sample, methods=["GET"]),
            Route("/leave", self.leave, methods=["POST"]),
            Route("/dl/{ticket}", self.download, methods=["GET"]),
            Route("/healthz", self.health, methods=["GET"]),
        ]

    def join(self, request: Request) -> Response:
        """A link: its token becomes a cookie, and the address bar is clean again."""
        address = request.client.host if request.client else ""
        if self._store.failures("join", address) >= MOST_FAILURES:
            return self._page(request, "too_many_tries", 429, {"Retry-After": "60"})
        token = request.path_params["token"]
        if self._store.assessment_for(token) is None:
            self._store.count_failure("join", address)
            return self._page(request, "link_not_valid", 404)
        return self._let_in(request, ACCESS_COOKIE, token)

    async def start(self, request: Request) -> Response:
        """The end of pressing "begin": only the browser that got the ticket can use it, and only once.

        A page elsewhere that posts here comes without our cookies (SameSite=Lax), so it gets nowhere.
        """
        browser = request.cookies.get(BROWSER_COOKIE, "")
        ticket = await _posted(request, "ticket")  # in the body: an address would stay in the history
        token = await run_in_threadpool(self._store.redeem_entry_ticket, ticket, browser)
        if token is None:
            return self._page(request, "link_not_valid", 404)
        return self._let_in(request, ACCESS_COOKIE, token)

    def sample(self, request: Request) -> Response:
        """Look at a worked case; one's own assessment stays in its own cookie until `/leave`."""
        find = self._given.sample
        token = find(request.path_params["case"]) if find else None
        if token is None:
            return self._page(request, "link_not_valid", 404)
        return self._let_in(request, SAMPLE_COOKIE, token)

    def leave(self, request: Request) -> Response:
        """Leave the sample if one is open, otherwise forget the assessment on this browser."""
        response = RedirectResponse("/", 303, headers=NO_STORE)
        present = [name for name in (SAMPLE_COOKIE, ACCESS_COOKIE) if name in request.cookies]
        if present:  # none if another site sent the browser here
            response.delete_cookie(present[0])
        return response

    def download(self, request: Request) -> Response:
        """A file, for the browser that holds a link to the ticket's assessment; not found for any other."""
        found = self._redeemed(request)
        if found is None:
            return self._page(request, "file_not_found", 404)
        try:
            name, media_type, body = self._given.produce(found.assessment, found.kind, found.params)
        except Exception:
            LOG.exception("making a file failed: %s", found.kind)
            return self._page(request, "page_failed", 500)
        headers = NO_STORE | {"Content-Disposition": disposition(name)}
        return Response(body, media_type=media_type, headers=headers)

    def _redeemed(self, request: Request) -> Redeemed | None:
        ticket = request.path_params["ticket"]
        tried = (self._store.redeem_download_ticket(ticket, token) for token in tokens(request.cookies))
        return next((found for found in tried if found is not None), None)

    def health(self, _request: Request) -> Response:
        """200 when the store is well, 503 otherwise. Says nothing about firms."""
        state = self._store.health()
        body = {"ok": state.ok, "database": f"{state.database} {state.version}", "schema": state.schema}
        return JSONResponse(body, 200 if state.ok else 503, headers=NO_STORE)

    def _let_in(self, request: Request, cookie: str, token: str) -> Response:
        response = RedirectResponse("/", 303, headers=NO_STORE)
        life = None if cookie == SAMPLE_COOKIE else self._given.settings.link_days * 86400
        secure = request.url.scheme == "https"
        response.set_cookie(cookie, token, max_age=life, httponly=True, samesite="lax", secure=secure)
        if cookie == ACCESS_COOKIE:
            response.delete_cookie(SAMPLE_COOKIE)
        return response

    def _page(
        self, request: Request, key: str, status: int, headers: Mapping[str, str] | None = None
    ) -> Response:
        notice = self._given.notice(key, request.headers.get("accept-language", ""))
        title, text, home = escape(notice.title), escape(notice.text), escape(notice.home)
        body = (
            f'<!doctype html><html lang="{escape(notice.language)}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
            '<body style="font-family: sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em">'
            f'<h1>{title}</h1><p>{text}</p><p><a href="/">{home}</a></p></body></html>'
        )
        return HTMLResponse(body, status, headers={**NO_STORE, **(headers or {})})

    async def unsaved(self, request: Request, _error: Exception) -> Response:
        """The store could not write: say so, and that trying again helps."""
        return self._page(request, "try_again", 503, {"Retry-After": "5"})


async def _posted(request: Request, field: str) -> str:
    """A field of a small form; empty if it is missing or the form is not small."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return ""
    return parse_qs(body.decode("ascii", "replace")).get(field, [""])[0]


def disposition(name: str) -> str:
    """Content-Disposition for a file name in any script: plain ASCII for old readers, UTF-8 for the rest."""
    clean = "".join(sign for sign in name if sign.isprintable() and sign not in '\\/:*?"<>|').strip(" .")
    stem, dot, ending = clean.rpartition(".")
    kept = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else clean[:LONGEST_NAME]
    plain = (kept or "file").encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept or 'file', safe='')}"
