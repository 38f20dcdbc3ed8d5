"""Signing in and out: a password or a proven identity is exchanged here for a session cookie."""

from __future__ import annotations

from starlette.routing import BaseRoute

from assessment.ui.services import Services


def routes(given: Services) -> list[BaseRoute]:
    """In the order they are tried."""
    _ = given
    return []
