"""Links, tickets, rate windows: checked every time, kept as hashes only."""

import pytest

from assessment.store import Assessment, Store
from tests.store.conftest import Clock, new_token, opened
from tests.store.places import Place


def test_a_link_opens_its_assessment_and_nothing_else_does(store: Store, token: str) -> None:
    assert opened(store, token).firm_name == "Lantern Garments (invented)"
    for wrong in ("", "x", token[:-1], token + "A", token.swapcase(), "A" * 43, token * 1000):
        assert store.assessment_for(wrong) is None


def test_a_link_ends_with_its_time(url: str, clock: Clock) -> None:
    with Store(url, clock=clock, link_days=3) as store:
        token = new_token(store)
        clock.advance(days=2.9)
        assert store.assessment_for(token) is not None
        clock.advance(days=0.2)
        assert store.assessment_for(token) is None


def test_a_revoked_link_is_useless_at_once_and_others_stay(store: Store, token: str) -> None:
    second = store.new_link(opened(store, token), "read")
    assert store.revoke(token)
    assert not store.revoke(token)
    assert store.assessment_for(token) is None
    assert opened(store, second).scope == "read"


def test_all_links_and_tickets_of_an_assessment_can_be_revoked(
    store: Store, token: str, assessment: Assessment
) -> None:
    other = new_token(store)
    ticket = store.new_download_ticket(assessment, "report", {})
    assert store.revoke_all(assessment) == 2
    assert store.assessment_for(token) is None
    assert store.redeem_download_ticket(ticket, token) is None
    assert store.assessment_for(other) is not None


def test_no_token_stands_in_the_database(
    place: Place, store: Store, assessment: Assessment, token: str
) -> None:
    ticket = store.new_download_ticket(assessment, "report", {"language": "zh"})
    entry = store.new_entry_ticket(assessment, "browser-secret")
    store.count_failure("join", "192.0.2.7")
    dump = place.dump()
    for secret in (token, ticket, entry, "browser-secret", "192.0.2.7"):
        assert secret not in dump
    assert "Lantern Garments" in dump  # the dump does hold what is stored


def test_a_download_ticket_is_worth_nothing_in_another_browser(
    store: Store, assessment: Assessment, token: str
) -> None:
    ticket = store.new_download_ticket(assessment, "report", {}, "browser-secret")
    assert store.redeem_download_ticket(ticket, token) is None
    assert store.redeem_download_ticket(ticket, token, "another") is None
    assert store.redeem_download_ticket(ticket, token, "browser-secret") is not None


def test_a_download_ticket_gives_what_was_put_on_it(store: Store, assessment: Assessment, token: str) -> None:
    ticket = store.new_download_ticket(assessment, "report", {"language": "zh", "pages": [1, 2]})
    for _ in range(2):  # a browser may ask twice
        found = store.redeem_download_ticket(ticket, token)
        assert found is not None
        assert (found.assessment, found.kind) == (assessment, "report")
        assert found.params == {"language": "zh", "pages": [1, 2]}


def test_a_download_ticket_is_worth_nothing_with_another_link(store: Store, assessment: Assessment) -> None:
    ticket = store.new_download_ticket(assessment, "report", {})
    for wrong in (new_token(store), "", ticket, "A" * 43):
        assert store.redeem_download_ticket(ticket, wrong) is None


def test_a_download_ticket_ends_with_its_time_and_with_the_link(
    store: Store, assessment: Assessment, token: str, clock: Clock
) -> None:
    ticket = store.new_download_ticket(assessment, "report", {})
    clock.advance(minutes=16)
    assert store.redeem_download_ticket(ticket, token) is None
    fresh = store.new_download_ticket(assessment, "report", {})
    store.revoke(token)
    assert store.redeem_download_ticket(fresh, token) is None


