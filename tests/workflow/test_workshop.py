"""A workshop from the code to the milestone; nobody sees a vote of somebody else before it is revealed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.model.answers import Answered, Between, DontKnow, Reply
from assessment.model.workshop import Accord, Clash
from assessment.store import Refused, StoredAnswer
from assessment.store.places import Shown
from assessment.store.votes import Workshop
from assessment.store.workshop import Workshops
from assessment.workflow import room as rooms
from assessment.workflow import seating
from assessment.workflow import workshop as deeds
from assessment.workflow.answering import answer, answer_rows, keep
from assessment.workflow.bench import Bench
from assessment.workflow.discussion import Topic, discussion
from assessment.workflow.opening import Opened, resume, start_assessment
from assessment.workflow.publishing import produce
from assessment.workflow.room import Room, look
from assessment.workflow.seating import take_place
from assessment.workflow.workshop import (
    assign,
    close_workshop,
    freeze,
    hide,
    join,
    lead,
    new_code,
    open_workshop,
    park,
    put_on_table,
    reveal,
    set_timer,
    settle,
    show_door,
    unpark,
    unsettle,
    vote,
    workshops_of,
)

AT = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)
SECRET = "7777.125"
Reopen = Callable[[], Opened]


def number(value: float | str) -> Answered:
    return Answered(Decimal(str(value)))


@dataclass
class Session:
    """A workshop with three people of finance and one of sales in it."""

    bench: Bench
    reopen: Reopen
    which: Workshop
    tokens: list[str]

    def room(self) -> Room:
        return look(self.bench, self.reopen(), self.which)

    def say(self, field: str, *replies: Reply) -> None:
        for token, reply in zip(self.tokens, replies, strict=False):
            vote(self.bench, token, answer(field, reply))

    def keep(self, save: deeds.Save) -> None:
        keep(self.bench, self.reopen().record, save)

    def reveal(self, subject: str) -> None:
        self.keep(reveal(self.reopen().edition, self.which, subject))


@pytest.fixture
def session(bench: Bench, reopen: Reopen) -> Session:
    which, code = open_workshop(bench, reopen())
    people = [("finance", "A"), ("finance", "B"), ("finance", "C"), ("sales", "")]
    tokens = [join(bench, code, role=role, name=name) for role, name in people]
    return Session(bench, reopen, which, [t for t in tokens if t])


def test_votes_are_revealed_discussed_settled_and_frozen(session: Session) -> None:
    session.say("chn_top1", number(20), number(30), number(90), DontKnow())
    before = session.room()
    assert before.ballot("chn_top1").voted == 4 and not before.ballot("chn_top1").revealed
    assert before.votes == () and before.agreement("chn_top1") is None
    session.reveal("chn_top1")
    shown = session.room()
    found = shown.agreement("chn_top1")
    assert found is not None and found.accord is Accord.PARTLY
    assert found.clashes == (Clash.KNOWLEDGE, Clash.JUDGEMENT)
    assert shown.answers.reply("chn_top1") == Between(Decimal(20), Decimal(90))
    assert [d.question for d in shown.divides()] == ["chn_top1"]
    session.keep(settle(session.which, {"chn_top1": number(35)}, "by last year's ledger", "facilitator", AT))
    session.keep(park(session.which, "fin_gm", "ask the accountant", "facilitator", AT))
    session.keep(freeze(session.room(), "After the first hour", "facilitator", AT))
    after = session.room()
    assert after.answers.reply("chn_top1") == session.reopen().answers.reply("chn_top1") == number(35)
    assert not after.answers.disputed and after.divides() == ()
    (settlement,) = after.settlements.values()
    assert (settlement.reply, settlement.reason, settlement.by, settlement.at) == (
        number(35), "by last year's ledger", "facilitator", AT,
    )  # fmt: skip
    assert [v.reply for v in after.votes] == [
        number(20),
        number(30),
        number(90),
        DontKnow(),
    ]  # first answers stay
    assert [(p.question, p.note) for p in after.parked] == [("fin_gm", "ask the accountant")]
    (milestone,) = after.milestones
    assert (milestone.name, milestone.settled, milestone.parked) == ("After the first hour", 1, 1)


def test_what_was_decided_can_be_taken_back(session: Session) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    session.reveal("chn_top1")
    session.keep(settle(session.which, {"chn_top1": number(35)}, "a reason", "facilitator", AT))
    session.keep(park(session.which, "fin_gm", "", "facilitator", AT))
    session.keep(unsettle(session.which, ["chn_top1"]))
    session.keep(unpark(session.which, "fin_gm"))
    found = session.room()
    assert not found.settlements and not found.parked
    assert found.answers.reply("chn_top1") == Between(Decimal(20), Decimal(90))
    session.keep(hide(session.reopen().edition, session.which, "chn_top1"))
    assert session.room().votes == ()
    session.say("chn_top1", number(40))
    assert take_place(session.bench, session.tokens[0]).replies["chn_top1"] == number(40)  # type: ignore[union-attr]


def test_nothing_is_settled_without_a_reason(session: Session) -> None:
    with pytest.raises(ValueError, match="reason"):
        settle(session.which, {"chn_top1": number(35)}, "  ", "facilitator", AT)


def test_a_correction_after_the_settlement_counts(session: Session) -> None:
    session.say("chn_top1", number(20), number(30))
    session.reveal("chn_top1")
    session.keep(settle(session.which, {"chn_top1": number(35)}, "a reason", "facilitator", AT))
    session.keep(answer("chn_top1", number(36)))
    assert session.room().answers.reply("chn_top1") == number(36)


def test_a_section_is_revealed_as_a_whole_and_then_closed_to_votes(session: Session) -> None:
    session.say("chn_top1", number(20))
    session.reveal("chain")
    assert session.room().ballot("chain").revealed and session.room().ballot("chn_tech").revealed
    assert not session.room().ballot("finance").revealed
    with pytest.raises(Refused):
        vote(session.bench, session.tokens[1], answer("chn_tech", Answered(1)))


def test_everyone_sees_the_sections_of_their_role(session: Session) -> None:
    every = session.reopen().edition.sections
    session.keep(assign(session.which, {"finance": ["finance", "functions"]}))
    places = [take_place(session.bench, t) for t in (session.tokens[0], session.tokens[3])]
    assert [p.sections for p in places if p] == [("finance", "functions"), every]
    assert session.room().assigned == {"finance": ("finance", "functions")}


def test_the_session_ends_and_what_was_said_stays(session: Session) -> None:
    session.say("chn_top1", number(20), number(30))
    session.reveal("chn_top1")
    close_workshop(session.bench, session.reopen(), session.which)
    assert take_place(session.bench, session.tokens[0]) is None
    assert len(session.room().votes) == 2
    assert [w.state for w in workshops_of(session.bench, session.reopen())] == ["closed"]


def test_the_report_is_made_of_the_firms_own_answers_while_votes_are_hidden(session: Session) -> None:
    session.keep(answer_rows({"chn_top1": number(11)}))
    session.say("chn_top1", number(SECRET.replace("7777", "77")))
    assert session.reopen().answers.reply("chn_top1") == number(11)
    assert session.room().answers.reply("chn_top1") == number(11)


def test_a_second_look_reads_only_what_has_changed(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    session.reveal("chn_top1")
    opened = session.reopen()
    first = look(session.bench, opened, session.which)
    found = first.agreement("chn_top1")
    asked: list[Any] = []
    read = Workshops.revealed
    monkeypatch.setattr(Workshops, "revealed", lambda *args: asked.append(args[3:]) or read(*args))
    assert look(session.bench, opened, session.which, first) is first
    session.say("chn_tech", Answered(1), Answered(2))
    voted = look(session.bench, opened, session.which, first)
    assert voted.ballot("chn_tech").voted == 2 and voted.heard is first.heard and asked == []
    session.reveal("chn_tech")
    both = look(session.bench, session.reopen(), session.which, voted)
    assert [set(names) for (names,) in asked] == [{"chn_tech"}]
    assert both == session.room() and both.agreement("chn_tech") is not None
    assert both.agreement("chn_top1") is found


def test_agreement_found_earlier_is_worked_out_anew_where_the_votes_or_the_size_changed(
    session: Session,
) -> None:
    session.say("fin_revenue", number(100), number(100), number(400))
    session.reveal("fin_revenue")
    first = session.room()
    found = first.agreement("fin_revenue")
    opened = look(session.bench, session.reopen(), session.which, first)
    assert opened.agreement("fin_revenue") is found
    session.keep(answer_rows({"prf_headcount": number(10), "prf_group_headcount": number(37)}))
    sized = look(session.bench, session.reopen(), session.which, opened)
    assert sized.agreement("fin_revenue") is not found
    assert sized.agreement("fin_revenue") == session.room().agreement("fin_revenue")


def test_hidden_again_and_voted_anew_shows_the_new_votes_alone(session: Session) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    session.reveal("chn_top1")
    seen = session.room()
    session.keep(hide(session.reopen().edition, session.which, "chn_top1"))
    hidden = look(session.bench, session.reopen(), session.which, seen)
    assert hidden.votes == ()
    session.say("chn_top1", number(40))
    session.reveal("chn_top1")
    for before in (seen, hidden):
        again = look(session.bench, session.reopen(), session.which, before)
        assert [v.reply for v in again.votes] == [number(40), number(30), number(90)]


def test_turnout_counts_those_whose_section_it_is(session: Session) -> None:
    session.keep(assign(session.which, {"finance": ["finance"], "sales": ["chain"]}))
    session.say("fin_gm", number(20), DontKnow())
    ballot = session.room().ballot("fin_gm")
    assert (ballot.voted, ballot.invited) == (2, 3)
    assert session.room().ballot("chain").invited == 1


def test_the_chair_sets_leader_table_timer_and_door(session: Session) -> None:
    start = session.room()
    assert (start.leader, start.table, start.timer, start.door) == ("", "", None, True)
    session.keep(lead(session.which, " Chen Li "))
    session.keep(put_on_table(session.which, "fin_gm"))
    session.keep(set_timer(session.which, AT))
    session.keep(show_door(session.which, False))
    found = session.room()
    assert (found.leader, found.table, found.timer, found.door) == ("Chen Li", "fin_gm", AT, False)
    session.keep(put_on_table(session.which, ""))
    session.keep(set_timer(session.which, None))
    assert (session.room().table, session.room().timer) == ("", None)


def test_what_divides_and_matters_is_spoken_of_first(session: Session) -> None:
    session.say("chn_tech", Answered(0), Answered(4), Answered(2))
    session.say("fin_revenue", number(20), number(20), number(20))
    session.say("fin_rd_in", number(10), number(40), number(25))
    before = discussion(session.room())
    assert {i.topic for i in before} == {Topic.HIDDEN}
    assert [i.points for i in before] == sorted((i.points for i in before), reverse=True)
    assert all(i.clashes == () and i.points <= 100 for i in before)
    session.reveal("chn_tech")
    session.reveal("fin_revenue")
    session.keep(park(session.which, "fin_rd_in", "", "facilitator", AT))
    topics = {i.question: i.topic for i in discussion(session.room())}
    assert [topics[q] for q in ("chn_tech", "fin_revenue", "fin_rd_in")] == [
        Topic.DIVIDED, Topic.AGREED, Topic.PARKED,
    ]  # fmt: skip
    first = discussion(session.room())[0]
    assert (first.question, first.clashes) == ("chn_tech", (Clash.JUDGEMENT,))
    session.keep(settle(session.which, {"chn_tech": Answered(3)}, "a reason", "facilitator", AT))
    assert discussion(session.room())[-1].question == "chn_tech"


# Nobody sees a hidden vote -------------------------------------------------------------------------


def public(of: Any) -> set[str]:
    """The public functions of a module of its own, or the public methods of a class."""
    own = of.__name__ if inspect.ismodule(of) else None
    functions = inspect.getmembers(of, inspect.isfunction)
    return {n for n, f in functions if not n.startswith("_") and (own is None or f.__module__ == own)}


def test_no_function_gives_a_hidden_vote_to_anybody_but_its_author(session: Session, token: str) -> None:
    """Every public function there is, called for everybody else; one that is new has to be added here."""
    bench, which, store = session.bench, session.which, session.bench.store.workshops
    author, other = session.tokens[0], session.tokens[1]
    session.say("fin_revenue", number(SECRET))
    opened, room = session.reopen(), session.room()
    stranger = resume(bench, start_assessment(bench, quick=True, language="en"))
    seat = store.seat(other)
    assert stranger is not None and seat is not None
    save = answer("chn_top1", number(5))
    store_calls: dict[str, Callable[[], Any]] = {
        "open": lambda: store.open(opened.record, timedelta(hours=1)),
        "all_of": lambda: store.all_of(opened.record),
        "join": lambda: store.join("23456789", "sales", "", "x"),
        "seat": lambda: store.seat(other),
        "replace_code": lambda: store.replace_code(opened.record, which),
        "vote": lambda: store.vote(other, save.values, "again"),
        "own": lambda: store.own(seat),
        "sitting": lambda: store.sitting(other, Shown(("", "fin_revenue", "assigned"), ("fin_revenue",))),
        "seats": lambda: store.seats(opened.record, which),
        "stamp": lambda: store.stamp(opened.record, which),
        "voted": lambda: store.voted(opened.record, which),
        "revealed": lambda: [store.revealed(r, which) for r in (opened.record, stranger.record, seat.record)],
        "close": lambda: None,  # returns nothing; the session goes on
    }
    seen_calls: dict[str, Callable[[], Any]] = {
        "look": lambda: [look(bench, o, which) for o in (opened, stranger)],
        "changed": lambda: rooms.changed(bench, room),
        "fields_of": lambda: rooms.fields_of(opened.edition, "finance"),
    }
    place = take_place(bench, other)
    assert place is not None
    place_calls: dict[str, Callable[[], Any]] = {
        "take_place": lambda: take_place(bench, other),
        "cast": lambda: seating.cast(bench, place, answer("chn_tech", Answered(2))),
        "ended": lambda: seating.ended(place),
        "assigned": lambda: seating.assigned({}),
    }
    edition, replies = opened.edition, {"chn_top1": number(3)}
    deed_calls: dict[str, Callable[[], Any]] = {
        "open_workshop": lambda: open_workshop(bench, opened),
        "new_code": lambda: new_code(bench, opened, which),
        "workshops_of": lambda: workshops_of(bench, opened),
        "close_workshop": lambda: None,
        "join": lambda: join(bench, "23456789", role=""),
        "vote": lambda: vote(bench, other, save),
        "assign": lambda: assign(which, {}),
        "lead": lambda: lead(which, "me"),
        "put_on_table": lambda: put_on_table(which, "fin_revenue"),
        "set_timer": lambda: set_timer(which, AT),
        "show_door": lambda: show_door(which, False),
        "reveal": lambda: reveal(edition, which, "chn_top1"),
        "hide": lambda: hide(edition, which, "fin_revenue"),
        "settle": lambda: settle(which, replies, "a reason", "me", AT),
        "unsettle": lambda: unsettle(which, replies),
        "park": lambda: park(which, "fin_gm", "", "me", AT),
        "unpark": lambda: unpark(which, "fin_gm"),
        "freeze": lambda: freeze(room, "now", "me", AT),
    }
    assert set(store_calls) == public(Workshops)
    assert set(seen_calls) == public(rooms)
    assert set(place_calls) == public(seating)
    assert set(deed_calls) == public(deeds)
    of_room = (
        room.answers,
        room.divides(),
        room.by_role(),
        room.ballot("fin_revenue"),
        room.agreement("fin_revenue"),
    )
    rest = (
        bench.store.load_answers(opened.record),
        bench.store.load_answers(seat.record),
        bench.store.revisions(opened.record, "fin_revenue"),
        bench.store.revisions(seat.record, "fin_revenue"),
        produce(bench, opened.record, "json", {}),
    )
    calls = {**store_calls, **seen_calls, **place_calls, **{f"deed {k}": c for k, c in deed_calls.items()}}
    told = {name: repr(call()) for name, call in calls.items()} | {"room": repr(of_room), "rest": repr(rest)}
    assert [name for name, text in told.items() if SECRET in text] == []
    mine = take_place(bench, author)
    assert mine is not None and SECRET in repr(mine.replies)
    session.reveal("fin_revenue")
    assert SECRET in repr(session.room().votes)


def test_a_key_of_another_kind_is_no_vote(session: Session) -> None:
    with pytest.raises(Refused):
        vote(session.bench, session.tokens[0], deeds.new_save({"plan:request": StoredAnswer("answered", {})}))
