"""Starting an assessment and coming back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.model.agenda import Agenda, Dossier, Earlier
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.store import Assessment, StoredAnswer
from assessment.workflow.bench import Bench, edition
from assessment.workflow.recorded import with_workshop
from assessment.workflow.values import agenda_from, answers_from, earlier_from


@dataclass(frozen=True)
class Opened:
    """An assessment as the firm sees it now: its cover, its edition, its answers."""

    record: Assessment
    edition: Edition
    answers: Answers
    stored: Mapping[str, StoredAnswer]

    @property
    def agenda(self) -> Agenda:
        """Wishes for the plan, action register and scenarios."""
        return agenda_from(self.edition, self.stored)

    @cached_property
    def earlier(self) -> Earlier | None:
        """The assessment this one was begun from, with what was decided then."""
        return earlier_from(self.stored, edition)

    @property
    def dossier(self) -> Dossier:
        """All a report is made from, but for whose report it is."""
        answers, workshop = with_workshop(self.edition, self.answers, self.stored)
        return Dossier(answers, self.agenda, self.earlier, workshop)

    @property
    def quick(self) -> bool:
        return self.record.path == "quick"


def start_assessment(bench: Bench, *, quick: bool, language: str, firm: str = "") -> str:
    """Open an assessment under the current edition. Returns the token of its link, shown only once."""
    under = edition(bench.current)
    path = "quick" if quick else "full"
    _id, token = bench.store.create_assessment(under.id, under.fingerprint, language, path, firm)
    return token


def resume(bench: Bench, token: str) -> Opened | None:
    """The assessment a link leads to, with every answer that counts; None if the link is not in force."""
    record = bench.store.assessment_for(token) if token else None
    return None if record is None else open_record(bench, record)


def open_record(bench: Bench, record: Assessment, before: Opened | None = None) -> Opened:
    """The assessment behind a record, freshly read.

    `before`, the same assessment as it was read earlier, saves reading again what has not changed; if nothing
    has, it is `before` itself that comes back.
    """
    if before is not None and before.record.id != record.id:
        before = None
    under = edition(record.edition)
    stored = bench.store.load_answers(record, before.stored if before else None)
    if before is not None and before.record == record and _same(before.stored, stored):
        return before
    return Opened(record, under, answers_from(under, record.firm_name, stored), stored)


def _same(before: Mapping[str, StoredAnswer], now: Mapping[str, StoredAnswer]) -> bool:
    """Whether the same entries count. A number stands for one entry, so equal numbers are equal answers."""
    return {id_: kept.seq for id_, kept in before.items()} == {id_: kept.seq for id_, kept in now.items()}


def switch_language(bench: Bench, opened: Opened, language: str) -> None:
    """Answer in another language from now on; every answer stays."""
    bench.store.set_language(opened.record, language)


def widen(bench: Bench, opened: Opened) -> None:
    """Go on with the full questionnaire; every answer stays."""
    bench.store.set_path(opened.record, "full")


def name_firm(bench: Bench, opened: Opened, name: str) -> None:
    """The name that stands on the report."""
    bench.store.rename_firm(opened.record, name.strip())


def name_new_firm(bench: Bench, record: Assessment, name: str) -> None:
    """The same, for an assessment that was just begun; no name is fine."""
    if name.strip():
        bench.store.rename_firm(record, name.strip())
