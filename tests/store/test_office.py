"""An office: what each role may do, and that nothing of one workspace is reached from another."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from assessment.store import Assessment, NotSaved, Refused, Store, StoredAnswer, StoreError, access
from assessment.store.accounts import Roster
from assessment.store.links import Links
from assessment.store.office import Office
from tests.store.conftest import FINGERPRINT, PASSWORD, Clock, entered, new_firm, opened, signed_in

COVER = ("servitization/2026-1", FINGERPRINT, "en", "quick")
BOTH, CONSULTANT, PROGRAMME = ("consultant", "programme"), ("consultant",), ("programme",)
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Ids:
    """What somebody may name."""

    firm: str
    assessment: str
    account: str


DEEDS: dict[str, tuple[tuple[str, ...], Callable[[Office, Ids], Any]]] = {
    "firms": (BOTH, lambda o, _: o.firms()),
    "add_firm": (CONSULTANT, lambda o, _: o.add_firm("New (invented)", *COVER)),
    "enter": (CONSULTANT, lambda o, ids: o.enter(ids.assessment, "b")),
    "links": (CONSULTANT, lambda o, ids: o.links(ids.assessment).new("read", "", 1)),
    "take_charge": (CONSULTANT, lambda o, ids: o.take_charge(ids.firm)),
    "brand": (CONSULTANT, lambda o, _: o.brand()),
    "set_brand": (CONSULTANT, lambda o, _: o.set_brand("n", "o", "#123456", b"")),
    "audit": (PROGRAMME, lambda o, _: o.audit()),
    "audit_broken_at": (PROGRAMME, lambda o, _: o.audit_broken_at()),
    "retention": (PROGRAMME, lambda o, _: o.retention()),
    "set_retention": (PROGRAMME, lambda o, _: o.set_retention(30)),
    "accounts.all_of": (PROGRAMME, lambda o, _: o.accounts.all_of()),
    "accounts.add": (PROGRAMME, lambda o, _: o.accounts.add("new", "", "consultant", PASSWORD)),
    "accounts.enable": (PROGRAMME, lambda o, ids: o.accounts.enable(ids.account)),
    "accounts.set_password": (PROGRAMME, lambda o, ids: o.accounts.set_password(ids.account, PASSWORD)),
    "accounts.disable": (PROGRAMME, lambda o, ids: o.accounts.disable(ids.account)),
    "accounts.remove": (PROGRAMME, lambda o, ids: o.accounts.remove(ids.account)),
}


@dataclass(frozen=True)
class Town:
    """Two offices with a consultant, a programme and a firm each; a third account to be looked after."""

    store: Store
    sessions: dict[tuple[str, str], str]
    ids: dict[str, Ids]


@pytest.fixture
def town(store: Store) -> Town:
    """On each database."""
    return settled(store)


@pytest.fixture
def small_town(small: Store) -> Town:
    """On SQLite alone."""
    return settled(small)


def settled(small: Store) -> Town:
    sessions, ids = {}, {}
    for place in ("North", "South"):
        for role in BOTH:
            sessions[place, role] = signed_in(small, f"{place} {role}", role, f"{place} (invented)")
        session = sessions[place, "consultant"]
        mine = new_firm(small, session, f"Firm {place} (invented)")
        small.office(session).set_brand(f"Brand {place}", "", "#123456", b"")
        third = small.accounts.add(
            f"third {place}", f"Third {place}", "consultant", None, f"{place} (invented)"
        )
        ids[place] = Ids(small.office(session).firms()[0].firm, mine, third.account)
    return Town(small, sessions, ids)


def refused(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Refused:
        return True
    return False


def test_the_table_names_every_deed_of_an_office() -> None:
    def public(kind: type, prefix: str = "") -> set[str]:
        return {prefix + name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}

    assert set(DEEDS) == (public(Office) - {"accounts"}) | public(Roster, "accounts.")


@pytest.mark.parametrize("role", BOTH)
def test_each_role_does_what_is_its_own_and_nothing_else(town: Town, role: str) -> None:
    office = town.store.office(town.sessions["North", role])
    for name, (roles, deed) in DEEDS.items():
        assert refused(lambda deed=deed: deed(office, town.ids["North"])) == (role not in roles), name


def test_a_foreign_id_is_answered_like_one_that_does_not_exist(town: Town) -> None:
    guesses = replace(town.ids["South"]), Ids(NOBODY, NOBODY, NOBODY), Ids("", "", "")
    before = town.store.keeping().export_firm(town.ids["South"].firm)
    for name in ("enter", "links", "take_charge", "accounts.enable", "accounts.set_password",
                 "accounts.disable", "accounts.remove"):  # fmt: skip
        roles, deed = DEEDS[name]
        told = set()
        for ids in guesses:
            with pytest.raises(Refused) as refused:
                deed(town.store.office(town.sessions["North", roles[0]]), ids)
            told.add((refused.type, str(refused.value)))
        assert len(told) == 1, name
    assert town.store.keeping().export_firm(town.ids["South"].firm) == before
    assert {e.disabled for e in town.store.accounts.all_of()} == {False}


def test_nothing_of_another_workspace_is_in_what_an_office_shows(small_town: Town) -> None:
    """Every deed that tells something; by id too, where one may be named."""
    town = small_town
    south = town.store.office(town.sessions["South", "programme"]).member
    words = ("South", *(vars_ for vars_ in (town.ids["South"].firm, town.ids["South"].account)))
    for role in BOTH:
        office = town.store.office(town.sessions["North", role])
        told = [
            repr(deed(office, town.ids["North"]))
            for name, (roles, deed) in DEEDS.items()
            if role in roles and name not in ("accounts.remove", "accounts.disable")
        ]
        assert any("North" in text for text in told)
        assert not [text for text in told for word in (*words, south.workspace) if word in text]
    programme = town.store.office(town.sessions["North", "programme"])
    assert "South" not in repr(programme.accounts.all_of(south.workspace))
    made = programme.accounts.add("intruder", "", "programme", PASSWORD, "South (invented)")
    assert made.workspace == programme.member.workspace
    programme.set_retention(1)
    assert town.store.office(town.sessions["South", "programme"]).retention() is None


@pytest.mark.parametrize("end", ["sign out", "time", "disable", "remove", "unknown", "link", "seat", ""])
def test_no_deed_is_done_for_whoever_is_not_signed_in(small_town: Town, clock: Clock, end: str) -> None:
    town, store = small_town, small_town.store
    mine = entered(store, town.sessions["North", "consultant"], town.ids["North"].assessment)
    _, code = store.workshops.open(mine, timedelta(hours=1))
    others = {
        "unknown": "A" * 43,
        "link": store.links(mine).new("answer", "", 30),
        "seat": store.workshops.join(code, "finance", "", "a") or "",
        "": "",
    }
    offices = {
        session: store.office(session) for (place, _), session in town.sessions.items() if place == "North"
    }
    for session, office in offices.items():
        if end in others:
            office._token = others[end]
        elif end == "sign out":
            store.accounts.sign_out(session)
        elif end == "time":
            clock.advance(hours=12)  # once is enough, twice does no harm
        else:
            getattr(store.accounts, end)(office.member.account)
        for name, (_, deed) in DEEDS.items():
            assert refused(lambda deed=deed, office=office: deed(office, town.ids["North"])), name
        assert refused(lambda office=office: store.office(office._token))


# --- what is reached with a record of another workspace -----------------------------------------


def forgeries(store: Store, of: Assessment, link: str) -> dict[str, Callable[[], Any]]:
    """Every door of the store that takes a record, with one that was put together from two workspaces."""
    answer = StoredAnswer("answered", 1)
    return {
        "load_answers": lambda: store.load_answers(of),
        "revisions": lambda: store.revisions(of, "fin_revenue"),
        "brand_of": lambda: store.brand_of(of),
        "links": lambda: store.links(of).all(),
        "links.revoke": lambda: store.links(of).revoke(link),
        "links.new": lambda: store.links(of).new("read", "", 1),
        "new_link": lambda: store.new_link(of, "read"),
        "new_entry_ticket": lambda: store.new_entry_ticket(of, "b"),
        "new_download_ticket": lambda: store.new_download_ticket(of, "report", {}),
        "save_answer": lambda: store.save_answer(of, "f", answer, "forged"),
        "save_answers": lambda: store.save_answers(of, {"f": answer}, "forged"),
        "rename_firm": lambda: store.rename_firm(of, "x"),
        "set_path": lambda: store.set_path(of, "full"),
        "set_language": lambda: store.set_language(of, "zh"),
        "create_assessment": lambda: store.create_assessment(*COVER, "", after=of),
        "revoke_all": lambda: store.revoke_all(of),
        "workshops": lambda: store.workshops.all_of(of),
        "workshops.open": lambda: store.workshops.open(of, timedelta(hours=1)),
    }


@pytest.mark.parametrize("borrowed", ["id", "id and respondent", "firm"])
def test_a_record_put_together_from_two_workspaces_reaches_neither(town: Town, borrowed: str) -> None:
    store = town.store
    own, theirs = (
        entered(store, town.sessions[place, "consultant"], town.ids[place].assessment)
        for place in ("North", "South")
    )
    store.save_answer(theirs, "fin_revenue", StoredAnswer("answered", "7777.125"), "op")
    store.links(theirs).new("read", "their board", 30)
    link = store.links(theirs).all()[0].id
    forged = replace(own, id=theirs.id)
    if borrowed == "id and respondent":
        forged = replace(forged, respondent=theirs.respondent)
    elif borrowed == "firm":
        forged = replace(own, firm_id=theirs.firm_id)
    before = store.keeping().export_firm(theirs.firm_id)
    for name, door in forgeries(store, forged, link).items():
        try:
            told = repr(door())
        except (NotSaved, StoreError):
            continue
        assert not [s for s in ("7777", "their board", "Brand South", "Firm South") if s in told], name
    after = store.keeping().export_firm(theirs.firm_id)
    assert after["tables"] == before["tables"]
    assert opened_again(store, town, "South").id == theirs.id


LOOKS = ("load_answers", "revisions", "brand_of", "links", "workshops")


@pytest.mark.parametrize("end", ["withdrawn", "over", "disabled", "removed", "signed out"])
def test_a_page_left_open_changes_nothing_once_what_it_was_opened_by_has_ended(
    small_town: Town, clock: Clock, end: str
) -> None:
    """Its buttons act with the record that was read when it was drawn; its tickets are in somebody's hand."""
    store, session = small_town.store, small_town.sessions["North", "consultant"]
    ticket = store.office(session).enter(small_town.ids["North"].assessment, "b")
    token = store.redeem_entry_ticket(ticket, "b") or ""
    consultant = opened(store, token)
    clock.advance(minutes=1)
    handed = store.links(consultant).new("answer", "them", 1)
    by_link = opened(store, handed)
    token, held = (handed, by_link) if end in ("withdrawn", "over") else (token, consultant)
    link, (on, _) = by_link.link, store.workshops.open(held, timedelta(days=1))
    file, entry = store.new_download_ticket(held, "pdf", {}, "b"), store.new_entry_ticket(held, "b")
    assert store.redeem_download_ticket(file, token, "b") is not None
    if end == "withdrawn":
        store.links(consultant).revoke(link)
    elif end == "over":
        clock.advance(days=1)
    elif end == "disabled":
        store.accounts.disable(consultant.account)
    elif end == "removed":
        store.accounts.remove(consultant.account)
    else:
        store.accounts.sign_out(session)
    assert store.redeem_download_ticket(file, token, "b") is store.redeem_entry_ticket(entry, "b") is None
    before = store.keeping().export_firm(held.firm_id)
    doors = forgeries(store, held, link)
    doors["workshops.close"] = lambda: store.workshops.close(held, on)
    doors["workshops.replace_code"] = lambda: store.workshops.replace_code(held, on)
    assert {name for name, door in doors.items() if not refused(door)} == set(LOOKS)
    assert store.keeping().export_firm(held.firm_id)["tables"] == before["tables"]


def opened_again(store: Store, town: Town, place: str) -> Assessment:
    return entered(store, town.sessions[place, "consultant"], town.ids[place].assessment)


def test_a_capability_cannot_be_bound_to_a_session_of_another_workspace(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database itself refuses, whatever a query forgets."""
    monkeypatch.setattr(access, "_still_open", lambda *_: True)
    mine = entered(town.store, town.sessions["North", "consultant"], town.ids["North"].assessment)
    theirs = entered(town.store, town.sessions["South", "consultant"], town.ids["South"].assessment)
    forged = replace(mine, account=theirs.account, session=theirs.session)
    with pytest.raises(NotSaved) as refused:
        town.store.new_entry_ticket(forged, "b")
    assert "foreign key" in str(refused.value.__cause__).lower()


def test_links_have_no_deed_beyond_these() -> None:
    assert {name for name, _ in inspect.getmembers(Links) if not name.startswith("_")} == {
        "all",
        "new",
        "revoke",
    }
