"""From TOML to indicators, indexes, countermeasures, evidence and checks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from assessment.content.formulas import FormulaFault, Vocabulary, condition_in, formula_in, read_condition
from assessment.content.reading import Faults, Table, numbers_only
from assessment.model import rules as r
from assessment.model.formulas import Constant, Formula


def standing_of(table: Table) -> r.Standing:
    """The standing of a rule; a rule without one is a fault."""
    value = table.need("standing", str, "assumed")
    if value not in set(r.Standing):
        table.note("unknown-standing", f"`{value}` is no standing.", "Use stated, derived or assumed.")
        return r.Standing.ASSUMED
    return r.Standing(value)


def source_and_reason(table: Table, standing: r.Standing) -> tuple[tuple[str, ...], str]:
    """Source sections and reason. A stated or derived rule needs a source, an assumed one a reason."""
    source, reason = table.words("source"), table.take("reason", str, "")
    if standing is r.Standing.ASSUMED and not reason:
        table.note("no-reason", "an assumed rule needs its reason.", 'Add `reason = "..."`.')
    if standing is not r.Standing.ASSUMED and not source:
        table.note("no-source", f"a {standing} rule needs its source section.", 'Add `source = ["P3.1"]`.')
    return source, reason


def row_derivations(raw: Mapping[str, Any], rows: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Derived entries with `rows` written out: one raw formula a row, `{row}` filled in."""
    out: dict[str, Any] = {}
    for name, entry in raw.items():
        if "rows" in entry:
            out |= {
                f"{name}.{row}": _fill(entry.get("formula"), row) for row in rows.get(str(entry["rows"]), ())
            }
        else:
            out[name] = entry.get("formula")
    return out


def _fill(raw: Any, row: str) -> Any:
    if isinstance(raw, str):
        return raw.replace("{row}", row)
    if isinstance(raw, list):
        return [_fill(item, row) for item in raw]
    if isinstance(raw, Mapping):
        return {key: _fill(value, row) for key, value in raw.items()}
    return raw


def read_indicators(
    raw: Mapping[str, Any], file: Path, v: Vocabulary, faults: Faults
) -> dict[str, r.Indicator]:
    """Indicators by id. `v` must already hold their raw formulas, so that they may refer to one another."""
    out = {}
    for id_, entry in raw.items():
        table = Table(entry, file, id_, faults)
        try:
            formula: Formula = v.refer(id_) if "formula" in entry else Constant(0.0)
        except FormulaFault as fault:
            table.note("bad-formula", f"`formula`: {fault}.", "See docs/reference/edition-format.md.")
            formula = Constant(0.0)
        table.need("formula", (dict, str, int, float), None)
        out[id_] = _indicator(table, id_, formula)
        table.close()
    return out


def _indicator(table: Table, id_: str, formula: Formula) -> r.Indicator:
    standing = standing_of(table)
    source, reason = source_and_reason(table, standing)
    reads = table.need("reads", str, "context")
    if reads not in set(r.Reads):
        table.note(
            "unknown-reads", f"`{reads}` is no way to read an indicator.", f"Use one of {', '.join(r.Reads)}."
        )
        reads = "context"
    limits, corridor = table.figures("range", list, []), table.figures("corridor", list, [])
    return r.Indicator(
        id=id_,
        formula=formula,
        unit=table.need("unit", str, ""),
        decimals=table.take("decimals", int, 0),
        reads=r.Reads(reads),
        standing=standing,
        source=source,
        reason=reason,
        limits=(float(limits[0]), float(limits[1])) if len(limits) == 2 else (float("-inf"), float("inf")),
        corridor=(float(corridor[0]), float(corridor[1])) if len(corridor) == 2 else None,
        yardsticks=table.words("yardstick"),
    )


