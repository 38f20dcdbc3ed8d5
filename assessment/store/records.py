"""What goes into the store and what comes out: plain frozen records, and the errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

STATES: Final = ("answered", "dont_know", "not_applicable", "not_answered")
PATHS: Final = ("quick", "full")
ANSWER: Final = "answer"  # scope of a capability: may read and save
READ: Final = "read"  # scope of a capability: may read only
PROGRAMME, CONSULTANT = "programme", "consultant"
ROLES_OF_MEMBERS: Final = (PROGRAMME, CONSULTANT)  # of an account in its workspace
OWNER, READER, RESPONDENT = "owner", "reader", "respondent"  # what whoever comes by a link or a code is
ROLES: Final = (OWNER, CONSULTANT, READER, RESPONDENT)  # of whoever looks at an assessment


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One field's answer as the store keeps it.

    `state` is one of STATES; `value` and `confirmed` are anything JSON can carry (a range is
    `answered` with `{"low": .., "high": ..}`). `unit` is the unit the value is in, where the field leaves it
    open; `evidence` says where the value is from. `seq` is filled on loading: hand it back as `base_seq`
    so that a change made elsewhere in between is noticed. It does not take part in equality.
    """

    state: str
    value: object = None
    reason: str = ""
    comment: str = ""
    confirmed: object = None
    unit: str = ""
    evidence: str = ""
    seq: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state is {self.state!r}, expected one of {', '.join(STATES)}")


@dataclass(frozen=True, slots=True)
class Saved:
    """A durable save. `overtook`: the revision that counted before, if `base_seq` had not seen it."""

    seq: int
    at: datetime
    overtook: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry of a field's history: what was said, by whom, when."""

    seq: int
    at: datetime
    answer: StoredAnswer
    actor: str
    role: str
    base_seq: int | None
    op_id: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment as seen through one capability. Comes from `Store.assessment_for` only.

    `role` is one of ROLES. `actor`: the name of the account behind it, "" for links and seats. `link`: the id
    of the link it goes back to, "" if an account's; `account` and `session` are of that account.
    """

    workspace: str
    id: str
    firm_id: str
    firm_name: str
    edition: str
    fingerprint: str
    language: str
    path: str
    status: str
    respondent: str
    scope: str
    role: str = OWNER
    actor: str = ""
    account: str = ""
    session: str = field(default="", repr=False)
    link: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A download ticket that was found valid: which assessment, what kind of file, with which choices."""

    assessment: Assessment
    kind: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Health:
    """What the health page and the log may show: no path, no name, no answer."""

    ok: bool
    database: str
    version: str
    schema: str


class StoreError(Exception):
    """Anything the store refuses or fails to do."""


class NotSaved(StoreError):
    """It is not known to be durable. Send it again with the same op_id: it is kept once at most."""


class Unreachable(StoreError):
    """The database server does not answer. What was saved is safe; ask again later."""


class Refused(StoreError):
    """The capability does not allow this."""


class TooManyTries(Refused):
    """Too many wrong tries of late; what is right may be tried again in a minute."""


class OpIdReused(StoreError):
    """The same op_id came with another assessment, respondent, field or answer."""


class StoreBusy(StoreError):
    """Another process holds the data directory."""


class SchemaTooNew(StoreError):
    """The database was written by a newer version of this program."""
