"""A field that stands twice in one formula makes its bounds for unknown answers wider than they need be.

A note, not a fault: the bounds still hold, but they are outer bounds. Where `hit` and `of` of one row
share a field the bounds stay exact, so a row counts its fields once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assessment.content.desk import Desk
from assessment.content.nodes import nodes_in
from assessment.model.formulas import Formula, ShareOfRows, fields_in


def check(desk: Desk) -> None:
    for indicator in desk.edition.indicators.values():
        twice = [name for name, count in Counter(_read(indicator.formula)).items() if count > 1]
        if twice:
            more = f" and {len(twice) - 2} more" if len(twice) > 2 else ""
            what = f"{', '.join(twice[:2])}{more} stand more than once, so the bounds are outer bounds."
            cure = "Write the formula with each field once if that is possible."
            desk.notes.note("repeated-field", desk.file_of("indicators.toml"), indicator.id, what, cure)


def _read(formula: Formula) -> Iterator[str]:
    shares = [n for n in nodes_in(formula) if isinstance(n, ShareOfRows)]
    if not shares:
        yield from fields_in(formula)
    for share in shares:
        for hit, of in zip(share.hit, share.of, strict=True):
            yield from {*fields_in(hit), *fields_in(of)}
