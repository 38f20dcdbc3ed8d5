"""From TOML to formulas and conditions: rows written out, references replaced by what they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assessment.content.reading import Table
from assessment.model import formulas as f


class FormulaFault(Exception):
    """What is wrong with one formula or condition."""


@dataclass
class Vocabulary:
    """What formulas may name: fields, row lists, look-up tables, derived values, indicators."""

    fields: frozenset[str]
    rows: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)  # derived and indicator formulas not yet read
    done: dict[str, f.Formula] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # references and tables that some rule used
    busy: tuple[str, ...] = ()

    def known(self, field_id: str) -> str:
        if field_id not in self.fields:
            raise FormulaFault(f"field `{field_id}` does not exist")
        return field_id

    def row_list(self, name: str) -> tuple[str, ...]:
        if name not in self.rows:
            raise FormulaFault(f"row list `{name}` is not in edition.toml")
        return self.rows[name]

    def refer(self, name: str) -> f.Formula:
        """The formula behind a derived value or an indicator."""
        self.used.add(name)
        if name in self.done:
            return self.done[name]
        if name in self.busy:
            raise FormulaFault(f"circle of references: {' -> '.join((*self.busy, name))}")
        if name not in self.raw:
            raise FormulaFault(f"nothing derived and no indicator is called `{name}`")
        inner = replace(self, busy=(*self.busy, name))
        self.done[name] = read_formula(self.raw[name], inner)
        return self.done[name]


def read_formula(raw: Any, vocabulary: Vocabulary, row: str = "") -> f.Formula:
    """The formula behind a TOML value. Raises `FormulaFault` with what is wrong."""
    if isinstance(raw, bool):
        raise FormulaFault("a formula cannot be true or false")
    if isinstance(raw, (int, float)):
        return f.Constant(float(raw))
    if isinstance(raw, str):
        return f.FieldValue(vocabulary.known(_in_row(raw, row)))
    if not isinstance(raw, Mapping):
        raise FormulaFault(f"`{raw}` is no formula")
    operator = next((key for key in _READERS if key in raw), None)
    if operator is None:
        raise FormulaFault(f"no known operator in {sorted(raw)}")
    reader, companions = _READERS[operator]
    extra = set(raw) - {operator} - companions
    if extra:
        raise FormulaFault(f"`{operator}` does not take {sorted(extra)}")
    return reader(raw, vocabulary, row)


def _in_row(name: str, row: str) -> str:
    if "{row}" in name and not row:
        raise FormulaFault(f"`{name}` names a row where there is none")
    return name.replace("{row}", row)


def _all(raws: Any, v: Vocabulary, row: str, least: int = 1, exact: int = 0) -> tuple[f.Formula, ...]:
    if not isinstance(raws, list) or len(raws) < least or (exact and len(raws) != exact):
        raise FormulaFault(f"expected a list of {exact or f'at least {least}'} formulas, found `{raws}`")
    return tuple(read_formula(raw, v, row) for raw in raws)


def _sum(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Sum(_all(raw["sum"], v, row))


def _minus(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Minus(*_all(raw["minus"], v, row, exact=2))


def _times(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Times(_all(raw["times"], v, row))


def _ratio(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Ratio(*_all(raw["ratio"], v, row, exact=2))


def _share(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Share(*_all(raw["share"], v, row, exact=2))


def _larger(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Larger(_all(raw["larger"], v, row))


def _mean(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Mean(_all(raw["mean"], v, row))


def _either(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Either(*_all(raw["either"], v, row, exact=2))


def _ref(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return v.refer(_in_row(raw["ref"], row))


def _lookup(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    name = raw.get("table", "")
    if name not in v.tables:
        raise FormulaFault(f"table `{name}` does not exist")
    v.used.add(f"table.{name}")
    return _points_of(raw["lookup"], v.tables[name], v, row)


def _points(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return _points_of(raw["points"], raw.get("values", {}), v, row)


def _points_of(name: str, values: Mapping[str, float], v: Vocabulary, row: str) -> f.Formula:
    pairs = tuple((option, _figure(value, option)) for option, value in values.items())
    return f.Points(v.known(_in_row(name, row)), pairs)


def _figure(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise FormulaFault(f"`{name}` is `{value}`, which is no number")
    return float(value)


def _split(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    weights = raw.get("weights", {})
    names = tuple(v.known(f"{raw['split']}.{part}") for part in weights)
    return f.Split(names, tuple(_figure(w, part) for part, w in weights.items()))


def _sum_rows(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    rows = v.row_list(raw.get("rows", ""))
    where = raw.get("where")
    conditions = tuple(None if where is None else read_condition(where, v, r) for r in rows)
    return f.SumOfRows(tuple(read_formula(raw["sum_rows"], v, r) for r in rows), conditions)


def _mean_rows(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Mean(tuple(read_formula(raw["mean_rows"], v, r) for r in v.row_list(raw.get("rows", ""))))


def _larger_rows(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.Larger(tuple(read_formula(raw["larger_rows"], v, r) for r in v.row_list(raw.get("rows", ""))))


def _row_conditions(raw: Any, key: str, v: Vocabulary) -> tuple[f.Condition, ...]:
    return tuple(read_condition(raw[key], v, r) for r in v.row_list(raw.get("rows", "")))


def _share_rows(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    if "of" not in raw:
        raise FormulaFault("`share_rows` needs `of`")
    return f.ShareOfRows(_row_conditions(raw, "share_rows", v), _row_conditions(raw, "of", v))


def _count_rows(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.CountOfRows(_row_conditions(raw, "count_rows", v))


def _highest_row(raw: Any, v: Vocabulary, row: str) -> f.Formula:
    return f.HighestRow(_row_conditions(raw, "highest_row", v))


_READERS: dict[str, tuple[Callable[[Any, Vocabulary, str], f.Formula], set[str]]] = {
    "sum": (_sum, set()), "minus": (_minus, set()), "times": (_times, set()), "ratio": (_ratio, set()),
    "share": (_share, set()), "larger": (_larger, set()), "mean": (_mean, set()), "either": (_either, set()),
    "ref": (_ref, set()), "lookup": (_lookup, {"table"}), "points": (_points, {"values"}),
    "split": (_split, {"weights"}), "sum_rows": (_sum_rows, {"rows", "where"}),
    "mean_rows": (_mean_rows, {"rows"}), "larger_rows": (_larger_rows, {"rows"}),
    "share_rows": (_share_rows, {"rows", "of"}), "count_rows": (_count_rows, {"rows"}),
    "highest_row": (_highest_row, {"rows"}),
}  # fmt: skip

_COMPARISONS = ("at_least", "at_most", "above", "below")


def read_condition(raw: Any, v: Vocabulary, row: str = "") -> f.Condition:
    """The condition behind a TOML table. Raises `FormulaFault` with what is wrong."""
    if not isinstance(raw, Mapping):
        raise FormulaFault(f"`{raw}` is no condition")
    if "all" in raw:
        return f.All(tuple(read_condition(c, v, row) for c in raw["all"]))
    if "any" in raw:
        return f.Any(tuple(read_condition(c, v, row) for c in raw["any"]))
    if "not" in raw:
        return f.Not(read_condition(raw["not"], v, row))
    if "size" in raw:
        return f.SizeIn(tuple(raw["size"]))
    if "row_in" in raw:
        return f.Fixed(row in raw["row_in"])
    if "ticked" in raw:
        question, _, option = _in_row(raw["ticked"], row).rpartition(".")
        return f.Ticked(v.known(question), option)
    return _read_comparison(raw, v, row)


def _read_comparison(raw: Mapping[str, Any], v: Vocabulary, row: str) -> f.Condition:
    if "item" in raw and "is" in raw:
        return f.ChosenIn(v.known(_in_row(raw["item"], row)), (raw["is"],))
    if "item" in raw and "one_of" in raw:
        return f.ChosenIn(v.known(_in_row(raw["item"], row)), tuple(raw["one_of"]))
    subject = raw.get("item", raw.get("value"))
    tests = [c for c in _COMPARISONS if c in raw]
    if subject is None or not tests:
        raise FormulaFault(f"no known condition in {sorted(raw)}")
    left = read_formula(subject, v, row)
    compared = tuple(f.Compare(left, test, _figure(raw[test], test)) for test in tests)
    return compared[0] if len(compared) == 1 else f.All(compared)


def formula_in(table: Table, key: str, v: Vocabulary, raw: Any = None) -> f.Formula | None:
    """The formula under `key`, or None with the fault noted."""
    table.used.add(key)
    try:
        return read_formula(table.data[key] if raw is None else raw, v)
    except FormulaFault as fault:
        table.note(
            "bad-formula",
            f"`{key}`: {fault}.",
            "See the table of formulas in docs/reference/edition-format.md.",
        )
        return None


def condition_in(table: Table, key: str, v: Vocabulary, row: str = "") -> f.Condition | None:
    """The condition under `key`; None if there is none or it is faulty (noted)."""
    table.used.add(key)
    if key not in table.data:
        return None
    try:
        return read_condition(table.data[key], v, row)
    except FormulaFault as fault:
        table.note(
            "bad-condition", f"`{key}`: {fault}.", "See the conditions in docs/reference/edition-format.md."
        )
        return None
