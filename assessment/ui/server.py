"""The server around the Streamlit script: links, downloads, health, headers, start.

A link's token is exchanged here for a cookie, because a Streamlit script cannot set one; a file leaves
here, because Streamlit's own download addresses are open to anybody who knows them.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypedDict

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config

from assessment.settings import check_host
from assessment.store import Assessment, NotSaved, Redeemed, Refused, Store
from assessment.ui import doors_account, doors_seat
from assessment.ui.guard import BROWSER_COOKIE, Doorkeeper, Labels, redact
from assessment.ui.responses import NO_STORE, disposition, let_in, page, post_form, posted
from assessment.ui.services import (
    ACCESS_COOKIE,
    SAMPLE_COOKIE,
    SEAT_COOKIE,
    Services,
    serve,
    services,
    tokens,
)

LOG: Final = logging.getLogger(__name__)
MOST_FAILURES: Final = 20  # bad links from one address in one minute


class AppParts(TypedDict):
    """Keyword arguments of `streamlit.App`."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Callable[[st.App], Any]
    on_script_error: Callable[[Exception], bool]
    exception_handlers: dict[type[Exception], Callable[[Request, Exception], Any]]


def app_parts(given: Services) -> AppParts:
    """All but the script.

    `streamlit run` looks for `app = App(...)` in the text of its file, with `App` imported from streamlit;
    so the entry writes `app = App(script, **app_parts(services))`. Raises SettingsError if Streamlit was
    told to listen beyond this machine and the settings do not allow it.
    """
    check_host(given.settings, config.get_option("server.address") or "")
    serve(given)
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
    """Streamlit has logged the error; the reader gets a sentence and no traceback.

    Refused: a button was pressed on a page that was opened by a link that has been withdrawn since.
    """
    key = "link_not_valid" if isinstance(error, Refused) else "page_failed"
    notice = services().notice(key, st.context.locale or "")
    st.error(f"**{notice.title}**\n\n{notice.text}")
    LOG.error("a page failed: %s", type(error).__name__)
    return True


# For the Streamlit script ----------------------------------------------------------------------


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
            *doors_account.routes(self._given),
            *doors_seat.routes(self._given),
        ]

    def join(self, request: Request) -> Response:
        """A link: its token becomes a cookie, and the address bar is clean again."""
        address = request.client.host if request.client else ""
        if self._store.failures("join", address) >= MOST_FAILURES:
            return page(self._given, request, "too_many_tries", 429, {"Retry-After": "60"})
        token = request.path_params["token"]
        if self._store.assessment_for(token) is None:
            self._store.count_failure("join", address)
            return page(self._given, request, "link_not_valid", 404)
        return let_in(self._given, request, ACCESS_COOKIE, token)

    async def start(self, request: Request) -> Response:
        """The end of pressing "begin": only the browser that got the ticket can use it, and only once.

        A page elsewhere that posts here comes without our cookies (SameSite=Lax), so it gets nowhere.
        """
        browser = request.cookies.get(BROWSER_COOKIE, "")
        ticket = await posted(request, "ticket")  # in the body: an address would stay in the history
        token = await run_in_threadpool(self._store.redeem_entry_ticket, ticket, browser)
        if token is None:
            return page(self._given, request, "link_not_valid", 404)
        return let_in(self._given, request, ACCESS_COOKIE, token)

    def sample(self, request: Request) -> Response:
        """Look at a worked case; one's own assessment stays in its own cookie until `/leave`."""
        find = self._given.sample
        token = find(request.path_params["case"]) if find else None
        if token is None:
            return page(self._given, request, "link_not_valid", 404)
        return let_in(self._given, request, SAMPLE_COOKIE, token)

    def leave(self, request: Request) -> Response:
        """Leave the sample or the workshop; if neither is open, forget the assessment on this browser."""
        response = RedirectResponse("/", 303, headers=NO_STORE)
        present = [name for name in (SAMPLE_COOKIE, SEAT_COOKIE, ACCESS_COOKIE) if name in request.cookies]
        if present:  # none if another site sent the browser here
            response.delete_cookie(present[0])
        return response

    def download(self, request: Request) -> Response:
        """A file, for the browser that holds a link to the ticket's assessment; not found for any other."""
        found = self._redeemed(request)
        if found is None:
            return page(self._given, request, "file_not_found", 404)
        try:
            name, media_type, body = self._given.produce(found.assessment, found.kind, found.params)
        except Exception:
            LOG.exception("making a file failed: %s", found.kind)
            return page(self._given, request, "page_failed", 500)
        headers = NO_STORE | {"Content-Disposition": disposition(name)}
        return Response(body, media_type=media_type, headers=headers)

    def _redeemed(self, request: Request) -> Redeemed | None:
        ticket, browser = request.path_params["ticket"], request.cookies.get(BROWSER_COOKIE, "")
        store = self._store
        tried = (store.redeem_download_ticket(ticket, token, browser) for token in tokens(request.cookies))
        return next((found for found in tried if found is not None), None)

    def health(self, _request: Request) -> Response:
        """200 when the store is well, 503 otherwise. Says nothing about firms."""
        state = self._store.health()
        body = {"ok": state.ok, "database": f"{state.database} {state.version}", "schema": state.schema}
        return JSONResponse(body, 200 if state.ok else 503, headers=NO_STORE)

    async def unsaved(self, request: Request, _error: Exception) -> Response:
        """The store could not write: say so, and that trying again helps."""
        return page(self._given, request, "try_again", 503, {"Retry-After": "5"})
