"""Accounts: who may sign in, how guessing is made slow, and when a session ends."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import event

from assessment.store import Refused, Store, TooManyTries
from assessment.store.accounts import FOR_ONE_LOGIN, FROM_EVERYWHERE, FROM_ONE_ADDRESS
from assessment.store.members import LoginTaken, UnknownAccount
from assessment.store.passwords import AT_ONCE, Passwords, WeakPassword
from tests.store.conftest import CHEAP, HERE, PASSWORD, Clock, entered, new_firm, opened, signed_in
from tests.store.places import File, Place

WRONG = "incorrect horse battery"


def test_who_has_an_account_signs_in_and_out(store: Store, clock: Clock) -> None:
    made = store.accounts.add(" Ann@Example.org ", "Ann", "consultant", PASSWORD)
    assert (made.login, made.role, made.workspace_name) == ("ann@example.org", "consultant", "default")
    token = store.accounts.sign_in("ANN@example.org", PASSWORD, HERE)
    assert token is not None
    assert store.accounts.member(token) == made
    (entry,) = store.accounts.all_of(made.workspace)
    assert (entry.account, entry.disabled, entry.last_seen) == (made.account, False, clock.now)
    store.accounts.sign_out(token)
    assert store.accounts.member(token) is None
    assert [e["verb"] for e in store.keeping().audit()] == ["add account", "sign in", "sign out"]
    assert "ann" not in repr(store.keeping().audit()).lower()


def test_a_session_ends_after_twelve_hours_and_is_swept_away_later(store: Store, clock: Clock) -> None:
    token = signed_in(store, "ann")
    mine = entered(store, token, new_firm(store, token))
    store.office(token).enter(mine.id, "another browser")
    clock.advance(hours=11, minutes=59)
    assert store.accounts.member(token) is not None
    clock.advance(minutes=2)
    assert store.accounts.member(token) is None
    assert store.accounts.sign_in("ann", PASSWORD, HERE) is not None
    counts = "SELECT (SELECT count(*) FROM account_session), (SELECT count(*) FROM capability)"
    assert store._read(lambda c: tuple(c.exec_driver_sql(counts).one())) == (1, 0)


@pytest.mark.parametrize("end", ["disable", "remove", "password"])
def test_an_account_is_shut_out_at_the_next_run(store: Store, end: str) -> None:
    token = signed_in(store, "ann")
    office, account = store.office(token), store.office(token).member.account
    mine = entered(store, token, new_firm(store, token))
    ticket = office.enter(mine.id, "browser")
    held = store.redeem_entry_ticket(office.enter(mine.id, "b"), "b")
    assert held is not None
    if end == "password":
        store.accounts.set_password(account, PASSWORD + "!")
    else:
        getattr(store.accounts, end)(account)
    assert store.accounts.member(token) is None
    assert store.assessment_for(held) is None
    assert store.redeem_entry_ticket(ticket, "browser") is None
    with pytest.raises(Refused):
        office.firms()
    with pytest.raises(Refused):
        store.office(token)
    assert store.accounts.sign_in("ann", PASSWORD, HERE) is None
    assert (store.accounts.sign_in_proven("ann") is None) == (end != "password")


def test_a_membership_taken_away_in_the_database_counts_at_the_next_run(store: Store) -> None:
    """By somebody with the database's own tools; also if only the role has changed."""
    token = signed_in(store, "ann")
    mine = new_firm(store, token)
    held = store.redeem_entry_ticket(store.office(token).enter(mine, "b"), "b")
    assert held is not None
    change = "UPDATE membership SET role = 'programme'"
    store._writer.do(lambda connection: connection.exec_driver_sql(change))
    assert store.assessment_for(held) is None
    assert store.office(token).member.role == "programme"
    change = "UPDATE membership SET role = 'nothing'"
    store._writer.do(lambda connection: connection.exec_driver_sql(change))
    assert store.accounts.member(token) is None


def test_who_was_disabled_or_removed_can_be_let_in_again(store: Store) -> None:
    made = store.accounts.add("ann", "Ann", "consultant", PASSWORD)
    store.accounts.disable(made.account)
    assert [entry.disabled for entry in store.accounts.all_of()] == [True]
    store.accounts.enable(made.account)
    assert store.accounts.sign_in("ann", PASSWORD, HERE) is not None
    store.accounts.remove(made.account)
    assert store.accounts.all_of() == []
    with pytest.raises(UnknownAccount):
        store.accounts.enable(made.account)
    with pytest.raises(LoginTaken):
        store.accounts.add("ann", "Ann", "consultant", PASSWORD, "Another Office (invented)")
    again = store.accounts.add("ann", "Ann B.", "programme", PASSWORD + "2")
    assert (again.account, again.name, again.role) == (made.account, "Ann B.", "programme")
    assert store.accounts.sign_in("ann", PASSWORD, HERE) is None
    assert store.accounts.sign_in("ann", PASSWORD + "2", HERE) is not None


