"""An issued edition does not change: its files have the fingerprint written into issued.toml on issue."""

from __future__ import annotations

from assessment.content.desk import Desk
from assessment.content.freeze import ISSUED, fingerprints


def check(desk: Desk) -> None:
    edition = desk.edition
    known, file = fingerprints(desk.root).get(edition.id), desk.file_of("edition.toml")
    if known is None and edition.status == ISSUED:
        what = "the status is issued, but issued.toml does not know the edition."
        desk.faults.note(
            "changed-issue",
            file,
            "status",
            what,
            'Set `status = "draft"` and issue it with the freeze command.',
        )
    if known is not None and known != edition.fingerprint:
        what = "the edition was issued and has changed since."
        desk.faults.note(
            "changed-issue", file, "id", what, "Take the change back, and make it in a new edition."
        )
