"""docs/reference/coverage.md: rules without a source, and statements of the sources without a rule.

`python -m assessment.content.coverage` writes the page anew; a test compares it with what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment.content.load import EDITIONS, load_edition, load_texts
from assessment.content.reading import Faults, read_toml
from assessment.model.edition import Edition
from assessment.model.rules import Evidence, Standing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "coverage.md"
FRAME = ("sizes", "placement", "recommendation", "robustness", "plan")  # rules that stand in edition.toml
UNUSABLE = "unusable"

_INTRODUCTION = """\
# Coverage of the sources

Which rules of edition `{id}` rest on no source, and which statements
of the sources no rule rests on. This page is made from the edition: change its files, then run
`python -m assessment.content.coverage`.

A rule is an indicator, a component with its anchors and weights, the share of the worst component, a
countermeasure, or a table of rules of `edition.toml`. Each names a source section or gives the reason
of an assumption; {rules} rules do, {orphans} do neither. A statement is an entry of `evidence.toml`; it has a
rule if it bears on an indicator or if a rule names it or, outside the two documents, its reference."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an edition with what it rests on."""

    kind: str
    id: str
    standing: str
    source: tuple[str, ...]
    reason: str

    @property
    def orphan(self) -> bool:
        """Neither a source nor the reason of an assumption."""
        return not self.source and not (self.standing == Standing.ASSUMED and self.reason)


def rules_of(edition: Edition, frame: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Every rule of an edition. `frame`: the table of edition.toml."""
    return tuple(_rules(edition, frame))


def _rules(edition: Edition, frame: Mapping[str, Any]) -> Iterator[Rule]:
    for i in edition.indicators.values():
        yield Rule("indicator", i.id, i.standing, i.source, i.reason)
    for index in edition.indexes.values():
        for c in index.components:
            # A part of a trend rests on the section that the whole trend is about.
            source = c.source or (index.source if index.id in edition.trends else ())
            yield Rule("component", c.id, c.standing, source, c.reason)
        if index.worst_share:
            yield Rule("share of the worst", index.id, Standing.ASSUMED, (), index.reason)
    for m in edition.countermeasures.values():
        yield Rule("countermeasure", m.id, m.standing, (*m.source, *m.trace), m.reason)
    for name in FRAME:
        raw = frame.get(name)
        if raw is not None:
            source, reason = tuple(raw.get("source", ())), raw.get("reason", "")
            yield Rule("edition.toml", name, raw.get("standing", ""), source, reason)


def orphans(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules that rest on nothing at all."""
    return tuple(rule for rule in rules if rule.orphan)


def without_rule(edition: Edition, rules: Iterable[Rule]) -> tuple[Evidence, ...]:
    """Statements that no rule rests on, in the order of the evidence."""
    named = {name for rule in rules for name in rule.source}
    return tuple(e for e in edition.evidence.values() if not _used(e, named))


def _used(evidence: Evidence, named: set[str]) -> bool:
    by_reference = evidence.id in named or (evidence.document == "outside" and evidence.section in named)
    return evidence.use != UNUSABLE and (bool(evidence.indicator) or by_reference)


def coverage(edition_id: str, root: Path = EDITIONS) -> str:
    """The page for one edition."""
    edition, texts = load_edition(edition_id, root), load_texts(edition_id, "en", root)
    file = root / edition_id / "edition.toml"
    rules = rules_of(edition, read_toml(file, Faults(file.parent)))
    bare = [rule for rule in rules if not rule.source]
    loose = without_rule(edition, rules)
    statements = ((e, texts.text(f"evidence.{e.id}.use_reason")) for e in loose)
    parts = [
        _INTRODUCTION.format(
            id=edition.id, rules=len(rules) - len(orphans(rules)), orphans=len(orphans(rules))
        ),
        f"## Rules without a source\n\n{len(bare)} of {len(rules)} rules, with the reason of the assumption.",
        _table(("kind", "rule", "standing", "reason"), ((r.kind, r.id, r.standing, r.reason) for r in bare)),
        f"## Statements without a rule\n\n{len(loose)} of {len(edition.evidence)} statements.",
        _table(
            ("statement", "section", "figure", "use", "why no rule"),
            ((e.id, e.section, e.figure, e.use, why) for e, why in statements),
        ),
        "## Sections\n\nHow many rules name each section of the two documents, by kind.",
        _sections(edition, rules),
    ]
    return "\n\n".join(parts) + "\n"


def _sections(edition: Edition, rules: Iterable[Rule]) -> str:
    sections = sorted({e.section for e in edition.evidence.values() if e.document != "outside"})
    counts = Counter((name, rule.kind) for rule in rules for name in set(rule.source))
    kinds = ("indicator", "component", "countermeasure", "edition.toml")
    return _table(("section", *kinds), ((s, *(str(counts[s, k]) for k in kinds)) for s in sections))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, tuple("---" for _ in head), *rows)
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


if __name__ == "__main__":
    PAGE.write_text(coverage("servitization/2026-1"), encoding="utf-8")
