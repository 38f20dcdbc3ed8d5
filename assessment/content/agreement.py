"""From TOML to when answers of several people agree: `[agreement]` of edition.toml."""

from __future__ import annotations

from assessment.content.reading import Table, numbers_only
from assessment.content.rules import source_and_reason, standing_of
from assessment.model.fields import Unit
from assessment.model.workshop import AgreementRules

MEASURES = ("scale", "amount", "choice")


def read_agreement(main: Table) -> AgreementRules | None:
    """The rules of an edition; None if it has none. `main`: edition.toml."""
    raw = main.take("agreement", dict, {})
    if not raw:
        return None
    table = Table(raw, main.file, "agreement", main.faults)
    source_and_reason(table, standing_of(table))
    rules = AgreementRules(
        least=table.need("least", int, 3),
        agreed=_by_measure(table, "agreed"),
        apart=_by_measure(table, "apart"),
        trim_from=table.need("trim_from", int, 5),
        trim=float(table.need("trim", (int, float), 0)),
        factors=_factors(table),
        near=float(table.need("near", (int, float), 0)),
    )
    table.close()
    return rules


def _by_measure(table: Table, key: str) -> dict[str, float]:
    found = table.need_figures(key, dict, {})
    for name in (*MEASURES, *found):
        if name not in found or name not in MEASURES:
            what = f"`{key}` {'lacks' if name not in found else 'has'} `{name}`."
            table.note("unknown-value", what, f"Give exactly {', '.join(MEASURES)}.")
    return {name: float(found.get(name, 0.0)) for name in MEASURES}


def _factors(table: Table) -> dict[str, tuple[float, ...]]:
    found = table.take("factors", dict, {})
    for name, factors in found.items():
        if name not in set(Unit):
            table.note("unknown-unit", f"`factors` has `{name}`.", f"Use one of {', '.join(Unit)}.")
        if not (isinstance(factors, list) and numbers_only(factors)):
            table.note("wrong-type", f"`factors` of {name} is {factors}.", "Give a list of numbers.")
            return {}
    return {name: tuple(float(f) for f in factors) for name, factors in found.items()}
