"""The store: the one door between the program and its database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from sqlalchemy import Connection, Update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from assessment.store import access, answers, assessments, audit, database, migrate, schema
from assessment.store.keeping import Keeping
from assessment.store.lock import DirectoryLock
from assessment.store.records import (
    ANSWER,
    PATHS,
    READ,
    Assessment,
    Health,
    NotSaved,
    Redeemed,
    Revision,
    Saved,
    StoredAnswer,
    Unreachable,
)
from assessment.store.workshop import Workshops
from assessment.store.writer import Writer

T = TypeVar("T")
ENTRY_LIFE: Final = timedelta(minutes=2)
DOWNLOAD_LIFE: Final = timedelta(minutes=15)
RATE_WINDOW: Final = 60  # seconds
PATIENCE: Final = 5.0  # seconds to wait for a server on its way down or up


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Thread-safe. One process opens a SQLite store at a time; `close` it, or use it in a `with`."""

    def __init__(
        self,
        url: str,
        *,
        link_days: int = 400,
        busy_ms: int = 5000,
        clock: Callable[[], datetime] = _now,
        scripts: Path = migrate.SCRIPTS,
    ) -> None:
        """Open, upgrade if needed. Raises StoreBusy or SchemaTooNew, with a sentence for the operator."""
        self._clock = clock
        self._link_life = timedelta(days=link_days)
        file = database.file_of(url)
        self._writing = database.writing_engine(url, busy_ms)
        self._reading = database.reading_engine(url, busy_ms)
        self._lock = None if file is None else DirectoryLock(file)
        try:
            self._schema, self._workspace = migrate.prepare(
                self._writing, scripts, assessments.new_id(), clock()
            )
        except BaseException as error:
            self._release()
            if isinstance(error, OperationalError) and database.lost(error):
                raise Unreachable(f"the database server does not answer: {error.orig}") from None
            raise
        self._writer = Writer(self._writing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the queued saves, then let go of the database."""
        self._writer.close()
        self._release()

    def _release(self) -> None:
        self._reading.dispose()
        self._writing.dispose()
        if self._lock is not None:
            self._lock.release()

    def _read(self, question: Callable[[Connection], T]) -> T:
        """What the question finds. A server that is being restarted is waited for. Raises Unreachable."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with self._reading.connect() as connection:
                    return question(connection)
            except OperationalError as error:
                if not database.lost(error):
                    raise
                if time.monotonic() > end:
                    raise Unreachable("the database server does not answer") from error
                time.sleep(0.1)

    # Assessments -------------------------------------------------------------------------------

    def create_assessment(
        self, edition: str, fingerprint: str, language: str, path: str, firm_name: str
    ) -> tuple[str, str]:
        """Open an assessment. Returns its id and the token of its link, which is shown here once only."""
        access.expect("path", path, PATHS)
        made = assessments.new(self._workspace, edition, fingerprint, language, path, firm_name)

        def deed(connection: Connection) -> str:
            at = self._clock()
            assessments.create(connection, made, at)
            return access.issue(connection, made, ANSWER, at, at + self._link_life)

        return made.id, self._writer.do(deed)

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
        self._writer.do(
            lambda connection: assessments.change(connection, of, what, self._clock(), verb, detail)
        )

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
        them, 0 for an empty field, None for "whatever is there": see `Saved.overtook`.
        """
        access.may_write(assessment)
        draft = answers.Draft(field, answers.columns(value), op_id, base_seq, actor, role)
        return self._writer.do(
            lambda connection: answers.append(connection, assessment, draft, self._clock())
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
        drafts = [
            answers.Draft(field, answers.columns(value), f"{op_id}/{field}", None, actor, role)
            for field, value in values.items()
        ]

        def deed(connection: Connection) -> dict[str, Saved]:
            at = self._clock()
            return {draft.field: answers.append(connection, assessment, draft, at) for draft in drafts}

        return self._writer.do(deed)

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
        return Workshops(self._writer.do, self._read, self._clock, RATE_WINDOW)

    # Links and tickets -------------------------------------------------------------------------

    def new_link(self, assessment: Assessment, scope: str) -> str:
        """A further token, to `answer` or to `read`. A reader may make links for readers only."""
        access.expect("scope", scope, (ANSWER, READ))
        if scope == ANSWER:
            access.may_write(assessment)
        return self._issue(assessment, scope, self._link_life, "new link", {})

    def revoke(self, token: str) -> bool:
        """Make one link useless at once. True if it was in force."""
        return self._writer.do(lambda connection: access.revoke(connection, token, self._clock()))

    def revoke_all(self, assessment: Assessment) -> int:
        """Make every link and ticket of the assessment useless at once. Returns how many."""
        access.may_write(assessment)

        def deed(connection: Connection) -> int:
            assessments.note(connection, assessment, self._clock(), "revoke all")
            return access.revoke_all(connection, assessment, self._clock())

        return self._writer.do(deed)

    def new_entry_ticket(self, assessment: Assessment, browser: str) -> str:
        """A ticket that lets this one browser into the assessment, once, within two minutes.

        `browser` is the value of the browser's own cookie; without it the ticket is worth nothing.
        """
        params = {"browser": access.digest(browser), "scope": assessment.scope}
        return self._issue(assessment, access.ENTRY, ENTRY_LIFE, "new entry ticket", params)

    def redeem_entry_ticket(self, ticket: str, browser: str) -> str | None:
        """Exchange the ticket for a link's token; None if unknown, used, too old or another browser's."""

        def deed(connection: Connection) -> str | None:
            at = self._clock()
            row = access.find(connection, ticket, at, (access.ENTRY,))
            if row is None or access.params_of(row)["browser"] != access.digest(browser):
                return None
            if not access.revoke(connection, ticket, at):  # another process was faster
                return None
            scope = str(access.params_of(row)["scope"])
            return access.issue(connection, access.as_assessment(row), scope, at, at + self._link_life)

        return self._writer.do(deed)

    def new_download_ticket(self, assessment: Assessment, kind: str, params: Mapping[str, object]) -> str:
        """A ticket for one file, good for 15 minutes and only together with a link to its assessment."""
        content = {"kind": kind, "params": dict(params)}
        return self._issue(assessment, access.DOWNLOAD, DOWNLOAD_LIFE, "new download ticket", content, kind)

    def redeem_download_ticket(self, ticket: str, token: str) -> Redeemed | None:
        """What to send, if the ticket is in force and `token` opens the same assessment."""

        def question(connection: Connection) -> Redeemed | None:
            at = self._clock()
            row = access.find(connection, ticket, at, (access.DOWNLOAD,))
            holder = access.find(connection, token, at)
            keys = ("workspace_id", "id", "respondent_id")
            if row is None or holder is None or any(row[key] != holder[key] for key in keys):
                return None
            content = json.loads(row["params"])
            return Redeemed(access.as_assessment(holder), content["kind"], content["params"])

        return self._read(question)

    def _issue(
        self,
        to: Assessment,
        scope: str,
        life: timedelta,
        verb: str,
        params: Mapping[str, object],
        detail: str = "",
    ) -> str:
        def deed(connection: Connection) -> str:
            at = self._clock()
            access.forget_old(connection, at, self._window())
            assessments.note(connection, to, at, verb, detail)
            return access.issue(connection, to, scope, at, at + life, params)

        return self._writer.do(deed)

    # Operation ---------------------------------------------------------------------------------

    def count_failure(self, kind: str, key: str) -> None:
        """Remember a failed attempt of this kind from this address."""
        self._writer.do(lambda connection: access.count(connection, kind, key, self._window()))

    def failures(self, kind: str, key: str) -> int:
        """Failed attempts of this kind from this address in the present minute."""
        return self._read(lambda connection: access.counted(connection, kind, key, self._window()))

    def _window(self) -> int:
        return int(self._clock().timestamp()) // RATE_WINDOW

    def keeping(self, workspace: str | None = None) -> Keeping:
        """What whoever keeps the data does: look after the audit, export, erase. None: all workspaces."""
        return Keeping(self._read, self._clock, workspace, self._writer)

    def audit_broken_at(self) -> int | None:
        """The first audit entry that was tampered with; None if the chain holds."""
        return self._read(lambda connection: audit.first_broken(connection, self._workspace))

    def health(self) -> Health:
        """Whether the store reads, and can begin and end a write now; what it runs on."""
        version = ".".join(str(part) for part in self._writing.dialect.server_version_info or ())
        try:
            self._read(lambda connection: connection.execute(schema.workspace.select().limit(1)).first())
            self._writer.do(lambda _connection: None)
            ok = True
        except (SQLAlchemyError, NotSaved, Unreachable):
            ok = False
        return Health(ok, self._writing.dialect.name, version, self._schema)
