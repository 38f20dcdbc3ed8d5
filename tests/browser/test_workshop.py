"""A workshop from the first code to the report: facilitator, projector, four people, nine clashes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooSlow
from pypdf import PdfReader

from assessment.report.numbers import exact
from tests.browser.conftest import NewVisitor
from tests.browser.serving import Server
from tests.browser.test_accessible import faults, too_wide
from tests.browser.test_seat import listen
from tests.browser.visitor import Visitor, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = ("Anna Berg", "Liu Yang", "", "Marek Nowak")  # invented; one joins by the role alone
KNOWLEDGE = {"fin_inputs_services": ("172",) * 3, "fin_rd_in": ("9",) * 3, "fin_rd_out": ("1",) * 3}
SCOPE = {
    "fin_revenue": ("6400", "6400", "6400", "64000000"),  # single units instead of ten thousands
    "fin_opcost": ("6150", "6150", "6150", "512.5"),  # a month instead of a year
    "fin_inputs": ("3050", "3050", "3050", "762.5"),  # a quarter instead of a year
}
JUDGEMENT = {
    "fin_gm": ("13.37", "90", "-40", "80"),
    "fin_svc_bundled": ("5", "50", "20", "70"),
    "fin_newrev": ("3", "30", "15", "60"),
}
VOTES = {**SCOPE, **KNOWLEDGE, **JUDGEMENT}
SECRET = exact(Decimal(SCOPE["fin_revenue"][3])).encode()  # as it is shown; stands nowhere else


def test_a_workshop_from_the_code_to_the_report(
    server: Server, tokens: dict[str, str], new_visitor: NewVisitor, tmp_path: Path
) -> None:
    chair = new_visitor(server)
    heard = listen(chair)
    chair.join(tokens["workshop"])
    chair.open("/?page=workshop&lang=en")
    code = opened(chair)
    wall = chair.page.context.new_page()
    heard_there = listen(replace(chair, page=wall))
    wall.goto(f"{server.url}/?page=room&lang=en")
    expect(wall.locator(".door-sign .code")).to_have_text(f"{code[:4]} {code[4:]}")
    people = [new_visitor(server) for _ in PEOPLE]
    for visitor, name in zip(people, PEOPLE, strict=True):
        sit_down(visitor, code, name)
    expect(wall.locator(".wall-head")).to_contain_text("People: 4")

    lay(chair, "fin_revenue")
    for number, visitor in enumerate(people):
        answer_all(visitor, number)
    until(lambda: not any(missing(v, n) for n, v in enumerate(people)), "nine votes of everybody on disk")
    expect(chair.page.locator("p.turnout")).to_contain_text("4 of 4 have answered")
    counted(people[0], wall)
    draw_anew(chair, wall)
    assert SECRET not in b"".join([*heard, *heard_there])

    reveal_section(chair)
    clashes_are_told_apart(chair)
    assert faults(chair) == []
    discuss(chair, wall)
    assert all(SECRET in b"".join(frames) for frames in (heard, heard_there))  # now it is shown
    fit_for_all(chair, wall)
    assert len(chair.server.kept(seat_token(people[3]))) >= len(VOTES)  # first answers stay
    part(chair, "outcome")
    expect(chair.page.get_by_role("table").first).to_be_visible()
    freeze(chair, "After ninety minutes")
    chair.open("/?page=results&lang=en")
    expect(chair.page.locator(".stMain")).to_contain_text("After ninety minutes")
    text = report(chair, tmp_path)
    for words in ("After ninety minutes", "as in the annual accounts", "count new products together"):
        assert words in text
    assert [name for name in PEOPLE if name and name in text] == []


def draw_anew(chair: Visitor, wall: Page) -> None:
    """Both pages as a whole, once everybody has voted: one that goes on from before draws counts alone."""
    replace(chair, page=wall).open("/?page=room&lang=en")
    expect(wall.locator(".wall-head")).to_contain_text("4 of 4 have answered")
    part(chair, "outcome")
    part(chair, "talk")
    expect(chair.page.locator("p.turnout")).to_contain_text("4 of 4 have answered")


def fit_for_all(chair: Visitor, wall: Page) -> None:
    """Every part and the wall, in Chinese on a phone; then the page of the facilitator as it was."""
    seen, found = replace(chair, language="zh"), {}
    seen.page.set_viewport_size({"width": 390, "height": 844})
    seen.open("/?page=workshop&lang=zh")
    for name in ("people", "talk", "outcome", "end"):
        part(seen, name)
        found[name] = unfit(seen)
    looked = replace(seen, page=wall)
    looked.open("/?page=room&lang=zh")
    found["room"] = unfit(looked)
    assert {name: faults_ for name, faults_ in found.items() if faults_} == {}
    seen.page.set_viewport_size({"width": 1280, "height": 900})
    chair.open("/?page=workshop&lang=en")


def unfit(seen: Visitor) -> list[str]:
    """What keeps somebody from using the page on a phone."""
    headlines = seen.page.get_by_role("heading", level=1).count()
    return [*too_wide(seen), *faults(seen), *([] if headlines == 1 else [f"{headlines} headlines"])]


def counted(visitor: Visitor, wall: Page) -> None:
    """A vote that is taken back and given again moves the count on the wall, by itself and soon."""
    expect(wall.locator(".wall-head")).to_contain_text("4 of 4 have answered")
    visitor.type_number("fin_revenue", "")
    expect(wall.locator(".wall-head")).to_contain_text("3 of 4 have answered")
    visitor.type_number("fin_revenue", SCOPE["fin_revenue"][0])
    expect(wall.locator(".wall-head")).to_contain_text("4 of 4 have answered")


def clashes_are_told_apart(chair: Visitor) -> None:
    told = {f: agenda_line(chair, f).lower() for f in VOTES}
    for kind, fields in (("knowledge", KNOWLEDGE), ("scope", SCOPE), ("judgement", JUDGEMENT)):
        word = chair.words.text(f"report.agreement.clash_{kind}").lower()
        assert {f: told[f] for f in fields if word not in told[f]} == {}, kind


def discuss(chair: Visitor, wall: Page) -> None:
    """One clash of each kind is settled, one of them as a range; one more is parked."""
    settle(chair, "fin_revenue", "6400", "as in the annual accounts")
    settle(chair, "fin_inputs_services", "172", "by the ledger")
    settle(chair, "fin_gm", "", "nobody has the figures by product")
    expect(wall.get_by_text("nobody has the figures by product")).to_be_visible()
    park(chair, "fin_newrev", "count new products together")
    firm = chair.server.kept(chair.token())
    assert firm["fin_revenue"].value == "6400" and firm["fin_inputs_services"].value == "172"
    assert firm["fin_gm"].value == {"low": "-40", "high": "90"}


# --- the facilitator ------------------------------------------------------------------------------------


def opened(chair: Visitor) -> str:
    """Open the workshop; the code as it is shown."""
    chair.keyed("workshop-name").locator("input").fill("Chen Li")
    chair.keyed("workshop-open-now").get_by_role("button").click()
    sign = chair.page.locator(".door-sign .code")
    expect(sign).to_be_visible()
    chair.settled()
    return sign.inner_text().replace(" ", "")


def part(chair: Visitor, name: str) -> None:
    chair.keyed("workshop-part").get_by_text(chair.words.text(f"workshop.part.{name}"), exact=True).click()
    chair.settled()


def lay(chair: Visitor, question: str) -> None:
    """Put a question on the table: from the agenda if it stands there, else from the list."""
    if not chair.keyed("choose-table").count():
        part(chair, "talk")
    line, label = chair.keyed(f"lay.{question}"), chair.texts.text(f"questions.{question}.label")
    if line.count():
        line.get_by_role("button").click()
    else:
        choose(chair, label)
    expect(chair.keyed("on-table").get_by_role("heading", level=2)).to_have_text(label)
    chair.settled()


def choose(chair: Visitor, label: str) -> None:
    """Choose from the list; once more if the page was drawn anew under the pointer."""
    chair.settled()
    place = chair.keyed("choose-table").get_by_role("combobox")
    for _ in range(3):
        place.click()
        place.fill(label[:40])
        with suppress(TooSlow):
            chair.page.get_by_role("option").filter(has_text=label).first.click(timeout=5000)
            return


def reveal_section(chair: Visitor) -> None:
    """Show the answers to the whole section."""
    chair.page.get_by_text(chair.words.text("workshop.talk.sections")).click()
    chair.keyed("reveal.finance").get_by_role("button").click()
    expect(chair.page.locator(".accord")).to_be_visible()
    chair.settled()


def agenda_line(chair: Visitor, question: str) -> str:
    """What the agenda, or the table, says of a question."""
    line = chair.keyed(f"agenda-{question}")
    if not line.count():
        lay(chair, question)
        expect(chair.keyed("on-table").locator(".clash")).not_to_have_count(0)
        return chair.read(chair.keyed("on-table").locator(".agreement"))
    return chair.read(line)


def settle(chair: Visitor, question: str, value: str, reason: str) -> None:
    """Settle it at what stands in the field, which must be the value; without one keep the range."""
    lay(chair, question)
    if value:
        expect(chair.page.locator(f"[class*='st-key-settle-{question}-'] input")).to_have_value(value)
    chair.keyed(f"reason-{question}").locator("input").fill(reason)
    chair.keyed("settle-now" if value else "settle-range").get_by_role("button").click()
    expect(chair.keyed("on-table").locator(".callout")).to_contain_text(reason)
    chair.settled()


def park(chair: Visitor, question: str, note: str) -> None:
    lay(chair, question)
    chair.keyed(f"park-note-{question}").locator("input").fill(note)
    chair.keyed("park-now").get_by_role("button").click()
    expect(chair.keyed("unpark")).to_be_visible()


def freeze(chair: Visitor, name: str) -> None:
    part(chair, "end")
    chair.keyed("milestone-name").locator("input").fill(name)
    chair.keyed("freeze-now").get_by_role("button").click()
    expect(chair.keyed("to-results")).to_be_visible()


def report(chair: Visitor, folder: Path) -> str:
    """The text of the PDF as it is downloaded."""
    with chair.page.expect_download() as waiting:
        chair.page.locator(".downloads a").first.click()
    file = folder / "report.pdf"
    waiting.value.save_as(file)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


# --- the others -----------------------------------------------------------------------------------------


def sit_down(visitor: Visitor, code: str, name: str) -> None:
    visitor.open(f"/w/{code}")
    visitor.keyed("join-role").get_by_text(visitor.texts.text("workshop_roles.finance")).click()
    if name:
        visitor.keyed("join-name").locator("input").fill(name)
    visitor.keyed("join-now").get_by_role("button").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(visitor.words.text("seat.title"))
    visitor.settled()


def seat_token(visitor: Visitor) -> str:
    cookies = {c.get("name"): c.get("value", "") for c in visitor.page.context.cookies()}
    return cookies["assessment_seat"]


def answer_all(visitor: Visitor, number: int) -> None:
    """All nine in one go; nobody waits for the others."""
    visitor.open("/?page=section&section=finance&lang=en")
    visitor.arrives_at("finance")
    for field, said in VOTES.items():
        if number < len(said):
            visitor.field_input(field).fill(said[number])
            visitor.field_input(field).press("Tab")
        else:
            visitor.keyed(f"mark.{field}").get_by_text(visitor.say("dont_know")).click()


def missing(visitor: Visitor, number: int) -> Sequence[str]:
    """Fields whose vote is not on disk yet."""
    given = visitor.server.kept(seat_token(visitor))
    states = {f: given[f].state if f in given else "" for f in VOTES}
    wanted = {f: "answered" if number < len(said) else "dont_know" for f, said in VOTES.items()}
    return [f for f in VOTES if states[f] != wanted[f]]
