"""No number without its chain: every number of a report leads to a page that can be worked out again."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from assessment.content.cases import Case
from assessment.model.agenda import Dossier
from assessment.model.certainty import Node
from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.output import render_pdf
from assessment.report.chain.grounds import kind_of
from assessment.report.chain.page import chain, traced_by
from assessment.report.document import (
    Callout,
    FigureBlock,
    Paragraph,
    Part,
    Report,
    Row,
    Table,
    Tiles,
    Traced,
)
from assessment.report.origins import has_number, leading
from assessment.report.view import View
from assessment.scoring.assess import assess
from assessment.scoring.trace import traced
from assessment.scoring.verify import verify
from assessment.workflow.reporting import see

TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "zh")
REPEATED = ("placements", "trends", "indicators", "functions")  # numbers that stand again on the page behind
NUMBER = re.compile(r"\d+(?:[.\u202f]\d+)*")

Words = Mapping[str, Catalogue]


def opened(edition: Edition, texts: Words, words: Words, case: Case, language: str) -> tuple[View, Report]:
    one = see(Dossier(case.answers), language, TODAY)
    return one.view, one.report


def tables(report: Report) -> Iterator[Table]:
    """Every table on screen, those behind figures too."""
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Table | FigureBlock):
                yield block if isinstance(block, Table) else block.table


def rows(report: Report) -> Iterator[tuple[Table, Row]]:
    return ((table, row) for table in tables(report) for row in table.rows)


def orphans(edition: Edition, report: Report) -> list[str]:
    """Every row or tile with a number that says of nothing known what the number is."""
    out = [
        f"{table.id}: {''.join(row.cells[0].parts)}"
        for table, row in rows(report)
        if any(map(has_number, row.cells)) and not row.heading
        if not leading(table, row) or not all(kind_of(edition, of) for of in leading(table, row).values())
    ]
    tiles = [t for part in report.parts for b in part.blocks if isinstance(b, Tiles) for t in b.tiles]
    return out + [
        t.label for t in tiles if not (isinstance(t.value, Traced) and kind_of(edition, t.value.of))
    ]


def named(report: Report) -> set[str]:
    """All ids a report leads to."""
    return {of for table, row in rows(report) for of in leading(table, row).values()}


def text_of(part: Part) -> str:
    out: list[str] = []
    for block in part.blocks:
        match block:
            case Paragraph(parts, _):
                out += parts
            case Tiles(tiles):
                out += [piece for t in tiles for piece in (t.value, t.label, t.note)]
            case Table():
                out += [p for row in block.rows for cell in row.cells for p in cell.parts]
            case Callout():
                out += [p for item in block.items for p in item]
    return " ".join(out)


@pytest.fixture(scope="module")
def trees(edition: Edition, cases: tuple[Case, ...]) -> dict[str, dict[str, Node]]:
    """Case -> id -> its chain, of everything a number can come from."""
    every = (
        *edition.indexes, *edition.indicators, *edition.question, *edition.rows["functions"], "functions",
        *edition.countermeasures, *edition.evidence,
    )  # fmt: skip
    return {c.id: {t.id: t for t in traced(edition, c.answers, every)} for c in cases}


@pytest.mark.parametrize("language", LANGUAGES)  # every case in one of them: the chains know no language
def test_no_number_of_any_case_is_without_its_chain(
    edition: Edition, texts: Words, words: Words, cases: tuple[Case, ...], trees, language: str
):
    for case in cases[LANGUAGES.index(language) :: len(LANGUAGES)]:
        view, report = opened(edition, texts, words, case, language)
        assert orphans(edition, report) == [], case.id
        for of in named(report):
            tree = trees[case.id][traced_by(view, of)]
            assert of in {node.id for node in tree.walk()}
            assert text_of(chain(view, of, tree))
        for table, row in rows(report):
            if table.id in REPEATED or table.id.startswith("drivers-"):
                _numbers_stand_again(view, trees[case.id], table, row)


def _numbers_stand_again(view: View, known: dict[str, Node], table: Table, row: Row) -> None:
    """Whoever opens a number finds it again on the page behind it."""
    for place, of in leading(table, row).items():
        if place and table.columns[place].numeric and of != "functions":
            page = text_of(chain(view, of, known[traced_by(view, of)]))
            for number in NUMBER.findall("".join(row.cells[place].parts)):
                assert number in NUMBER.findall(page), (table.id, of, number)


def test_every_chain_of_every_case_is_worked_out_again(edition: Edition, cases: tuple[Case, ...], trees):
    for case in cases:
        faults = [fault for tree in trees[case.id].values() for fault in verify(edition, case.answers, tree)]
        assert faults == [], case.id


def test_a_number_that_says_nothing_is_found(edition: Edition, texts: Words, words: Words, cases):
    _, report = opened(edition, texts, words, cases[0], "en")
    part = next(p for p in report.parts if p.id == "trends")
    assert isinstance(part.blocks[1], FigureBlock)
    table = part.blocks[1].table
    bare = replace(table.rows[0].cells[0], parts=("P 2.1",))
    broken = replace(table, rows=(replace(table.rows[0], cells=(bare, *table.rows[0].cells[1:])),))
    blocks = (part.blocks[0], replace(part.blocks[1], table=broken))
    assert orphans(edition, replace(report, parts=(replace(part, blocks=blocks),))) == ["trends: P 2.1"]


@pytest.mark.parametrize(
    ("of", "kind", "change"),
    [
        (
            "RND",
            "function",
            lambda n: replace(n, parts=(replace(n.parts[0], value=1e6, low=1e6), *n.parts[1:])),
        ),
        ("CM12", "measure", lambda n: replace(n, value=(n.value or 0.0) + 0.001)),
        ("prf_headcount", "question", lambda n: replace(n, parts=(replace(n.parts[0], value=1.0),))),
        ("P_inputs_45", "evidence", lambda n: replace(n, value=46.0)),
    ],
)
def test_a_wrong_number_of_a_function_measure_answer_or_figure_is_found(
    edition: Edition, cases: tuple[Case, ...], trees, of: str, kind: str, change
):
    case = next(c for c in cases if c.id == "eu_family_sme")
    tree = trees[case.id][of]
    assert tree.kind == kind == kind_of(edition, of)
    assert verify(edition, case.answers, tree) == ()
    assert verify(edition, case.answers, change(tree)) != ()


def test_a_measure_relieves_on_its_page_what_it_relieves_in_the_plan(edition: Edition, cases, trees):
    for case in cases:
        for r in assess(edition, case.answers).recommendations:
            tree = trees[case.id][r.countermeasure]
            assert tuple((p.id, p.value) for p in tree.parts) == r.relieves
            assert tree.value == r.benefit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_has_a_page_with_its_name(edition, texts, words, cases, trees, language: str):
    case = next(c for c in cases if c.id == "many_dont_knows")
    view, _ = opened(edition, texts, words, case, language)
    for of in (*trees[case.id], *edition.components):
        page = chain(view, of, trees[case.id][traced_by(view, of)])
        assert "".join(page.headline).strip() and "{" not in text_of(page)


def test_a_name_with_its_origin_survives_a_copy_to_another_process():
    copied = pickle.loads(pickle.dumps(Traced("62 (55–70)", "D1")))
    assert (copied, copied.of, type(copied)) == ("62 (55–70)", "D1", Traced)


# --- on paper --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def paper(edition: Edition, texts: Words, words: Words, cases) -> tuple[Report, PdfReader]:
    _, report = opened(edition, texts, words, next(c for c in cases if c.sample), "en")
    return report, PdfReader(io.BytesIO(render_pdf(report)))


def annotations(pdf: PdfReader) -> Iterator[tuple[int, DictionaryObject]]:
    for number, page in enumerate(pdf.pages):
        for one in page.get("/Annots", []):
            yield number, one.get_object()


def test_every_link_on_paper_is_a_tagged_link_with_words_and_a_place(paper):
    _, pdf = paper
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    owners = {numbers[n]: numbers[n + 1] for n in range(0, len(numbers), 2)}
    found = list(annotations(pdf))
    assert len(found) > 100
    for _, one in found:
        owner = owners[one["/StructParent"]].get_object()
        assert owner["/S"] == "/Link"
        assert any(isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR" for kid in _kids(owner))
        assert one["/Contents"].strip()
        assert one["/Dest"][0].get_object()["/Type"] == "/Page" if "/Dest" in one else one["/A"]


def _kids(owner: DictionaryObject) -> list[object]:
    return [kid.get_object() if isinstance(kid, IndirectObject) else kid for kid in owner["/K"]]


def test_numbers_of_the_board_pages_lead_on(paper):
    """As many links as there are numbers: on the tiles, in placements, drivers and trends, on indicators."""
    report, pdf = paper
    said = [one["/Contents"] for _, one in annotations(pdf)]
    wanted = [t.value for p in report.parts for b in p.blocks if isinstance(b, Tiles) for t in b.tiles]
    for table, row in rows(report):
        if table.id in ("placements", "trends") or (table.id.startswith("drivers-") and not row.of):
            wanted += ["".join(row.cells[place].parts) for place in leading(table, row)]
    missing = [number for number in wanted if " ".join(number.split()) not in map(_plain, said)]
    assert wanted and missing == []


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_the_number_of_an_indicator_says_formula_standing_and_source_and_leads_to_an_answer(
    paper, edition: Edition, texts: Words
):
    _, pdf = paper
    formula = texts["en"].text("indicators.I10.formula")
    page, one = next((n, a) for n, a in annotations(pdf) if formula in a["/Contents"])
    assert "derived" in one["/Contents"] and "P3.1, P4.1" in one["/Contents"]
    target = pdf.get_page_number(one["/Dest"][0].get_object())
    question = texts["en"].text("questions.chn_mix.label").split("?")[0][:30]
    assert target > page
    assert "".join(question.split()) in "".join(pdf.pages[target].extract_text().split())
