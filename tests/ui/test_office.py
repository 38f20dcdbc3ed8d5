"""Signing in, the workspace and the links of an assessment, as far as no browser is needed."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from unittest.mock import Mock

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from assessment.settings import HOSTED, read
from assessment.store import Assessment, NotSaved, Store
from assessment.store.passwords import Passwords
from assessment.store.records import ANSWER, READ
from assessment.ui import access, doors_account, membership
from assessment.ui import services as process
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.notices import notice
from assessment.ui.office import branding, firms, proof
from assessment.ui.office.trail import as_csv, as_json
from assessment.ui.services import ACCESS_COOKIE, ACCOUNT_COOKIE, Services
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.bench import edition as current
from assessment.workflow.opening import Opened
from assessment.workflow.publishing import produce
from tests.exchange.test_logo import RECT, saved, svg
from tests.ui.conftest import TODAY, Visit, checked, text_of
from tests.ui.test_words import leaves

ROOT = Path(__file__).parents[2] / "assessment"
ANA, PIA, PASSWORD = "ana@office.example", "pia@programme.example", "four unrelated words"
TYPED = "<img src=x onerror=alert(1)> **Firm** [x](javascript:1)"
Office = Callable[[str], str]  # login -> the session's token, which this browser now shows


QUICK = Passwords(time_cost=1, memory_kib=64, parallelism=1)  # hashes that cost nothing


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one account of each role, made once: the tables take longer than most tests."""
    made = tmp_path_factory.mktemp("office") / "hosted.sqlite3"
    with Store(f"sqlite:///{made}", passwords=QUICK) as store:
        store.accounts.add(ANA, "Ana (invented)", "consultant", PASSWORD)
        store.accounts.add(PIA, "Pia (invented)", "programme", PASSWORD)
    return made


@pytest.fixture
def store(tmp_path: Path, furnished: Path) -> Iterator[Store]:
    """The accounts, and nothing else yet."""
    own = tmp_path / "hosted.sqlite3"
    shutil.copy(furnished, own)
    with Store(f"sqlite:///{own}", passwords=QUICK) as store:
        yield store


