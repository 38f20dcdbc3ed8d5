"""Workshops: a code leads to the page for joining, a seat's token becomes a cookie."""

from __future__ import annotations

import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.responses import NO_STORE, let_in, page, posted
from assessment.ui.services import CODE_COOKIE, SEAT_COOKIE, Services

CODE_LIFE: Final = 600  # seconds a code from an address is remembered: until the form is filled in
CODE: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
LANGUAGE: Final = re.compile("[a-z]{2}")


def routes(given: Services) -> list[BaseRoute]:
    """In the order they are tried."""
    doors = SeatDoors(given)
    return [
        Route("/w/{code}", doors.code, methods=["GET"]),
        Route("/seat", doors.sit, methods=["POST"]),
    ]


class SeatDoors:
    """The routes. What asks the store runs in threads, as the store may wait."""

    def __init__(self, given: Services) -> None:
        self._given = given

    def code(self, request: Request) -> Response:
        """The address of a QR code: the code goes into a cookie, so that none stays in the address bar.

        It is not looked up here: that costs a try, and is counted where the form is sent.
        """
        code = request.path_params["code"]
        if not CODE.fullmatch(code):
            return page(self._given, request, "link_not_valid", 404)
        response = RedirectResponse("/?page=join", 303, headers=NO_STORE)
        secure = request.url.scheme == "https"
        response.set_cookie(
            CODE_COOKIE, code, max_age=CODE_LIFE, httponly=True, samesite="lax", secure=secure
        )
        return response

    async def sit(self, request: Request) -> Response:
        """The end of joining. A page elsewhere that posts here comes without our cookies (SameSite=Lax), so
        nobody can be pushed into a place of somebody else's.
        """
        token = await posted(request, "ticket") if BROWSER_COOKIE in request.cookies else ""
        if not token or await run_in_threadpool(self._given.store.workshops.seat, token) is None:
            return page(self._given, request, "link_not_valid", 404)
        lang = request.query_params.get("lang", "")
        way = f"&lang={lang}" if LANGUAGE.fullmatch(lang) else ""
        response = let_in(self._given, request, SEAT_COOKIE, token, f"/?page=seat{way}")
        response.delete_cookie(CODE_COOKIE)
        return response
