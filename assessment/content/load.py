"""Loads an edition, its texts and its worked cases from `questionnaires/`."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assessment.content.agreement import read_agreement
from assessment.content.effects import EFFORT_FILE, read_effects, read_efforts
from assessment.content.files import FRAME, Files, files_of
from assessment.content.formulas import Vocabulary
from assessment.content.plan import read_plan
from assessment.content.questions import Frame, finish, read_questions
from assessment.content.reading import Faults, Table, read_toml
from assessment.content.robustness import read_robustness
from assessment.content.rules import (
    read_check,
    read_countermeasure,
    read_evidence,
    read_index,
    read_indicators,
    row_derivations,
)
from assessment.content.workshop import read_workshop_roles
from assessment.model.edition import Edition
from assessment.model.fields import Question
from assessment.model.problems import UserError
from assessment.model.rules import (
    PlacementRules,
    RecommendationRules,
    SizeBound,
    SizeRegime,
    SizeRules,
)
from assessment.model.words import Catalogue

EDITIONS = Path(__file__).resolve().parents[2] / "questionnaires"
WORDS = Path(__file__).resolve().parents[1] / "words"


def load_edition(edition_id: str, root: Path = EDITIONS) -> Edition:
    """The edition in `root/edition_id`. Raises `UserError` with every fault found."""
    edition, faults = read_edition(root / edition_id)
    if faults.found:
        raise UserError(*faults.found)
    return edition


@cache
def edition_ids(root: Path = EDITIONS) -> tuple[str, ...]:
    """Ids of all editions, oldest first: numbers in them count as numbers."""
    found = (p.parent.relative_to(root).as_posix() for p in root.glob("*/*/edition.toml"))
    return tuple(
        sorted(found, key=lambda id_: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", id_)])
    )


def fingerprint(folder: Path) -> str:
    """SHA-256 over all files that decide a result or a sentence, names included."""
    digest = hashlib.sha256()
    for name, file in files_of(folder).hashed():
        body = file.read_bytes()
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()


def read_edition(folder: Path) -> tuple[Edition, Faults]:
    """The edition and everything wrong with its rules; usable for linting even when faulty."""
    faults, files = Faults(folder), files_of(folder)
    main = Table(files.frame(faults), folder / FRAME, "", faults)
    frame = Frame(
        {k: tuple(v) for k, v in main.take("rows", dict, {}).items()}, main.take("scales", dict, {})
    )
    sections = main.words("sections")
    questions, vocabulary = _questions(files, sections, frame, faults)
    placement = Table(main.take("placement", dict, {}), main.file, "placement", faults)
    plan = Table(main.take("recommendation", dict, {}), main.file, "recommendation", faults)
    default_size = placement.take("default_size", str, "small")
    sizes = _sizes(Table(main.take("sizes", dict, {}), main.file, "sizes", faults), default_size)
    sets = tuple(dict.fromkeys(sizes.weight_set.values())) if sizes else ("all",)
    rules = _rules(files, vocabulary, faults, sets)
    return (
        Edition(
            id=main.need("id", str, folder.name),
            status=main.need("status", str, "draft"),
            fingerprint=fingerprint(folder),
            languages=main.words("languages"),
            sections=sections,
            currencies=main.words("currencies"),
            money_units=main.take("money_units", dict, {"one": 1}),
            rows=frame.rows,
            scales=frame.scales,
            minutes=main.take("progress", dict, {}).get("minutes", {}),
            questions=questions,
            sizes=sizes,
            placement=_placement(placement),
            recommendation=_recommendation(plan),
            robustness=read_robustness(main),
            agreement=read_agreement(main),
            plan=read_plan(main),
            workshop_roles=read_workshop_roles(main),
            **rules,
        ),
        faults,
    )


def _questions(
    files: Files, sections: tuple[str, ...], frame: Frame, faults: Faults
) -> tuple[tuple[Question, ...], Vocabulary]:
    drafts = []
    for section in sections:
        file = files.at("questions", f"{section}.toml")
        drafts += read_questions(read_toml(file, faults).get("question", []), section, file, frame, faults)
    _note_twins(drafts)
    fields = frozenset(d.id for _, field_drafts, _ in drafts for d in field_drafts)
    vocabulary = Vocabulary(fields, frame.rows)
    return tuple(finish(q, d, t, vocabulary) for q, d, t in drafts), vocabulary


def _note_twins(drafts: list[Any]) -> None:
    seen: set[str] = set()
    for question, _, table in drafts:
        if question.id in seen:
            table.note(
                "duplicate-id", f"question `{question.id}` exists twice.", "Give one of them another id."
            )
        seen.add(question.id)


def _rules(files: Files, v: Vocabulary, faults: Faults, sets: tuple[str, ...]) -> dict[str, Any]:
    file = files.at("indicators.toml")
    raw = read_toml(file, faults)
    v.tables = raw.get("table", {})
    v.raw |= row_derivations(raw.get("derived", {}), v.rows)
    v.raw |= {k: e["formula"] for k, e in raw.get("indicator", {}).items() if "formula" in e}
    indicators = read_indicators(raw.get("indicator", {}), file, v, faults)
    dilemmas = [read_index(read_toml(p, faults), p, faults, sets) for p in files.below("dilemmas")]
    trend_file = files.at("trends.toml")
    trends = [
        read_index(e, trend_file, faults, sets, "part")
        for e in _optional(trend_file, faults).get("trend", [])
    ]
    measures = [
        read_countermeasure(read_toml(p, faults), p, v, faults) for p in files.below("countermeasures")
    ]
    evidence_file, check_file = files.at("evidence.toml"), files.at("checks.toml")
    checks = [read_check(c, check_file, v, faults) for c in _optional(check_file, faults).get("check", [])]
    return {
        "indicators": indicators,
        "derived": {k: f for k, f in v.done.items() if k not in indicators},
        "indexes": {i.id: i for i in (*dilemmas, *trends)},
        "dilemmas": tuple(i.id for i in dilemmas),
        "trends": tuple(i.id for i in trends),
        "countermeasures": {m.id: m for m in measures},
        "effects": read_effects(files.below("effects"), v, faults),
        "efforts": read_efforts(files.at("effects", EFFORT_FILE), faults),
        "checks": tuple(checks),
        "evidence": read_evidence(
            _optional(evidence_file, faults).get("evidence", {}), evidence_file, v, faults
        ),
    }


def _optional(file: Path, faults: Faults) -> dict[str, Any]:
    return read_toml(file, faults) if file.is_file() else {}


def _sizes(table: Table, default: str) -> SizeRules | None:
    if not table.data:
        return None
    styles, counts = table.take("revenue_bound", dict, {}), table.take("group_counts", dict, {})
    currencies = table.take("currency", dict, {})
    regimes = {
        name: SizeRegime(
            bounds=tuple(
                _bound(Table(b, table.file, "sizes", table.faults)) for b in table.need(name, list, [])
            ),
            any_bound=mode == "any",
            strictly=styles.get(name) == "above",
            group_counts=bool(counts.get(name, False)),
            currency=currencies.get(name, ""),
        )
        for name, mode in table.need("needs", dict, {}).items()
    }
    return SizeRules(regimes, {k: str(s) for k, s in table.need("weight_set", dict, {}).items()}, default)


def _bound(table: Table) -> SizeBound:
    return SizeBound(
        table.need("class", str, ""), table.number("headcount", 0.0) or 0.0, table.number("revenue")
    )


def _placement(table: Table) -> PlacementRules:
    return PlacementRules(
        levels=table.words("levels") or ("none", "emerging", "pronounced", "acute"),
        cuts=tuple(float(c) for c in table.figures("cuts", list, [25, 50, 75])),
        coverage_level=table.number("coverage_level", 0.8) or 0.0,
        coverage_span=table.number("coverage_span", 0.67) or 0.0,
        borderline=table.number("borderline", 3.0) or 0.0,
    )


def _recommendation(table: Table) -> RecommendationRules:
    cost = {k: float(v) for k, v in table.figures("effort_cost", dict, {"S": 1, "M": 1, "L": 1}).items()}
    return RecommendationRules(
        table.number("least_benefit", 0.0) or 0.0,
        table.number("urgent_benefit", 0.0) or 0.0,
        cost,
        table.figures("kinds", dict, {}),
        table.figures("at_once", dict, {}),
    )


def load_texts(edition_id: str, language: str, root: Path = EDITIONS) -> Catalogue:
    """All texts of an edition in one language."""
    return Catalogue(language, _merged(files_of(root / edition_id).texts(language)))


def app_words(language: str) -> Catalogue:
    """The app's own sentences in one language."""
    return Catalogue(language, _merged(sorted((WORDS / language).glob("*.toml"))))


def _merged(files: Iterable[Path]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for file in files:
        _merge(tree, tomllib.loads(file.read_text(encoding="utf-8")))
    return tree


def _merge(tree: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(tree.get(key), dict):
            _merge(tree[key], value)
        else:
            tree[key] = value
