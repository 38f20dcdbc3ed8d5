"""Random firms whose answers pass every check that refuses, and ways of leaving part of them open.

One integer makes one firm: hypothesis draws the integers, so a failure names the firm that failed and a few
hundred firms cost seconds. Amounts follow the accounts (inputs within cost, cost near revenue), splits add up
to 100, and a matrix row is answered where its mode asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st

from assessment.evaluation.columns import columns_of, natural_bounds
from assessment.model.answers import DONT_KNOW, Answered, Answers, Between, NotApplicable, Reply
from assessment.model.edition import Edition
from assessment.model.fields import ChoiceCell, Field, Kind, LevelCell, MultiCell, NumberCell, Question, Unit
from assessment.scoring.cohort import Scores, score

# Nothing is shrunk and no example printed: the message of a failure names the firms, each one integer.
STEADY = settings(
    derandomize=True, deadline=None, max_examples=8, database=None, phases=(Phase.generate,),
    verbosity=Verbosity.quiet, suppress_health_check=list(HealthCheck),
)  # fmt: skip
SEEDS = st.lists(st.integers(0, 2**32 - 1), min_size=12, max_size=24, unique=True)

ASKING = {
    "mtx_in": ("inside", "both"),
    "mtx_out": ("both", "outside"),
    "mtx_quality": ("inside", "both", "outside"),
    "mtx_intent": ("inside", "both", "outside"),
    "int_reach": ("not_done", "inside", "both", "outside"),
}
SIZE = ("prf_regime", "prf_headcount", "prf_period", "fin_revenue")  # questions that decide the weights


def firm(edition: Edition, seed: int, *, posts: bool = True, regime: str = "") -> Answers:
    """A firm that knows everything. `posts`: matrix rows may give posts beside money."""
    rng = Random(seed)
    money = _accounts(rng)
    replies: dict[str, Reply] = {}
    for question in edition.questions:
        if question.kind is Kind.SPLIT:
            replies |= _split(question, rng)
            continue
        for field in question.fields:
            replies[field.id] = Answered(_value(field, rng, money))
    if regime:
        replies["prf_regime.regime"] = Answered(regime)
    replies |= {k: Answered(_rounded(v)) for k, v in money.items()}
    return Answers(edition.id, f"firm {seed}", _where_asked(edition, replies, posts=posts))


def _accounts(rng: Random) -> dict[str, float]:
    revenue = 10 ** rng.uniform(4, 8)
    cost = revenue * rng.uniform(0.6, 1.2)
    inputs = cost * rng.uniform(0.1, 0.8)
    people = max(1.0, revenue / rng.uniform(50_000, 300_000))
    days = rng.uniform(5, 200)
    return {
        "fin_revenue": revenue, "fin_opcost": cost, "fin_inputs": inputs,
        "fin_inputs_services": inputs * rng.uniform(0, 0.6),
        "fin_svc_invoiced.services": revenue * rng.uniform(0, 0.5),
        "fin_svc_invoiced.parts": revenue * rng.uniform(0, 0.5),
        "fin_rd_in": cost * rng.uniform(0, 0.1) * rng.choice((0, 1)),
        "fin_rd_out": revenue * rng.uniform(0, 0.03),
        "svc_free.cost": cost * rng.uniform(0, 0.02), "con_unfunded.amount": revenue * rng.uniform(0, 0.3),
        "prf_headcount": people, "prf_regime.group_headcount": people * rng.uniform(1, 20),
        "ppl_service_fte": people * rng.uniform(0, 1),
        "chn_time.order_to_cash": days, "chn_time.production": days * rng.uniform(0, 1),
    }  # fmt: skip


def _rounded(number: float) -> Decimal:
    return Decimal(f"{number:.3f}")


def _value(field: Field, rng: Random, money: Mapping[str, float]) -> Decimal | int | str | tuple[str, ...]:
    match field.cell:
        case NumberCell(unit, _, _, _, integer) as cell:
            low, high = natural_bounds(cell)
            match unit:
                case Unit.MONEY:
                    return _rounded(money["fin_revenue"] * rng.uniform(0, 0.02))
                case Unit.YEAR:
                    return Decimal(2025)
                case Unit.FTE:
                    return _rounded(money["prf_headcount"] * rng.uniform(0, 0.05))
                case _:
                    number = rng.uniform(low, min(high, 200.0))
                    return Decimal(round(number)) if integer else _rounded(number)
        case LevelCell(_, steps):
            return rng.randrange(steps)
        case ChoiceCell(options, _):
            return rng.choice(options)
        case MultiCell(options, at_most):
            several = [o for o in options if o != "none"]
            ticked = rng.sample(several, rng.randint(1, at_most or 3))
            return tuple(o for o in options if o in ticked)


def _split(question: Question, rng: Random) -> dict[str, Reply]:
    """Whole shares; a cut may fall on another, so that some shares are 0."""
    cuts = sorted(rng.choice((0, 100, rng.randint(0, 100))) for _ in question.fields[1:])
    ends = zip((0, *cuts), (*cuts, 100), strict=True)
    return {f.id: Answered(Decimal(b - a)) for f, (a, b) in zip(question.fields, ends, strict=True)}


def _where_asked(edition: Edition, replies: dict[str, Reply], *, posts: bool) -> dict[str, Reply]:
    kept = dict(replies)
    for question, modes in ASKING.items():
        for field in edition.question[question].fields:
            mode = replies[f"mtx_mode.{field.row}"]
            silent = field.column == "fte" and not posts
            if silent or (isinstance(mode, Answered) and mode.value not in modes):
                kept.pop(field.id, None)
    if kept["prf_regime.group"] == Answered("no"):
        kept.pop("prf_regime.group_headcount")
    return kept


def veiled(edition: Edition, answers: Answers, seed: int, share: float, *, na: float = 0.0) -> Answers:
    """The firm with a share of its answers unknown or given as a range around the truth."""
    rng = Random(seed)
    replies = {}
    for name, reply in answers.replies.items():
        chance = rng.random()
        replies[name] = (
            _veil(edition.fields[name], reply, rng) if chance < share
            else NotApplicable("does not fit") if chance < share + na and name.split(".")[0] not in SIZE
            else reply
        )  # fmt: skip
    return replace(answers, replies=replies)


def _veil(field: Field, reply: Reply, rng: Random) -> Reply:
    ranged = isinstance(field.cell, NumberCell) and not field.part and isinstance(reply, Answered)
    if not ranged or rng.random() < 0.6 or field.cell.integer:  # type: ignore[union-attr]
        return DONT_KNOW
    assert isinstance(field.cell, NumberCell) and isinstance(reply.value, Decimal)  # type: ignore[union-attr]
    low, high = (Decimal(repr(b)) for b in natural_bounds(field.cell))
    around = abs(reply.value) / 5 + 1  # type: ignore[union-attr]
    return Between(max(low, reply.value - around), min(high, reply.value + around))  # type: ignore[union-attr]


def scores_of(edition: Edition, firms: Iterable[Answers]) -> Scores:
    return score(edition, columns_of({f.id: f.cell for f in edition.fields.values()}, list(firms)))


def ends(scores: Scores, index: str) -> np.ndarray:
    """Low, point and high of an index, shape (3, firms)."""
    found = scores.indexes[index]
    return np.array([found.low, found.mid, found.high])


def changed(answers: Answers, **replies: Reply) -> Answers:
    """The firm with some replies replaced; `__` stands for the dot of a field id."""
    named = {k.replace("__", "."): v for k, v in replies.items()}
    return replace(answers, replies={**answers.replies, **named})
