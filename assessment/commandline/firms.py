"""`firms`: who is in the store, and under which id."""

from __future__ import annotations

import argparse

from assessment.commandline.storage import on_store
from assessment.commandline.tools import FINE, Tools, table
from assessment.model.words import Catalogue


def add(parser: argparse.ArgumentParser, words: Catalogue) -> None:
    """No arguments of its own."""
    del parser, words


def run(options: argparse.Namespace, tools: Tools) -> int:
    """Print one line a firm."""
    from assessment.store import outside

    del options
    heads = [
        tools.words.text(f"keeping.columns.{name}") for name in ("id", "firm", "assessments", "saves", "last")
    ]

    def deed(url: str) -> int:
        with outside.looking(url) as keeping:
            rows = [
                (firm.id, firm.name, str(firm.assessments), str(firm.revisions), f"{firm.last:%Y-%m-%d}")
                for firm in keeping.firms()
            ]
        print(table(heads, rows, right=frozenset({2, 3})))
        return FINE

    return on_store(tools, deed)
