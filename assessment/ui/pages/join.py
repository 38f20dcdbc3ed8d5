"""Joining a workshop: the code, a role, a name if one likes."""

from __future__ import annotations

from assessment.ui.frame import Frame, Locked


def show(frame: Frame) -> None:
    """The page. Raises `Locked` for whoever may not see it."""
    raise Locked(frame.place.page)
