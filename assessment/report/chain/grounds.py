"""What every page of a chain needs: names, its own words, and what a rule rests on."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.model.certainty import Node
from assessment.model.edition import Edition
from assessment.report import numbers
from assessment.report.blocks import cell, column, paragraph, row
from assessment.report.document import Block, Cell, Table, Traced, Words
from assessment.report.parts.drivers import source_text
from assessment.report.say import Say

FUNCTIONS = "functions"  # stands for all service functions together


def tell(say: Say, key: str, /, **values: object) -> Words:
    """A sentence of these pages."""
    return Words(say.words.text(f"chain.{key}", **values))


def kind_of(edition: Edition, of: str) -> str:
    """What an id stands for; empty if nothing bears it."""
    held = (
        ("dilemma", edition.dilemmas), ("trend", edition.indexes), ("component", edition.components),
        ("indicator", edition.indicators), ("question", edition.question),
        ("function", edition.rows.get(FUNCTIONS, ())), ("functions", (FUNCTIONS,) if edition.rows else ()),
        ("measure", edition.countermeasures), ("evidence", edition.evidence),
    )  # fmt: skip
    return next((kind for kind, ids in held if of in ids), "")


def name_of(say: Say, of: str) -> Traced:
    """How an id is called."""
    match kind_of(say.edition, of):
        case "component":
            return Traced(say.texts.maybe(f"components.{of}.name") or _read_by(say, of), of)
        case "question":
            return Traced(say.label(of), of)
        case "functions":
            return Traced(tell(say, "functions"), of)
        case "evidence":
            return Traced(say.edition.evidence[of].figure or of, of)
        case kind:
            return getattr(say, kind)(of)  # type: ignore[no-any-return]


def _read_by(say: Say, component: str) -> str:
    """A component without a name of its own is called as what it reads."""
    rules = say.edition.indexes[say.edition.components[component]].components
    rule = next(c for c in rules if c.id == component)
    return name_of(say, rule.index or rule.indicator)


def spread(say: Say, node: Node) -> str:
    """An amount of money, posts or rows: the point with its bounds where it is not known exactly."""
    if node.value is None or node.low is None or node.high is None:
        return say("drivers.unknown_part")
    point, low, high = (numbers.amount(x) for x in (node.value, node.low, node.high))
    return point if low == high else say("place.with_interval", score=point, low=low, high=high)


def opened(say: Say, of: str, *, strong: bool = False) -> Cell:
    """A name that leads to its own page."""
    return cell(name_of(say, of), strong=strong, link=f"trace:{of}")


def names_table(say: Say, key: str, ids: tuple[str, ...], title: str) -> Table:
    """A list of names of one kind that lead on; at least one."""
    head = column(tell(say, f"kind.{kind_of(say.edition, ids[0])}"))
    return Table(key, tell(say, title), (head,), tuple(row(opened(say, of)) for of in ids))


def grounds(say: Say, node: Node) -> Iterator[Block]:
    """Standing, source and reason of a rule, and what the source says in those sections."""
    source = say("list_comma").join(source_text(s) for s in node.source) or tell(say, "ground.no_source")
    if node.standing:
        standing = tell(say, f"ground.{node.standing}")
        yield paragraph(tell(say, "ground.rule", standing=standing, source=source))
    if node.reason:
        yield paragraph(tell(say, "ground.reason"), node.reason)
    said = [e.id for e in say.edition.evidence.values() if e.section in node.source or e.id in node.source]
    if said:
        yield evidence_table(say, tuple(said), "ground.section")


def evidence_table(say: Say, ids: tuple[str, ...], title: str) -> Table:
    """Statements and figures of the sources, with their section."""
    found = [say.edition.evidence[e] for e in ids]
    rows = tuple(row(say.text(f"evidence.{e.id}.claim"), source_text(e.section), of=e.id) for e in found)
    columns = (column(tell(say, "evidence.claim"), 4.0), column(say("sources.section"), 0.7))
    return Table(f"chain-{title.replace('.', '-')}", tell(say, title), columns, rows)
