"""Everything that is wrong with editions, at once: file, line, id and cure."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from assessment.content import checks
from assessment.content.desk import Desk, open_desk
from assessment.content.freeze import FILE, fingerprints
from assessment.content.load import EDITIONS
from assessment.model.problems import Problem

_INTRODUCTION = """\
What `python -m assessment lint` finds. Each line it prints names the file and line, the id, what is wrong,
the cure and one of the codes below. This page is made from the code: change the docstring of the rule."""

# What reading itself notes; the codes of the rules in `checks` are the names of their modules.
WHILE_READING = {
    "missing-file": "A file of the edition is missing.",
    "not-utf8": "A file is not UTF-8.",
    "not-toml": "A file is not valid TOML.",
    "missing-key": "A table lacks a key it needs, `standing` among them.",
    "unknown-key": "A table has a key that nothing reads: mostly a typing slip.",
    "wrong-type": "A value is of another type than the format says.",
    "unknown-standing": "The standing is not stated, derived or assumed.",
    "no-source": "A stated or derived rule names no source section.",
    "no-reason": "An assumed rule gives no reason.",
    "unknown-kind": "A question or cell is of a kind the format does not have.",
    "unknown-unit": "A number counts something the format does not know.",
    "unknown-scale": "A level names a scale that edition.toml does not have.",
    "unknown-rows": "A question names a row list that edition.toml does not have.",
    "unknown-reads": "An indicator reads in a way the format does not know.",
    "unknown-value": "A key has a value outside its closed list.",
    "unknown-aggregator": "An index is put together in a way the format does not know.",
    "bad-default": "A default is not one of the options.",
    "bad-share": "The share of the worst component is not between 0 and 1.",
    "bad-formula": "A formula cannot be read, or names a field or rule that does not exist.",
    "bad-condition": "A condition cannot be read, or names a field that does not exist.",
    "anchors-order": "Anchors neither rise nor fall throughout.",
    "anchors-length": "Anchors and scores differ in length.",
    "dangling-field": "A check names a field that does not exist.",
}

# While these stand, no answers can be evaluated: rules that evaluate some wait until they are mended.
STOPS_EVALUATION = frozenset({"relevance-circle", "kind-mismatch", "missing-file", "not-toml", "not-utf8"})


def lint(folder: Path) -> list[Problem]:
    """Every fault of the edition in `folder`, reading faults first."""
    return _looked_over(folder).faults.found


def notes(folder: Path) -> list[Problem]:
    """What an author may want to know about an edition, though it is no fault."""
    return _looked_over(folder).notes.found


def lint_all(root: Path = EDITIONS) -> list[Problem]:
    """Every fault of every edition below `root`; places are named from `root`."""
    folders = sorted(file.parent for file in root.rglob("edition.toml"))
    here = {folder.relative_to(root).as_posix(): folder for folder in folders}
    gone = [
        Problem(
            "changed-issue",
            f"{FILE} {id_}",
            "the edition was issued, but its folder is missing.",
            "Bring it back.",
        )
        for id_ in fingerprints(root)
        if id_ not in here
    ]
    found = (
        Problem(p.code, f"{name}/{p.where}", p.what, p.cure)
        for name, folder in here.items()
        for p in lint(folder)
    )
    return [*found, *gone]


def _looked_over(folder: Path) -> Desk:
    desk = open_desk(folder)
    ordered = sorted(rules(), key=lambda rule: hasattr(rule, "EVALUATES"))
    for rule in ordered:
        if not hasattr(rule, "EVALUATES") or not any(p.code in STOPS_EVALUATION for p in desk.faults.found):
            rule.check(desk)
    return desk


def rules() -> Iterator[ModuleType]:
    """The modules of `checks`, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(checks.__path__))
    return (importlib.import_module(f"{checks.__name__}.{name}") for name in names)


def reference() -> str:
    """docs/reference/lint-rules.md, from the docstrings of the rules."""
    parts = [
        "# Lint rules",
        _INTRODUCTION,
        "## Seen while reading",
        "\n".join(
            ["| code | meaning |", "|---|---|", *(f"| `{c}` | {m} |" for c, m in WHILE_READING.items())]
        ),
        "## Rules",
    ]
    for rule in rules():
        code = rule.__name__.rpartition(".")[2].replace("_", "-")
        parts.append(f"### `{code}`\n{(rule.__doc__ or '').strip()}")
    return "\n\n".join(parts) + "\n"
