"""The page behind a number: opened from every number of the results, with a way up, down and back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from assessment.content.cases import Case
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.report.chain.grounds import kind_of
from assessment.store.records import READ
from assessment.ui.markup import escaped, literal
from assessment.workflow import answering
from assessment.workflow.bench import Bench
from assessment.workflow.opening import Opened
from tests.ui.conftest import Visit, text_of

LANGUAGES = ("en", "zh")
Firm = Callable[[], Opened]
Say = dict[str, Catalogue]
LINK = re.compile(r"<a [^>]*href='\?([^']+)'")
HOSTILE = "<img src=x onerror=alert(1)>'\"~D1~../../x"


def links(told: str) -> list[dict[str, str]]:
    """The addresses inside the app a page leads to."""
    found = (parse_qs(html.unescape(query)) for query in LINK.findall(told))
    return [{name: values[0] for name, values in query.items()} for query in found]


@pytest.fixture
def answered(bench: Bench, firm: Firm, cases: tuple[Case, ...]) -> Firm:
    case = next(c for c in cases if c.id == "many_dont_knows")
    answering.keep(bench, firm().record, answering.answer_rows(case.answers.replies))
    return firm


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_the_results_lead_to_pages_of_every_kind(
    visit: Visit, answered: Firm, edition: Edition, language: str
) -> None:
    found = links(text_of(visit(page="results", lang=language)))
    assert len(found) > 150
    assert all((one["page"], one["lang"]) == ("trace", language) for one in found)
    first_of_kind = {kind_of(edition, one["of"]): one for one in reversed(found)}
    kinds = {"dilemma", "trend", "component", "indicator", "question", "function", "functions", "measure"}
    assert kinds <= set(first_of_kind) and "" not in first_of_kind
    for one in first_of_kind.values():
        app = visit(**one)
        assert len(app.title) == 1
        assert f"page=results&amp;at={one['at']}&amp;lang={language}" in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_goes_down_to_the_question_in_the_form_and_up_again(
    visit: Visit, answered: Firm, texts: Say, language: str
) -> None:
    here = {"page": "trace", "of": "D1", "at": "map", "lang": language}
    for of in ("D1a", "I10", "chn_mix"):
        here = next(one for one in links(text_of(visit(**here))) if one.get("of") == of)
    assert here["via"] == "D1~D1a~I10"
    told = text_of(visit(**here))
    assert {"page": "section", "section": "chain", "q": "chn_mix", "lang": language} in links(told)
    trail = told[told.index("class='trail'") : told.index("</nav>")]
    assert [(one.get("of"), one.get("via")) for one in links(trail)] == [
        (None, None), ("D1", None), ("D1a", "D1"), ("I10", "D1~D1a"),
    ]  # fmt: skip
    assert texts[language].text("components.D1a.name") in trail


def test_a_place_passed_before_is_gone_back_to(visit: Visit, answered: Firm) -> None:
    told = text_of(visit(page="trace", of="D1a", via="D1~D1a~I10", lang="en"))
    trail = told[told.index("class='trail'") : told.index("</nav>")]
    assert [one.get("of") for one in links(trail)] == [None, "D1"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", ["", "D9", HOSTILE])
def test_an_unknown_id_gets_a_sentence(
    visit: Visit, answered: Firm, words: Say, of: str, language: str
) -> None:
    app = visit(page="trace", of=of, via=HOSTILE, at=HOSTILE, lang=language)
    told = text_of(app)
    assert app.title[0].value == words[language].text("chain.unknown_title")
    assert words[language].text("chain.unknown") in told
    assert "<img" not in told


def test_what_stands_in_the_address_is_never_drawn_as_it_is(visit: Visit, answered: Firm, texts: Say) -> None:
    app = visit(page="trace", of="D1", via=HOSTILE, at=HOSTILE, lang="en")
    assert app.title[0].value == literal(texts["en"].text("dilemmas.D1.name"))
    assert "<img" not in text_of(app) and "alert(1)>" not in text_of(app)


def test_before_any_answer_there_is_no_number(visit: Visit, firm: Firm, words: Say) -> None:
    app = visit(page="trace", of="D1", lang="en")
    assert words["en"].text("chain.nothing_yet") in text_of(app)


def test_a_reader_sees_chains_and_no_way_into_the_form(
    visit: Visit, bench: Bench, answered: Firm, cookies: list[str], words: Say
) -> None:
    cookies[:] = [bench.store.new_link(answered().record, READ)]
    told = text_of(visit(page="trace", of="I10", lang="en"))
    assert {one["page"] for one in links(told)} == {"trace", "results"}
    assert f">{escaped(words['en'].text('chain.back'))}</a>" in told


def test_without_a_link_no_chain_is_shown(visit: Visit, words: Say) -> None:
    assert visit(page="trace", of="D1", lang="en").title[0].value == words["en"].text("ui.start.title")
