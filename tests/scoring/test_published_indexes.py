"""The engine against composite indexes that others computed and published (tests/editions/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from assessment.content.load import load_edition
from assessment.evaluation.columns import columns_of
from assessment.model.answers import DONT_KNOW, Answered, Answers, Reply
from assessment.model.edition import Edition
from assessment.scoring.cohort import Scores, score
from tests.editions.build import HDI_COLUMNS, HERE, files, rows

PILLARS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")


@pytest.fixture(scope="module")
def asem() -> Edition:
    return load_edition("asem", HERE)


@pytest.fixture(scope="module")
def hdi() -> Edition:
    return load_edition("hdi", HERE)


@pytest.fixture(scope="module")
def connectivity(asem: Edition) -> Scores:
    return scored(asem, [known(asem, country) for country in rows("indicators_ready")])


def known(edition: Edition, country: Mapping[str, str]) -> dict[str, Reply]:
    return {name: Answered(Decimal(country[name])) for name in edition.fields}


def scored(edition: Edition, replies: list[dict[str, Reply]]) -> Scores:
    cells = {f.id: f.cell for f in edition.fields.values()}
    return score(edition, columns_of(cells, [Answers(edition.id, replies=r) for r in replies]))


def published(column: str) -> np.ndarray:
    return np.array([float(country[column]) for country in rows("expected_scores")])


def ranks(values: np.ndarray) -> np.ndarray:
    """1 for the highest."""
    return np.argsort(np.argsort(-values)) + 1


def test_the_small_editions_are_what_their_script_writes():
    for path, text in files().items():
        assert (HERE / path).read_text(encoding="utf-8") == text, path


def test_the_tables_name_the_same_countries_in_the_same_order():
    assert [c["uCode"] for c in rows("indicators_ready")] == [c["uCode"] for c in rows("expected_scores")]
    assert len(rows("indicators_ready")) == 51


def test_all_51_published_index_values_and_ranks_are_reproduced(connectivity: Scores):
    index = connectivity.indexes["Index"].mid
    assert np.abs(index - published("Index")).max() < 1e-9
    assert ranks(index).tolist() == published("Rank").tolist()


@pytest.mark.parametrize("part", [*PILLARS, "Conn", "Sust"])
def test_every_pillar_and_subindex_is_reproduced(connectivity: Scores, part: str):
    assert np.abs(connectivity.indexes[part].mid - published(part)).max() < 1e-6


@pytest.mark.parametrize("pillar", PILLARS)
def test_ranks_move_as_published_when_a_pillar_is_left_out(asem: Edition, connectivity: Scores, pillar: str):
    without = scored(_without(asem, pillar), [known(asem, country) for country in rows("indicators_ready")])
    moved = np.abs(ranks(without.indexes["Index"].mid) - ranks(connectivity.indexes["Index"].mid)).mean()
    expected = {r["removed_pillar"]: r["mean_abs_rank_change"] for r in rows("expected_leave_one_out")}
    assert len(expected) == 8
    assert f"{moved:.6f}" == f"{float(expected[pillar]):.6f}"


def _without(edition: Edition, pillar: str) -> Edition:
    kept = {
        id_: replace(index, components=tuple(c for c in index.components if c.index != pillar))
        for id_, index in edition.indexes.items()
    }
    return replace(edition, indexes=kept)


def test_bounds_with_the_65_missing_cells_unknown_hold_every_published_index(asem: Edition):
    missing = {(cell["uCode"], cell["iCode"]) for cell in rows("missing_cells")}
    assert len(missing) == 65
    replies = [
        {n: DONT_KNOW if (country["uCode"], n) in missing else r for n, r in known(asem, country).items()}
        for country in rows("indicators_ready")
    ]
    index = scored(asem, replies).indexes["Index"]
    inside = (index.low <= published("Index") + 1e-9) & (published("Index") <= index.high + 1e-9)
    assert int(inside.sum()) == 51
    open_ = np.array(
        [any((country["uCode"], n) in missing for n in asem.fields) for country in rows("indicators_ready")]
    )
    assert ((index.high > index.low) == open_).all()
    assert (index.high - index.low).max() < 20.0  # wide enough to hold is no art: the widest is 19.8 points


def test_the_human_development_index_of_191_countries_is_reproduced(hdi: Edition):
    assert _agreeing(hdi) == 191


def test_an_arithmetic_mean_would_miss_156_of_the_191(hdi: Edition):
    whole = replace(hdi.indexes["hdi"], aggregator="mixed")
    assert 191 - _agreeing(replace(hdi, indexes={**hdi.indexes, "hdi": whole})) == 156


def _agreeing(edition: Edition) -> int:
    countries = rows("hdi_2021")
    replies: list[dict[str, Reply]] = [{n: Answered(Decimal(c[n])) for n in HDI_COLUMNS} for c in countries]
    index = scored(edition, replies).indexes["hdi"].mid / 100.0
    return sum(
        f"{ours:.3f}" == f"{float(c['hdi_published']):.3f}" for ours, c in zip(index, countries, strict=True)
    )
