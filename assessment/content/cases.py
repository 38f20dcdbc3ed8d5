"""Worked cases: invented firms with full answers and the levels expected of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assessment.answering.form import read_form
from assessment.content.load import EDITIONS
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.problems import Problem, UserError


@dataclass(frozen=True, slots=True)
class Case:
    """One invented firm. `expected`: dilemma -> level; `recommended`: measures that must be chosen."""

    id: str
    firm: Mapping[str, str]
    story: Mapping[str, str]
    answers: Answers
    expected: Mapping[str, str]
    reasons: Mapping[str, str]
    recommended: tuple[str, ...]
    sample: bool


def load_cases(edition: Edition, root: Path = EDITIONS) -> tuple[Case, ...]:
    """All worked cases of an edition, by file name. Raises `UserError` with every fault."""
    cases, problems = [], []
    for file in sorted((root / edition.id / "examples").glob("*.toml")):
        case, found = read_case(edition, file)
        cases.append(case)
        problems += found
    if problems:
        raise UserError(*problems)
    return tuple(cases)


def read_case(edition: Edition, file: Path) -> tuple[Case, list[Problem]]:
    """One worked case and everything that is wrong with its answers."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    replies, problems = read_form(edition, raw.get("answers", {}), file.name)
    expected = dict(raw.get("expected", {}))
    reasons, recommended = expected.pop("reason", {}), expected.pop("recommended", [])
    firm = raw.get("firm", {})
    answers = Answers(edition.id, firm.get("en", file.stem), replies, confirmed=raw.get("confirmed", {}))
    case = Case(
        raw.get("id", file.stem),
        firm,
        raw.get("story", {}),
        answers,
        expected,
        reasons,
        tuple(recommended),
        bool(raw.get("sample", False)),
    )
    return case, problems
