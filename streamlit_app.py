"""The app: `streamlit run streamlit_app.py`. What lives once per process is made here, and handed on."""

import logging
import os
from functools import partial

from streamlit import App

from assessment.settings import Settings, read
from assessment.store import Store
from assessment.ui.notices import notice
from assessment.ui.server import app_parts
from assessment.ui.services import Services
from assessment.ui.warming import warm_up
from assessment.workflow.bench import Bench
from assessment.workflow.publishing import produce
from assessment.workflow.samples import look_at_sample


def services(settings: Settings) -> Services:
    """The store is opened here: one process at a time, upgraded if need be."""
    logging.getLogger("assessment").setLevel(settings.log_level)
    settings.data.mkdir(parents=True, exist_ok=True)
    store = Store(settings.database_url, link_days=settings.link_days)
    bench = Bench(store)
    return Services(
        settings,
        store,
        partial(produce, bench),
        notice,
        partial(look_at_sample, bench),
        partial(warm_up, bench),
    )


app = App("assessment/ui/script.py", **app_parts(services(read(os.environ))))
