"""Every question changes something: a rule reads it, or it says what else it is for. What it says is true.

An indicator or measure named in `feeds` reads the question; a firm is told so beside the question.
"""

from __future__ import annotations

from collections.abc import Iterator

from assessment.content.checks.dangling_id import EFFECTS
from assessment.content.desk import Desk, conditions_of
from assessment.model.formulas import Condition, Formula, fields_in


def check(desk: Desk) -> None:
    readers = _readers(desk)
    for question in desk.edition.questions:
        file, own = desk.question_file(question.id), readers.get(question.id, set())
        if not own and not EFFECTS & set(question.feeds):
            desk.faults.note(
                "idle-question", file, question.id, "no rule reads this question.", "Use it or drop it."
            )
        rules = {*desk.edition.indicators, *desk.edition.countermeasures}
        for name in question.feeds:
            if name in rules and name not in own:
                what = f"`feeds` names {name}, which does not read it."
                desk.faults.note("idle-question", file, question.id, what, f"Take {name} out of `feeds`.")


def _readers(desk: Desk) -> dict[str, set[str]]:
    """Question -> ids of the indicators and measures that read one of its fields."""
    edition, out = desk.edition, dict[str, set[str]]()
    pairs: list[tuple[str, Formula | Condition]] = [(i.id, i.formula) for i in edition.indicators.values()]
    pairs += [(m.id, c) for m in edition.countermeasures.values() for c in conditions_of(m)]
    for id_, rule in pairs:
        for name in _behind(desk, rule):
            out.setdefault(edition.fields[name].question, set()).add(id_)
    return out


def _behind(desk: Desk, rule: Formula | Condition) -> Iterator[str]:
    """The fields a rule reads, and those that decide whether these are asked."""
    for name in fields_in(rule):
        yield name
        relevance = desk.edition.fields[name].asked_when
        yield from () if relevance is None else fields_in(relevance)
