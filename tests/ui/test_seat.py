"""A place in a workshop: own answers alone, saved truthfully, closed once they are revealed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from assessment.model.answers import NOT_ANSWERED, Answered
from assessment.model.words import Catalogue
from assessment.store import NotSaved
from assessment.store.workshop import Workshops
from assessment.ui import access
from assessment.ui import place as address
from assessment.ui.guard import BROWSER_COOKIE
from assessment.ui.services import CODE_COOKIE
from assessment.ui.shell import PAGES, _allowed
from assessment.workflow import answering, workshop
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from assessment.workflow.seating import Place, take_place
from tests.ui.conftest import Visit, checked, text_of

FIRM_SAID, OTHER_SAID, OWN = 71717.125, 8282.375, "18.5"
Say = dict[str, Catalogue]


@dataclass
class Session:
    """A workshop as its facilitator leads it, and the browser of one respondent of finance."""

    bench: Bench
    firm: Callable[[], Opened]
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.which, self.code = workshop.open_workshop(self.bench, self.firm())

    def sit(self, role: str = "finance") -> str:
        token = workshop.join(self.bench, self.code, role=role, name="")
        assert token is not None
        return token

    def keep(self, save: answering.Save) -> None:
        answering.keep(self.bench, self.firm().record, save)

    def reveal(self, subject: str) -> None:
        self.keep(workshop.reveal(self.firm().edition, self.which, subject))

    def own(self) -> Place:
        place = take_place(self.bench, self.cookies["seat"])
        assert place is not None
        return place


@pytest.fixture
def session(bench: Bench, firm: Callable[[], Opened], monkeypatch: pytest.MonkeyPatch) -> Session:
    made = Session(bench, firm)
    monkeypatch.setattr(access, "seat_token", lambda: made.cookies.get("seat", ""))
    monkeypatch.setattr(access, "address", lambda: "192.0.2.7")
    monkeypatch.setattr(access, "cookie", lambda name: made.cookies.get(name, ""))
    return made


@pytest.fixture
def seated(session: Session) -> Session:
    """The same with a seat of finance, an answer of the firm and one of somebody else."""
    said = {"fin_gm": Answered(Decimal("31.25")), "fin_revenue": Answered(Decimal(str(FIRM_SAID)))}
    session.keep(answering.answer_rows(said))
    other = {"fin_revenue": Answered(Decimal(str(OTHER_SAID))), "fin_gm": Answered(Decimal("27.75"))}
    workshop.vote(session.bench, session.sit("sales"), answering.answer_rows(other))
    session.cookies["seat"] = session.sit()
    return session


def typed(app: AppTest, name: str, text: str) -> AppTest:
    return checked(checked(app.text_input(key=f"in.{name}").set_value(text).run()).run())


def read(app: AppTest) -> str:
    """The text as it is read: no invisible marks, no escapes."""
    return unescape(text_of(app)).replace("\u2060", "")


def all_sent(app: AppTest) -> str:
    """Everything the browser of the respondent was sent for this page."""
    return "".join(str(node.proto) for node in app.main) + "".join(str(node.proto) for node in app.sidebar)


# Joining -------------------------------------------------------------------------------------------


def joining(visit: Visit, session: Session, code: str, role: str | None = "finance") -> AppTest:
    session.cookies |= {BROWSER_COOKIE: "a browser"}
    app = visit(page="join", lang="en")
    app.text_input(key="join-code").set_value(code)
    if role:
        app.radio(key="join-role").set_value(role)
    return checked(app.button[0].click().run())


def test_a_code_typed_in_any_grouping_leads_to_a_place(visit: Visit, session: Session) -> None:
    code = session.code.lower()
    app = joining(visit, session, f" {code[:3]} {code[3:6]}-{code[6:]} ")
    (form,) = [h.proto.body for h in app.get("html") if "action=" in h.proto.body]
    assert 'action="/seat?lang=en"' in form and session.code not in form
    found = re.search(r'name="ticket" value="([^"]+)"', form)
    place = take_place(session.bench, found[1]) if found else None
    assert place is not None and place.seat.role == "finance" and not app.error


def test_the_code_of_the_address_stands_in_the_field(visit: Visit, session: Session) -> None:
    session.cookies |= {BROWSER_COOKIE: "a browser", CODE_COOKIE: session.code}
    shown = visit(page="join", lang="zh").text_input(key="join-code").value
    assert shown == f"{session.code[:4]}-{session.code[4:]}"


@pytest.mark.parametrize(
    ("code", "role", "told"),
    [
        ("2345-678", "finance", "not_a_code"),
        ("2345-6789", "finance", "wrong"),
        ("2345-6789", None, "no_role"),
    ],
)
def test_what_is_wrong_with_joining_is_told_plainly(
    visit: Visit, session: Session, words: Say, code: str, role: str | None, told: str
) -> None:
    app = joining(visit, session, code, role)
    assert [e.value for e in app.error] == [words["en"].text(f"seat.join.{told}")]


def test_after_many_wrong_codes_it_is_told_to_wait(
    visit: Visit, session: Session, words: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.workshop.MOST_FAILURES", 1)
    joining(visit, session, "2345-6789")
    app = joining(visit, session, session.code)
    assert [e.value for e in app.error] == [words["en"].text("seat.join.too_many")]


def test_without_cookies_there_is_a_sentence_and_no_form(visit: Visit, session: Session, words: Say) -> None:
    app = visit(page="join", lang="en")
    assert [w.value for w in app.warning] == [words["en"].text("seat.join.no_cookies")]
    assert not app.text_input


# Answering -----------------------------------------------------------------------------------------


def test_a_respondent_sees_no_answer_of_the_firm_or_of_others(visit: Visit, seated: Session) -> None:
    for page in ({"page": "seat"}, {"page": "section", "section": "finance"}):
        app = visit(**page, lang="en")
        sent = all_sent(app) + text_of(app)
        assert not [n for n in ("71717", "8282", "31.25", "27.75") if n in sent]
    assert not app.text_input(key="in.fin_revenue").value


def test_an_answer_is_a_vote_and_never_one_of_the_firm(visit: Visit, seated: Session, words: Say) -> None:
    app = typed(visit(page="section", section="finance", lang="en"), "fin_gm", OWN)
    assert seated.own().replies["fin_gm"] == Answered(Decimal(OWN))
    assert seated.firm().answers.reply("fin_gm") == Answered(Decimal("31.25"))
    assert words["en"].text("ui.save.saved", time="") in app.get("progress")[0].proto.text


def test_what_is_not_saved_is_called_so_and_sent_again(
    visit: Visit, seated: Session, words: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit(page="section", section="finance", lang="en")
    with monkeypatch.context() as broken:
        broken.setattr(Workshops, "vote", lambda *_: (_ for _ in ()).throw(NotSaved("disk full")))
        app = typed(app, "fin_gm", OWN)
        assert words["en"].text("ui.save.pending") in app.get("progress")[0].proto.text
        assert app.text_input(key="in.fin_gm").value == OWN and not seated.own().replies
    checked(app.run())
    assert seated.own().replies["fin_gm"] == Answered(Decimal(OWN))


def test_what_comes_after_the_reveal_is_told_at_its_question(
    visit: Visit, seated: Session, words: Say
) -> None:
    app = typed(visit(page="section", section="finance", lang="en"), "fin_gm", OWN)
    seated.reveal("fin_gm")
    app = typed(app, "fin_gm", "44.5")
    assert seated.own().replies["fin_gm"] == Answered(Decimal(OWN))
    assert words["en"].text("seat.locked.late", value="44.5 %") in read(app)
    assert "18.5 %" in read(app) and "in.fin_gm" not in [t.key for t in app.text_input]
    assert typed(app, "fin_newrev", "12") and seated.own().replies["fin_newrev"] == Answered(Decimal(12))


def test_a_page_with_inputs_tells_of_a_reveal_and_shows_it_when_asked(
    visit: Visit, seated: Session, words: Say
) -> None:
    app = visit(page="section", section="finance", lang="en")
    seated.reveal("fin_gm")
    app = checked(app.run())
    assert "in.fin_gm" not in [t.key for t in app.text_input]
    assert words["en"].text("seat.locked.revealed") in text_of(app)


def test_the_session_may_end_while_somebody_types(visit: Visit, seated: Session, words: Say) -> None:
    app = visit(page="section", section="finance", lang="en")
    workshop.close_workshop(seated.bench, seated.firm(), seated.which)
    app = typed(app, "fin_gm", OWN)
    assert words["en"].text("seat.over.title") in text_of(app)
    assert words["en"].text("seat.locked.late", value="18.5 %") in read(app)
    assert not app.text_input and seated.firm().answers.reply("fin_gm") == Answered(Decimal("31.25"))
    assert words["en"].text("seat.over.text") in text_of(visit(page="section", section="finance", lang="en"))


# What is theirs ------------------------------------------------------------------------------------


def test_a_role_has_the_sections_it_was_given(visit: Visit, seated: Session, words: Say) -> None:
    seated.keep(workshop.assign(seated.which, {"finance": ["chain", "finance"], "sales": ["services"]}))
    app = visit(page="seat", lang="en")
    assert [b.key for b in app.main.button if b.key.startswith("part.")] == ["part.finance", "part.chain"]
    elsewhere = visit(page="section", section="services", lang="en")
    assert elsewhere.title[0].value == words["en"].text("seat.title")


def test_no_page_of_the_firm_opens_for_a_respondent(seated: Session) -> None:
    mine = {page for page in PAGES if _allowed(address.Place(page, "finance"), seated.own()).page == page}
    assert mine == {"seat", "section", "method", "join", "signin", "office"}


def test_the_place_shows_what_is_revealed_with_the_own_first_answer(
    visit: Visit, seated: Session, words: Say
) -> None:
    typed(visit(page="section", section="finance", lang="en"), "fin_gm", OWN)
    seated.reveal("fin_gm")
    app = visit(page="seat", lang="en")
    assert words["en"].text("seat.page.shut", count=1) in text_of(app)
    assert "18.5 %" in read(app) and "31.25" not in read(app) and "27.75" not in read(app)


def test_a_question_is_asked_unless_the_own_answers_rule_it_out(seated: Session) -> None:
    seated.keep(answering.answer("mtx_mode.LOG", Answered("not_needed")))  # by the firm: it tells nothing
    assert "mtx_out.LOG" in seated.own().asked
    own = answering.answer("mtx_mode.LOG", Answered("not_needed"))
    workshop.vote(seated.bench, seated.cookies["seat"], own)
    assert "mtx_out.LOG" not in seated.own().asked


def test_amounts_are_in_the_unit_of_the_firm_for_those_who_do_not_choose_it(
    visit: Visit, seated: Session
) -> None:
    period = {"prf_period.unit": Answered("thousand"), "prf_period.currency": Answered("CNY")}
    seated.keep(answering.answer_rows(period))
    assert not seated.own().told
    seated.keep(workshop.assign(seated.which, {"finance": ["finance"]}))
    app = visit(page="section", section="finance", lang="en")
    assert "thousand" in app.text_input(key="in.fin_revenue").proto.placeholder
    assert seated.own().answers.reply("prf_period.unit") == NOT_ANSWERED


def test_revealed_columns_of_the_function_cards_are_locked(visit: Visit, seated: Session) -> None:
    own = {"mtx_mode.LOG": Answered("outside"), "mtx_out.LOG": Answered(Decimal(40))}
    workshop.vote(seated.bench, seated.cookies["seat"], answering.answer_rows(own))
    seated.reveal("mtx_mode")
    app = visit(page="section", section="functions", lang="en")
    keys = {t.key for t in app.text_input}
    assert "in.mtx_out.LOG" in keys and "rest-not-needed" not in {b.key for b in app.button}
    assert not [g for g in app.get("button_group") if "mtx_mode" in g.proto.id]
