"""A person at the browser: opens pages, reads what stands there, clicks and types answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooSlow

from assessment.answering.form import write_reply
from assessment.answering.relevance import asked
from assessment.model.answers import Answered, Answers, Between, DontKnow, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, LevelCell, MultiCell, NumberCell, Question
from assessment.model.words import Catalogue
from assessment.workflow import bench
from tests.browser.reading import JOINER
from tests.browser.serving import Server

LISTS = "[data-testid=stRadio], [data-testid=stButtonGroup], [data-testid=stSelectbox]"
PATIENCE = 20.0  # seconds for one answer to be on disk, one page to be drawn
BEGUN = ".stMain h1, .stMain [data-testid=stAlert]"
DONE = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
CARDS = "functions"  # the section that asks function by function, and the rows it asks about


@dataclass
class Visitor:
    """One browser of one person. `complaints`: what its console said; `requests`: (address, referrer)."""

    page: Page
    server: Server
    edition: Edition
    language: str
    complaints: list[str] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)

    @property
    def texts(self) -> Catalogue:
        return bench.texts(self.edition.id, self.language)

    @property
    def words(self) -> Catalogue:
        return bench.words(self.language)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the app in the visitor's language."""
        return self.words.text(f"ui.{key}", **values)

    # Getting about -------------------------------------------------------------------------------

    def open(self, path: str = "/") -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(self.server.url + path)
        self.settled()

    def join(self, token: str) -> None:
        """Open the link that leads to an assessment."""
        self.open(f"/join/{token}")

    def section(self, name: str) -> None:
        """Go to a section by its address; the assessment is in the cookie."""
        self.open(f"/?page=section&section={name}&lang={self.language}")

    def arrives_at(self, section: str) -> None:
        """Wait until the page of this section stands there."""
        title = self.texts.text(f"sections.{section}.title")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def settled(self) -> None:
        """Wait until nothing is drawn any more.

        A page that has just been opened says that nothing runs before its first run begins: so a headline
        (or a warning in its place) has to stand there first.
        """
        self.page.locator(BEGUN).first.wait_for(state="attached")
        self.page.locator(DONE).wait_for()
        expect(self.page.locator(".stMain [data-testid=stSkeleton]")).to_have_count(0)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)

    def press(self, key: str) -> None:
        """Press the button with this key of the app that turns the page, and wait for the other page."""
        address, turn = self.page.url, self.turn()
        self.keyed(key).get_by_role("button").click()
        self.page.wait_for_url(lambda url: url != address)
        until(lambda: self.turn() != turn, "the next page is begun")
        self.settled()

    def turn(self) -> str:
        """Differs from page to page of one visit: the script that scrolls bears their number.

        The address changes while the old page still stands there; this changes with the new one.
        """
        return str(self.page.evaluate("document.querySelector('.st-key-script-scroll')?.textContent ?? ''"))

    def begin(self) -> str:
        """Press "start the quick path"; returns the link that is shown then."""
        self.keyed("start-quick").get_by_role("button").click()
        self.keyed("enter").wait_for()
        self.settled()
        return self.page.locator("[data-testid=stCode] code").inner_text()

    def keyed(self, key: str) -> Locator:
        """The element that bears a key of the app."""
        return self.page.locator(f".st-key-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}")

    def title(self) -> str:
        """The headline of the page."""
        return self.read(self.page.get_by_role("heading", level=1))

    def read(self, place: Locator) -> str:
        """The text of a place, without invisible marks."""
        return place.inner_text().replace(JOINER, "")

    def everything(self) -> str:
        """All text of the page beside the sidebar."""
        return self.read(self.page.locator(".stMain"))

    def token(self) -> str:
        """The capability this browser holds."""
        return next(c["value"] for c in self.page.context.cookies() if c["name"] == "assessment")

    # Answering -----------------------------------------------------------------------------------

    def fill_section(self, section: str, answers: Answers, *, quick: bool) -> None:
        """Answer every question of the section that is asked of this firm, each field until it is on disk."""
        now = asked(self.edition, answers)
        questions = [q for q in self.edition.questions if (q.quick or not quick) and place_of(q) == section]
        pairs = [(q, f) for q in questions for f in q.fields if f.id in now and f.id in answers.replies]
        if section == CARDS:  # the page asks function by function
            pairs.sort(key=lambda pair: pair[0].rows.index(pair[1].row))
        for question, one in pairs:
            self.answer(question, one, answers.replies[one.id])

    def answer(self, question: Question, one: Field, reply: Reply) -> None:
        """Give one answer the way its input wants it, and wait until it is on disk."""
        if (
            isinstance(one.cell, ChoiceCell)
            and one.cell.default is not None
            and reply == Answered(one.cell.default)
        ):
            return  # an untouched tick stands for it
        if isinstance(reply, DontKnow):
            self._say_dont_know(question, one)
        else:
            self._give(question, one, reply)
        self.acknowledged(one.id, reply)

    def _give(self, question: Question, one: Field, reply: Reply) -> None:
        match one.cell:
            case NumberCell():
                self.type_number(one.id, typed(reply))
            case MultiCell():
                assert isinstance(reply, Answered) and isinstance(reply.value, tuple)
                for option in reply.value:
                    self.choose(one.id, self.wording(question, one, option))
            case ChoiceCell(options, default) if default is not None and set(options) == {"no", "yes"}:
                self.keyed(f"in.{one.id}").locator("label").click()
            case ChoiceCell() | LevelCell():
                assert isinstance(reply, Answered)
                self.choose(one.id, self.wording(question, one, reply.value))

    def _say_dont_know(self, question: Question, one: Field) -> None:
        tick = self.keyed(f"unknown.{one.id}")
        if tick.count():
            tick.locator("label").click()
        elif isinstance(one.cell, NumberCell | MultiCell) or one.id == question.id:
            self.settled()  # the words of this button change with the answers beside it
            self.keyed(f"mark.{question.id}").get_by_text(self.say("dont_know")).click()
        else:
            self.choose(one.id, self.say("dont_know"))

    def type_number(self, field_id: str, text: str) -> None:
        """Type into the field key by key, and leave it."""
        place = self.field_input(field_id)
        place.click()
        place.press("ControlOrMeta+a")
        place.press_sequentially(text) if text else place.press("Delete")
        place.press("Tab")

    def field_input(self, field_id: str) -> Locator:
        """The text input of a field."""
        return self.keyed(f"in.{field_id}").locator("input")

    def choose(self, field_id: str, words: str) -> None:
        """Click the option that reads so: a round button, a button, or a line of a list that opens."""
        place = self.keyed(f"in.{field_id}")
        place.locator(
            "[data-testid=stRadio], [data-testid=stButtonGroup], [data-testid=stSelectbox]"
        ).wait_for()
        if place.locator("[data-testid=stSelectbox]").count():
            self.choose_from_list(place, words)
        else:
            place.get_by_text(words, exact=True).click()

    def choose_from_list(self, place: Locator, words: str) -> None:
        """Choose, look whether it took, and try again if the page moved under the pointer."""
        for _ in range(3):
            self._open_list(place, words).click()
            try:
                expect(place.get_by_role("combobox")).to_have_value(words, timeout=5000)
            except AssertionError:
                continue
            return

    def _open_list(self, place: Locator, words: str) -> Locator:
        """Open a list and find its line; once more if the page moved under the pointer."""
        line = self.page.get_by_role("option", name=words, exact=True)
        lines = self.page.get_by_role("listbox")
        for _ in range(3):
            if lines.count():  # a second click would close it
                break
            place.get_by_role("combobox").click()
            with suppress(TooSlow):
                lines.wait_for(timeout=5000)
        for _ in range(20):  # a long list holds only the lines in view
            if line.count():
                break
            self.page.get_by_role("listbox").evaluate("(list) => { list.scrollTop += 150 }")
            self.page.wait_for_timeout(50)
        return line

    def wording(self, question: Question, one: Field, option: object) -> str:
        """How an option reads on the page."""
        if isinstance(one.cell, LevelCell):
            return self.texts.many(f"scales.{one.cell.scale}.levels")[int(str(option))]
        base, part = f"questions.{question.id}", one.column or one.part or ("cell" if one.row else "")
        lists = {"prf_period.currency": "currencies", "prf_period.unit": "money_units"}
        found = (
            self.words.maybe(f"ui.short.{question.id}.{option}") if one.row else "",
            self.texts.maybe(f"{lists[one.id]}.{option}") if one.id in lists else "",
            self.texts.maybe(f"{base}.fields.{part}.options.{option}"),
            self.texts.maybe(f"{base}.options.{option}"),
        )
        return next(words for words in found if words)

    def acknowledged(self, field_id: str, reply: Reply) -> None:
        """Wait until the database holds the reply."""
        token = self.token()

        def is_kept() -> bool:
            kept = self.server.kept(token).get(field_id)
            return kept is not None and same(kept.state, kept.value, reply)

        until(is_kept, f"{field_id} = {reply} on disk")

    # What the page says --------------------------------------------------------------------------

    def status(self) -> str:
        """The line that says how far the section is and whether the last answer is saved."""
        return self.read(self.keyed("status"))

    def says_saved(self) -> None:
        """Wait until the page says that the last answer is saved, with the time of this browser."""
        before, after = self.say("save.saved", time="TIME").split("TIME")
        told = re.compile(re.escape(before) + r"\d\d:\d\d" + re.escape(after))
        expect(self.keyed("status")).to_contain_text(told)

    def counted(self) -> tuple[int, int]:
        """How many questions of the section are answered and asked, as the page says once it says it."""
        expect(self.keyed("status")).to_contain_text(re.compile(r"\d+\D+\d+"))
        done, all_ = map(int, re.findall(r"\d+", self.status())[:2])
        return done, all_

    def says_complete(self) -> None:
        """Wait until the page counts every question of the section as answered, and the last one as saved."""
        until(lambda: len(set(self.counted())) == 1, "every question of the section is answered")
        self.says_saved()

    def shows(self, question: Question, one: Field, reply: Reply) -> None:
        """The input of a field shows the reply."""
        place = self.keyed(f"in.{one.id}")
        if isinstance(one.cell, NumberCell):
            wanted = re.compile(re.escape(typed(reply)).replace(r"\-", "[-–]"))
            expect(place.locator("input")).to_have_value(wanted)
            return
        assert isinstance(reply, Answered)
        options = reply.value if isinstance(reply.value, tuple) else (reply.value,)
        for option in options:
            words = self.wording(question, one, option)
            if place.locator("[data-testid=stSelectbox]").count():
                expect(place.get_by_role("combobox")).to_have_value(words)
            elif place.locator("[data-testid=stRadio]").count():
                expect(place.locator("label").filter(has_text=words).locator("input:checked")).to_have_count(
                    1
                )
            else:
                pressed = "[aria-checked=true], [aria-pressed=true], [data-selected=true]"
                expect(place.locator(pressed).filter(has_text=words).first).to_be_visible()

    def tiles(self) -> Mapping[str, tuple[str, str]]:
        """Dilemma -> (severity, level) as the head of the results page shows them."""
        head = self.page.locator(".tiles").first
        head.wait_for()
        found = head.locator(".tile").all()
        texts = [[self.read(tile.locator(part)) for part in (".label", ".value", ".note")] for tile in found]
        return {label: (value, note) for label, value, note in texts}


def place_of(question: Question) -> str:
    """The section where a question is asked: those over the functions share one."""
    return CARDS if question.row_list == CARDS else question.section


def typed(reply: Reply) -> str:
    """A number or a range as a person types it."""
    if isinstance(reply, Between):
        return f"{reply.low}-{reply.high}"
    return str(reply.value) if isinstance(reply, Answered) else ""


def same(state: str, value: object, reply: Reply) -> bool:
    """Whether what lies in the database is this reply."""
    if isinstance(reply, DontKnow):
        return state == "dont_know"
    return state == "answered" and value == write_reply(reply)


def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds; fail with `what` if it does not in time."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"not within {patience:g} s: {what}"
        time.sleep(0.04)
