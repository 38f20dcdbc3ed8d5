"""Circles in what depends on what."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def circle_through(needs: Mapping[str, Collection[str]], start: str) -> tuple[str, ...]:
    """A shortest way from `start` back to itself, both ends named; empty if there is none."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen = set[str]()
    while paths:
        path = paths.pop(0)
        for name in sorted(needs.get(path[-1], ())):
            if name == start:
                return (*path, start)
            if name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()
