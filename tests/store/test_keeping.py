"""The audit is followed, a firm's data handed over in one piece, and erased without a trace."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from assessment.store import Assessment, Refused, Store, StoredAnswer, erasure, migrate, outside, schema
from assessment.store.keeping import UnknownFirm
from assessment.store.votes import reveal_key
from tests.store.conftest import CHEAP, HERE, PASSWORD, Clock, entered, new_token, opened
from tests.store.fixtures.make import fill
from tests.store.places import File, Place, Served

FIRM, ANSWER = "Vermilion Castings (invented)", "a vermilion remark nobody else makes"


def worked_on(store: Store, mine: Assessment, firm: str) -> None:
    """Rows in every table that can hold something of a firm, with its name wherever one can be typed."""
    login = f"{mine.respondent}@example.org"
    account = store.accounts.find(login) or store.accounts.add(login, "Ann", "consultant", PASSWORD)
    session = store.accounts.sign_in(login, PASSWORD, HERE)
    assert session is not None and account is not None
    store.office(session).set_brand("Ann", "", "#1f4e79", b"")
    store.office(session).take_charge(mine.firm_id)
    inside = entered(store, session, mine.id)
    store.links(inside).new("read", f"board of {firm}", 30)
    which, code = store.workshops.open(inside, timedelta(hours=2))
    seat = store.workshops.join(code, f"buyer at {firm}", f"A. {firm}", HERE)
    store.workshops.vote(seat or "", {"fin_revenue": StoredAnswer("answered", firm, comment=firm)}, mine.id)
    shown = StoredAnswer("answered", True)
    store.save_answer(inside, reveal_key(which.id, "fin_revenue"), shown, f"r{mine.id}")


def begun(store: Store, firm: str = FIRM) -> tuple[str, str]:
    """A firm with answers that name it; its id and its token."""
    token = new_token(store, firm)
    mine = opened(store, token)
    for number in range(30):
        answer = StoredAnswer(
            "answered", f"{number} {ANSWER}", comment=ANSWER, evidence=ANSWER, reason=ANSWER
        )
        store.save_answer(mine, f"f{number % 5}", answer, f"{mine.id}/{number}", actor="Vermilion accountant")
    store.new_download_ticket(mine, "report", {"title": FIRM})
    return mine.firm_id, token


# --- audit -----------------------------------------------------------------------------------


def test_the_audit_says_who_did_what_when_and_names_no_firm(place: Place, clock: Clock) -> None:
    with Store(place.url, clock=clock) as store:
        mine = opened(store, begun(store)[1])
        clock.advance(minutes=5)
        store.set_path(mine, "full")
        entries = store.keeping().audit()
    assert [entry["verb"] for entry in entries] == ["create", "new download ticket", "set path"]
    last = entries[-1]
    assert (last["actor"], last["subject"], last["detail"]) == (mine.respondent, mine.id, "full")
    assert last["at"] == clock.now
    assert last["prev_hash"] == entries[-2]["hash"]
    assert "ermilion" not in repr(entries)
    with outside.looking(place.url) as looking:
        assert looking.audit() == entries


@pytest.mark.parametrize("column", ["actor", "verb", "subject", "detail", "at", "prev_hash", "hash"])
def test_an_altered_entry_is_found_whoever_altered_it(place: Place, column: str) -> None:
    """Not through the store: somebody with the database's own tools."""
    fill(place.url)
    value = "2020-01-01T00:00:00.000000Z" if column == "at" else "f" * 64
    place.run(f"UPDATE audit SET {column} = '{value}' WHERE seq = 3")
    with outside.looking(place.url) as looking:
        assert looking.audit_broken_at() == 3
    with Store(place.url) as store:
        assert store.keeping().audit_broken_at() == store.audit_broken_at() == 3


def test_who_only_looks_cannot_write(place: Place) -> None:
    fill(place.url)
    with outside.looking(place.url) as looking:
        (firm, _) = looking.firms()
        for deed in (lambda: looking.erase_firm(firm.id), lambda: looking.set_retention(3), looking.clean):
            with pytest.raises(Refused):
                deed()