def read_index(
    raw: Mapping[str, Any], file: Path, faults: Faults, sets: tuple[str, ...], part: str = "component"
) -> r.Index:
    """A dilemma or a trend: an index of components."""
    table = Table(raw, file, str(raw.get("id", file.stem)), faults)
    id_ = table.need("id", str, file.stem)
    parts = []
    for number, entry in enumerate(table.need(part, list, []), 1):
        inner = Table(entry, file, str(entry.get("id", f"{id_}.{number}")), faults)
        parts.append(_component(inner, inner.take("id", str, f"{id_}.{number}"), sets))
        inner.close()
    share = table.number("worst_share", 0.0) or 0.0
    reason = table.take("worst_share_reason", str, "")
    if not 0.0 <= share <= 1.0:
        table.note(
            "bad-share", f"worst_share {share} is not between 0 and 1.", "Choose a share between them."
        )
    if share and not reason:
        table.note("no-reason", "worst_share needs its reason.", "Add `worst_share_reason`.")
    aggregator = table.take("aggregator", str, "mixed")
    if aggregator not in ("mixed", "geometric"):
        table.note("unknown-aggregator", f"`{aggregator}` is no aggregator.", "Use mixed or geometric.")
    index = r.Index(id_, tuple(parts), aggregator, share, table.words("source"), reason)
    table.close()
    return index


def _component(table: Table, id_: str, sets: tuple[str, ...]) -> r.Component:
    standing = standing_of(table)
    source, reason = source_and_reason(table, standing)
    weight = table.figures("weight", dict, {})
    weights = {s: float(weight.get(s, weight.get("all", 1.0 if not weight else 0.0))) for s in sets}
    index = table.take("index", str, "")
    anchors = _anchors(table, sets) if not index else {}
    lengths = {len(a) for a in anchors.values()}
    steps = max(lengths, default=5)
    scores = tuple(float(s) for s in table.figures("scores", list, [])) or _equal_steps(steps)
    if len(lengths) > 1 or (anchors and len(scores) != steps):
        table.note("anchors-length", "anchors and scores differ in length.", "Give each anchor one score.")
    return r.Component(
        id=id_,
        indicator="" if index else table.need("indicator", str, ""),
        weights=weights,
        anchors=anchors,
        scores=scores,
        logarithm=table.take("log", bool, False),
        index=index,
        standing=standing,
        source=source,
        reason=reason,
    )


def _equal_steps(count: int) -> tuple[float, ...]:
    return tuple(100.0 * step / max(count - 1, 1) for step in range(count))


def _anchors(table: Table, sets: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    raw = table.need_figures("anchors", (dict, list), {})
    by_set: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"all": raw}
    out = {}
    for name in sets:
        values = tuple(float(a) for a in by_set.get(name, by_set.get("all", ())))
        rising = all(a < b for a, b in pairwise(values))
        falling = all(a > b for a, b in pairwise(values))
        if len(values) < 2 or not (rising or falling):
            table.note(
                "anchors-order",
                f"anchors {list(values)} for `{name}` neither rise nor fall throughout.",
                "Put them in order.",
            )
            values = (0.0, 25.0, 50.0, 75.0, 100.0)
        out[name] = values
    return out


def read_countermeasure(
    raw: Mapping[str, Any], file: Path, v: Vocabulary, faults: Faults
) -> r.Countermeasure:
    """One countermeasure from its file."""
    table = Table(raw, file, str(raw.get("id", file.stem)), faults)
    standing = standing_of(table)
    source, reason = source_and_reason(table, standing)
    months = table.need_figures("months", list, [0, 12]) or [0, 12]
    measure = r.Countermeasure(
        id=table.need("id", str, file.stem),
        trace=table.words("trace"),
        relieves={k: float(x) for k, x in table.need_figures("relieves", dict, {}).items()},
        side_effects={k: float(x) for k, x in table.figures("side_effects", dict, {}).items()},
        effort=_one_of(table, "effort", ("S", "M", "L")),
        months=(int(months[0]), int(months[-1])),
        kind=_one_of(table, "kind", ("quick", "build", "strategic")),
        actor=_one_of(table, "actor", ("firm", "ask")),
        after=table.words("after"),
        needs=condition_in(table, "needs", v),
        holds=_holds(table, v),
        applies_to=table.words("applies_to") or ("sme", "large"),
        kpi=table.words("kpi"),
        standing=standing,
        source=source,
        reason=reason,
        urgent=condition_in(table, "urgent_when", v),
    )
    table.close()
    return measure


