"""What the routes answer with: a short page, a cookie and the way on, a file; and how a form is read."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assessment.ui.services import ACCESS_COOKIE, SAMPLE_COOKIE, SEAT_COOKIE, Services

NO_STORE: Final = {"Cache-Control": "no-store"}
LONGEST_NAME: Final = 120  # of a file, with its ending
LONGEST_FORM: Final = 1000  # bytes


def let_in(given: Services, request: Request, cookie: str, token: str, to: str = "/") -> Response:
    """Keep the token in a cookie and go on. A link ends looking at a sample and a place in a workshop."""
    life = None if cookie != ACCESS_COOKIE else given.settings.link_days * 86400
    response = RedirectResponse(to, 303, headers=NO_STORE)
    secure = request.url.scheme == "https"
    response.set_cookie(cookie, token, max_age=life, httponly=True, samesite="lax", secure=secure)
    for other in (SAMPLE_COOKIE, SEAT_COOKIE):
        if cookie == ACCESS_COOKIE and other in request.cookies:
            response.delete_cookie(other)
    return response


def page(
    given: Services, request: Request, key: str, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """A short page outside Streamlit: a sentence of the app, and the way to the start."""
    notice = given.notice(key, request.headers.get("accept-language", ""))
    title, text, home = escape(notice.title), escape(notice.text), escape(notice.home)
    body = (
        f'<!doctype html><html lang="{escape(notice.language)}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        '<body style="font-family: sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em">'
        f'<h1>{title}</h1><p>{text}</p><p><a href="/">{home}</a></p></body></html>'
    )
    return HTMLResponse(body, status, headers={**NO_STORE, **(headers or {})})


async def posted(request: Request, field: str) -> str:
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


def post_form(action: str, label: str, ticket: str = "", at_once: bool = False) -> str:
    """A button that changes something here (`/leave`), as HTML for `st.html`."""
    submit = "<script>document.currentScript.parentElement.querySelector('form').submit()</script>"
    secret = f'<input type="hidden" name="ticket" value="{escape(ticket)}">' if ticket else ""
    button = f"<button>{escape(label)}</button>"
    form = f'<form method="post" action="{escape(action)}">{secret}{button}</form>'
    return f"<div>{form}{submit if at_once else ''}</div>"
