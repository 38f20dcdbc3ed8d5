"""Signing in and out: a password or a proven identity is exchanged here for a session cookie.

A page elsewhere that posts here comes without our cookies (SameSite=Lax), so it can neither sign anybody in
nor out.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assessment.settings import HOSTED
from assessment.store import Refused, TooManyTries
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.office import proof
from assessment.ui.office.trail import FORMATS, Entries
from assessment.ui.responses import NO_STORE, disposition, let_in, page
from assessment.ui.services import ACCESS_COOKIE, ACCOUNT_COOKIE, Services

LONGEST_FORM: Final = 6000  # bytes: a long password in Chinese, three times, as it travels


def routes(given: Services) -> list[BaseRoute]:
    """In the order they are tried. Without accounts there are none of these doors."""
    if given.settings.access != HOSTED:
        return []
    doors = AccountDoors(given)
    return [
        Route("/login", doors.password, methods=["POST"]),
        Route("/login/proven", doors.proven, methods=["POST"]),
        Route("/logout", doors.leave, methods=["POST"]),
        Route("/password", doors.change, methods=["POST"]),
        Route("/audit/{kind}", doors.trail, methods=["GET"]),
    ]


class AccountDoors:
    """What asks the store runs in threads: a password takes a while to check, on purpose."""

    def __init__(self, given: Services) -> None:
        self._given = given
        self._accounts = given.store.accounts

    async def password(self, request: Request) -> Response:
        """Login and password. What was wrong is not said: nobody shall learn which logins exist."""
        form = await _form(request)
        if BROWSER_COOKIE not in request.cookies:
            return _back(form, "signin", "cookies")
        try:
            token = await run_in_threadpool(
                self._accounts.sign_in, form.get("login", ""), form.get("password", ""), _address(request)
            )
        except TooManyTries:
            return _back(form, "signin", "many")
        return await self._in(request, form, token) if token else _back(form, "signin", "wrong")

    async def proven(self, request: Request) -> Response:
        """A ticket that says what a provider has vouched for. Who has no account keeps no proof either."""
        form, browser = await _form(request), request.cookies.get(BROWSER_COOKIE, "")
        login = proof.login_of(form.get("ticket", ""), browser)
        token = await run_in_threadpool(self._accounts.sign_in_proven, login) if login else None
        if token:
            return await self._in(request, form, token)
        response = _back(form, "signin", "unknown" if login else "stale")
        for name in request.cookies:
            if name.startswith(proof.STREAMLIT_COOKIES):
                response.delete_cookie(name)
        return response

    async def _in(self, request: Request, form: dict[str, str], token: str) -> Response:
        """The session this browser had before ends; nobody would end it any more."""
        if earlier := request.cookies.get(ACCOUNT_COOKIE):
            await run_in_threadpool(self._accounts.sign_out, earlier)
        return let_in(self._given, request, ACCOUNT_COOKIE, token, _way(form, "office"))

    async def leave(self, request: Request) -> Response:
        """End the session, here and in the store; the page it leads to ends Streamlit's login, if any."""
        form, token = await _form(request), request.cookies.get(ACCOUNT_COOKIE)
        response = _back(form, "signin", "left")
        if token:  # none if another site sent the browser here
            await run_in_threadpool(self._accounts.sign_out, token)
            response.delete_cookie(ACCOUNT_COOKIE)
            if not await run_in_threadpool(self._opens, request.cookies.get(ACCESS_COOKIE, "")):
                response.delete_cookie(ACCESS_COOKIE)  # was entered with this session, and ended with it
        return response

    def _opens(self, link: str) -> bool:
        return self._given.store.assessment_for(link) is not None

    async def change(self, request: Request) -> Response:
        """A new password for whoever knows the present one; every other session of theirs ends."""
        form, session = await _form(request), request.cookies.get(ACCOUNT_COOKIE, "")
        told, token = await run_in_threadpool(self._changed, form, session, _address(request))
        if token:
            return let_in(self._given, request, ACCOUNT_COOKIE, token, _way(form, "office", told))
        return _back(form, "office", told)

    def _changed(self, form: dict[str, str], session: str, address: str) -> tuple[str, str]:
        """What to tell, and the token of the new session."""
        member = self._accounts.member(session)
        if member is None:
            return "wrong", ""
        try:
            proven = self._accounts.sign_in(member.login, form.get("current", ""), address)
            if not proven:
                return "wrong", ""
            self._accounts.sign_out(proven)
            self._accounts.of(member).set_password(member.account, form.get("new", ""))
        except TooManyTries:
            return "many", ""
        except Refused:
            return "weak", ""
        return "changed", self._accounts.sign_in_proven(member.login) or ""

    def trail(self, request: Request) -> Response:
        """The audit trail as a file, for the programme of this workspace; not found for anybody else."""
        make = FORMATS.get(request.path_params["kind"])
        entries = self._entries(request) if make else None
        if make is None or entries is None:
            return page(self._given, request, "file_not_found", 404)
        name, media_type, body = make(entries)
        headers = NO_STORE | {"Content-Disposition": disposition(name)}
        return Response(body, media_type=media_type, headers=headers)

    def _entries(self, request: Request) -> Entries | None:
        try:
            return self._given.store.office(request.cookies.get(ACCOUNT_COOKIE, "")).audit()
        except Refused:
            return None


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; none if it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


def _back(form: dict[str, str], to: str, told: str) -> RedirectResponse:
    """To a page that says in a sentence what became of it."""
    return RedirectResponse(_way(form, to, told), 303, headers=NO_STORE)


def _way(form: dict[str, str], to: str, told: str = "") -> str:
    lang = form.get("language", "")
    query = {"page": to, "told": told, "lang": lang if lang.isalpha() and len(lang) == 2 else ""}
    return "/?" + urlencode({name: value for name, value in query.items() if value})


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
