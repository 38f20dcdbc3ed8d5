"""A look-up, a list of points or a split gives a number for every option or part, and for no other."""

from __future__ import annotations

from assessment.content.checks.unknown_option import options_of
from assessment.content.desk import Desk
from assessment.content.nodes import nodes_in
from assessment.model.formulas import Points, Split


def check(desk: Desk) -> None:
    seen = set[str]()
    for file, place, rule in (*desk.formulas(), *desk.conditions()):
        for node in nodes_in(rule):
            if isinstance(node, Points):
                given, wanted, name = (
                    {o for o, _ in node.values},
                    set(options_of(desk, node.field)),
                    node.field,
                )
            elif isinstance(node, Split) and node.fields:
                name = desk.edition.fields[node.fields[0]].question
                given, wanted = set(node.fields), {f.id for f in desk.edition.question[name].fields}
            else:
                continue
            what = _differences(name, given, wanted)
            if what and what not in seen:
                seen.add(what)
                desk.faults.note("points-gap", file, place, what, "Give each option one number.")


def _differences(name: str, given: set[str], wanted: set[str]) -> str:
    parts = [f"misses {', '.join(sorted(wanted - given))}"] if wanted - given else []
    parts += [f"has {', '.join(sorted(given - wanted))} too many"] if given - wanted else []
    return f"the numbers for `{name}`: {' and '.join(parts)}." if parts else ""
