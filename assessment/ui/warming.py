"""What is loaded once, loaded before the first visitor comes."""

from __future__ import annotations

import importlib

from assessment.workflow import bench


def warm_up(used: bench.Bench) -> None:
    """Editions, words and every page with the libraries it draws on."""
    importlib.import_module("assessment.ui.shell")
    for language in bench.edition(used.current).languages:
        bench.texts(used.current, language)
        bench.words(language)
