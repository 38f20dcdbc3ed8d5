"""The page of a workshop and that of the projector: what is offered, what is kept, and what never shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.model.answers import Answered, DontKnow, Reply
from assessment.settings import read
from assessment.store import Store
from assessment.ui import services
from assessment.ui.services import Services
from assessment.ui.workshop import codes
from assessment.workflow.answering import answer, answer_rows, keep
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume, start_assessment
from assessment.workflow.room import Room, look
from assessment.workflow.workshop import (
    assign,
    close_workshop,
    join,
    open_workshop,
    put_on_table,
    reveal,
    show_door,
    vote,
    workshops_of,
)
from tests.ui.conftest import TODAY, Visit, checked, text_of

SECRET = "7777.125"
PARTS = ("people", "talk", "outcome", "end")
ROLES = ("finance", "finance", "finance", "operations")
Firm = Callable[[], Opened]


def number(value: object) -> Answered:
    return Answered(Decimal(str(value)))


@dataclass(frozen=True)
class Begun:
    """A store in which a firm has a workshop with three people of finance and one of operations."""

    database: Path
    link: str
    code: str
    tokens: tuple[str, ...]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """Made once; every test has a copy."""
    database = tmp_path_factory.mktemp("begun") / "assessment.sqlite3"
    with Store(f"sqlite:///{database}") as store:
        bench = Bench(store, today=lambda: TODAY)
        link = start_assessment(bench, quick=False, language="en", firm="Lantern Garments (invented)")
        opened = resume(bench, link)
        assert opened is not None
        which, code = open_workshop(bench, opened, timedelta(hours=3))
        keep(bench, opened.record, assign(which, opened.edition.workshop_roles))
        named = [join(bench, code, role=r, name=f"Person {n}") for n, r in enumerate(ROLES)]
    return Begun(database, link, code, tuple(token for token in named if token))


@pytest.fixture
def database(begun: Begun, tmp_path: Path) -> Path:
    return Path(shutil.copy(begun.database, tmp_path))


@pytest.fixture
def firm(bench: Bench, begun: Begun, cookies: list[str]) -> Firm:
    cookies.append(begun.link)

    def now() -> Opened:
        found = resume(bench, begun.link)
        assert found is not None
        return found

    return now


class Session:
    """The workshop of this test."""

    def __init__(self, bench: Bench, firm: Firm, begun: Begun) -> None:
        self.bench, self.firm, self.code = bench, firm, begun.code
        (self.which,) = workshops_of(bench, firm())
        self.tokens = list(begun.tokens)
        codes.remember(self.which, self.code)

    def say(self, field: str, *replies: Reply) -> None:
        for token, reply in zip(self.tokens, replies, strict=False):
            vote(self.bench, token, answer(field, reply))

    def room(self) -> Room:
        return look(self.bench, self.firm(), self.which)

    def lay(self, question: str, *, shown: bool) -> None:
        record = self.firm().record
        keep(self.bench, record, put_on_table(self.which, question))
        if shown:
            keep(self.bench, record, reveal(self.firm().edition, self.which, question))


@pytest.fixture
def session(bench: Bench, firm: Firm, begun: Begun) -> Iterator[Session]:
    made = Session(bench, firm, begun)
    yield made
    codes.forget(made.which)


def part(visit: Visit, name: str, **query: str) -> AppTest:
    """The page with one of its parts."""
    return visit({"workshop-part": name}, page="workshop", **query)


def press(app: AppTest, key: str) -> AppTest:
    return checked(app.button(key=key).click().run())


def test_opening_shows_the_code_in_groups_and_gives_sections_to_roles(
    bench: Bench, firm: Firm, session: Session, visit: Visit
) -> None:
    close_workshop(bench, firm(), session.which)
    app = visit(page="workshop")
    app.text_input(key="workshop-name").input("Chen Li")
    app = press(app, "workshop-open-now")
    _, which = workshops_of(bench, firm())
    code = codes.code_of(which)
    assert f"{code[:4]} {code[4:]}" in text_of(app) and f"/w/{code}" in text_of(app)
    room = look(bench, firm(), which)
    assert room.leader == "Chen Li" and dict(room.assigned) == dict(firm().edition.workshop_roles)
    assert "ASSESSMENT_ACCESS=links" in text_of(app)  # on this computer alone nobody else gets in


def test_whoever_others_can_reach_is_not_told_how_to_be_reached(
    bench: Bench, session: Session, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"ASSESSMENT_ACCESS": "links", "ASSESSMENT_PUBLIC_URL": "https://assess.example.org"}
    old = services.services()
    monkeypatch.setattr(services, "_current", [Services(read(given), bench.store, old.produce, old.notice)])
    told = text_of(visit(page="workshop"))
    assert "ASSESSMENT_ACCESS=links" not in told
    assert "assess.example.org/?page=join" in told and f"https://assess.example.org/w/{session.code}" in told


def test_a_lost_code_is_replaced_and_the_old_one_lets_nobody_in(session: Session, visit: Visit) -> None:
    codes.forget(session.which)
    app = visit(page="workshop")
    assert session.code[:4] not in text_of(app)
    app = press(app, "new-code")
    fresh = codes.code_of(session.which)
    assert fresh not in ("", session.code) and f"{fresh[:4]} {fresh[4:]}" in text_of(app)
    assert join(session.bench, session.code, role="sales") is None
    assert join(session.bench, fresh, role="sales") is not None


def test_people_and_sections_move_with_every_vote(session: Session, visit: Visit) -> None:
    before = text_of(visit(page="workshop"))
    session.say("fin_revenue", number(5), number(6))
    after = text_of(visit(page="workshop"))
    assert "Person 0" in before and "<span class='num'>0/" in before and "<span class='num'>1/" in after
    assert before != after


def test_no_page_holds_a_hidden_answer(session: Session, visit: Visit) -> None:
    session.say("fin_revenue", number(SECRET), number(SECRET), DontKnow())
    session.lay("fin_revenue", shown=False)
    pages = [*(part(visit, name) for name in PARTS), visit(page="room")]
    told = [*map(text_of, pages), repr([w.value for app in pages for w in app.text_input])]
    assert [text for text in told if "7777" in text or "7,777" in text or "7 777" in text] == []
    session.lay("fin_revenue", shown=True)
    assert "777" in text_of(part(visit, "talk"))


def test_a_question_is_laid_on_the_table_shown_settled_and_taken_up_again(
    session: Session, visit: Visit
) -> None:
    session.say("chn_top1", number(20), number(30), number(90), DontKnow())
    app = part(visit, "talk")
    app = checked(app.selectbox(key="table.").select("chn_top1").run())
    assert session.room().table == "chn_top1"
    app = press(app, "reveal.chn_top1")
    assert "different knowledge" in text_of(app) and "different judgement" in text_of(app)
    seq = session.room().stored["revealed:chn_top1"].seq
    place = app.text_input(key=f"settle.chn_top1.{seq}")
    assert place.value == "30"  # the median
    app = press(app, "settle-now")
    assert not session.room().settlements and "reason stands in the report" in text_of(app)
    app.text_input(key=f"settle.chn_top1.{seq}").input("three")
    app.text_input(key="reason-chn_top1").input("by the ledger")
    app = press(app, "settle-now")
    assert not session.room().settlements and app.error
    app.text_input(key=f"settle.chn_top1.{seq}").input("35")
    app.text_input(key="reason-chn_top1").input("by the ledger")
    app = press(app, "settle-now")
    (settled,) = session.room().settlements.values()
    assert (settled.reply, settled.reason) == (number(35), "by the ledger")
    assert session.firm().answers.reply("chn_top1") == number(35)
    assert len(session.room().votes) == 4  # first answers stay
    app = press(app, "unsettle")
    assert not session.room().settlements


def test_the_range_that_was_said_is_kept_where_it_fits(session: Session, visit: Visit) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    session.lay("chn_top1", shown=True)
    app = part(visit, "talk")
    app.text_input(key="reason-chn_top1").input("nobody has the figures")
    press(app, "settle-range")
    (settled,) = session.room().settlements.values()
    assert settled.reply == session.firm().answers.reply("chn_top1")
    assert repr(settled.reply) == "Between(low=Decimal('20'), high=Decimal('90'))"


def test_rows_on_which_all_agree_are_settled_along_with_the_one_they_differ_on(
    session: Session, visit: Visit
) -> None:
    rows = [f.id for f in session.firm().edition.question["chn_control"].fields]
    for n, token in enumerate(session.tokens[:3]):
        replies = dict.fromkeys(rows, Answered("self"))
        options = session.firm().edition.fields[rows[0]].cell.options  # type: ignore[union-attr]
        replies = dict.fromkeys(rows, Answered(options[0])) | {rows[0]: Answered(options[min(n, 1)])}
        vote(session.bench, token, answer_rows(replies))
    session.lay("chn_control", shown=True)
    app = part(visit, "talk")
    assert len([r for r in app.radio if r.key and r.key.startswith("settle.")]) == 1
    app.text_input(key="reason-chn_control").input("as the contracts say")
    press(app, "settle-now")
    assert set(session.room().settlements) == set(rows)


def test_a_question_is_parked_with_a_note_and_taken_up_again(session: Session, visit: Visit) -> None:
    session.lay("fin_gm", shown=False)
    app = part(visit, "talk")
    app.text_input(key="park-note-fin_gm").input("ask the accountant")
    app = press(app, "park-now")
    assert [(p.question, p.note) for p in session.room().parked] == [("fin_gm", "ask the accountant")]
    press(app, "unpark")
    assert session.room().parked == ()


def test_freezing_needs_a_name_and_makes_the_report_tell_of_the_workshop(
    session: Session, visit: Visit
) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    session.lay("chn_top1", shown=True)
    app = press(part(visit, "end"), "freeze-now")
    assert session.room().milestones == () and app.error
    app.text_input(key="milestone-name").input("After the first round")
    app = press(app, "freeze-now")
    assert [m.name for m in session.room().milestones] == ["After the first round"]
    told = session.firm().dossier.workshop
    assert told is not None and told.milestone is not None
    assert told.milestone.name == "After the first round" and "chn_top1" in told.disputed
    assert "After the first round" in text_of(app)


def test_closing_ends_the_seats_and_leaves_what_was_said(session: Session, visit: Visit) -> None:
    session.say("chn_top1", number(20), number(30), number(90))
    app = part(visit, "end")
    app = checked(app.checkbox(key="close-sure").check().run())
    app = press(app, "close-now")
    assert session.room().workshop.id == session.which.id
    assert [w.state for w in workshops_of(session.bench, session.firm())] == ["closed"]
    assert session.bench.store.workshops.seat(session.tokens[0]) is None
    session.lay("chn_top1", shown=True)
    assert len(session.room().votes) == 3
    assert any(b.key == "workshop-open-now" for b in app.button)


def test_each_role_alone_is_shown_from_three_people_on(session: Session, visit: Visit) -> None:
    session.say("chn_tech", Answered(0), Answered(1), Answered(2), Answered(4))
    session.lay("chn_tech", shown=True)
    assert "Finance (3)" not in text_of(part(visit, "outcome"))  # would show the fourth
    session.tokens += [join(session.bench, session.code, role="operations") or "" for _ in range(2)]
    for token in session.tokens:
        vote(session.bench, token, answer("chn_stages.design", Answered("run")))
    session.lay("chn_stages", shown=True)
    told = text_of(part(visit, "outcome"))
    assert "Finance (3)" in told and "Operations and purchasing (3)" in told


def test_the_wall_shows_code_count_and_time_until_hidden(session: Session, visit: Visit) -> None:
    session.say("chn_tech", Answered(0), Answered(4))
    session.lay("chn_tech", shown=False)
    app = visit(page="room")
    assert f"{session.code[:4]} {session.code[4:]}" in text_of(app) and "People: 4" in text_of(app)
    app = press(app, "timer-start")
    assert "role='timer'>" in text_of(app) and session.room().timer is not None
    assert "role='timer'>" in text_of(visit(page="room"))  # after a reload too
    app = press(app, "timer-stop")
    assert session.room().timer is None
    app = press(app, "door-shown")
    assert session.code[:4] not in text_of(app) and not session.room().door
    keep(session.bench, session.firm().record, show_door(session.which, True))
    assert session.code[:4] in text_of(visit(page="room"))


def test_a_reader_sees_neither_page(session: Session, visit: Visit, cookies: list[str]) -> None:
    cookies[:] = [session.bench.store.new_link(session.firm().record, "read")]
    record = session.bench.store.assessment_for(cookies[0])
    assert record is not None and record.scope == "read"
    for page in ("workshop", "room"):
        told = text_of(visit(page=page))
        assert session.code[:4] not in told and "People" not in told


def test_both_pages_speak_chinese(session: Session, visit: Visit) -> None:
    session.say("chn_tech", Answered(0), Answered(4), Answered(2))
    session.lay("chn_tech", shown=True)
    told = {name: text_of(part(visit, name, lang="zh")) for name in ("talk", "end")}
    assert "判断不同" in told["talk"] and "存档" in told["end"]
    assert "判断不同" in text_of(visit(page="room", lang="zh"))
