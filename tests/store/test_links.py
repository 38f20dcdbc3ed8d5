"""Links: told apart in a list without their tokens, and revoked with all that came of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.store import Assessment, Refused, Store, StoredAnswer
from assessment.store.links import LinkLine
from tests.store.conftest import Clock, new_token, opened


def line(store: Store, of: Assessment, label: str) -> LinkLine:
    return next(line for line in store.links(of).all() if line.label == label)


def test_links_are_listed_with_what_tells_them_apart_and_no_token(
    store: Store, assessment: Assessment, token: str, clock: Clock
) -> None:
    clock.advance(minutes=1)
    board = store.links(assessment).new("read", "  the board  ", 30)
    store.new_entry_ticket(assessment, "b")
    store.new_download_ticket(assessment, "report", {})
    first, second = store.links(assessment).all()
    assert (first.scope, first.label, first.own) == ("answer", "", True)
    expected = ("read", "the board", False, clock.now, clock.now + timedelta(days=30), None)
    assert (second.scope, second.label, second.own, second.at, second.expires, second.revoked) == expected
    assert not any(secret in repr((first, second)) for secret in (board, token))


def test_a_revoked_link_takes_along_every_browser_that_came_by_it(
    store: Store, assessment: Assessment
) -> None:
    shared = store.links(assessment).new("answer", "finance", 30)
    guest = opened(store, shared)
    entry = store.new_entry_ticket(guest, "b")
    browser = store.redeem_entry_ticket(store.new_entry_ticket(guest, "b"), "b")
    assert browser is not None
    again = store.redeem_entry_ticket(store.new_entry_ticket(opened(store, browser), "c"), "c")
    assert again is not None
    download = store.new_download_ticket(opened(store, again), "report", {})
    assert store.redeem_download_ticket(download, again) is not None
    assert line(store, opened(store, again), "finance").own
    which = line(store, assessment, "finance").id
    assert store.links(assessment).revoke(which)
    assert not store.links(assessment).revoke(which)
    assert [store.assessment_for(held) for held in (shared, browser, again)] == [None] * 3
    assert store.redeem_entry_ticket(entry, "b") is None
    assert store.redeem_download_ticket(download, again) is None
    assert line(store, assessment, "finance").revoked is not None
    assert [e["verb"] for e in store.keeping().audit()][-1] == "revoke link"


def test_what_a_browser_got_ends_with_its_link(store: Store, assessment: Assessment, clock: Clock) -> None:
    shared = store.links(assessment).new("read", "", 7)
    clock.advance(days=6)
    browser = store.redeem_entry_ticket(store.new_entry_ticket(opened(store, shared), "b"), "b")
    assert browser is not None
    assert opened(store, browser).scope == "read"
    clock.advance(days=1, minutes=1)
    assert store.assessment_for(shared) is store.assessment_for(browser) is None


def test_an_id_of_a_link_opens_nothing_and_a_foreign_one_is_unknown(
    store: Store, assessment: Assessment
) -> None:
    foreign = opened(store, new_token(store, "Harbour Tools (invented)"))
    (theirs,) = store.links(foreign).all()
    assert store.assessment_for(theirs.id) is None
    for id_ in (theirs.id, "no such link", ""):
        assert store.links(assessment).revoke(id_) is False
    assert store.links(foreign).all() == [theirs]


def test_neither_a_reader_nor_a_seat_makes_sees_or_revokes_links(small: Store) -> None:
    mine = opened(small, new_token(small))
    reader = opened(small, small.new_link(mine, "read"))
    _, code = small.workshops.open(mine, timedelta(hours=1))
    seat = small.workshops.seat(small.workshops.join(code, "finance", "", "a") or "")
    assert seat is not None
    for record in (reader, seat.record):
        for scope in ("answer", "read"):
            with pytest.raises(Refused):
                small.new_link(record, scope)
        with pytest.raises(Refused):
            small.links(record)
        with pytest.raises(Refused):
            small.create_assessment("e", "0f" * 32, "en", "quick", "", after=record)
    for deed in (small.new_entry_ticket, lambda of, _: small.new_download_ticket(of, "report", {})):
        with pytest.raises(Refused):
            deed(seat.record, "b")
    assert (mine.role, reader.role, seat.record.role) == ("owner", "reader", "respondent")


@pytest.mark.parametrize(("scope", "days"), [("vote", 1), ("entry", 1), ("", 1), ("read", 0), ("read", 4000)])
def test_a_link_of_another_kind_or_without_end_is_refused(small: Store, scope: str, days: int) -> None:
    mine = opened(small, new_token(small))
    with pytest.raises(ValueError, match=r"scope|days"):
        small.links(mine).new(scope, "", days)


def test_revisions_say_in_which_role_something_was_answered(small: Store) -> None:
    mine = opened(small, new_token(small))
    small.save_answer(mine, "f", StoredAnswer("dont_know"), "one")
    small.save_answers(mine, {"f": StoredAnswer("answered", 1)}, "two", actor="a", role="finance")
    told = [(entry.actor, entry.role) for entry in small.revisions(mine, "f")]
    assert told == [("", "owner"), ("a", "finance")]


def test_a_further_assessment_stays_with_its_firm(store: Store, assessment: Assessment) -> None:
    _, token = store.create_assessment("e", "0f" * 32, "zh", "full", "another name", after=assessment)
    later = opened(store, token)
    assert (later.firm_id, later.firm_name, later.workspace) == (
        assessment.firm_id, assessment.firm_name, assessment.workspace,
    )  # fmt: skip
    assert (later.edition, later.language, later.path, later.role) == ("e", "zh", "full", "owner")
    assert later.id != assessment.id
    assert later.respondent != assessment.respondent
    assert store.load_answers(later) == {}
    assert [entry.assessments for entry in store.keeping().firms()] == [2]
    store.keeping().erase_firm(assessment.firm_id)
    assert store.assessment_for(token) is None
