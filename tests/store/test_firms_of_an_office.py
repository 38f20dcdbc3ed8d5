"""The firms of an office: how far each is, whose it is, what its reports bear."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.store import Refused, Store, StoredAnswer
from assessment.store.brands import StoredBrand
from tests.store.conftest import FINGERPRINT, Clock, entered, new_firm, opened, signed_in

COVER = ("servitization/2026-1", FINGERPRINT, "en", "quick")


# --- firms -----------------------------------------------------------------------------------------


def test_an_office_lists_how_far_its_firms_are_and_no_answer(store: Store, clock: Clock) -> None:
    session = signed_in(store, "ann")
    office = store.office(session)
    first = new_firm(store, session, "Lantern (invented)")
    begun = clock.now
    clock.advance(hours=1)
    new_firm(store, session, "Anvil (invented)")
    mine = entered(store, session, first)
    assert (mine.actor, mine.role, mine.account) == ("Ann", "consultant", office.member.account)
    values = {"a": StoredAnswer("answered", "7777"), "b": StoredAnswer("dont_know")}
    store.save_answers(mine, {**values, "c": StoredAnswer("not_answered"), "plan:x": values["a"]}, "op")
    assert [(r.actor, r.role) for r in store.revisions(mine, "a")] == [("Ann", "consultant")]
    answered = clock.now
    clock.advance(hours=1)
    kept, gone = store.links(mine).new("answer", "", 30), store.links(mine).new("read", "", 30)
    store.revoke(gone)
    store.new_entry_ticket(opened(store, kept), "b")
    _, code = store.workshops.open(mine, timedelta(hours=1))
    seat = store.workshops.join(code, "finance", "", "a")
    store.workshops.vote(seat or "", {"c": values["a"], "d": values["a"]}, "vote")
    anvil, lantern = office.firms()
    assert (anvil.name, anvil.answered, anvil.links, anvil.workshops) == ("Anvil (invented)", 0, 0, 0)
    assert anvil.last == begun + timedelta(hours=1)
    told = (lantern.firm, lantern.assessment, lantern.edition, lantern.status, lantern.consultant)
    assert told == (mine.firm_id, first, "servitization/2026-1", "open", "Ann")
    assert (lantern.answered, lantern.links, lantern.workshops, lantern.last) == (2, 1, 1, answered)
    assert "7777" not in repr((anvil, lantern))
    clock.advance(hours=2)
    assert office.firms()[1].workshops == 0


def test_an_office_sees_no_invented_firms_and_firms_begun_before_have_nobody_in_charge(small: Store) -> None:
    sample = small.create_assessment(*COVER, "Sample (invented)", sample=True)[1]
    again = small.create_assessment(*COVER, "Sample (invented)", sample=True)[1]
    small.create_assessment(*COVER, "Old (invented)")
    (line,) = small.office(signed_in(small, "ann")).firms()
    assert (line.name, line.account, line.consultant, line.links) == ("Old (invented)", "", "", 1)
    assert opened(small, sample).workspace == opened(small, again).workspace


def test_what_a_consultant_entered_ends_with_the_session_and_links_stay(small: Store) -> None:
    session = signed_in(small, "ann")
    mine = entered(small, session, new_firm(small, session))
    held = small.redeem_entry_ticket(small.new_entry_ticket(mine, "c"), "c")
    _, later = small.create_assessment(*COVER, "", after=mine)
    download = small.new_download_ticket(mine, "report", {})
    shared = small.links(mine).new("answer", "owner", 30)
    assert held is not None
    assert opened(small, later).role == "consultant"
    small.accounts.sign_out(session)
    assert small.assessment_for(held) is small.assessment_for(later) is None
    assert small.redeem_download_ticket(download, held) is None
    owner = opened(small, shared)
    assert (owner.role, owner.actor, owner.account) == ("owner", "", "")
    actors = {entry["actor"] for entry in small.keeping().audit() if entry["subject"] == mine.id}
    assert actors == {mine.account}


def test_nobody_shuts_themselves_out(small: Store) -> None:
    office = small.office(signed_in(small, "pat", "programme"))
    for deed in (office.accounts.disable, office.accounts.remove):
        with pytest.raises(Refused):
            deed(office.member.account)
    assert [entry.disabled for entry in office.accounts.all_of()] == [False]


# --- brands ------------------------------------------------------------------------------------------


def test_reports_bear_the_brand_of_the_consultant_in_charge(store: Store) -> None:
    ann, bob = signed_in(store, "ann"), signed_in(store, "bob")
    mine = entered(store, ann, new_firm(store, ann))
    assert store.brand_of(mine) is None
    store.office(ann).set_brand("Ann", "Office (invented)", "#1f4e79", b"\x89PNG\x00\xff")
    store.office(bob).set_brand("Bob", "", "#aa0000", b"")
    store.office(ann).set_brand("Ann B.", "Office (invented)", "#1f4e79", b"\x89PNG\x00\xff")
    brand = StoredBrand("Ann B.", "Office (invented)", "#1f4e79", b"\x89PNG\x00\xff")
    assert store.brand_of(mine) == store.office(ann).brand() == brand
    reader = opened(store, store.links(mine).new("read", "", 30))
    assert store.brand_of(reader) == brand
    store.office(bob).take_charge(mine.firm_id)
    assert store.brand_of(reader) == StoredBrand("Bob", "", "#aa0000", b"")
    store.accounts.remove(store.accounts.find("bob").account)
    assert store.brand_of(reader) == StoredBrand("Bob", "", "#aa0000", b"")  # as long as nobody takes over


def test_a_brand_outlives_the_firms_it_stood_on(small: Store) -> None:
    session = signed_in(small, "ann")
    mine = entered(small, session, new_firm(small, session))
    small.office(session).set_brand("Ann", "", "#1f4e79", b"")
    small.keeping().erase_firm(mine.firm_id)
    assert small.office(session).brand() is not None
    assert small.office(session).firms() == []
    assert small.keeping().firms() == []


@pytest.mark.parametrize("given", [("x" * 201, "", "", b""), ("", "", "", b"x" * 2_000_001)])
def test_a_brand_that_cannot_be_meant_is_refused(small: Store, given: tuple[str, str, str, bytes]) -> None:
    office = small.office(signed_in(small, "ann"))
    with pytest.raises(ValueError, match="at most"):
        office.set_brand(*given)
    assert office.brand() is None
