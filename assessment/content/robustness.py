"""From TOML to the settings a result is tried under: `[robustness]` of edition.toml."""

from __future__ import annotations

from assessment.content.reading import Table
from assessment.content.rules import source_and_reason, standing_of
from assessment.model.rules import RobustnessRules


def read_robustness(main: Table) -> RobustnessRules | None:
    """The settings of an edition; None if it has none."""
    raw = main.take("robustness", dict, {})
    if not raw:
        return None
    table = Table(raw, main.file, "robustness", main.faults)
    standing = standing_of(table)
    source_and_reason(table, standing)
    rules = RobustnessRules(
        seed=table.need("seed", int, 0),
        draws=max(table.need("draws", int, 1), 1),
        weight_factor=_pair(table, "weight_factor", (1.0, 1.0)),
        worst_share=_pair(table, "worst_share", (0.0, 0.0)),
        aggregations=table.words("aggregations"),
        power=_pair(table, "power", (1.0, 1.0)),
        health_floor=float(table.need("health_floor", (int, float), 1)),
        inner_anchors=float(table.need("inner_anchors", (int, float), 0)),
        best_anchor=_pair(table, "best_anchor", (0.0, 0.0)),
        firm=table.need("firm", int, 100),
        fairly_robust=table.need("fairly_robust", int, 100),
        agree=table.need("agree", int, 100),
        reach=float(table.need("reach", (int, float), 1)),
        grade_error={k: float(v) for k, v in table.need("grade_error", dict, {}).items()},
        facts=table.words("facts"),
    )
    table.close()
    return rules


def _pair(table: Table, key: str, default: tuple[float, float]) -> tuple[float, float]:
    """Two numbers in order."""
    found = table.need(key, list, list(default))
    if len(found) != 2 or found[0] > found[1]:
        table.note("wrong-type", f"`{key}` is {found}.", "Give two numbers, the smaller one first.")
        return default
    return float(found[0]), float(found[1])
