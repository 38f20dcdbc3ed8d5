"""Walking formulas and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from assessment.model import formulas as f

Node = f.Formula | f.Condition
KINDS = (*f.Formula.__args__, *f.Condition.__args__)


def nodes_in(node: Node) -> Iterator[Node]:
    """The node and every formula and condition below it."""
    yield node
    for item in fields(node):
        value = getattr(node, item.name)
        for below in value if isinstance(value, tuple) else (value,):
            if isinstance(below, KINDS):
                yield from nodes_in(below)