def test_kinds_of_token_do_not_stand_in_for_each_other(
    store: Store, assessment: Assessment, token: str
) -> None:
    download = store.new_download_ticket(assessment, "report", {})
    entry = store.new_entry_ticket(assessment, "b")
    assert store.assessment_for(download) is None
    assert store.assessment_for(entry) is None
    assert store.redeem_entry_ticket(download, "b") is None
    assert store.redeem_entry_ticket(token, "b") is None
    assert store.redeem_download_ticket(token, token) is None
    assert store.redeem_download_ticket(entry, token) is None


def test_an_entry_ticket_lets_its_browser_in_once(store: Store, assessment: Assessment, token: str) -> None:
    ticket = store.new_entry_ticket(assessment, "this browser")
    assert store.redeem_entry_ticket(ticket, "another browser") is None
    assert store.redeem_entry_ticket(ticket, "") is None
    new = store.redeem_entry_ticket(ticket, "this browser")
    assert new is not None
    assert new != token
    assert opened(store, new) == assessment
    assert store.redeem_entry_ticket(ticket, "this browser") is None


def test_an_entry_ticket_is_good_for_two_minutes(store: Store, assessment: Assessment, clock: Clock) -> None:
    ticket = store.new_entry_ticket(assessment, "b")
    clock.advance(minutes=2, seconds=1)
    assert store.redeem_entry_ticket(ticket, "b") is None


def test_an_entry_ticket_does_not_widen_a_link_for_reading(store: Store, assessment: Assessment) -> None:
    reader = opened(store, store.new_link(assessment, "read"))
    new = store.redeem_entry_ticket(store.new_entry_ticket(reader, "b"), "b")
    assert new is not None
    assert opened(store, new).scope == "read"


def test_failures_are_counted_by_address_and_minute(store: Store, clock: Clock) -> None:
    for _ in range(3):
        store.count_failure("join", "192.0.2.7")
    assert store.failures("join", "192.0.2.7") == 3
    assert store.failures("join", "192.0.2.8") == 0
    assert store.failures("other", "192.0.2.7") == 0
    clock.advance(minutes=1)
    assert store.failures("join", "192.0.2.7") == 0


def test_old_tickets_and_windows_are_swept_away_and_links_stay(
    store: Store, assessment: Assessment, token: str, clock: Clock
) -> None:
    store.new_download_ticket(assessment, "report", {})
    store.count_failure("join", "192.0.2.7")
    clock.advance(hours=1)
    store.new_download_ticket(assessment, "report", {})
    count = "SELECT (SELECT count(*) FROM capability), (SELECT count(*) FROM rate_bucket)"
    rows = store._read(lambda connection: connection.exec_driver_sql(count).one())
    assert tuple(rows) == (2, 0)  # the link and the fresh ticket
    assert store.assessment_for(token) is not None


@pytest.mark.parametrize("column", ["actor", "verb", "subject", "detail", "at", "prev_hash"])
def test_a_changed_audit_entry_is_found(store: Store, assessment: Assessment, column: str) -> None:
    store.set_language(assessment, "zh")
    store.set_path(assessment, "full")
    assert store.audit_broken_at() is None
    value = "2020-01-01T00:00:00.000000Z" if column == "at" else "forged"
    change = f"UPDATE audit SET {column} = '{value}' WHERE seq = 2"
    store._writer.do(lambda connection: connection.exec_driver_sql(change))
    assert store.audit_broken_at() == 2


def test_a_removed_audit_entry_is_found(store: Store, assessment: Assessment) -> None:
    store.set_language(assessment, "zh")
    store.set_path(assessment, "full")
    store._writer.do(lambda connection: connection.exec_driver_sql("DELETE FROM audit WHERE seq = 2"))
    assert store.audit_broken_at() == 3


def test_the_audit_holds_no_name(store: Store, assessment: Assessment) -> None:
    store.rename_firm(assessment, "Secret Buyer Ltd (invented)")
    rows = store._read(lambda connection: connection.exec_driver_sql("SELECT * FROM audit").all())
    assert [row.verb for row in rows] == ["create", "rename firm"]
    assert "Secret Buyer" not in repr(rows)
    assert "Lantern" not in repr(rows)
