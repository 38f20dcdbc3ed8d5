"""Issuing an edition: from then on its fingerprint must not change."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from assessment.content.load import EDITIONS, fingerprint
from assessment.model.edition import Edition
from assessment.model.problems import Problem, UserError

ISSUED, DRAFT = "issued", "draft"
FILE = "issued.toml"
HEAD = "# Fingerprint of every issued edition, written on issue: it does not change.\n\n[issued]\n"


def fingerprints(root: Path = EDITIONS) -> dict[str, str]:
    """Fingerprint by edition id; empty if nothing was issued. Raises `UserError` if the file is not TOML."""
    file = root / FILE
    if not file.is_file():
        return {}
    try:
        return {
            str(k): str(v)
            for k, v in tomllib.loads(file.read_text(encoding="utf-8")).get("issued", {}).items()
        }
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            Problem("not-toml", FILE, f"the file is not valid TOML: {error}.", "Mend the line named.")
        ) from None


def issue(edition: Edition, root: Path = EDITIONS) -> str:
    """Set the status to issued and write down the fingerprint, which is returned. Raises `UserError`.

    An edition with faults is for the caller to refuse: run `lint` first. One that was issued stays as it is.
    """
    known = fingerprints(root)
    if edition.id in known:
        what, cure = "this edition is issued already.", "Make a new edition for changes."
        raise UserError(Problem("changed-issue", edition.id, what, cure))
    folder = root / edition.id
    _set_status(folder / "edition.toml")
    known[edition.id] = fingerprint(folder)
    lines = (f'"{name}" = "{digest}"\n' for name, digest in sorted(known.items()))
    (root / FILE).write_text(HEAD + "".join(lines), encoding="utf-8")
    return known[edition.id]


def _set_status(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    changed, count = re.subn(
        rf'^status = "(?:{DRAFT}|{ISSUED})"', f'status = "{ISSUED}"', text, count=1, flags=re.MULTILINE
    )
    if not count:
        raise UserError(
            Problem("missing-key", file.name, "no line `status = ...`.", f'Add `status = "{DRAFT}"`.')
        )
    file.write_text(changed, encoding="utf-8")
