"""Workshops: a code leads to the page for joining, a seat's token becomes a cookie."""

from __future__ import annotations

from starlette.routing import BaseRoute

from assessment.ui.services import Services


def routes(given: Services) -> list[BaseRoute]:
    """In the order they are tried."""
    _ = given
    return []