def test_a_login_stands_for_one_account(small: Store) -> None:
    small.accounts.add("ann", "Ann", "consultant", PASSWORD)
    for login in ("ann", " ANN", "\uff41nn"):  # the last in a full-width letter
        with pytest.raises(LoginTaken):
            small.accounts.add(login, "", "consultant", PASSWORD, "Elsewhere (invented)")
    for login, role in (("", "consultant"), ("x" * 201, "consultant"), ("b", "owner"), ("b", "")):
        with pytest.raises(ValueError, match=r"expected one of|characters"):
            small.accounts.add(login, "", role, PASSWORD)
    assert [entry.login for entry in small.accounts.all_of()] == ["ann"]


@pytest.mark.parametrize("password", ["", "short", "eleven char", "x" * 129])
def test_a_password_has_twelve_characters_at_least(small: Store, password: str) -> None:
    with pytest.raises(WeakPassword):
        small.accounts.add("ann", "", "consultant", password)
    made = small.accounts.add("ann", "", "consultant", None)
    with pytest.raises(WeakPassword):
        small.accounts.set_password(made.account, password)
    assert small.accounts.sign_in("ann", password, HERE) is None


def test_who_is_known_elsewhere_signs_in_without_a_password(small: Store) -> None:
    small.accounts.add("ann@example.org", "", "consultant", None)
    for guess in ("", PASSWORD):
        assert small.accounts.sign_in("ann@example.org", guess, HERE) is None
    token = small.accounts.sign_in_proven("Ann@Example.org")
    assert token is not None and small.accounts.member(token) is not None
    assert small.accounts.sign_in_proven("stranger@example.org") is None