def _one_of(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    value = str(table.need(key, str, allowed[0]))
    if value not in allowed:
        table.note("unknown-value", f"`{key}` is `{value}`.", f"Use one of {', '.join(allowed)}.")
        return allowed[0]
    return value


def _holds(table: Table, v: Vocabulary) -> tuple[r.Hold, ...]:
    out = []
    for entry in table.take("not_when", list, []):
        try:
            out.append(r.Hold(str(entry.get("id", "?")), read_condition(entry.get("when"), v)))
        except FormulaFault as fault:
            table.note("bad-condition", f"`not_when`: {fault}.", "See docs/reference/edition-format.md.")
    return tuple(out)


def read_evidence(raw: Mapping[str, Any], file: Path, v: Vocabulary, faults: Faults) -> dict[str, r.Evidence]:
    """Evidence by id."""
    out = {}
    for id_, entry in raw.items():
        table = Table(entry, file, id_, faults)
        out[id_] = r.Evidence(
            id=id_,
            document=_one_of(table, "document", ("P", "T", "outside")),
            section=table.need("section", str, ""),
            figure=table.take("figure", str, ""),
            use=_one_of(table, "use", ("yardstick", "outer_mark", "context", "unusable")),
            value=table.number("value"),
            indicator=table.take("indicator", str, ""),
            year=table.take("year", int, None),
            address=table.take("address", str, ""),
            verified=table.take("verified", bool, True),
            shown_when=condition_in(table, "shown_when", v),
        )
        table.close()
    return out


def _bounds(table: Table, by: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for option, pair in by.get("bounds", {}).items():
        if isinstance(pair, list) and len(pair) == 2 and numbers_only(pair):
            found[option] = (float(pair[0]), float(pair[1]))
        else:
            table.note(
                "wrong-type", f"the bounds for `{option}` are no pair of numbers.", "Write [from, to]."
            )
    return found


def read_check(raw: Mapping[str, Any], file: Path, v: Vocabulary, faults: Faults) -> r.Check:
    """One check across answers."""
    table = Table(raw, file, str(raw.get("id", "?")), faults)
    by, between = table.take("between_by", dict, {}), table.figures("between", list, [])
    bounds = _bounds(table, by)
    year_field = table.take("year", str, "")
    sides = {
        key: formula_in(table, key, v) if key in raw else None
        for key in ("left", "at_most", "at_least", "about")
    }
    check = r.Check(
        id=table.need("id", str, "?"),
        severity=_one_of(table, "severity", ("refuse", "warn")),
        fields=table.words("fields") or ((year_field,) if year_field else ()),
        left=sides["left"],
        at_most=sides["at_most"],
        at_least=sides["at_least"],
        about=sides["about"],
        tolerance=table.number("tolerance", 0.0) or 0.0,
        between=(float(between[0]), float(between[1])) if len(between) == 2 else None,
        between_by=(str(by["field"]), bounds) if str(by.get("field")) in v.fields else None,
        year_within=table.take("within", int, None),
        when=condition_in(table, "when", v),
        scale_money=table.take("scale", str, "") == "money",
        slip=table.take("slip", bool, False),
    )
    choice = [str(by.get("field", ""))] if by else []
    for name in (*check.fields, *choice):
        if name not in v.fields and not any(f.startswith(f"{name}.") for f in v.fields):
            table.note(
                "dangling-field",
                f"the check names `{name}`, which does not exist.",
                "Name a field or question.",
            )
    table.close()
    return check
