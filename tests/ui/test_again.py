"""Assessing again on screen: asked first, then a new assessment with last time's values beside its fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.cases import Case
from assessment.model.agenda import Earlier
from assessment.model.answers import Answered
from assessment.model.words import Catalogue
from assessment.store.records import READ
from assessment.ui import access
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened, resume
from assessment.workflow.reassessing import assess_again, moved_since, not_looked_at, preview
from assessment.workflow.reviewing import relevant_fields
from tests.ui.conftest import Visit, checked, text_of

LANGUAGES = ("en", "zh")
LATER = "servitization/2026-2"
ROOT = Path(__file__).parents[2] / "assessment"
Firm = Callable[[], Opened]
Say = dict[str, Catalogue]


@pytest.fixture
def answered(bench: Bench, firm: Firm, cases: tuple[Case, ...]) -> Firm:
    case = next(c for c in cases if c.id == "contract_garment")
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


@pytest.fixture
def second(bench: Bench, answered: Firm, cookies: list[str]) -> Callable[[], Opened]:
    """An assessment begun from the first; the browser holds it."""
    token = assess_again(bench, answered(), "en")
    cookies[:] = [token]

    def now() -> Opened:
        found = resume(bench, token)
        assert found is not None
        return found

    return now


def begun(app: AppTest, bench: Bench) -> tuple[Opened, Opened]:
    """The new and the earlier assessment, by the two links the page shows."""
    tokens = [shown.value.rsplit("/", 1)[1] for shown in app.code]
    new, old = (resume(bench, token) for token in tokens)
    assert new is not None and old is not None
    return new, old


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_assessment_is_begun_from_the_results_and_both_links_are_shown(
    visit: Visit, bench: Bench, answered: Firm, words: Say, language: str
) -> None:
    app = visit(page="results", lang=language)
    app = checked(app.button(key="to-again").click().run())
    assert words[language].text("since.again.keeps") in text_of(app)
    assert words[language].text("since.again.same", count=len(answered().answers.replies)) in text_of(app)
    app = checked(app.button(key="again").click().run())
    new, old = begun(app, bench)
    assert old.record.id == answered().record.id != new.record.id
    assert new.answers.replies == old.answers.replies
    assert words[language].text("since.again.switched") in text_of(app)
    assert app.text_input(key="new_firm").value == old.record.firm_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_another_edition_nothing_happens_before_somebody_agrees(
    visit: Visit, bench: Bench, answered: Firm, words: Say, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "bench", lambda: replace(bench, current=LATER))
    app, say = visit(page="again", lang=language), words[language].text
    told = text_of(app)
    assert re.search(say("since.again.cleared", count=2), told)
    carried = preview(replace(bench, current=LATER), answered()).carried
    assert carried is not None
    for kind in ("rescaled", "renamed", "new"):
        assert say(f"since.again.{kind}", count=len(getattr(carried, kind))) in told
    assert say("since.again.why_dropped") in told
    assert app.button(key="again").disabled
    app = checked(app.checkbox(key="again_agreed").check().run())
    app = checked(app.button(key="again").click().run())
    new, old = begun(app, bench)
    assert (new.edition.id, old.edition.id) == (LATER, "servitization/2026-1")
    assert "int_cluster.place" in new.answers.replies and "chn_time.production" not in new.answers.replies


def test_whoever_may_only_read_begins_nothing(
    visit: Visit, bench: Bench, answered: Firm, cookies: list[str]
) -> None:
    cookies[:] = [bench.store.new_link(answered().record, READ)]
    assert "to-again" not in {b.key for b in visit(page="results", lang="en").button}
    assert "again" not in {b.key for b in visit(page="again", lang="en").button}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_shows_the_value_of_last_time_and_whether_it_has_changed(
    visit: Visit, bench: Bench, second: Firm, words: Say, language: str
) -> None:
    answering.keep(bench, second().record, answering.answer("fin_newrev", Answered(Decimal("9.5"))))
    say = words[language].text
    drawn = [c.value for c in visit(page="section", section="finance", lang=language).caption]
    was = say("ui.readback.percent", number=str(value_of(second().earlier, "fin_newrev")))
    assert [plain(c) for c in drawn if "**" in c] == [say("since.last.changed", value=was)]
    kept = say("since.last.carried", value="").strip()
    asked = relevant_fields(second())
    finance = {f for f in not_looked_at(second()) if in_section(second(), f, "finance")} & asked
    assert len([c for c in drawn if c.startswith(kept)]) == len(finance) > 8


def value_of(earlier: Earlier | None, field: str) -> object:
    assert earlier is not None
    reply = earlier.answers.reply(field)
    assert isinstance(reply, Answered)
    return reply.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_of_the_functions_show_it_too(
    visit: Visit, second: Firm, words: Say, language: str
) -> None:
    drawn = [c.value for c in visit(page="section", section="functions", lang=language).caption]
    kept = words[language].text("since.last.carried", value="").strip()
    assert len([c for c in drawn if c.startswith(kept)]) > 60


def plain(told: str) -> str:
    """Without the marks that keep typed text from being read as Markdown."""
    return re.sub(r"&#(\d+);\u2060", lambda m: chr(int(m[1])), told)


def in_section(now: Opened, field: str, section: str) -> bool:
    return now.edition.question[now.edition.fields[field].question].section == section


def test_one_press_says_that_the_rest_of_a_section_holds(visit: Visit, second: Firm) -> None:
    before = not_looked_at(second())
    app = visit(page="section", section="chain", lang="en")
    checked(app.button(key="still-right").click().run())
    settled = before - not_looked_at(second())
    assert settled and all(in_section(second(), f, "chain") for f in settled)
    assert second().answers.replies == second().earlier.answers.replies  # type: ignore[union-attr]
    assert "still-right" not in {b.key for b in visit(page="section", section="chain", lang="en").button}


def test_a_first_assessment_shows_nothing_of_last_time(visit: Visit, answered: Firm, words: Say) -> None:
    for section in ("finance", "functions"):
        told = text_of(visit(page="section", section=section, lang="en"))
        for key in ("carried", "same", "changed"):
            assert words["en"].text(f"since.last.{key}", value="").split(":")[0] + ":" not in told
    app = visit(page="results", lang="en")
    assert not {"to-since", "nav.since."} & {b.key for b in app.button}
    assert words["en"].text("since.page.nothing") in text_of(visit(page="since", lang="en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_is_told_on_a_page_of_its_own(
    visit: Visit, bench: Bench, second: Firm, words: Say, language: str
) -> None:
    answering.keep(bench, second().record, answering.answer("chn_tech", Answered(4)))
    app = checked(visit(page="results", lang=language).button(key="to-since").click().run())
    found = moved_since(second())
    assert found is not None
    name = access_texts(bench, language).text("dilemmas.D1.name")
    assert name in plain(app.title[0].value)
    assert words[language].text("since.page.carried", count=len(not_looked_at(second()))) in text_of(app)
    assert words[language].text("since.turn.better") in text_of(app)


def access_texts(bench: Bench, language: str) -> Catalogue:
    from assessment.workflow.bench import texts

    return texts(bench.current, language)


def leaves(tree: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in tree.items():
        yield from leaves(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_two_dates_is_left_over(language: str) -> None:
    tree = tomllib.loads((ROOT / "words" / language / "since.toml").read_text(encoding="utf-8"))
    source = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.rglob("*.py"))
    # Two kinds of keys are put together from a beginning and the name of a kind.
    last = {re.sub("^(why|headline_all)_", "", key.rpartition(".")[2]) for key in leaves(tree)}
    assert [word for word in sorted(last) if not re.search(rf"\b{word}\b", source)] == []
