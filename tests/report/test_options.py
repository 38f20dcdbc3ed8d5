"""The plan in words: what is said follows from the plan, in both languages, with one rounding."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.model.agenda import Outlook
from assessment.model.plans import End, Frontier, Outcome, PlanRequest, Verdict
from assessment.report import options
from assessment.report.costs import Purse, cost_text, money, percent, purse_of
from assessment.report.plan_notes import gap_text, reach_table, remarks, unavailable_table, why_not
from assessment.report.say import Say
from assessment.scoring.assess import assess
from assessment.scoring.frontier import drawn
from assessment.scoring.optimise import propose

ROOT = Path(__file__).parents[2] / "assessment"
LANGUAGES = ("en", "zh")
CASES = ("licensed_lift_maker", "own_brand_machine_maker", "machining_job_shop", "factoryless_brand")


@pytest.fixture(scope="module")
def says(edition, texts, words) -> dict[str, Say]:
    return {language: Say(edition, texts[language], words[language]) for language in LANGUAGES}


@pytest.fixture(scope="module")
def outlooks(edition, cases) -> dict[str, Outlook]:
    """Each firm one level better where it is worse than emerging."""
    found = {}
    levels = edition.placement.levels
    for case in cases:
        if case.id in CASES:
            at = {p.dilemma: levels.index(p.level) for p in assess(edition, case.answers).placements}
            request = PlanRequest({d: levels[n - 1] for d, n in at.items() if n >= 2})
            plan = propose(edition, case.answers, request)
            found[case.id] = Outlook(plan, drawn(edition, case.answers, request, plan))
    return found


@pytest.fixture(scope="module")
def lift(outlooks) -> Outlook:
    return outlooks["licensed_lift_maker"]


def cells(table) -> list[list[str]]:
    return [["".join(c.parts) for c in row.cells] for row in table.rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_left_to_fill_in(says, outlooks, edition, cases, name, language) -> None:
    say, outlook = says[language], outlooks[name]
    purse = purse_of(edition, next(c for c in cases if c.id == name).answers)
    block = options.frontier_block(say, outlook)
    tables = (
        reach_table(say, outlook), options.measure_table(say, outlook, purse), block.table,
        unavailable_table(say, outlook),
    )  # fmt: skip
    told = [
        options.headline(say, outlook, purse), options.verdict_text(say, outlook), *remarks(say, outlook),
        *options.runner_up_texts(say, outlook, purse), options.nothing_text(say, outlook), block.alt,
        *(text for table in tables for row in cells(table) for text in row),
    ]  # fmt: skip
    assert all(told.count("{") == 0 for told in told)
    assert len(told) > 20


def test_the_verdict_says_the_least_effects_that_are_enough(says, lift) -> None:
    say, plan = says["en"], lift.proposal
    assert options.verdict_text(say, lift) == say.words.text("options.verdict.sure")
    missed = replace(plan.at[End.LOW], overshoot=9.0, severity={**plan.at[End.LOW].severity, "D1": 59.0})
    short = {e: plan.at[e] if e is not End.LOW else missed for e in End}
    for verdict, word in ((Verdict.LIKELY, "middle"), (Verdict.HOPED, "top")):
        told = options.verdict_text(say, replace(lift, proposal=replace(plan, verdict=verdict, at=short)))
        assert word in told and "Dominated by processing: pronounced (59)" in told
        assert "Low and unspecialised" not in told


def unreachable(outlook: Outlook, reached_for: float | None, **limits) -> Outlook:
    plan = outlook.proposal
    low = replace(plan.at[End.LOW], overshoot=9.0)
    points = (
        Outcome(("CM01",), reached_for or 9.0, {}, 0.0 if reached_for else 3.0),
        Outcome((), 0.0, {}, 9.0),
    )
    plan = replace(
        plan, verdict=Verdict.SHORT, end=End.LOW, chosen=low, at={**plan.at, End.LOW: low},
        request=replace(plan.request, **limits),
    )  # fmt: skip
    return replace(outlook, proposal=plan, frontier=Frontier(points, None, complete=True))


@pytest.mark.parametrize(
    ("reached_for", "limits", "word"),
    [
        (
            8.0,
            {"budget": 2.0},
            "within this budget; with every effect at its minimum it would take 8\N{NO-BREAK SPACE}%",
        ),
        (None, {"budget": 2.0}, "within the limits set"),
        (None, {"days_per_quarter": 5.0}, "within the limits set"),
        (None, {}, "with the measures open to the firm"),
    ],
)
def test_a_goal_out_of_reach_says_which_limit_is_in_the_way(says, lift, reached_for, limits, word) -> None:
    told = options.verdict_text(says["en"], unreachable(lift, reached_for, **limits))
    assert told.startswith("Not reachable") and word in told
    assert "Dominated by processing: emerging" in told


def test_a_search_cut_short_claims_nothing(says, lift) -> None:
    far = unreachable(lift, None)
    cut = replace(far.proposal, best={**far.proposal.best, End.HIGH: replace(far.proposal.chosen, gap=None)})
    assert "does not prove" in options.verdict_text(says["en"], replace(far, proposal=cut))
    plan = lift.proposal
    for gap, word in ((None, "before it had found"), (0.12, "12\N{NO-BREAK SPACE}% cheaper")):
        stopped = replace(lift, proposal=replace(plan, chosen=replace(plan.chosen, gap=gap)))
        assert word in gap_text(says["en"], stopped)
    assert gap_text(says["en"], lift) == ""


def test_the_table_of_measures_says_cost_days_quarters_relief_and_what_fails_without(says, lift) -> None:
    rows = cells(options.measure_table(says["en"], lift, Purse(20_000_000, "CNY")))
    sell, customers = rows[0], rows[1]
    assert sell[0] == "Offer your customers the design as well"
    assert sell[1].replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", "") == "1–3 % (CNY 200000 to 600000)"
    assert (sell[2], sell[3]) == ("20–60", "Q1–Q6")
    assert "Core technology elsewhere" in sell[4] and "\N{MINUS SIGN}" in sell[4]
    assert "The goal is missed: Dominated by processing." in sell[5]
    assert sell[5].endswith("costs 8.5\N{NO-BREAK SPACE}% of revenue.")
    assert customers[5].endswith("No other plan leads as far.")
    assert [row[0] for row in rows[2:]] == ["Together"]


def test_what_a_measure_makes_worse_is_always_said(says, outlooks) -> None:
    say = says["en"]
    hurting = [
        (m, c)
        for o in outlooks.values()
        for m in o.proposal.measures
        for c, a in m.relief.items()
        if a.mid <= -0.5
    ]
    assert hurting
    for measure, component in hurting:
        assert f"makes worse: {say.component(component)} " in options.relief_text(say, measure.relief)


def test_the_figure_holds_the_plan_and_doing_nothing_and_agrees_with_its_table(says, outlooks) -> None:
    for name, outlook in outlooks.items():
        figure = options.cost_frontier(says["en"], outlook)
        kinds = [p.kind for p in figure.points]
        assert kinds.count("nothing") == 1
        assert kinds.count("plan") == (1 if outlook.proposal.chosen.measures else 0), name
        assert [p.cost for p in figure.points] == sorted((p.cost for p in figure.points), reverse=True)
        shown = {(p.cost, p.left) for p in figure.points}
        assert {(o.cost, o.overshoot) for o in outlook.frontier.points} <= shown
        assert kinds.count("runner_up") == len(outlook.proposal.runners_up)


def test_a_runner_up_is_told_by_what_it_has_instead(says, lift) -> None:
    (told,) = options.runner_up_texts(says["en"], lift)
    other = lift.proposal.runners_up[0]
    for measure in set(other.measures) ^ set(lift.proposal.chosen.measures):
        assert f"“{says['en'].measure(measure)}”" in told
    for measure in set(other.measures) & set(lift.proposal.chosen.measures):
        assert f"“{says['en'].measure(measure)}”" not in told
    assert percent(other.cost) in told


def test_every_measure_is_open_or_says_why_not(says, edition, outlooks) -> None:
    for outlook in outlooks.values():
        closed = outlook.proposal.unavailable
        assert closed
        for language in LANGUAGES:
            told = {m: why_not(says[language], closed, m, 12) for m in edition.countermeasures}
            assert {m for m, reason in told.items() if reason} == set(closed)


def test_a_wish_the_plan_cannot_hold_is_named(says, edition, lift) -> None:
    measure = next(iter(lift.proposal.unavailable))
    request = replace(lift.proposal.request, kept=frozenset({measure}))
    told = remarks(says["en"], replace(lift, proposal=replace(lift.proposal, request=request)))
    assert says["en"].measure(measure) in told[0]


@pytest.mark.parametrize(
    ("revenue", "share", "en", "zh"),
    [
        (64_000_000, 6.5, "CNY 4.2 million", "420 万元"),
        (1_000_000, 0.5, "CNY 5000", "5000 元"),
        (3_200_000_000, 4.0, "CNY 130 million", "1.3 亿元"),
        (100_000_000_000, 9.9, "CNY 9.9 billion", "99 亿元"),
    ],
)
def test_money_has_two_digits_and_the_steps_of_the_language(says, revenue, share, en, zh) -> None:
    plain = {
        language: money(says[language], Purse(revenue, "CNY"), share)
        .replace("\u202f", "")
        .replace("\u00a0", " ")
        for language in LANGUAGES
    }
    assert plain == {"en": en, "zh": zh.replace(" 元", "元")}


def test_a_cost_has_no_amount_while_revenue_is_not_known(says, edition, cases) -> None:
    assert "(" not in cost_text(says["en"], 2.5)
    known = next(c for c in cases if c.id == "contract_garment").answers
    assert purse_of(edition, known) == Purse(64_000_000, "CNY")
    missing = {f: r for f, r in known.replies.items() if f != "fin_revenue"}
    assert purse_of(edition, replace(known, replies=missing)) is None


# --- words ------------------------------------------------------------------------------------------------

SAID_BY = {
    "options": ("report/options.py", "report/plan_notes.py", "report/costs.py"),
    "actions": ("report/actions.py", "exchange/actions_out.py", "ui/pages/actions.py", "ui/downloads.py",
                "ui/sidebar.py", "workflow/publishing.py"),
    "plan_page": ("ui/pages/plan.py", "ui/wishes.py", "ui/sidebar.py", "ui/pages/results.py"),
}  # fmt: skip


def leaves(tree: dict, before: str = "") -> Iterator[str]:
    for name, value in tree.items():
        yield from leaves(value, f"{before}{name}.") if isinstance(value, dict) else [f"{before}{name}"]


def said(path: Path) -> Iterator[str]:
    """Every string of a source as a pattern; what is filled in may be one name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[^.]+" for p in node.values]
            if any(isinstance(p, ast.Constant) and p.value.strip(".") for p in node.values):
                yield "".join(str(p) for p in parts)


@pytest.mark.parametrize("table", SAID_BY)
def test_no_word_about_plans_and_actions_is_left_over(table) -> None:
    patterns = {p for name in SAID_BY[table] for p in said(ROOT / name)}
    for language in LANGUAGES:
        tree = tomllib.loads((ROOT / "words" / language / f"{table}.toml").read_text(encoding="utf-8"))
        idle = [
            key
            for key in leaves(tree[table])
            if not any(re.fullmatch(p, key) or re.fullmatch(p, f"{table}.{key}") for p in patterns)
        ]
        assert idle == []
