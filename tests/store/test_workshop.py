"""Workshops in the store: a code for one session, a seat each, and nothing seen before it is revealed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.store import Assessment, Refused, Store, StoredAnswer
from assessment.store import workshop as workshops
from assessment.store.schema import capability, respondent, workshop
from assessment.store.votes import Seat, Workshop, reveal_key
from assessment.store.workshop import LENGTH, SIGNS, TooManyTries, hashed
from tests.store.conftest import Clock, new_token, opened

HOURS = timedelta(hours=3)
SECRET = StoredAnswer("answered", "7777.125")
HERE = "203.0.113.7"


@pytest.fixture
def session(store: Store, assessment: Assessment) -> tuple[Workshop, str]:
    return store.workshops.open(assessment, HOURS)


def sit(store: Store, code: str, role: str = "finance", name: str = "") -> str:
    token = store.workshops.join(code, role, name, HERE)
    assert token is not None
    return token


def seat(store: Store, token: str) -> Seat:
    found = store.workshops.seat(token)
    assert found is not None
    return found


def reveal(store: Store, assessment: Assessment, which: Workshop, field: str, op: str = "r") -> None:
    store.save_answer(assessment, reveal_key(which.id, field), StoredAnswer("answered", True), op)


def test_the_code_seats_people_with_a_name_or_a_role_alone(
    store: Store, assessment, session, clock: Clock
) -> None:
    which, code = session
    assert len(code) == LENGTH and set(code) <= set(SIGNS)
    one = seat(store, sit(store, code, "finance", "A. Person"))
    clock.advance(seconds=1)
    other = seat(store, sit(store, f" {code[:4].lower()}-{code[4:]} ", "operations"))
    assert (one.name, one.role, other.name, other.role) == ("A. Person", "finance", "", "operations")
    assert [(n, r) for _, n, r in store.workshops.seats(assessment, which)] == [
        ("A. Person", "finance"), ("", "operations"),
    ]  # fmt: skip


def test_votes_are_kept_apart_from_one_another_and_from_the_firm(store: Store, assessment, session) -> None:
    tokens = [sit(store, session[1]) for _ in range(2)]
    for n, token in enumerate(tokens):
        store.workshops.vote(token, {"fin_gm": StoredAnswer("answered", str(n))}, f"op{n}")
    assert [store.workshops.own(seat(store, t))["fin_gm"].value for t in tokens] == ["0", "1"]
    assert store.load_answers(assessment) == {}


def test_nothing_is_seen_before_it_is_revealed_and_all_of_it_after(store: Store, assessment, session) -> None:
    which, code = session
    token, other = sit(store, code), sit(store, code)
    store.workshops.vote(token, {"fin_gm": SECRET, "fin_rd": StoredAnswer("dont_know")}, "op")
    assert store.workshops.revealed(assessment, which) == []
    assert store.workshops.own(seat(store, other)) == {}
    me = seat(store, token).record.respondent
    given = store.workshops.voted(assessment, which)
    assert [(g.respondent, g.field, g.there) for g in given] == [(me, "fin_gm", True), (me, "fin_rd", True)]
    reveal(store, assessment, which, "fin_gm")
    (cast,) = store.workshops.revealed(assessment, which)
    assert (cast.respondent, cast.field, cast.answer) == (me, "fin_gm", SECRET)


def test_an_entry_that_was_taken_back_hides_again(store: Store, assessment, session) -> None:
    which, code = session
    store.workshops.vote(sit(store, code), {"fin_gm": SECRET}, "op")
    reveal(store, assessment, which, "fin_gm")
    key = reveal_key(which.id, "fin_gm")
    store.save_answer(assessment, key, StoredAnswer("not_answered"), "hide")
    assert store.workshops.revealed(assessment, which) == []


def test_a_reveal_of_another_workshop_or_by_a_respondent_shows_nothing(
    store: Store, assessment, session
) -> None:
    which, code = session
    token = sit(store, code)
    store.workshops.vote(token, {"fin_gm": SECRET}, "op")
    later, _ = store.workshops.open(assessment, HOURS)
    reveal(store, assessment, later, "fin_gm")
    with pytest.raises(Refused):
        store.workshops.vote(
            token, {reveal_key(which.id, "fin_gm"): StoredAnswer("answered", True)}, "forged"
        )
    assert store.workshops.revealed(assessment, which) == []


def test_another_firm_sees_neither_seats_nor_votes(store: Store, assessment, session) -> None:
    which, code = session
    store.workshops.vote(sit(store, code), {"fin_gm": SECRET}, "op")
    foreign = opened(store, new_token(store, "Harbour Tools (invented)"))
    reveal(store, foreign, which, "fin_gm", "foreign")
    assert store.workshops.revealed(assessment, which) == []
    reveal(store, assessment, which, "fin_gm")
    assert store.workshops.all_of(foreign) == []
    assert store.workshops.seats(foreign, which) == store.workshops.revealed(foreign, which) == []
    assert store.workshops.voted(foreign, which) == []
    assert store.workshops.replace_code(foreign, which) is None
    assert store.workshops.stamp(foreign, which).people == 0
    store.workshops.close(foreign, which)
    assert [w.state for w in store.workshops.all_of(assessment)] == ["open"]


def test_a_revealed_field_takes_no_more_votes(store: Store, assessment, session) -> None:
    which, code = session
    token = sit(store, code)
    store.workshops.vote(token, {"fin_gm": SECRET}, "op")
    reveal(store, assessment, which, "fin_gm")
    with pytest.raises(Refused):
        store.workshops.vote(token, {"fin_rd": SECRET, "fin_gm": StoredAnswer("answered", "1")}, "late")
    assert store.workshops.own(seat(store, token)) == {"fin_gm": SECRET}


def test_a_vote_sent_twice_is_kept_once(store: Store, session) -> None:
    token = sit(store, session[1])
    first = store.workshops.vote(token, {"fin_gm": SECRET}, "op")
    assert store.workshops.vote(token, {"fin_gm": SECRET}, "op") == first
    record = seat(store, token).record
    (kept,) = store.revisions(record, "fin_gm")
    assert (kept.actor, kept.role) == (record.respondent, "finance")


@pytest.mark.parametrize("end", ["time", "closed"])
def test_code_and_seats_end_with_the_session(
    store: Store, assessment, session, clock: Clock, end: str
) -> None:
    which, code = session
    token = sit(store, code)
    if end == "time":
        clock.advance(hours=3, seconds=1)
    else:
        store.workshops.close(assessment, which)
    assert store.workshops.join(code, "sales", "", HERE) is None
    assert store.workshops.seat(token) is None
    with pytest.raises(Refused):
        store.workshops.vote(token, {"fin_gm": SECRET}, "op")


def test_no_session_outlasts_a_day(store: Store, assessment, clock: Clock) -> None:
    which, _ = store.workshops.open(assessment, timedelta(days=30))
    assert which.until == clock.now + timedelta(days=1)


def test_a_seat_opens_nothing_of_the_firm(store: Store, assessment, session) -> None:
    token = sit(store, session[1])
    assert store.assessment_for(token) is None
    record = seat(store, token).record
    for deed in (
        lambda: store.save_answer(record, "fin_gm", SECRET, "op"),
        lambda: store.rename_firm(record, "x"),
        lambda: store.new_link(record, "answer"),
        lambda: store.revoke_all(record),
        lambda: store.workshops.open(record, HOURS),
        lambda: store.workshops.close(record, session[0]),
    ):
        with pytest.raises(Refused):
            deed()
    assert store.workshops.seat(new_token(store)) is None  # nor does the firm's link take a seat


def test_wrong_codes_are_counted_by_address_and_in_all(
    store: Store, session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshops, "MOST_FAILURES", 3)
    monkeypatch.setattr(workshops, "MOST_EVERYWHERE", 5)
    join = store.workshops.join
    for _ in range(3):
        assert join("WRONG234", "", "", HERE) is None
    with pytest.raises(TooManyTries):
        join(session[1], "", "", HERE)
    for n in range(2):
        assert join("WRONG234", "", "", f"198.51.100.{n}") is None
    with pytest.raises(TooManyTries):
        join(session[1], "", "", "192.0.2.1")
    clock.advance(minutes=1)
    assert join(session[1], "", "", HERE) is not None


def test_neither_code_nor_token_stands_in_the_database(store: Store, session) -> None:
    token = sit(store, session[1])
    kept = store._read(
        lambda c: [str(r) for t in (workshop, capability, respondent) for r in c.execute(select(t))]
    )
    assert any(hashed(session[1]) in row for row in kept)
    assert not any(session[1] in row or token in row for row in kept)
    assert store.audit_broken_at() is None


def test_a_new_code_makes_the_old_one_worthless_and_leaves_the_seats(
    store: Store, assessment, session
) -> None:
    which, code = session
    token = sit(store, code)
    fresh = store.workshops.replace_code(assessment, which)
    assert fresh is not None and fresh != code
    assert store.workshops.join(code, "sales", "", HERE) is None
    assert store.workshops.seat(token) is not None
    assert store.workshops.join(fresh, "sales", "", HERE) is not None
    store.workshops.close(assessment, which)
    assert store.workshops.replace_code(assessment, which) is None


def test_counting_goes_on_from_the_last_entry_and_sees_what_was_taken_back(
    store: Store, assessment, session
) -> None:
    which, code = session
    token = sit(store, code)
    before = store.workshops.stamp(assessment, which)
    store.workshops.vote(token, {"fin_gm": SECRET, "fin_rd": SECRET}, "op")
    assert store.workshops.stamp(assessment, which) != before
    first = store.workshops.voted(assessment, which)
    newest = max(g.seq for g in first)
    assert store.workshops.voted(assessment, which, newest) == []
    same = store.workshops.stamp(assessment, which)
    store.workshops.vote(token, {"fin_gm": StoredAnswer("not_answered")}, "back")
    (news,) = store.workshops.voted(assessment, which, newest)
    assert (news.field, news.there) == ("fin_gm", False)
    assert store.workshops.stamp(assessment, which) != same
    assert SECRET.value not in repr((first, news, same))


def test_only_the_revealed_fields_that_are_named_are_read(store: Store, assessment, session) -> None:
    which, code = session
    store.workshops.vote(sit(store, code), {"fin_gm": SECRET, "fin_rd": SECRET, "fin_rent": SECRET}, "op")
    reveal(store, assessment, which, "fin_gm", "one")
    reveal(store, assessment, which, "fin_rd", "two")
    read = store.workshops.revealed(assessment, which, ["fin_rd", "fin_rent"])
    assert [cast.field for cast in read] == ["fin_rd"]
