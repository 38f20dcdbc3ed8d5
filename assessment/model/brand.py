"""Whose report it is: the consultant's name, office, colour and logo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """How a consultant signs a report. `colour`: #RRGGBB, or empty for ours. `logo`: a PNG, or nothing.

    The logo is what `exchange.logo.read_logo` gives: RGB without transparency, at most 600 px wide.
    """

    name: str = ""
    office: str = ""
    colour: str = ""
    logo: bytes = b""
