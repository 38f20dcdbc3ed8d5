"""The smallest entry: what `streamlit run` starts in the server tests."""

import os
import sys
from pathlib import Path

from streamlit import App

sys.path.insert(0, str(Path(__file__).parents[3]))

from assessment.settings import read  # noqa: E402
from assessment.store import Assessment, Store  # noqa: E402
from assessment.ui.server import Notice, Services, app_parts  # noqa: E402


def _notice(key: str, language: str) -> Notice:
    return Notice("en", f"Title {key}", f"Text {key}", "Home")


def _produce(assessment: Assessment, kind: str, params: object) -> tuple[str, str, bytes]:
    if kind == "broken":
        raise RuntimeError("inner detail that nobody outside should read")
    return f"Bericht – {assessment.firm_name}.txt", "text/plain", f"{assessment.id} {kind} {params}".encode()


def _services() -> Services:
    settings = read(os.environ)
    store = Store(settings.database_url, link_days=settings.link_days)
    made = store.create_assessment("e/1", "f" * 64, "en", "quick", "Sample (invented)")
    sample = store.new_link(_opened(store, made[1]), "read")
    return Services(settings, store, _produce, _notice, {"lantern": sample}.get)


def _opened(store: Store, token: str) -> Assessment:
    opened = store.assessment_for(token)
    assert opened is not None
    return opened


app = App("tiny_script.py", **app_parts(_services()))
