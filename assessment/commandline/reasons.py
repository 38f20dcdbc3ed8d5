"""The tree of reasons: index -> components -> indicators -> answers, each with its rule and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.answering.form import write_reply
from assessment.answering.relevance import asked
from assessment.commandline.result import level_text
from assessment.commandline.tools import Tools, printable
from assessment.exchange.faults import field_label
from assessment.model.formulas import fields_in
from assessment.model.results import Assessment, ComponentResult, Known, Placement, Stated, TrendPosition
from assessment.model.rules import Component, Indicator
from assessment.report import numbers
from assessment.report.readings import anchor_text, reading_text, value_text
from assessment.report.replies import reply_parts
from assessment.report.say import Say

Tree = dict[str, Any]


# --- the tree as data --------------------------------------------------------------------------


def tree(say: Say, assessment: Assessment, target: str) -> Tree:
    """Reasons of a dilemma, a trend or an indicator, ready for JSON. Words in the language of `say`."""
    if target in say.edition.indicators:
        return _indicator(say, assessment, target)
    index = say.edition.indexes[target]
    place = next((p for p in assessment.placements if p.dilemma == target), None)
    trend = next((t for t in assessment.trends if t.trend == target), None)
    head = _dilemma(say, place) if place else _trend(say, trend) if trend else {}
    results = (place or trend).components if place or trend else ()  # type: ignore[union-attr]
    rules = {c.id: c for c in index.components}
    return {
        "id": target,
        **head,
        "size": assessment.size,
        "worst_share": index.worst_share,
        "reason": index.reason,
        "source": list(index.source),
        "components": [_component(say, assessment, rules[c.id], c) for c in _heaviest_first(results)],
    }


def _heaviest_first(results: tuple[ComponentResult, ...]) -> list[ComponentResult]:
    return sorted(results, key=lambda c: (not c.applies, -c.points, c.id))


def _dilemma(say: Say, place: Placement) -> Tree:
    stated = place.stated is not Stated.NOT_PLACED
    return {
        "kind": "dilemma",
        "name": say.dilemma(place.dilemma),
        "level": level_text(say, place),
        "score": place.score if stated else None,
        "low": place.low,
        "high": place.high,
        "coverage": place.coverage,
    }


def _trend(say: Say, trend: TrendPosition) -> Tree:
    return {
        "kind": "trend",
        "name": say.texts.text(f"trends.{trend.trend}.name"),
        "level": "",
        "score": trend.position if trend.assessable else None,
        "low": trend.low,
        "high": trend.high,
        "coverage": trend.coverage,
    }


def _component(say: Say, assessment: Assessment, rule: Component, result: ComponentResult) -> Tree:
    name = say.texts.maybe(f"components.{rule.id}.name") or say.texts.text(
        f"indicators.{rule.indicator}.name"
    )
    reading = assessment.readings.get(rule.indicator)
    return {
        "id": rule.id,
        "name": name,
        "applies": result.applies,
        "weight": result.weight,
        "severity": result.severity,
        "low": result.low,
        "high": result.high,
        "points": result.points,
        "is_worst": result.is_worst,
        "anchors": [list(pair) for pair in zip(result.anchors, result.scores, strict=False)],
        "passed": anchor_text(say, result, reading) if reading is not None and result.applies else "",
        "standing": str(rule.standing),
        "source": list(rule.source),
        "reason": rule.reason,
        "indicator": _indicator(say, assessment, rule.indicator) if rule.indicator else None,
    }


def _indicator(say: Say, assessment: Assessment, name: str) -> Tree:
    rule, reading = say.edition.indicators[name], assessment.readings[name]
    known = None if reading.known is not Known.KNOWN else reading.value
    return {
        "id": name,
        "kind": "indicator",
        "name": say.texts.text(f"indicators.{name}.name"),
        "known": str(reading.known),
        "value": known,
        "low": _bounded(reading.low),
        "high": _bounded(reading.high),
        "shown": reading_text(say, reading),
        "unit": rule.unit,
        "formula": say.texts.text(f"indicators.{name}.formula"),
        "standing": str(rule.standing),
        "source": list(rule.source),
        "reason": rule.reason,
        "answers": _answers(say, assessment, rule),
    }


def _bounded(value: float) -> float | None:
    return value if abs(value) < 1e15 else None


def _answers(say: Say, assessment: Assessment, rule: Indicator) -> list[Tree]:
    """The answers an indicator reads, in the order of its formula; those that are not asked are marked."""
    now = asked(say.edition, assessment.answers)
    out = []
    for name in dict.fromkeys(fields_in(rule.formula)):
        field, reply = say.edition.fields[name], assessment.answers.reply(name)
        words = "".join(reply_parts(say, field, reply))
        out.append(
            {
                "field": name,
                "label": field_label(say, field),
                "asked": name in now,
                "answer": write_reply(reply),
                "shown": words,
            }
        )
    return out


# --- the tree as text --------------------------------------------------------------------------


def as_text(tools: Tools, found: Tree) -> str:
    """The tree as indented lines."""
    if found.get("kind") == "indicator":
        return "\n".join(_indicator_lines(tools, found, ""))
    lines = [_head(tools, found), *_rule(tools, found)]
    for part in found["components"]:
        lines += ["", *_component_lines(tools, part)]
    return printable("\n".join(lines))


def _head(tools: Tools, found: Tree) -> str:
    values = {
        "id": found["id"],
        "name": found["name"],
        "level": found["level"],
        "interval": f"{numbers.number(found['low'], 1)}–{numbers.number(found['high'], 1)}",
        "coverage": numbers.percent(found["coverage"]),
    }
    if found["score"] is None:
        return tools.text("explain.unplaced", **values)
    return tools.text(f"explain.{found['kind']}", score=numbers.number(found["score"], 1), **values)


def _rule(tools: Tools, found: Tree) -> list[str]:
    share = found["worst_share"]
    lines = []
    if found["size"]:
        size = tools.say().texts.text(f"sizes.{found['size']}")
        lines.append("  " + tools.text("explain.size", size=size))
    if share:
        parts = {
            "mean": numbers.percent(1 - share),
            "worst": numbers.percent(share),
            "reason": found["reason"],
        }
        lines.append("  " + tools.text("explain.rule", **parts))
    else:
        lines.append("  " + tools.text("explain.rule_mean"))
    return lines


def _component_lines(tools: Tools, part: Tree) -> list[str]:
    values = {"id": part["id"], "name": part["name"]}
    if not part["applies"]:
        lines = ["  " + tools.text("explain.component_dropped", **values)]
    else:
        exact = numbers.number(part["severity"], 1)
        low, high = numbers.number(part["low"], 1), numbers.number(part["high"], 1)
        shown = exact if low == high else tools.text("explain.not_known", low=low, high=high)
        key = "component_worst" if part["is_worst"] else "component"
        values |= {
            "severity": shown,
            "weight": numbers.percent(part["weight"]),
            "points": numbers.number(part["points"], 1),
        }
        lines = ["  " + tools.text(f"explain.{key}", **values)]
    if part["anchors"] and part["indicator"] and part["applies"]:
        rule = tools.say().edition.indicators[part["indicator"]["id"]]
        pairs = ", ".join(
            tools.text(
                "explain.anchor", value=value_text(tools.say(), rule, value), score=numbers.number(score)
            )
            for value, score in part["anchors"]
        )
        lines.append("     " + tools.text("explain.anchors", pairs=pairs, passed=part["passed"]))
    lines += [f"     {line}" for line in _standing(tools, part)]
    if part["indicator"]:
        lines += _indicator_lines(tools, part["indicator"], "     ")
    return lines


def _standing(tools: Tools, rule: Mapping[str, Any]) -> list[str]:
    source = ", ".join(rule["source"]) or tools.text("explain.no_source")
    lines = [
        tools.text("explain.standing", standing=tools.text(f"explain.{rule['standing']}"), source=source)
    ]
    return [*lines, tools.text("explain.reason", reason=rule["reason"])] if rule["reason"] else lines


def _indicator_lines(tools: Tools, found: Tree, indent: str) -> list[str]:
    lines = [
        tools.text("explain.indicator", id=found["id"], name=found["name"], value=found["shown"]),
        *(
            f"  {line}"
            for line in (tools.text("explain.formula", formula=found["formula"]), *_standing(tools, found))
        ),
        "  " + tools.text("explain.answers"),
    ]
    for answer in found["answers"]:
        reply = answer["shown"] if answer["asked"] else tools.text("explain.not_asked")
        lines.append("    " + tools.text("explain.answer", field=answer["field"], reply=printable(reply)))
    return [indent + line for line in lines]
