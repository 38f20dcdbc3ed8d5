"""Two consultancies with their firms in one store, everybody who may come, and what must not leak.

A mark is a name or a figure that stands nowhere else, so that finding it in a message tells whose it is.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from assessment.model.answers import Answered
from assessment.store import Assessment, Store
from assessment.store.opening import now
from assessment.store.records import ANSWER, CONSULTANT, PROGRAMME, READ
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.services import ACCESS_COOKIE, ACCOUNT_COOKIE, SEAT_COOKIE
from assessment.workflow import workshop
from assessment.workflow.answering import answer, answer_rows, comment
from assessment.workflow.bench import Bench, edition
from assessment.workflow.opening import resume
from tests.browser.firms import case_named, on_path

CASE: Final = "own_brand_machine_maker"
FIGURE: Final = "fin_revenue"
BROWSER: Final = "a browser of the tests"

NAMES: Final = {"A1": "Quandary Gears", "A2": "Obelisk Pumps", "B1": "Zephyrine Looms"}
REMARKS: Final = {"A1": "remark-kestrel", "A2": "remark-bittern", "B1": "remark-osprey"}
FIGURES: Final = {"A1": "7391846", "A2": "5283917", "B1": "8462759"}
VOTES: Final = {"own": "6917283", "hidden": "9173528"}
MARKS: Final = frozenset({*NAMES.values(), *REMARKS.values(), *FIGURES.values(), *VOTES.values()})


def of(*firms: str) -> frozenset[str]:
    """All marks of firms."""
    return frozenset(mark for firm in firms for mark in (NAMES[firm], REMARKS[firm], FIGURES[firm]))


@dataclass(frozen=True)
class Caller:
    """Somebody at the door: the cookies of their browser, and the marks they may see and somewhere do."""

    cookies: dict[str, str]
    sees: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offices:
    """Who there is; the ids of the assessments, and a link to answer each."""

    callers: dict[str, Caller]
    ids: dict[str, str]
    tokens: dict[str, str]


def found_offices(data: Path) -> Offices:
    """Write all of it into a new store."""
    url = f"sqlite:///{data / 'assessment.sqlite3'}"
    gone = _firm_of_long_ago(url)
    with Store(url) as store:
        bench = Bench(store)
        sessions = _members(store)
        ids = {firm: _add(bench, sessions[who], firm) for firm, who in _IN_CHARGE.items()}
        entered = {firm: _enter(store, sessions[who], ids[firm]) for firm, who in _IN_CHARGE.items()}
        records = {firm: _answered(bench, token, firm) for firm, token in entered.items()}
        links = {firm: store.links(record).new(ANSWER, "", 30) for firm, record in records.items()}
        reader = store.links(records["A1"]).new(READ, "", 30)
        revoked = store.links(records["A1"]).new(ANSWER, "", 30)
        store.revoke(revoked)
        seat = _workshop(bench, entered["A1"])
        for login in ("disabled@a", "removed@a"):
            found = store.accounts.find(login)
            assert found is not None
            (store.accounts.disable if login.startswith("disabled") else store.accounts.remove)(found.account)
    callers = {
        "nobody": Caller({}),
        "a guessed link": Caller({ACCESS_COOKIE: "x" * 43, ACCOUNT_COOKIE: "y" * 43, SEAT_COOKIE: "z" * 43}),
        "an expired link": Caller({ACCESS_COOKIE: gone}),
        "a revoked link": Caller({ACCESS_COOKIE: revoked}),
        "a disabled account": Caller({ACCOUNT_COOKIE: sessions["disabled@a"]}),
        "a removed account": Caller({ACCOUNT_COOKIE: sessions["removed@a"]}),
        "programme A": Caller(
            {ACCOUNT_COOKIE: sessions["programme@a"]}, frozenset({NAMES["A1"], NAMES["A2"]})
        ),
        "consultant A": Caller(
            {ACCOUNT_COOKIE: sessions["consultant@a"], ACCESS_COOKIE: entered["A1"]},
            of("A1") | {NAMES["A2"]},
        ),
        "consultant B": Caller(
            {ACCOUNT_COOKIE: sessions["consultant@b"], ACCESS_COOKIE: entered["B1"]}, of("B1")
        ),
        "owner A1": Caller({ACCESS_COOKIE: links["A1"]}, of("A1")),
        "owner B1": Caller({ACCESS_COOKIE: links["B1"]}, of("B1")),
        "reader A1": Caller({ACCESS_COOKIE: reader}, of("A1")),
        "respondent A1": Caller({SEAT_COOKIE: seat}, frozenset({NAMES["A1"], VOTES["own"]})),
    }
    for who, caller in callers.items():
        caller.cookies[BROWSER_COOKIE] = f"browser of {who}"
    return Offices(callers, ids, links)


_IN_CHARGE: Final = {"A1": "consultant@a", "A2": "consultant@a", "B1": "consultant@b"}


def _members(store: Store) -> dict[str, str]:
    """Accounts of both offices; login -> token of a session."""
    wanted = {
        "programme@a": PROGRAMME,
        "consultant@a": CONSULTANT,
        "disabled@a": CONSULTANT,
        "removed@a": CONSULTANT,
        "consultant@b": CONSULTANT,
    }
    sessions = {}
    for login, role in wanted.items():
        store.accounts.add(login, login, role, None, f"Office {login[-1]}")
        token = store.accounts.sign_in_proven(login)
        assert token is not None
        sessions[login] = token
    return sessions


def _add(bench: Bench, session: str, firm: str) -> str:
    under = edition(bench.current)
    return bench.store.office(session).add_firm(NAMES[firm], under.id, under.fingerprint, "en", "full")


def _enter(store: Store, session: str, assessment: str) -> str:
    ticket = store.office(session).enter(assessment, BROWSER)
    token = store.redeem_entry_ticket(ticket, BROWSER)
    assert token is not None
    return token


def _answered(bench: Bench, token: str, firm: str) -> Assessment:
    replies = on_path(edition(bench.current), case_named(CASE).answers, quick=False)
    replies |= {FIGURE: Answered(Decimal(FIGURES[firm]))}
    record = bench.store.assessment_for(token)
    assert record is not None
    bench.store.save_answers(record, answer_rows(replies).values, str(uuid.uuid4()))
    bench.store.save_answers(record, comment(FIGURE, REMARKS[firm]).values, str(uuid.uuid4()))
    return record


def _workshop(bench: Bench, token: str) -> str:
    """A workshop with two votes nobody has revealed; the seat of the first."""
    opened = resume(bench, token)
    assert opened is not None
    _, code = workshop.open_workshop(bench, opened)
    seats = {}
    for who, figure in VOTES.items():
        seat = workshop.join(bench, code, role="finance")
        assert seat is not None
        workshop.vote(bench, seat, answer(FIGURE, Answered(Decimal(figure))))
        seats[who] = seat
    return seats["own"]


def _firm_of_long_ago(url: str) -> str:
    """A link that has expired, to a firm with the marks of A2."""
    with Store(url, clock=lambda: now() - timedelta(days=500)) as store:
        under = edition(Bench(store).current)
        _, token = store.create_assessment(under.id, under.fingerprint, "en", "full", NAMES["A2"])
    return token