@pytest.fixture
def bench(store: Store, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The same store for tests of one firm on one's own machine: opening two takes twice as long."""
    bench = Bench(store, today=lambda: TODAY)
    given = Services(read({}), store, produce=lambda *_: ("", "", b""), notice=notice)
    monkeypatch.setattr(process, "_current", [given])
    monkeypatch.setattr(access, "bench", lambda: bench)
    return bench


@pytest.fixture
def hosted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Services:
    given = process.services()
    made = replace(given, settings=replace(given.settings, access=HOSTED))
    monkeypatch.setattr(process, "_current", [made])
    return made


@pytest.fixture
def signed_in(hosted: Services, store: Store, cookies: list[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    def sign_in(login: str) -> str:
        token = store.accounts.sign_in_proven(login) or ""
        assert token
        monkeypatch.setattr(membership, "account_token", lambda: token)
        monkeypatch.setattr(firms, "_browser", lambda: "browser")
        return token

    return sign_in


def add_firm(store: Store, token: str, name: str) -> str:
    edition = Bench(store).current
    return store.office(token).add_firm(name, edition, "f" * 64, "en", "quick")


# --- the doors -----------------------------------------------------------------------------------


@pytest.fixture
def door(hosted: Services) -> Iterator[TestClient]:
    """A browser that has our name for it."""
    app = Starlette(routes=doors_account.routes(hosted))
    with TestClient(app, follow_redirects=False) as client:
        client.cookies.set(BROWSER_COOKIE, "browser")
        yield client


def sign_in(door: TestClient, login: str = ANA, password: str = PASSWORD) -> str:
    """Where the door leads."""
    form = {"login": login, "password": password, "language": "zh"}
    return str(door.post("/login", data=form).headers["location"])


def test_who_signs_in_gets_a_session_that_scripts_cannot_read(door: TestClient, store: Store) -> None:
    answer = door.post("/login", data={"login": ANA.upper(), "password": PASSWORD, "language": "zh"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?page=office&lang=zh")
    line = answer.headers["set-cookie"]
    assert "HttpOnly" in line and "SameSite=lax" in line
    member = store.accounts.member(door.cookies[ACCOUNT_COOKIE])
    assert member is not None and member.login == ANA


def test_what_was_wrong_is_not_said_and_too_many_tries_are(door: TestClient) -> None:
    wrong = "/?page=signin&told=wrong&lang=zh"
    assert sign_in(door, password="wrong") == sign_in(door, login="nobody") == wrong
    assert {sign_in(door, password="wrong") for _ in range(12)} == {wrong, wrong.replace("wrong", "many")}
    assert ACCOUNT_COOKIE not in door.cookies


def test_a_page_elsewhere_can_sign_nobody_in_as_the_cookie_does_not_come_along(door: TestClient) -> None:
    door.cookies.delete(BROWSER_COOKIE)
    assert "told=cookies" in sign_in(door)
    assert ACCOUNT_COOKIE not in door.cookies


def test_a_form_too_long_is_not_read(door: TestClient) -> None:
    assert "told=wrong" in sign_in(door, password="x" * 7000)


def test_signing_out_ends_the_session_in_the_store_too(door: TestClient, store: Store) -> None:
    sign_in(door)
    token = door.cookies[ACCOUNT_COOKIE]
    assert door.post("/logout").headers["location"] == "/?page=signin&told=left"
    assert ACCOUNT_COOKIE not in door.cookies
    assert store.accounts.member(token) is None


def test_signing_out_forgets_the_firm_one_was_in_and_no_link_that_is_still_good(
    door: TestClient, store: Store
) -> None:
    sign_in(door)
    session = door.cookies[ACCOUNT_COOKIE]
    office, mine = store.office(session), add_firm(store, session, "Lantern (invented)")
    linked = office.links(mine).new(ANSWER, "", 30)
    entered = store.redeem_entry_ticket(office.enter(mine, "b"), "b") or ""

    def dropped(held: str) -> bool:
        answer = door.post(
            "/logout", headers={"Cookie": f"{ACCOUNT_COOKIE}={session}; {ACCESS_COOKIE}={held}"}
        )
        return f'{ACCESS_COOKIE}=""' in answer.headers["set-cookie"]

    door.cookies.clear()
    assert [dropped(linked), dropped(entered)] == [False, True]


def test_a_password_is_changed_by_who_knows_the_old_one_and_ends_other_sessions(
    door: TestClient, store: Store
) -> None:
    sign_in(door)
    other, first = store.accounts.sign_in_proven(ANA) or "", door.cookies[ACCOUNT_COOKIE]

    def change(current: str, new: str) -> str:
        answer = door.post("/password", data={"current": current, "new": new})
        return str(answer.headers["location"]).rsplit("told=")[-1]

    assert change("guess", "another long password") == "wrong"
    assert change(PASSWORD, "short") == "weak"
    assert store.accounts.member(other) is not None
    assert change(PASSWORD, "another long password") == "changed"
    assert [store.accounts.member(token) for token in (other, first)] == [None, None]
    assert store.accounts.member(door.cookies[ACCOUNT_COOKIE]) is not None
    assert store.accounts.sign_in(ANA, "another long password", "here")
    changes = [e for e in store.keeping().audit() if e["verb"] == "set password"]
    assert [e["actor"] == e["subject"] for e in changes] == [True]


def test_who_signs_in_again_leaves_no_session_behind(door: TestClient, store: Store) -> None:
    sign_in(door)
    first = door.cookies[ACCOUNT_COOKIE]
    sign_in(door, PIA)
    member = store.accounts.member(door.cookies[ACCOUNT_COOKIE])
    assert member is not None and member.login == PIA
    assert store.accounts.member(first) is None


def test_the_trail_is_a_file_for_the_programme_and_not_found_for_anybody_else(door: TestClient) -> None:
    ways = ["/audit/audit.csv", "/audit/audit.json"]
    assert [door.get(way).status_code for way in ways] == [404, 404]
    sign_in(door, ANA)
    assert [door.get(way).status_code for way in ways] == [404, 404]
    sign_in(door, PIA)
    for way in ways:
        answer = door.get(way)
        assert answer.status_code == 200 and "no-store" in answer.headers["cache-control"]
        assert "sign in" in answer.text and "attachment" in answer.headers["content-disposition"]
    assert door.get("/audit/audit.exe").status_code == 404


def test_no_cell_of_the_trail_is_a_formula_and_json_has_what_the_chain_has(store: Store) -> None:
    token = store.accounts.sign_in_proven(PIA) or ""
    entries = store.office(token).audit()
    entries[0]["detail"] = "=1+1"
    rows = list(csv.DictReader(io.StringIO(as_csv(entries)[2].decode("utf-8-sig"))))
    assert rows[0]["detail"] == "'=1+1" and len(rows) == len(entries)
    plain = json.loads(as_json(entries)[2])
    assert [one["hash"] for one in plain] == [one["hash"] for one in entries]
    assert plain[0]["at"] == entries[0]["at"].isoformat(timespec="microseconds")


def test_there_are_no_such_doors_where_there_are_no_accounts(bench: Bench) -> None:
    assert doors_account.routes(process.services()) == []


# --- a proof from elsewhere ----------------------------------------------------------------------


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A provider in secrets.toml; what it says of the visitor can be changed."""
    said: dict[str, object] = {
        "is_logged_in": True,
        "email": ANA,
        "email_verified": True,
        "iat": time.time(),
    }
    monkeypatch.setattr(proof, "providers", lambda: ("",))
    monkeypatch.setattr(st, "secrets", {"auth": {"cookie_secret": "of the test"}})
    monkeypatch.setattr(st, "user", said)
    return said


def test_a_ticket_is_good_for_one_browser_and_two_minutes(
    provider: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = proof.new_ticket(ANA, "browser")
    assert proof.login_of(ticket, "browser") == ANA
    altered = ("A" if ticket[0] != "A" else "B") + ticket[1:]
    wrong = [(ticket, "another"), (ticket, ""), (altered, "browser"), ("", "browser")]
    assert [proof.login_of(*one) for one in wrong] == [None] * 4
    later = time.time() + proof.TICKET_LIFE + 2
    monkeypatch.setattr(time, "time", lambda: later)
    assert proof.login_of(ticket, "browser") is None


def test_a_proof_counts_while_fresh_and_only_for_a_verified_address(provider: dict[str, object]) -> None:
    assert proof.proof() == proof.Proof(ANA)
    provider["email_verified"] = False
    assert proof.proof() == proof.Proof("")
    del provider["email_verified"]
    assert proof.proof() == proof.Proof("")
    for at in (time.time() - proof.FRESH - 5, time.time() + proof.FRESH + 5, None, "now"):
        provider["iat"] = at
        assert proof.proof() is None


def test_a_proof_is_exchanged_for_a_session_and_of_strangers_nothing_stays(
    provider: dict[str, object], door: TestClient, store: Store
) -> None:
    def exchange(ticket: str) -> str:
        return str(door.post("/login/proven", data={"ticket": ticket}).headers["location"])

    door.cookies.set("_streamlit_user", "x", domain="testserver.local", path="/")
    assert exchange(proof.new_ticket(ANA, "another")) == "/?page=signin&told=stale"
    assert exchange(proof.new_ticket("eve@evil.example", "browser")) == "/?page=signin&told=unknown"
    assert "_streamlit_user" not in door.cookies and ACCOUNT_COOKIE not in door.cookies
    assert exchange(proof.new_ticket(ANA.upper(), "browser")) == "/?page=office"
    assert store.accounts.member(door.cookies[ACCOUNT_COOKIE]) is not None


# --- pages ---------------------------------------------------------------------------------------


def test_where_it_is_hosted_nobody_begins_by_themselves(
    hosted: Services, cookies: list[str], visit: Visit
) -> None:
    app = visit(lang="en")
    keys = {button.key for button in app.button}
    assert {"to-join", "to-signin", "continue"} <= keys
    assert not keys & {"start-quick", "start-full", "begin-file"}
    assert "/sample/" in text_of(app)


def test_without_accounts_there_is_no_office(visit: Visit) -> None:
    for name in ("office", "signin"):
        app = visit(page=name, lang="en")
        assert [warning.value for warning in app.warning] and not app.title


def test_whoever_is_not_signed_in_sees_the_form_alone(
    hosted: Services, cookies: list[str], visit: Visit, store: Store
) -> None:
    add_firm(store, store.accounts.sign_in_proven(ANA) or "", "Lantern Garments (invented)")
    for at in ("", "brand", "people", "trail", "keeping"):
        text = text_of(visit(page="office", at=at, lang="en"))
        assert "action='/login'" in text and "Lantern" not in text and ANA not in text


def test_a_consultant_adds_a_firm_and_hands_it_a_link(signed_in: Office, visit: Visit, store: Store) -> None:
    token = signed_in(ANA)
    app = visit(page="office", lang="zh")
    app.text_input(key="office.add.name").input(TYPED)
    app = checked(app.button(key="add-firm").click().run())
    (line,) = store.office(token).firms()
    assert (line.name, line.links, line.consultant) == (TYPED, 0, "Ana (invented)")
    shown = text_of(app)
    assert "<img" not in shown and f"of={line.assessment}" in unescape(shown)
    app = visit(page="office", of=line.assessment, lang="zh")
    app.text_input(key="hand.label").input("Director")
    app = checked(app.button(key="hand-make").click().run())
    handed = store.assessment_for(app.code[0].value.rsplit("/", 1)[1])
    assert handed is not None and (handed.id, handed.scope, handed.actor) == (line.assessment, ANSWER, "")
    (link,) = store.links(handed).all()
    assert link.label == "Director"
    trail = store.office(store.accounts.sign_in_proven(PIA) or "").audit()
    assert [e["verb"] for e in trail if e["subject"] == line.assessment] == ["create", "new link"]
    assert not checked(visit(page="office", of=line.assessment, lang="zh")).code


def test_a_firm_needs_a_name(signed_in: Office, visit: Visit, store: Store) -> None:
    token = signed_in(ANA)
    app = visit(page="office", lang="en")
    app = checked(app.button(key="add-firm").click().run())
    assert [error.value for error in app.error] == ["Please give a name."]
    assert store.office(token).firms() == []


def test_many_firms_can_be_searched(signed_in: Office, visit: Visit, store: Store) -> None:
    token = signed_in(ANA)
    for number in range(firms.MANY + 1):
        add_firm(store, token, f"Firm {number}")
    app = visit(page="office", lang="en")
    app = checked(app.text_input(key="office.search").input("firm 3").run())
    text = text_of(app)
    assert "Firm 3" in text and "Firm 4" not in text


def test_a_guessed_firm_of_another_workspace_shows_nothing_of_it(
    signed_in: Office, visit: Visit, store: Store
) -> None:
    store.accounts.add("eve@other.example", "Eve", "consultant", PASSWORD, "Other office")
    theirs = add_firm(store, store.accounts.sign_in_proven("eve@other.example") or "", "Secret firm")
    signed_in(ANA)
    app = visit(page="office", of=theirs, lang="en")
    assert "Secret" not in text_of(app) and "open-firm" not in {b.key for b in app.button}


def test_the_programme_sees_numbers_and_opens_no_firm(signed_in: Office, visit: Visit, store: Store) -> None:
    made = add_firm(store, store.accounts.sign_in_proven(ANA) or "", "Lantern (invented)")
    signed_in(PIA)
    for query in ({}, {"of": made}, {"at": "brand"}):
        app = visit(page="office", lang="en", **query)
        assert "Lantern" in text_of(app) and "of=" not in text_of(app)
        assert not {b.key for b in app.button} & {"open-firm", "hand-make", "add-firm", "save-brand"}


def test_the_programme_adds_an_account_with_a_password_shown_once_and_shuts_it_out(
    signed_in: Office, visit: Visit, store: Store
) -> None:
    signed_in(PIA)
    app = visit(page="office", at="people", lang="en")
    app.text_input(key="office.people.name").input(TYPED)
    app.text_input(key="office.people.login").input("new@office.example")
    app = checked(app.button(key="add-account").click().run())
    assert "<img" not in text_of(app)
    password = app.code[0].value
    token = store.accounts.sign_in("new@office.example", password, "here") or ""
    member = store.accounts.member(token)
    assert member is not None and (member.name, member.role) == (TYPED, "consultant")
    app = checked(app.button(key=f"disable.{member.account}").click().run())
    assert store.accounts.member(token) is None
    assert store.accounts.sign_in("new@office.example", password, "here") is None
    app = checked(app.button(key=f"enable.{member.account}").click().run())
    app = checked(app.button(key=f"renew.{member.account}").click().run())
    assert store.accounts.sign_in("new@office.example", app.code[0].value, "here")
    assert not visit(page="office", at="people", lang="en").code


def test_the_retention_period_says_what_it_would_erase_before_it_is_set(
    signed_in: Office, visit: Visit, store: Store
) -> None:
    token = signed_in(PIA)
    app = visit(page="office", at="keeping", lang="en")
    app = checked(app.selectbox[0].select(365).run())
    assert "these firms would be due now: 0" in text_of(app)
    assert store.office(token).retention() is None
    app = checked(app.button(key="keep-period").click().run())
    assert store.office(token).retention() == 365


def test_the_colour_of_a_brand_is_judged_while_it_is_typed(
    signed_in: Office, visit: Visit, store: Store
) -> None:
    token = signed_in(ANA)
    app = visit(page="office", at="brand", lang="en")
    app.text_input(key="office.brand.name").input(TYPED)
    for colour, told in (("#808080", "darker"), ("red;}", "no colour"), ("#12304A", "reads well")):
        app = checked(app.text_input(key="office.brand.colour").input(colour).run())
        assert told in text_of(app) and "<img" not in text_of(app)
        assert app.button(key="save-brand").disabled == ("no" in told)
    app = checked(app.button(key="save-brand").click().run())
    kept = store.office(token).brand()
    assert kept is not None and (kept.name, kept.colour, kept.logo) == (TYPED, "#12304A", b"")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_handed_in_stands_on_the_report_of_ones_own_firms(
    signed_in: Office, visit: Visit, store: Store, kind: str
) -> None:
    token = signed_in(ANA)
    mine = add_firm(store, token, "Lantern Garments (invented)")
    app = visit(page="office", at="brand", lang="en")
    body = svg(RECT) if kind == "svg" else saved("RGB", (200, 100), "#036")
    app = checked(app.file_uploader[0].upload(f"logo.{kind}", body).run())
    assert not app.error and "class='brand-logo'" in text_of(app)
    entered = store.redeem_entry_ticket(store.office(token).enter(mine, "browser"), "browser") or ""
    record = store.assessment_for(entered)
    assert record is not None
    assert b"/Subtype /Image" in produce(Bench(store), record, "pdf", {"language": "en"})[2]


def test_a_hostile_logo_is_refused_with_its_sentence(signed_in: Office, visit: Visit, store: Store) -> None:
    token = signed_in(ANA)
    app = visit(page="office", at="brand", lang="en")
    drawing = svg(f"<script>alert(1)</script>{RECT}")
    app = checked(app.file_uploader[0].upload("logo.svg", drawing).run())
    assert "something that a logo does not need: “script”" in unescape(app.error[0].value)
    assert store.office(token).brand() is None


def test_a_logo_that_cannot_be_read_changes_nothing_and_says_why(
    signed_in: Office, visit: Visit, store: Store
) -> None:
    token = signed_in(ANA)
    app = visit(page="office", at="brand", lang="en")
    app = checked(app.file_uploader[0].upload("logo.png", b"GIF89a not a picture").run())
    assert len(app.error) == 1
    assert store.office(token).brand() is None


# --- what ends while somebody is at it ---------------------------------------------------------


@pytest.fixture
def at_work(signed_in: Office, visit: Visit, store: Store, cookies: list[str]) -> tuple[AppTest, Assessment]:
    """A consultant on a page of a firm, with an answer that the store would not take so far."""
    token = signed_in(ANA)
    edition = current(Bench(store).current)
    mine = store.office(token).add_firm("Lantern (invented)", edition.id, edition.fingerprint, "en", "full")
    held = store.redeem_entry_ticket(store.office(token).enter(mine, "browser"), "browser") or ""
    record = store.assessment_for(held)
    assert record is not None
    cookies[:] = [held]
    app = visit(page="section", section="finance", lang="en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering, "keep", Mock(side_effect=NotSaved("the disk is full")))
        app = checked(app.text_input(key="in.fin_revenue").input("7").run())
    assert app.session_state["session"].pending
    return app, record


@pytest.mark.parametrize("end", ["disable", "remove"])
def test_an_account_that_ends_takes_along_the_open_page_and_what_waits_to_be_saved(
    at_work: tuple[AppTest, Assessment], store: Store, end: str
) -> None:
    app, record = at_work
    getattr(store.accounts, end)(record.account)
    app = checked(app.run())
    assert "open no longer" in app.warning[0].value and "Lantern" not in text_of(app)
    assert dict(store.load_answers(record)) == {}


def test_of_a_firm_that_is_erased_while_it_is_open_nothing_comes_back(
    at_work: tuple[AppTest, Assessment], store: Store
) -> None:
    """With a workshop, links and a consultant in charge; the answer that waits goes nowhere."""
    app, record = at_work
    store.links(record).new(READ, "Board", 30)
    store.workshops.open(record, timedelta(hours=1))
    store.keeping().erase_firm(record.firm_id)
    app = checked(app.run())
    assert "were erased" in app.warning[0].value and "Lantern" not in text_of(app)
    app = checked(app.run())
    left = [entry for entry in store.keeping().audit() if entry["subject"] == record.firm_id]
    assert store.keeping().firms() == [] and left[-1]["verb"] == "erase firm"


# --- links ---------------------------------------------------------------------------------------


def test_a_link_to_read_is_made_and_withdrawn_and_then_opens_nothing(
    visit: Visit, bench: Bench, firm: Callable[[], Opened]
) -> None:
    links = bench.store.links(firm().record)
    app = visit(page="sharing", lang="en")
    app.radio(key="sharing.scope").set_value(READ)
    app.text_input(key="sharing.label").input(TYPED)
    app = checked(app.button(key="sharing-make").click().run())
    token = app.code[0].value.rsplit("/", 1)[1]
    opened = bench.store.assessment_for(token)
    assert opened is not None and opened.scope == READ
    assert "<img" not in text_of(app)
    line = next(one for one in links.all() if one.label == TYPED)
    app = checked(app.button(key=f"withdraw.{line.id}").click().run())
    assert bench.store.assessment_for(token) is not None  # asked back first
    app = checked(app.button(key=f"sure.{line.id}").click().run())
    assert bench.store.assessment_for(token) is None
    assert f"withdraw.{line.id}" not in {b.key for b in app.button}


def test_whose_link_is_withdrawn_makes_no_other_on_a_page_that_is_still_open(
    visit: Visit, bench: Bench, firm: Callable[[], Opened]
) -> None:
    other = bench.store.links(firm().record)
    kept = bench.store.assessment_for(other.new(ANSWER, "keeps", 7))
    assert kept is not None
    app = visit(page="sharing", lang="en")
    bench.store.links(kept).revoke(firm().record.link)
    before = bench.store.links(kept).all()
    app = checked(app.button(key="sharing-make").click().run())
    assert not app.code and "sharing-make" not in {b.key for b in app.button}
    assert bench.store.links(kept).all() == before


def test_withdrawing_the_link_one_came_by_is_warned_of(
    visit: Visit, bench: Bench, firm: Callable[[], Opened]
) -> None:
    (own,) = bench.store.links(firm().record).all()
    app = visit(page="sharing", lang="en")
    app = checked(app.button(key=f"withdraw.{own.id}").click().run())
    assert "you are shut out yourself" in app.warning[0].value


def test_who_may_only_read_makes_no_links(
    visit: Visit, bench: Bench, firm: Callable[[], Opened], cookies: list[str]
) -> None:
    token = bench.store.links(firm().record).new(READ, "Board", 7)
    cookies[:] = [token]
    app = visit(page="sharing", lang="en")
    assert not [b.key for b in app.button if b.key and b.key.startswith(("withdraw", "sharing-make"))]


# --- words ---------------------------------------------------------------------------------------

PUT_TOGETHER = {
    "office.trail": ("at", "actor", "verb", "subject", "detail", "csv", "json"),
    "office.brand": (*branding.FIELDS, "darkened", "fits"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_of_the_office_is_left_over_or_missing(language: str) -> None:
    read = {
        code: set(leaves(tomllib.loads((ROOT / "words" / code / "office.toml").read_text(encoding="utf-8"))))
        for code in ("en", "zh")
    }
    assert read["en"] == read["zh"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    found = re.findall(r"""["']((?:office|signin|sharing|door)\.[^"'\s]+)["']""", source)
    escaped = (re.escape(re.sub(r"\{[^}]*\}", "\0", key)) for key in found)
    patterns = [re.compile(key.replace("\0", "[^.]+")) for key in escaped]
    known = {f"{table}.{name}" for table, names in PUT_TOGETHER.items() for name in names}
    assert {key for key in read[language] - known if not any(p.fullmatch(key) for p in patterns)} == set()
