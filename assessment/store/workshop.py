"""Workshops: a short code lets people in for one session, each answers for themselves, hidden until revealed.

Who joins gets a token of the scope `vote`, which opens nothing but their own answers. A field is revealed
by an entry of its own in the history of the firm (`votes.reveal_key`); no query here reads an answer
of somebody else that has none.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from assessment.store import access, answers, assessments, places, tries, votes
from assessment.store.opening import Work
from assessment.store.records import Assessment, Refused, Saved, StoredAnswer, TooManyTries
from assessment.store.schema import answer_current, answer_revision, capability, respondent, workshop
from assessment.store.votes import CLOSED, OPEN, VOTE, Cast, Given, Seat, Stamp, Workshop

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
LENGTH: Final = 8  # of a code: 39 bits, for one session, against at most MOST_EVERYWHERE tries a minute
MOST_FAILURES, MOST_EVERYWHERE = 30, 600  # wrong codes a minute, from one address and from all together
EVERYWHERE: Final = "everywhere"
LONGEST_SESSION: Final = timedelta(days=1)


def hashed(code: str) -> str:
    """The only form in which a code enters the database. Slow on purpose: a code is short."""
    plain = "".join(sign for sign in code.upper() if sign in SIGNS)
    return hashlib.scrypt(plain.encode(), salt=b"workshop code", n=2**14, r=8, p=1, dklen=32).hex()


def new_code() -> str:
    """Random signs that nobody mistakes for one another."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


