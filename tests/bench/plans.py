"""How long plans take: of the worked cases, and of firms with forty measures, all of them open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter, process_time

from assessment.content.cases import load_cases
from assessment.content.load import load_edition
from assessment.model.answers import Answers
from assessment.model.edition import Edition
from assessment.model.plans import End, PlanRequest
from assessment.scoring.assess import assess
from assessment.scoring.frontier import frontier_of
from assessment.scoring.optimise import proposal
from assessment.scoring.request import default_request
from assessment.scoring.search import Search
from tests.bench.timing import side_by_side
from tests.conftest import EDITION
from tests.scoring.random_firms import firm

MEASURES, FIRMS, RUNS = 40, 15, 3


def everything() -> None:
    """One firm with robustness, margins, plan and frontier, over the worked cases."""
    edition = load_edition(EDITION)
    answers = {case.id: case.answers for case in load_cases(edition)}
    whole = side_by_side({name: partial(_everything, edition, a) for name, a in answers.items()}, RUNS)
    plans = side_by_side({name: partial(_plan, edition, a) for name, a in answers.items()}, RUNS)
    print(f"One firm over {len(answers)} worked cases (processor time, median of {RUNS} runs each):")
    _tell("robustness, margins, plan and frontier", whole, "middle under 1,500 ms")
    _tell("plan and frontier alone", plans, "middle under 250 ms, most under 1,000 ms")


def _tell(name: str, found: Mapping[str, float], aim: str) -> None:
    times = found.values()
    print(f"  {name}: middle {median(times):.0f} ms, most {max(times):.0f} ms  (aim: {aim})")


def _everything(edition: Edition, answers: Answers) -> None:
    found = assess(edition, answers, certain=True)
    _drawn(edition, answers, default_request(edition, found.placements, found.size))


def _plan(edition: Edition, answers: Answers) -> None:
    found = assess(edition, answers)
    _drawn(edition, answers, default_request(edition, found.placements, found.size))


def _drawn(edition: Edition, answers: Answers, request: PlanRequest) -> None:
    search = Search.of(edition, answers, request)
    frontier_of(search, proposal(search))


def forty_measures() -> None:
    """Random firms, a level better in each dilemma within 15 % of revenue and 60 days a quarter."""
    edition = with_measures(load_edition(EDITION), MEASURES)
    best, whole, open_, exact = [], [], [], 0
    for seed in range(FIRMS):
        answers = firm(edition, seed)
        start = process_time()
        search = Search.of(edition, answers, _request(edition, seed))
        search.best(End.LOW)
        best.append(process_time() - start)
        open_.append(len(search.open.measures))
        exact += search.exact(End.LOW)
        began = perf_counter()
        proposal(search)
        whole.append(perf_counter() - began)
    print(f"plans of {FIRMS} firms, {min(open_)} to {max(open_)} measures open, {exact} searched exactly:")
    print(f"  least-cost set  {median(best):.2f} s median, {max(best):.2f} s most (processor; aim: below 1)")
    print(f"  whole proposal  {median(whole):.2f} s median, {max(whole):.2f} s most (wall)")


def with_measures(edition: Edition, count: int) -> Edition:
    """The edition with `count` measures that nothing holds back: its own, then the first ones again."""
    own = list(edition.countermeasures.values())
    measures, effects = {}, {}
    for number in range(count):
        source = own[number % len(own)]
        name = source.id if number < len(own) else f"CM{number + 1:02d}"
        measures[name] = replace(source, id=name, needs=None, holds=(), applies_to=("sme", "large"))
        effects[name] = replace(edition.effects[source.id], measure=name)
    return replace(edition, countermeasures=measures, effects=effects)


def _request(edition: Edition, seed: int) -> PlanRequest:
    today = Search.of(edition, firm(edition, seed), PlanRequest({})).today
    levels, cuts = edition.placement.levels, edition.placement.cuts
    targets = {d: levels[max(sum(score >= c for c in cuts) - 1, 0)] for d, score in today.items()}
    return PlanRequest(targets, budget=15, days_per_quarter=60)


if __name__ == "__main__":
    forty_measures()