def test_one_may_look_while_an_app_has_the_store_open(place: Place, store: Store) -> None:
    firm_id, _ = begun(store)
    with outside.looking(place.url) as looking:
        (entry,) = looking.firms()
        assert (entry.id, entry.name, entry.assessments, entry.revisions) == (firm_id, FIRM, 1, 30)
    store.save_answer(opened(store, new_token(store)), "f", StoredAnswer("dont_know"), "op")


# --- export ----------------------------------------------------------------------------------


def test_an_export_holds_all_of_one_firm_and_nothing_of_another(store: Store) -> None:
    firm_id, token = begun(store)
    worked_on(store, opened(store, token), FIRM)
    _, other = begun(store, "Other Works (invented)")
    worked_on(store, opened(store, other), "Other Works (invented)")
    told = store.keeping().export_firm(firm_id)
    text = json.dumps(told)
    revisions = told["tables"]["answer_revision"]
    assert [row["value"] for row in revisions[:30]] == [f"{number} {ANSWER}" for number in range(30)]
    assert {name: len(rows) for name, rows in told["tables"].items() if name != "capability"} == {
        "firm": 1, "assessment": 1, "in_charge": 1, "workshop": 1, "respondent": 2, "answer_revision": 32,
        "answer_current": 7, "artefact": 0,
    }  # fmt: skip
    assert sorted(row["label"] for row in told["tables"]["respondent"]) == ["", f"A. {FIRM}"]
    assert f"board of {FIRM}" in {row["label"] for row in told["tables"]["capability"]}
    assert not any(name.endswith("sha256") for row in told["tables"]["capability"] for name in row)
    assert told["tables"]["workshop"][0].keys().isdisjoint({"code_sha256"})
    assert [row["name"] for row in told["tables"]["firm"]] == [FIRM]
    assert [entry["verb"] for entry in told["audit"]][:2] == ["create", "new download ticket"]
    assert "Other Works" not in text
    assert not any("token_sha256" in row for row in told["tables"]["capability"])
    assert set(told["tables"]) == {table.name for table, _ in erasure._tables("w", "f")}
    with pytest.raises(UnknownFirm):
        store.keeping().export_firm("no such firm")


def test_every_table_is_the_firm_s_or_known_to_hold_nothing_of_any_firm() -> None:
    """A new table must say whose its rows are, or an erased firm would live on in it."""
    nobody_s = {
        "workspace",
        "account",
        "membership",
        "account_session",
        "brand",
        "pack",
        "audit",
        "rate_bucket",
    }
    without = {t.name for t in schema.metadata.sorted_tables if erasure.owned(t, "w", "f") is None}
    assert without == nobody_s


def test_one_workspace_cannot_reach_the_firms_of_another(store: Store) -> None:
    firm_id, _ = begun(store)
    foreign = store.keeping("another workspace")
    assert foreign.firms() == foreign.audit() == foreign.expired() == []
    for deed in (foreign.export_firm, foreign.erase_firm):
        with pytest.raises(UnknownFirm):
            deed(firm_id)
    assert [entry.id for entry in store.keeping(store._workspace).firms()] == [firm_id]


# --- erasure ---------------------------------------------------------------------------------


def traces(place: Place, tmp_path: Path) -> list[str]:
    """Files of the database, whichever they are, in which the firm or an answer can be read."""
    if isinstance(place, Served):
        place.run("SELECT pg_switch_wal()")
        place.run("CHECKPOINT")
        place.run("SELECT pg_switch_wal()")
        place.run("CHECKPOINT")
    folder = place.server.data if isinstance(place, Served) else tmp_path
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return [file.relative_to(folder).as_posix() for file in files if b"ermilion" in file.read_bytes()]