class Workshops:
    """The workshops of a store; comes from `Store.workshops`."""

    def __init__(self, write: Work, read: Work, clock: Callable[[], datetime]) -> None:
        self._write, self._read, self._clock = write, read, clock

    def open(self, of: Assessment, life: timedelta) -> tuple[Workshop, str]:
        """Open a workshop for at most a day. Returns it and its code, which is shown here once only."""
        access.may_write(of)
        at, code = self._clock(), new_code()
        made = Workshop(assessments.new_id(), of.id, OPEN, at + min(life, LONGEST_SESSION), at)
        values = {
            "workspace_id": of.workspace,
            "id": made.id,
            "assessment_id": of.id,
            "state": OPEN,
            "at": at,
        }
        secret = {"code_sha256": hashed(code), "code_expires": made.until}

        def deed(connection: Connection) -> None:
            connection.execute(workshop.insert().values(**values, **secret))
            assessments.note(connection, of, at, "open workshop", made.id)

        self._write(access.in_time(of, self._clock, deed))
        return made, code

    def replace_code(self, of: Assessment, which: Workshop) -> str | None:
        """Another code from now on, shown here once only; the old one is worth nothing, seats stay.

        None if the workshop is over.
        """
        access.may_write(of)
        code = new_code()
        secret = hashed(code)

        def deed(connection: Connection) -> bool:
            at = self._clock()
            on = (workshop.c.state == OPEN, workshop.c.code_expires > at)
            done = connection.execute(
                update(workshop).where(*votes.this(of, which), *on).values(code_sha256=secret)
            )
            if done.rowcount:
                assessments.note(connection, of, at, "new workshop code", which.id)
            return bool(done.rowcount)

        return code if self._write(access.in_time(of, self._clock, deed)) else None

    def all_of(self, of: Assessment) -> list[Workshop]:
        """The workshops of an assessment, oldest first."""
        own = (workshop.c.workspace_id == of.workspace, workshop.c.assessment_id == of.id)
        query = select(workshop).where(*own).order_by(workshop.c.at, workshop.c.id)
        return self._read(lambda c: [votes.as_workshop(row) for row in c.execute(query).mappings()])

    def close(self, of: Assessment, which: Workshop) -> None:
        """End a workshop: its code and all its seats are worth nothing at once. Answers stay."""
        access.may_write(of)
        seats = select(respondent.c.id).where(*votes.seats_of(of, which.id))
        own = (capability.c.workspace_id == of.workspace, capability.c.assessment_id == of.id)

        def deed(connection: Connection) -> None:
            at = self._clock()
            connection.execute(
                update(workshop).where(*votes.this(of, which)).values(state=CLOSED, code_sha256=None)
            )
            connection.execute(
                update(capability)
                .where(*own, capability.c.respondent_id.in_(seats), capability.c.revoked_at.is_(None))
                .values(revoked_at=at)
            )
            assessments.note(connection, of, at, "close workshop", which.id)

        self._write(access.in_time(of, self._clock, deed))

    def join(self, code: str, role: str, name: str, address: str) -> str | None:
        """Take a seat. Returns the token of it, or None for a code not in force. Raises TooManyTries.

        `address`: where the try comes from; wrong codes are counted by it. A name is not needed.
        """
        window = tries.window(self._clock())
        limits = {address: MOST_FAILURES, EVERYWHERE: MOST_EVERYWHERE}

        def tried(connection: Connection) -> bool:
            return any(tries.counted(connection, VOTE, k, window) >= most for k, most in limits.items())

        if self._read(tried):
            raise TooManyTries("too many wrong codes; wait a minute")
        secret = hashed(code)

        def deed(connection: Connection) -> str | None:
            token = votes.sit_down(connection, secret, role.strip(), name.strip(), self._clock())
            if token is None:
                for key in limits:
                    tries.count(connection, VOTE, key, window)
            return token

        return self._write(deed)

    def seat(self, token: str) -> Seat | None:
        """The seat a token leads to; None if unknown, or the session is over. Ask on every run."""
        return self._read(lambda connection: votes.seat_for(connection, token, self._clock()))

    def vote(self, token: str, values: Mapping[str, StoredAnswer], op_id: str) -> dict[str, Saved]:
        """Save answers of one seat, all or none; repeat with the same `op_id` after NotSaved.

        Raises Refused where the session is over or a field was revealed already.
        """

        def deed(connection: Connection) -> dict[str, Saved]:
            seat = votes.seat_for(connection, token, self._clock())
            if seat is None:
                raise Refused("this workshop is over")
            answers.take_turns(connection, seat.record)
            if votes.revealed_among(connection, seat, values) or any(":" in field for field in values):
                raise Refused("this was revealed already")
            drafts = [
                answers.Draft(f, answers.columns(v), f"{op_id}/{f}", None, seat.record.respondent, seat.role)
                for f, v in values.items()
            ]
            return {d.field: answers.append(connection, seat.record, d, self._clock()) for d in drafts}

        return self._write(deed)

    def sitting(
        self, token: str, shown: places.Shown, known: places.Sitting | None = None
    ) -> places.Sitting | None:
        """The seat a token leads to with all it may see: own answers, what is revealed, what is told to all.

        None if unknown, or the session is over. `known`, as it was read before, saves reading it all again.
        """
        return self._read(lambda c: places.sitting(c, token, self._clock(), shown, known))

    def own(self, seat: Seat) -> dict[str, StoredAnswer]:
        """What one respondent has answered so far."""
        return self._read(lambda connection: answers.load(connection, seat.record))

    def seats(self, of: Assessment, which: Workshop) -> list[tuple[str, str, str]]:
        """Everybody who joined, in that order: id, name, role."""
        columns = (respondent.c.id, respondent.c.label, respondent.c.role)
        query = (
            select(*columns).where(*votes.seats_of(of, which.id)).order_by(respondent.c.at, respondent.c.id)
        )
        return self._read(lambda c: [(r.id, r.label, r.role) for r in c.execute(query)])

    def stamp(self, of: Assessment, which: Workshop) -> Stamp:
        """Equal to an earlier one if nothing has happened since: one cheap question, asked every second."""
        return self._read(lambda connection: votes.stamp_of(connection, of, which))

    def voted(self, of: Assessment, which: Workshop, after: int = 0) -> list[Given]:
        """Who has answered which field, and nothing of what was said; by entries newer than `after`.

        Numbers of entries rise in the order of commits, so what was read up to one number need not be again.
        """
        query = votes.newer(of, which, after).order_by(answer_current.c.seq)
        return self._read(
            lambda c: [
                Given(who, field, state != "not_answered", int(seq))
                for who, field, state, seq in c.execute(query)
            ]
        )

    def revealed(self, of: Assessment, which: Workshop, fields: Collection[str] | None = None) -> list[Cast]:
        """All answers to fields that were revealed, or to those of them named, by field and respondent."""
        columns = (answer_revision, respondent.c.label, respondent.c.role.label("seat_role"))
        query = votes.given(of, which, *columns, fields=fields)
        query = query.where(votes.is_revealed(which.id, answer_current.c.field))
        query = query.order_by(answer_current.c.field, respondent.c.at, respondent.c.id)
        return self._read(lambda c: [votes.as_cast(row) for row in c.execute(query).mappings()])
