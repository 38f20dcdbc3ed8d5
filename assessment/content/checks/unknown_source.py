"""Every source is a section that some evidence comes from, an evidence id, or J (our own judgement)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessment.content.desk import Desk

OURS = "J"


def check(desk: Desk) -> None:
    if not desk.edition.evidence:
        return
    known = {OURS, *desk.edition.evidence, *(e.section for e in desk.edition.evidence.values())}
    for file, place, name in _named(desk):
        if name not in known:
            desk.faults.note(
                "unknown-source", file, place, f"source `{name}` stands in no entry of evidence.toml.",
                "Name a section that does, or add the claim to evidence.toml.",
            )  # fmt: skip


def _named(desk: Desk) -> Iterator[tuple[Path, str, str]]:
    for file, tree in desk.raw.items():
        yield from ((file, place, name) for place, name in _sources(tree, ""))


def _sources(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every entry of a `source` or `trace` list with the id of the table it stands in."""
    if isinstance(node, list):
        for item in node:
            yield from _sources(item, place)
    elif isinstance(node, dict):
        own = str(node.get("id", node.get("indicator", place)))
        for key, value in node.items():
            if key in ("source", "trace") and isinstance(value, list):
                yield from ((own, str(name)) for name in value)
            else:
                yield from _sources(
                    value, own if key in ("question", "field", "component", "part", "trend", "check") else key
                )
