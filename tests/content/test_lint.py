"""Seeded faults: each is found with its code, file and id, and a cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessment.content.lint import WHILE_READING, lint_all, notes, reference, rules
from assessment.content.load import EDITIONS
from assessment.model.problems import Problem

_CODE = re.compile(r'note\(\s*"([a-z0-9-]+)"')
EN, ZH = "text/en/", "text/zh/"

# (what is seeded, file, old, new) -> (code, file, id)
# fmt: off
# ruff: noqa: E501 -- a table: one fault a line
SEEDED = [
    ("a question twice", ("questions/chain.toml", 'id = "chn_tech"', 'id = "chn_top1"'), ("duplicate-id", "questions/chain.toml", "chn_top1")),
    ("an option twice", ("questions/services.toml", '"no", "unpaid"', '"no", "no", "unpaid"'), ("duplicate-id", "questions/services.toml", "svc_stair")),
    ("a component twice", ("dilemmas/D3.toml", 'id = "D3b"', 'id = "D1b"'), ("duplicate-id", "dilemmas/D3.toml", "D1b")),
    ("a measure under another's id", ("countermeasures/CM05.toml", 'id = "CM05"', 'id = "CM04"'), ("duplicate-id", "countermeasures/CM05.toml", "CM04")),
    ("a component without its indicator", ("dilemmas/D3.toml", 'indicator = "I19"', 'indicator = "I99"'), ("dangling-id", "dilemmas/D3.toml", "D3g")),
    ("a measure that relieves nothing known", ("countermeasures/CM03.toml", "D3a = 0.3", "D9a = 0.3"), ("dangling-id", "countermeasures/CM03.toml", "CM03")),
    ("a measure after one that is gone", ("countermeasures/CM03.toml", 'after = ["CM02"]', 'after = ["CM99"]'), ("dangling-id", "countermeasures/CM03.toml", "CM03")),
    ("a kpi that is gone", ("countermeasures/CM03.toml", 'kpi = ["I03"]', 'kpi = ["I98"]'), ("dangling-id", "countermeasures/CM03.toml", "CM03")),
    ("evidence for an indicator that is gone", ("evidence.toml", 'indicator = "I19"', 'indicator = "I97"'), ("dangling-id", "evidence.toml", "P_agglomeration")),
    ("a question that feeds nothing known", ("questions/capabilities.toml", 'feeds = ["CM28"]', 'feeds = ["CM96"]'), ("dangling-id", "questions/capabilities.toml", "glo_standards")),
    ("a check on a field that is gone", ("checks.toml", 'fields = ["fin_inputs", "fin_opcost"]', 'fields = ["fin_input"]'), ("dangling-field", "checks.toml", "inputs_within_cost")),
    ("bounds by a field that is gone", ("checks.toml", 'field = "prf_period.currency"', 'field = "prf_period.money"'), ("dangling-field", "checks.toml", "revenue_per_head")),
    ("a formula on a field that is gone", ("indicators.toml", 'formula = "chn_top1"', 'formula = "chn_top2"'), ("bad-formula", "indicators.toml", "I21")),
    ("a source that is no section", ("dilemmas/D3.toml", 'source = ["T3", "P3.3"]', 'source = ["T33"]'), ("unknown-source", "dilemmas/D3.toml", "D3g")),
    ("a text missing in one language", (ZH + "q_chain.toml", "example = ", "hint = "), ("missing-text", ZH + "q_chain.toml", "questions.chn_mix.example")),
    ("an option without a name", (EN + "q_functions.toml", 'not_done = "Needed, but nobody does it"\n', ""), ("missing-text", EN + "q_functions.toml", "questions.mtx_mode.fields.cell.options.not_done")),
    ("a scale a step short", ("edition.toml", "remote_data = 5", "remote_data = 6"), ("missing-text", EN + "base.toml", "scales.remote_data.levels")),
    ("a text nobody asks for", (EN + "trends.toml", "[trends.P21]\nname", '[trends.P21]\nmotto = "x"\nname'), ("superfluous-text", EN + "trends.toml", "trends.P21.motto")),
    ("a placeholder lost in translation", (ZH + "checks.toml", "（{left}）大于营业总成本", "大于营业总成本"), ("placeholder-mismatch", ZH + "checks.toml", "checks.inputs_within_cost.problem")),
    ("a brace left open", (EN + "checks.toml", "({left}) are larger", "({left) are larger"), ("placeholder-mismatch", EN + "checks.toml", "checks.inputs_within_cost.problem")),
    ("a weight that is too heavy", ("dilemmas/D3.toml", "weight = { sme = 20, large = 5 }", "weight = { sme = 25, large = 5 }"), ("weights-sum", "dilemmas/D3.toml", "D3")),
    ("anchors out of order", ("dilemmas/D3.toml", "[50, 35, 20, 10, 0]", "[50, 20, 35, 10, 0]"), ("anchors-order", "dilemmas/D3.toml", "D3a")),
    ("anchors beyond the range", ("dilemmas/D3.toml", "[90, 70, 50, 30, 10]", "[190, 70, 50, 30, 10]"), ("anchors-range", "dilemmas/D3.toml", "D3g")),
    ("a rule without standing", ("dilemmas/D3.toml", 'standing = "assumed"\n', ""), ("missing-key", "dilemmas/D3.toml", "D3a")),
    ("an assumed rule without reason", ("trends.toml", 'reason = "A quarter is', 'note = "A quarter is'), ("no-reason", "trends.toml", "P21.1")),
    ("a derived rule without source", ("indicators.toml", 'source = ["P2.1", "P3.2"]\n', ""), ("no-source", "indicators.toml", "I01")),
    ("placement without reason", ("edition.toml", 'reason = "Equal quarters', 'why = "Equal quarters'), ("frame-standing", "edition.toml", "placement")),
    ("a circle of relevance", ("questions/profile.toml", 'id = "group"\n', 'id = "group"\nasked_when = { item = "prf_regime.group_headcount", above = 1 }\n'), ("relevance-circle", "questions/profile.toml", "prf_regime")),
    ("a circle of measures", ("countermeasures/CM02.toml", 'after = ["CM01"]', 'after = ["CM03"]'), ("after-circle", "countermeasures/CM02.toml", "CM02")),
    ("a question nobody is asked", ("questions/profile.toml", '"prf_regime.group", is = "yes"', '"prf_regime.group", is = "maybe"'), ("unreachable-question", "questions/profile.toml", "prf_regime")),
    ("a condition on an unknown option", ("countermeasures/CM03.toml", "int_reasons.secret", "int_reasons.secrets"), ("unknown-option", "countermeasures/CM03.toml", "CM03")),
    ("a look-up without an option", ("indicators.toml", "tobacco = 0.3\n", ""), ("points-gap", "indicators.toml", "I07R")),
    ("an indicator nobody uses", ("indicators.toml", 'reads = "context"', 'reads = "down"'), ("unused-rule", "indicators.toml", "I31")),
    ("a table nobody uses", ("indicators.toml", "[table.sector_rd]", "[table.spare]\nfood = 1\n[table.sector_rd]"), ("unused-rule", "indicators.toml", "spare")),
    ("a derived value nobody uses", ("indicators.toml", "[derived.loaded_cost]", '[derived.spare]\nformula = "fin_inputs"\n[derived.loaded_cost]'), ("unused-rule", "indicators.toml", "spare")),
    ("a mark that may not be drawn", ("evidence.toml", 'figure = "70 %"', 'figure = "70 %"\nvalue = 70'), ("evidence-mark", "evidence.toml", "P_service_input_70")),
    ("evidence without a use", ("evidence.toml", 'use = "context"\n', ""), ("missing-key", "evidence.toml", "P_integration_low")),
    ("a question without effect", ("questions/functions.toml", 'feeds = ["plan"]', "feeds = []"), ("idle-question", "questions/functions.toml", "mtx_intent")),
    ("a question that claims too much", ("questions/capabilities.toml", 'feeds = ["CM28"]', 'feeds = ["CM28", "I20"]'), ("idle-question", "questions/capabilities.toml", "glo_standards")),
    ("a quick question behind a slow one", ("questions/functions.toml", 'id = "mtx_mode"\nkind = "rows"\nquick = true', 'id = "mtx_mode"\nkind = "rows"'), ("quick-path", "questions/functions.toml", "mtx_in")),
    ("relief above one", ("countermeasures/CM03.toml", "D3a = 0.3", "D3a = 3"), ("measure-numbers", "countermeasures/CM03.toml", "CM03")),
    ("a choice that is counted", ("indicators.toml", 'formula = "chn_top1"', 'formula = "prf_role"'), ("kind-mismatch", "indicators.toml", "I21")),
    ("sizes without their question", ("questions/profile.toml", 'id = "prf_headcount"', 'id = "prf_people"'), ("kind-mismatch", "edition.toml", "sizes")),
    ("a check with two tests", ("checks.toml", 'at_most = "fin_opcost"', 'at_most = "fin_opcost"\nat_least = 0'), ("check-shape", "checks.toml", "inputs_within_cost")),
    ("a case with an unknown field", ("examples/contract_garment.toml", "fin_gm =", "fin_margin ="), ("worked-case", "examples/contract_garment.toml", "fin_margin")),
    ("a case that cannot be true", ("examples/contract_garment.toml", "fin_inputs = 3050", "fin_inputs = 9050"), ("worked-case", "examples/contract_garment.toml", "fin_inputs")),
    ("a case that expects an unknown level", ("examples/contract_garment.toml", 'D1 = "acute"', 'D1 = "awful"'), ("worked-case", "examples/contract_garment.toml", "D1")),
    ("a key with a slip", ("questions/chain.toml", "tolerance = 1", "tolerence = 1"), ("unknown-key", "questions/chain.toml", "chn_mix")),
    ("a word for a weight", ("dilemmas/D3.toml", "sme = 20, large = 25", 'sme = "20", large = 25'), ("wrong-type", "dilemmas/D3.toml", "D3b")),
    ("a word for a cut", ("edition.toml", "cuts = [25, 50, 75]", 'cuts = [25, "50", 75]'), ("wrong-type", "edition.toml", "placement")),
    ("a plan that begins at no level", ("edition.toml", 'relieve_from = "pronounced"', 'relieve_from = "awful"'), ("unknown-value", "edition.toml", "plan")),
    ("a budget for no size class", ("edition.toml", "budget = { micro = 3", "budget = { tiny = 3"), ("unknown-value", "edition.toml", "plan")),
    ("a budget below nothing", ("edition.toml", "budget = { micro = 3", "budget = { micro = -3"), ("wrong-type", "edition.toml", "plan")),
    ("agreement beyond what is apart", ("edition.toml", "agreed = { scale = 0.1667", "agreed = { scale = 0.6667"), ("agreement-numbers", "edition.toml", "agreement")),
    ("agreement on no measure", ("edition.toml", "apart = { scale", "apart = { scales"), ("unknown-value", "edition.toml", "agreement")),
    ("a factor of no unit", ("edition.toml", "factors = { money", "factors = { gold"), ("unknown-unit", "edition.toml", "agreement")),
    ("a role with an unknown section", ("edition.toml", 'sales = ["chain"', 'sales = ["chains"'), ("unknown-value", "edition.toml", "workshop.roles")),
    ("a role without a name", (ZH + "base.toml", 'sales = "市场与销售"\n', ""), ("missing-text", ZH + "base.toml", "workshop_roles.sales")),
    ("a word in a look-up", ("indicators.toml", "tobacco = 0.3", 'tobacco = "0.3"'), ("bad-formula", "indicators.toml", "I07R")),
    ("a file that is not TOML", ("trends.toml", "[[trend]]", "[[trend]"), ("not-toml", "trends.toml", "")),
]
# fmt: on


@pytest.mark.parametrize(("seed", "found"), [s[1:] for s in SEEDED], ids=[s[0] for s in SEEDED])
def test_a_seeded_fault_is_found_with_code_file_id_and_cure(copy, seed, found) -> None:
    copy.change(*seed)
    code, file, id_ = found
    hits = [p for p in copy.faults() if p.code == code and _place(p) == (file, id_)]
    assert hits, "\n".join(str(p) for p in copy.faults())
    assert hits[0].what
    assert hits[0].cure


def _place(problem: Problem) -> tuple[str, str]:
    where, _, id_ = problem.where.partition(" ")
    return where.partition(":")[0], id_


def test_a_sentence_left_in_the_other_language_is_found(copy) -> None:
    english = (copy.folder / EN / "trends.toml").read_text(encoding="utf-8")
    (copy.folder / ZH / "trends.toml").write_text(english, encoding="utf-8")
    found = [p for p in copy.faults() if p.code == "untranslated-text"]
    assert ("text/zh/trends.toml", "trends.P21.source_says") in {_place(p) for p in found}
    assert all(p.cure for p in found)


def test_the_line_of_the_fault_is_named(copy) -> None:
    copy.change(ZH + "q_chain.toml", "example = ", "hint = ")
    lines = (copy.folder / ZH / "q_chain.toml").read_text(encoding="utf-8").splitlines()
    header = lines.index("[questions.chn_mix]") + 1
    assert [p.where for p in copy.faults()] == [f"{ZH}q_chain.toml:{header} questions.chn_mix.example"]


def test_all_faults_come_at_once(copy) -> None:
    copy.change("dilemmas/D3.toml", "sme = 20", "sme = 21")
    copy.change("countermeasures/CM03.toml", "D3a = 0.3", "D9a = 0.3")
    copy.change("questions/chain.toml", "tolerance = 1", "tolerence = 1")
    assert {p.code for p in copy.faults()} == {"weights-sum", "dangling-id", "unknown-key"}


def test_every_edition_in_the_repository_is_free_of_faults() -> None:
    assert [str(p) for p in lint_all(EDITIONS)] == []


def test_the_places_of_all_editions_begin_with_the_edition(copy) -> None:
    copy.change("dilemmas/D3.toml", "sme = 20", "sme = 21")
    assert [p.where for p in lint_all(copy.root)] == ["servitization/2026-1/dilemmas/D3.toml:4 D3"]


def test_a_field_read_twice_is_a_note_and_no_fault(copy) -> None:
    copy.change("indicators.toml", 'formula = "chn_top1"', 'formula = { sum = ["chn_top1", "chn_top1"] }')
    assert any(p.code == "repeated-field" and " I21" in p.where for p in notes(copy.folder))
    assert not copy.faults()


def test_the_page_of_lint_rules_is_current() -> None:
    page = EDITIONS.parent / "docs" / "reference" / "lint-rules.md"
    assert page.read_text(encoding="utf-8") == reference()


def test_every_code_noted_while_reading_is_explained() -> None:
    folder = EDITIONS.parent / "assessment" / "content"
    text = "".join(f.read_text(encoding="utf-8") for f in folder.glob("*.py") if f.name != "lint.py")
    codes = set(_CODE.findall(text)) - {
        rule.__name__.rpartition(".")[2].replace("_", "-") for rule in rules()
    }
    assert codes == set(WHILE_READING)


def test_every_rule_notes_its_own_code_and_says_what_it_is_for() -> None:
    for rule in rules():
        code = rule.__name__.rpartition(".")[2].replace("_", "-")
        source = Path(str(rule.__file__)).read_text(encoding="utf-8")
        assert set(_CODE.findall(source)) == {code}
        assert (rule.__doc__ or "").strip()
