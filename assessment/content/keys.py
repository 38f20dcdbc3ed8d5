"""The text keys of an edition, as docs/reference/edition-format.md lists them."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Kind, MultiCell, Question

_QUESTION = ("label", "definition", "example", "why", "changes")
_PARTS = {
    "sections": ("title", "intro"),
    "indicators": ("name", "formula", "meaning"),
    "dilemmas": ("name", "short", "question", "source_says"),
    "trends": ("name", "source_says", "low", "middle", "high"),
    "components": ("name", "symptom", "better", "source_says"),
    "countermeasures": ("name", "what", "first_step", "kpi", "owner", "why"),
    "evidence": ("claim", "measures", "use_reason"),
    "checks": ("problem", "expected"),
}


def required_keys(edition: Edition) -> dict[str, int]:
    """Every key that must have a text; the number of steps where it is a list, otherwise 0."""
    named = {
        "sections": edition.sections, "indicators": tuple(edition.indicators), "dilemmas": edition.dilemmas,
        "trends": edition.trends, "countermeasures": tuple(edition.countermeasures),
        "evidence": tuple(edition.evidence), "checks": tuple(c.id for c in edition.checks),
        "components": tuple(c.id for d in edition.dilemmas for c in edition.indexes[d].components),
    }  # fmt: skip
    keys = {f"{kind}.{id_}.{part}": 0 for kind, ids in named.items() for id_ in ids for part in _PARTS[kind]}
    keys |= dict.fromkeys(_of_lists(edition), 0)
    keys |= {f"scales.{name}.levels": steps for name, steps in edition.scales.items()}
    for question in edition.questions:
        keys |= dict.fromkeys(_of_question(question), 0)
    keys |= {f"checks.{c.id}.slip": 0 for c in edition.checks if c.slip}
    for measure in edition.countermeasures.values():
        keys |= {f"countermeasures.{measure.id}.not_when.{hold.id}": 0 for hold in measure.holds}
    return keys


def optional_keys(edition: Edition) -> dict[str, int]:
    """Keys that may have a text, as `required_keys`. `short` holds forms for tables and charts."""
    hints = (f"questions.{q.id}.hint" for q in edition.questions)
    help_ = (f"row_help.{name}.{row}" for name, rows in edition.rows.items() for row in rows)
    short = (
        f"short.{f.question}.{option}"
        for f in edition.fields.values()
        if isinstance(f.cell, (ChoiceCell, MultiCell))
        for option in f.cell.options
    )
    levels = {f"short.{name}.levels": steps for name, steps in edition.scales.items()}
    return dict.fromkeys((*hints, *help_, *short), 0) | levels


def _of_lists(edition: Edition) -> Iterator[str]:
    yield from (f"rows.{name}.{row}" for name, rows in edition.rows.items() for row in rows)
    yield from (f"levels.{name}" for name in edition.placement.levels)
    yield from (
        f"dilemmas.{d}.meaning_{level}" for d in edition.dilemmas for level in edition.placement.levels
    )
    yield from (f"sizes.{name}" for name in (edition.sizes.weight_set if edition.sizes else ()))
    yield from (f"currencies.{name}" for name in edition.currencies)
    yield from (f"money_units.{name}" for name in edition.money_units)
    yield from (f"workshop_roles.{name}" for name in edition.workshop_roles)


def _of_question(question: Question) -> Iterator[str]:
    start = f"questions.{question.id}"
    yield from (f"{start}.{part}" for part in _QUESTION)
    if question.kind in (Kind.SPLIT, Kind.GROUP):
        yield from (f"{start}.parts.{f.part}" for f in question.fields)
    yield from (f"{start}.parts.{column}" for column in question.columns)
    for field in question.fields:
        if isinstance(field.cell, (ChoiceCell, MultiCell)):
            inner = field.part or field.column or ("cell" if field.row else "")
            below = f"{start}.fields.{inner}" if inner else start
            yield from (f"{below}.options.{option}" for option in field.cell.options)