def test_unknown_wrong_disabled_and_removed_cost_the_same_work(
    file: File, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash checked with the same costs, the same statements, the same answer."""
    with Store(file.url, clock=clock, passwords=CHEAP) as store:
        for login in ("known", "off", "gone", "proven"):
            store.accounts.add(login, "", "consultant", None if login == "proven" else PASSWORD)
        store.accounts.disable(store.accounts.find("off").account)
        store.accounts.remove(store.accounts.find("gone").account)
        seen: list[list[str]] = []
        hasher = CHEAP._hasher
        verify = type(hasher).verify

        def watched(self, kept: str, password: str) -> bool:
            seen[-1].append(kept.rpartition("$")[0].rpartition("$")[0])
            return verify(self, kept, password)

        monkeypatch.setattr(type(hasher), "verify", watched)
        for engine in (store._writing, store._reading):
            event.listen(engine, "before_cursor_execute", lambda *given: seen and seen[-1].append(given[2]))
        for login in ("known", "nobody", "off", "gone", "proven"):
            seen.append([])
            guess = PASSWORD if login in ("off", "gone") else WRONG
            assert store.accounts.sign_in(login, guess, HERE) is None
        assert len({tuple(work) for work in seen}) == 1
        assert any(work.startswith("$argon2id$v=19$m=8,t=1,p=1") for work in seen[0])
        assert sum("rate_bucket" in work for work in seen[0]) == 3


def test_wrong_tries_are_limited_by_address_login_and_in_all(store: Store, clock: Clock) -> None:
    signed_in(store, "ann")
    sign_in = store.accounts.sign_in
    for n in range(FROM_ONE_ADDRESS):
        assert sign_in(f"nobody{n}", WRONG, HERE) is None
    with pytest.raises(TooManyTries):
        sign_in("ann", PASSWORD, HERE)
    assert sign_in("ann", PASSWORD, "198.51.100.1") is not None  # others are not in the way
    clock.advance(minutes=1)
    assert sign_in("ann", PASSWORD, HERE) is not None
    clock.advance(minutes=5)
    for n in range(FOR_ONE_LOGIN):  # from many addresses
        assert sign_in("ann" if n % 2 else "ANN ", WRONG, f"192.0.2.{n}") is None
    for login in ("ann", "bob"):  # whether or not there is such a login
        for n in range(FOR_ONE_LOGIN if login == "bob" else 0):
            assert sign_in(login, WRONG, f"192.0.2.{100 + n}") is None
        with pytest.raises(TooManyTries):
            sign_in(login, PASSWORD, "198.51.100.2")
    clock.advance(minutes=5)
    assert sign_in("ann", PASSWORD, HERE) is not None


def test_there_is_a_limit_on_tries_from_everywhere(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FROM_EVERYWHERE < 1000
    monkeypatch.setattr("assessment.store.accounts.FROM_EVERYWHERE", 3)
    small.accounts.add("ann", "", "consultant", PASSWORD)
    for n in range(3):
        assert small.accounts.sign_in(f"nobody{n}", WRONG, f"192.0.2.{n}") is None
    with pytest.raises(TooManyTries):
        small.accounts.sign_in("ann", PASSWORD, HERE)


def test_tries_made_at_the_same_moment_do_not_slip_through_the_limit(small: Store) -> None:
    outcomes: list[object] = []

    def attempt(n: int) -> None:
        try:
            outcomes.append(small.accounts.sign_in(f"nobody{n}", WRONG, HERE))
        except TooManyTries:
            outcomes.append(TooManyTries)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(2 * FROM_ONE_ADDRESS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == outcomes.count(TooManyTries) == FROM_ONE_ADDRESS


def test_a_right_password_does_not_count_as_a_try(small: Store) -> None:
    small.accounts.add("ann", "", "consultant", PASSWORD)
    for _ in range(FROM_ONE_ADDRESS + 2):
        assert small.accounts.sign_in("ann", PASSWORD, HERE) is not None


def test_two_hashes_at_most_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert AT_ONCE == 2
    passwords = Passwords(time_cost=1, memory_kib=8, parallelism=1)
    kept, running, most = passwords.hash(PASSWORD), [0], [0]
    gate = threading.Lock()

    def slow(_self, _kept: str, _password: str) -> bool:
        with gate:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.02)
        with gate:
            running[0] -= 1
        return True

    monkeypatch.setattr(type(passwords._hasher), "verify", slow)
    threads = [threading.Thread(target=passwords.check, args=(kept, PASSWORD)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]


def test_who_waits_too_long_for_a_turn_is_asked_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.store.passwords.PATIENCE", 0.01)
    passwords = Passwords(time_cost=1, memory_kib=8, parallelism=1)
    with passwords._turn(), passwords._turn(), pytest.raises(TooManyTries):
        passwords.check(None, PASSWORD)


def test_hashes_are_argon2id_and_are_renewed_when_the_costs_change(file: File, clock: Clock) -> None:
    with Store(file.url, clock=clock, passwords=CHEAP) as store:
        store.accounts.add("ann", "", "consultant", PASSWORD)
    dearer = Passwords(time_cost=2, memory_kib=16, parallelism=1)
    with Store(file.url, clock=clock, passwords=dearer) as store:
        assert store.accounts.sign_in("ann", PASSWORD, HERE) is not None
        assert store.accounts.sign_in("ann", PASSWORD, HERE) is not None
    ((kept,),) = file.run("SELECT password_hash FROM account")
    assert kept.startswith("$argon2id$v=19$m=16,t=2,p=1$")
    usual = Passwords()._hasher
    assert (usual.time_cost, usual.memory_cost, usual.parallelism) == (3, 65536, 4)


def test_no_secret_stands_in_the_files_of_the_database(
    place: Place, store: Store, request: pytest.FixtureRequest
) -> None:
    session = signed_in(store, "ann")
    mine = entered(store, session, new_firm(store, session))
    ticket = store.office(session).enter(mine.id, "browser secret")
    held = store.redeem_entry_ticket(ticket, "browser secret")
    assert held is not None
    link = store.links(mine).new("read", "the board", 30)
    store.accounts.sign_in("ann", WRONG, "192.0.2.99")
    secrets = (PASSWORD, WRONG, session, ticket, held, link, "browser secret", "192.0.2.99")
    if place.kind == "postgresql":
        place.run("CHECKPOINT")
    folder = place.file.parent if isinstance(place, File) else place.server.data
    written = [f.read_bytes() for f in folder.rglob("*") if f.is_file()]
    assert any(b"the board" in content for content in written)  # what is stored can be found
    assert not [s for s in secrets if any(s.encode() in content for content in written)]
    assert opened(store, held).firm_id == mine.firm_id
