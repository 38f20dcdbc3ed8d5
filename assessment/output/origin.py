"""Where a report comes from, as its metadata say it: enough to make the same report again."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, unescape

from assessment.output.cleaning import clean
from assessment.report.document import Report

PREFIX: Final = "origin"  # of the names in the metadata
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """`rules`: fingerprint of the edition, `answers`: of the answers; both SHA-256 or empty."""

    edition: str
    rules: str
    answers: str
    language: str
    day: str  # YYYY-MM-DD
    version: str

    @property
    def on(self) -> date:
        """The date of the report. Raises `ValueError`."""
        return date.fromisoformat(self.day)


def origin_of(report: Report, rules: str) -> Origin:
    """What the metadata of a report say; `rules` is the fingerprint of its edition."""
    return Origin(
        report.edition,
        rules,
        report.fingerprint,
        report.language,
        report.on.isoformat(),
        report.app_version,
    )


def written(origin: Origin) -> dict[str, str]:
    """Placeholders of the metadata packet and their texts, fit for XML."""
    return {
        f"{PREFIX}_{item.name}": escape(clean(getattr(origin, item.name), LONGEST)) for item in fields(origin)
    }


def read_origin(packet: str) -> Origin | None:
    """The origin in a metadata packet, or None. The packet need not be sound XML: nothing else is read."""
    found = {item.name: _value(packet, item.name) for item in fields(Origin)}
    return Origin(**{name: value or "" for name, value in found.items()}) if found["edition"] else None


def _value(packet: str, name: str) -> str | None:
    found = re.search(rf"<{PREFIX}:{name}>([^<]{{1,{LONGEST * 2}}})</{PREFIX}:{name}>", packet)
    return unescape(found[1]) if found else None
