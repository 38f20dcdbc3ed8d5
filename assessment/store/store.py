"""The store: the one door between the program and its database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Update

from assessment.store import access, answers, assessments, audit, brands, members, migrate, tickets, tries
from assessment.store.accounts import Accounts
from assessment.store.brands import StoredBrand
from assessment.store.keeping import Keeping
from assessment.store.links import Links
from assessment.store.office import ENTRY_LIFE, Office
from assessment.store.opening import Opening, now
from assessment.store.passwords import Passwords
from assessment.store.records import (
    ANSWER,
    PATHS,
    Assessment,
    Redeemed,
    Revision,
    Saved,
    StoredAnswer,
)
from assessment.store.tokens import digest
from assessment.store.workshop import Workshops

T = TypeVar("T")
DOWNLOAD_LIFE: Final = timedelta(minutes=15)
OPERATOR: Final = "command line"  # stands in the audit for whoever runs the installation
SAMPLES: Final = "samples"  # the workspace of invented firms: no office sees them


class Store(Opening):
    """Thread-safe. One process opens a SQLite store at a time; `close` it, or use it in a `with`."""

    def __init__(
        self,
        url: str,
        *,
        link_days: int = 400,
        busy_ms: int = 5000,
        clock: Callable[[], datetime] = now,
        scripts: Path = migrate.SCRIPTS,
        passwords: Passwords | None = None,
    ) -> None:
        """Open, upgrade if needed. Raises StoreBusy or SchemaTooNew, with a sentence for the operator."""
        self._link_life = timedelta(days=link_days)
        self._passwords = passwords or Passwords()
        super().__init__(url, busy_ms, clock, scripts)

    # Assessments -------------------------------------------------------------------------------

    def create_assessment(
        self,
        edition: str,
        fingerprint: str,
        language: str,
        path: str,
        firm_name: str,
        *,
        after: Assessment | None = None,
        sample: bool = False,
    ) -> tuple[str, str]:
        """Open an assessment. Returns its id and the token of its link, which is shown here once only.

        `after`: a further one of the same firm, by whoever holds that one; its name stays. What a consultant
        opens so ends with the session. `sample`: of an invented firm, kept apart from all others.
        """
        access.expect("path", path, PATHS)
        if after is not None:
            access.may_write(after)

        def deed(connection: Connection) -> tuple[str, str]:
            at, cover = self._clock(), (edition, fingerprint, language, path)
            if after is None:
                home = members.workspace_named(connection, SAMPLES, at) if sample else self._workspace
                made = assessments.new(home, *cover, firm_name)
            else:
                made = assessments.again(after, *cover)
            assessments.create(connection, made, at, new_firm=after is None)
            end = at + self._link_life
            if made.account:
                return made.id, access.issue(connection, made, ANSWER, at, end)
            return made.id, access.issue_link(connection, made, ANSWER, at, end)[1]

        return self._writer.do(deed) if after is None else self._do(after, deed)

    def _do(self, of: Assessment, deed: Callable[[Connection], T]) -> T:
        """For whoever holds `of`, if what it was opened by is still in force."""
        return self._writer.do(access.in_time(of, self._clock, deed))

    def assessment_for(self, token: str) -> Assessment | None:
        """The assessment a link leads to; None if unknown, expired or revoked. Ask on every run."""
        row = self._read(lambda connection: access.find(connection, token, self._clock()))
        return None if row is None else access.as_assessment(row)

    def rename_firm(self, assessment: Assessment, name: str) -> None:
        """Change the firm's name."""
        self._change(assessment, assessments.renaming(assessment, name), "rename firm")

    def set_language(self, assessment: Assessment, language: str) -> None:
        """Change the language the firm answers in."""
        self._change(assessment, assessments.setting(assessment, language=language), "set language", language)

    def set_path(self, assessment: Assessment, path: str) -> None:
        """Switch between the quick and the full questionnaire. No answer is lost either way."""
        access.expect("path", path, PATHS)
        self._change(assessment, assessments.setting(assessment, path=path), "set path", path)

    def _change(self, of: Assessment, what: Update, verb: str, detail: str = "") -> None:
        access.may_write(of)
        self._do(of, lambda connection: assessments.change(connection, of, what, self._clock(), verb, detail))

    # Answers -----------------------------------------------------------------------------------

    def save_answer(
        self,
        assessment: Assessment,
        field: str,
        value: StoredAnswer,
        op_id: str,
        base_seq: int | None = None,
        *,
        actor: str = "",
        role: str = "",
    ) -> Saved:
        """Save one answer; returns once it is on disk. After NotSaved send it again with the same op_id.

        `op_id` is made by the caller, once per intended save. `base_seq` is the `seq` the editor had before
        them, 0 for an empty field, None for "whatever is there": see `Saved.overtook`. Actor and role are
        those of the assessment if none are given.
        """
        access.may_write(assessment)
        by = (actor or assessment.actor, role or assessment.role)
        draft = answers.Draft(field, answers.columns(value), op_id, base_seq, *by)
        return self._do(
            assessment, lambda connection: answers.append(connection, assessment, draft, self._clock())
        )

    def save_answers(
        self,
        assessment: Assessment,
        values: Mapping[str, StoredAnswer],
        op_id: str,
        *,
        actor: str = "",
        role: str = "",
    ) -> dict[str, Saved]:
        """Save several fields together: all of them or none. Otherwise as `save_answer`."""
        access.may_write(assessment)
        by = (actor or assessment.actor, role or assessment.role)
        drafts = [
            answers.Draft(field, answers.columns(value), f"{op_id}/{field}", None, *by)
            for field, value in values.items()
        ]

        def deed(connection: Connection) -> dict[str, Saved]:
            at = self._clock()
            return {draft.field: answers.append(connection, assessment, draft, at) for draft in drafts}

        return self._do(assessment, deed)

    def load_answers(
        self, assessment: Assessment, known: Mapping[str, StoredAnswer] | None = None
    ) -> dict[str, StoredAnswer]:
        """Field id -> the answer that counts. `known`, what was loaded before, saves reading it again."""
        return self._read(lambda connection: answers.load(connection, assessment, known))

    def revisions(self, assessment: Assessment, field: str) -> list[Revision]:
        """The history of a field, oldest first."""
        return self._read(lambda connection: answers.history(connection, assessment, field))

    def rebuild_current(self) -> int:
        """Derive again from the history which answers count. Returns how many."""
        return self._writer.do(answers.rebuild)

    @property
    def workshops(self) -> Workshops:
        """Workshops: several people of one firm in one session."""
        return Workshops(self._writer.do, self._read, self._clock)

    # Links and tickets -------------------------------------------------------------------------

    def links(self, assessment: Assessment) -> Links:
        """The links of an assessment. Raises Refused for a reader and for a seat in a workshop."""
        return Links(assessment, self._writer.do, self._read, self._clock)

    def new_link(self, assessment: Assessment, scope: str) -> str:
        """A further link without a label. Raises Refused for a reader and for a seat in a workshop."""
        return self.links(assessment).new(scope, "", self._link_life.days)

    def revoke(self, token: str) -> bool:
        """Make one link useless at once. True if it was in force."""
        return self._writer.do(lambda connection: access.revoke(connection, token, self._clock()))

    def revoke_all(self, assessment: Assessment) -> int:
        """Make every link and ticket of the assessment useless at once. Returns how many."""
        access.may_write(assessment)

        def deed(connection: Connection) -> int:
            assessments.note(connection, assessment, self._clock(), "revoke all")
            return access.revoke_all(connection, assessment, self._clock())

        return self._do(assessment, deed)

    def new_entry_ticket(self, assessment: Assessment, browser: str) -> str:
        """A ticket that lets this one browser into the assessment, once, within two minutes.

        `browser` is the value of the browser's own cookie; without it the ticket is worth nothing.
        """
        params = {"browser": digest(browser), "scope": assessment.scope}
        return self._issue(assessment, access.ENTRY, ENTRY_LIFE, "new entry ticket", params)

    def redeem_entry_ticket(self, ticket: str, browser: str) -> str | None:
        """Exchange the ticket for a link's token; None if unknown, used, too old or another browser's."""
        return self._writer.do(
            lambda connection: tickets.enter(connection, ticket, browser, self._clock(), self._link_life)
        )

    def new_download_ticket(
        self, assessment: Assessment, kind: str, params: Mapping[str, object], browser: str = ""
    ) -> str:
        """A ticket for one file, good for 15 minutes, in this browser, and with a link to its assessment.

        `browser` is the value of the browser's own cookie, as for an entry ticket.
        """
        content = {"kind": kind, "params": dict(params), "browser": digest(browser)}
        return self._issue(assessment, access.DOWNLOAD, DOWNLOAD_LIFE, "new download ticket", content, kind)

    def redeem_download_ticket(self, ticket: str, token: str, browser: str = "") -> Redeemed | None:
        """What to send, if the ticket is in force, this browser's, and `token` opens the same assessment."""
        return self._read(lambda connection: tickets.fetch(connection, ticket, token, browser, self._clock()))

    def _issue(
        self,
        to: Assessment,
        scope: str,
        life: timedelta,
        verb: str,
        params: Mapping[str, object],
        detail: str = "",
    ) -> str:
        access.may_look(to)

        def deed(connection: Connection) -> str:
            at = self._clock()
            access.forget_old(connection, at)
            assessments.note(connection, to, at, verb, detail)
            return access.issue(connection, to, scope, at, at + life, params)

        return self._do(to, deed)

    # Accounts ----------------------------------------------------------------------------------

    @property
    def accounts(self) -> Accounts:
        """All accounts, and signing in."""
        work = (self._writer.do, self._read, self._clock, self._passwords)
        return Accounts(*work, who=lambda _connection: (None, OPERATOR))

    def office(self, token: str) -> Office:
        """The workspace of whoever is signed in. Raises Refused if the session is not in force."""
        return Office(token, self._writer.do, self._read, self._clock, self._passwords)

    def brand_of(self, assessment: Assessment) -> StoredBrand | None:
        """What the reports of an assessment bear: the brand of the consultant in charge of the firm."""
        return self._read(lambda connection: brands.of_assessment(connection, assessment))

    # Operation ---------------------------------------------------------------------------------

    def count_failure(self, kind: str, key: str) -> None:
        """Remember a failed attempt of this kind from this address."""
        self._writer.do(lambda connection: tries.count(connection, kind, key, tries.window(self._clock())))

    def failures(self, kind: str, key: str) -> int:
        """Failed attempts of this kind from this address in the present minute."""
        return self._read(
            lambda connection: tries.counted(connection, kind, key, tries.window(self._clock()))
        )

    def keeping(self, workspace: str | None = None) -> Keeping:
        """What whoever keeps the data does: look after the audit, export, erase. None: all workspaces."""
        return Keeping(self._read, self._clock, workspace, self._writer)

    def audit_broken_at(self) -> int | None:
        """The first audit entry that was tampered with; None if the chain holds."""
        return self._read(lambda connection: audit.first_broken(connection, self._workspace))
