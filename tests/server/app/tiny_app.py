"""The smallest entry: what `streamlit run` starts in the tests. Its clock stands until a test moves it."""

import gc
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import App, config

from assessment.settings import read
from assessment.store import Assessment, Store
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.server import app_parts
from assessment.ui.services import Notice, Services

now = [datetime(2026, 7, 1, 9, 0, tzinfo=UTC)]
settings = read(os.environ)
store = Store(settings.database_url, link_days=settings.link_days, clock=lambda: now[0])


def _notice(key: str, language: str) -> Notice:
    return Notice("en", f"Title {key}", f"Text <{key}> for {language}", "Home")


def _produce(assessment: Assessment, kind: str, params: object) -> tuple[str, str, bytes]:
    if kind == "broken":
        raise RuntimeError("inner detail that nobody outside should read")
    return f"报告 – {assessment.firm_name}.txt", "text/plain", f"{assessment.id} {kind} {params}".encode()


def _opened(token: str) -> Assessment:
    opened = store.assessment_for(token)
    assert opened is not None
    return opened


def _new(firm: str) -> str:
    return store.create_assessment("e/1", "f" * 64, "en", "quick", firm)[1]


def make(request: Request) -> Response:
    """An assessment with its link and tickets, as the pages would make them."""
    token = _new("Lantern Garments (invented)")
    opened, browser = _opened(token), request.cookies.get(BROWSER_COOKIE, "")
    return JSONResponse(
        {
            "id": opened.id,
            "token": token,
            "ticket": store.new_download_ticket(opened, "report", {"language": "zh"}, browser),
            "broken": store.new_download_ticket(opened, "broken", {}, browser),
            "entry": store.new_entry_ticket(opened, browser),
        }
    )


def revoke(request: Request) -> Response:
    return JSONResponse(store.revoke(request.path_params["token"]))


def advance(request: Request) -> Response:
    now[0] += timedelta(minutes=int(request.path_params["minutes"]))
    return JSONResponse(str(now[0]))


def state(_request: Request) -> Response:
    return JSONResponse({"frozen": gc.get_freeze_count(), "gc": config.get_option("runner.postScriptGC")})


sample = store.new_link(_opened(_new("Sample (invented)")), "read")
parts = app_parts(Services(settings, store, _produce, _notice, {"lantern": sample}.get))
parts["routes"] += [
    Route("/test/make", make),
    Route("/test/revoke/{token}", revoke),
    Route("/test/advance/{minutes}", advance),
    Route("/test/state", state),
]
app = App(Path(__file__).with_name("tiny_script.py"), **parts)