def test_an_erased_firm_leaves_no_trace_but_the_fact(place: Place, tmp_path: Path) -> None:
    with Store(place.url, passwords=CHEAP) as store:
        firm_id, token = begun(store)
        mine = opened(store, token)
        other_id, other = begun(store, "Other Works (invented)")
        worked_on(store, mine, FIRM)
        store.load_answers(mine)
        if place.kind == "postgresql":
            place.run("ANALYZE")
        store.rename_firm(mine, FIRM + " and Sons")
        assert traces(place, tmp_path)
        store.keeping().erase_firm(other_id, actor="keeper")
        store.keeping().erase_firm(firm_id, actor="keeper")
        assert traces(place, tmp_path) == []
        assert left_of(place, mine) == {"audit": 2}  # ids: taken charge of, erased
        assert len(store.accounts.all_of()) == 1  # and its brand: they are not the firm's
        assert place.run("SELECT count(*) FROM brand") == [(1,)]
        assert store.assessment_for(token) is store.assessment_for(other) is None
        assert store.keeping().firms() == []
        last = store.keeping().audit()[-1]
        assert (last["verb"], last["subject"], last["actor"]) == ("erase firm", firm_id, "keeper")
        assert store.audit_broken_at() is None
        again = opened(store, new_token(store))
        store.save_answer(again, "f", StoredAnswer("dont_know"), "op")
    assert traces(place, tmp_path) == []
    place.check()


def left_of(place: Place, of: Assessment) -> dict[str, int]:
    """Tables in which the id of the firm or of its assessment stands, beside the audit's subjects."""
    counts = {}
    for table in schema.metadata.sorted_tables:
        rows = [repr(row) for row in place.run(f'SELECT * FROM "{table.name}"')]
        found = (
            sum(of.firm_id in row for row in rows)
            if table.name == "audit"
            else sum(of.firm_id in row or of.id in row for row in rows)
        )
        if found:
            counts[table.name] = found
    return counts


def test_an_erased_firm_is_not_in_the_copies_made_before_upgrades_either(file: File, tmp_path: Path) -> None:
    with Store(file.url) as store:
        firm_id, _ = begun(store)
        store._writer.alone(lambda engine: migrate.backup(engine, "before-upgrade"))
        assert any("backups/" in trace for trace in traces(file, tmp_path))
        store.keeping().erase_firm(firm_id)
    assert traces(file, tmp_path) == []


def test_erasing_one_firm_leaves_the_others_as_they_were(store: Store, place: Place) -> None:
    firm_id, _ = begun(store)
    stays, _ = begun(store, "Other Works (invented)")
    before = store.keeping().export_firm(stays)
    store.keeping().erase_firm(firm_id)
    assert store.keeping().export_firm(stays) == before
    with pytest.raises(UnknownFirm):
        store.keeping().erase_firm(firm_id)


def test_saves_that_arrive_during_an_erasure_of_another_firm_are_kept(store: Store) -> None:
    firm_id, _ = begun(store)
    mine = opened(store, begun(store, "Other Works (invented)")[1])
    done: list[int] = []

    def save() -> None:
        for number in range(50):
            saved = store.save_answer(mine, "g", StoredAnswer("answered", number), f"g{number}")
            done.append(saved.seq)

    thread = threading.Thread(target=save)
    thread.start()
    store.keeping().erase_firm(firm_id)
    thread.join()
    assert [entry.seq for entry in store.revisions(mine, "g")] == done
    assert len(done) == 50


# --- retention -------------------------------------------------------------------------------


def test_what_is_older_than_the_period_is_erased_and_the_rest_stays(store: Store, clock: Clock) -> None:
    keeping = store.keeping()
    old, _ = begun(store)
    clock.advance(days=20)
    young, token = begun(store, "Other Works (invented)")
    clock.advance(days=20)
    assert (keeping.retention(), keeping.expired(), keeping.erase_expired()) == (None, [], 0)
    keeping.set_retention(30)
    assert (keeping.retention(), keeping.expired()) == (30, [old])
    assert keeping.erase_expired() == 1
    assert [entry.id for entry in keeping.firms()] == [young]
    clock.advance(days=9)
    store.save_answer(opened(store, token), "f", StoredAnswer("dont_know"), "later")
    clock.advance(days=29)
    assert keeping.expired() == []  # the last answer counts
    clock.advance(days=2)
    assert keeping.expired() == [young]
    keeping.set_retention(None)
    assert keeping.expired() == []
    verbs = [entry["verb"] for entry in keeping.audit()]
    assert verbs.count("set retention") == 2
    assert verbs.count("erase firm") == 1


def test_a_period_of_less_than_a_day_is_refused(file: File) -> None:
    with Store(file.url) as store, pytest.raises(ValueError, match="one day"):
        store.keeping().set_retention(0)
