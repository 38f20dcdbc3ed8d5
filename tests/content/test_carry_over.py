"""carry_over.toml accounts for every field once; an edition may be based on another and stays itself."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.commandline.tools import default_edition, edition_ids
from assessment.content.carry_over import load_carry_over
from assessment.content.cases import load_cases
from assessment.content.files import files_of
from assessment.content.freeze import issue
from assessment.content.lint import lint, lint_all
from assessment.content.load import EDITIONS, fingerprint, load_edition, load_texts
from assessment.model.carrying import ByFactor, ByOptions, Fate
from assessment.model.edition import Edition
from assessment.model.problems import UserError

BEFORE, AFTER = "servitization/2026-1", "servitization/2026-2"


@dataclass
class Pair:
    """Both editions in a temporary folder, to be spoilt."""

    root: Path

    def change(self, edition: str, file: str, old: str, new: str) -> None:
        path = self.root / edition / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self) -> list[str]:
        return [str(p) for p in lint(self.root / AFTER) if p.code == "carry-over"]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    for name in (BEFORE, AFTER):
        shutil.copytree(EDITIONS / name, tmp_path / name, ignore=shutil.ignore_patterns("examples"))
    return Pair(tmp_path)


def test_the_draft_renames_rescales_adds_and_drops_and_keeps_all_else(edition: Edition):
    later = load_edition(AFTER)
    moves = load_carry_over(edition, later).moves
    by_fate = {fate: [m for m in moves if m.fate is fate] for fate in Fate}
    assert [m.new for m in by_fate[Fate.RENAMED]] == ["glo_adopted.held", "glo_adopted.latest"]
    assert [type(m.rescaling) for m in by_fate[Fate.RESCALED]] == [ByFactor, ByOptions]
    assert [m.old for m in by_fate[Fate.DROPPED]] == ["chn_time.order_to_cash", "chn_time.production"]
    assert [m.new for m in by_fate[Fate.NEW]] == ["int_exchange"]
    assert sorted(m.old for m in moves if m.old) == sorted(edition.fields)
    assert sorted(m.new for m in moves if m.new) == sorted(later.fields)


SEEDED = [
    ("a field that is forgotten", '"chn_win",', "", "`chn_win.price` of edition servitization/2026-1 is not"),
    ("a field that stands twice", '"chn_win",', '"chn_win", "chn_win",', "`chn_win.price` of edition"),
    ("a field that does not exist", '"chn_win",', '"chn_win", "chn_won",', "`chn_won` is no field"),
    ("a new question that is not told", "int_exchange =", "int_alliance =", "`int_exchange` of edition"),
    ("the same, though its options differ", '"int_cluster.shared"', '"int_cluster"', "in another way"),
    ("renamed to what does not exist", '"glo_adopted"', '"glo_other"', "`glo_other` is no field"),
    ("options that are none", 'park = "near"', 'park = "far"', "cannot be rescaled"),
    ("a factor of zero", "factor = 0.5", "factor = 0", "cannot be rescaled"),
    ("levels for a number", "factor = 0.5", "levels = [0, 1]", "cannot be rescaled"),
    ("two ways at once", "factor = 0.5", "factor = 0.5\nlevels = [0]", "exactly one of"),
    ("dropped without a reason", 'chn_time = "', 'chn_time = "" # "', "no reason"),
    ("an edition before that is not here", "servitization/2026-1", "servitization/2020-1", "is not here"),
]


@pytest.mark.parametrize(("old", "new", "told"), [s[1:] for s in SEEDED], ids=[s[0] for s in SEEDED])
def test_a_seeded_fault_of_the_carry_over_is_found(pair: Pair, old: str, new: str, told: str):
    pair.change(AFTER, "carry_over.toml", old, new)
    assert any(told in fault for fault in pair.faults()), pair.faults()


def test_a_faulty_carry_over_is_not_used(pair: Pair):
    pair.change(AFTER, "carry_over.toml", '"chn_win",', "")
    editions = [load_edition(name, pair.root) for name in (BEFORE, AFTER)]
    with pytest.raises(UserError, match="not accounted for"):
        load_carry_over(*editions, pair.root)


def test_an_edition_based_on_another_says_only_what_differs(pair: Pair):
    assert lint_all(pair.root) == []
    texts = load_texts(AFTER, "en", pair.root)
    assert "12 months" in texts.text("questions.con_unfunded.label")
    assert texts.text("questions.con_unfunded.example") == load_texts(BEFORE, "en").text(
        "questions.con_unfunded.example"
    )
    later = load_edition(AFTER, pair.root)
    assert later.sizes == load_edition(BEFORE).sizes
    assert load_cases(later, pair.root) == ()


@pytest.mark.parametrize("file", ["dilemmas/D1.toml", "text/en/trends.toml", "edition.toml"])
def test_the_fingerprint_covers_what_is_taken_over(pair: Pair, file: str):
    once = fingerprint(pair.root / AFTER)
    with (pair.root / BEFORE / file).open("a", encoding="utf-8") as out:
        out.write("\n# a remark\n")
    assert fingerprint(pair.root / AFTER) != once


def test_the_carry_over_of_the_edition_below_is_not_taken_over(pair: Pair):
    third = pair.root / "servitization" / "2026-3"
    third.mkdir()
    (third / "edition.toml").write_text(
        f'id = "servitization/2026-3"\nbased_on = "{AFTER}"\n', encoding="utf-8"
    )
    assert "carry_over.toml" not in files_of(third).found
    assert load_edition("servitization/2026-3", pair.root).fields.keys() == load_edition(AFTER).fields.keys()
    assert "12 months" in load_texts("servitization/2026-3", "en", pair.root).text(
        "questions.con_unfunded.label"
    )
    assert lint(third) == []


def test_what_is_replaced_below_does_not_count(pair: Pair):
    once = fingerprint(pair.root / AFTER)
    with (pair.root / BEFORE / "indicators.toml").open("a", encoding="utf-8") as out:
        out.write("\n# a remark\n")
    assert fingerprint(pair.root / AFTER) == once


def test_a_change_below_an_issued_edition_is_a_fault_of_it(pair: Pair):
    issue(load_edition(AFTER, pair.root), pair.root)
    assert lint(pair.root / AFTER) == []
    pair.change(BEFORE, "dilemmas/D1.toml", "id = ", "# a remark\nid = ")
    assert [p.code for p in lint(pair.root / AFTER)] == ["changed-issue"]


def test_a_fault_in_a_file_taken_over_names_that_file(pair: Pair):
    pair.change(BEFORE, "dilemmas/D3.toml", "sme = 20", "sme = 21")
    assert [p.where for p in lint(pair.root / AFTER)] == ["../2026-1/dilemmas/D3.toml:4 D3"]


def test_an_edition_based_on_one_that_is_not_here_is_a_fault(pair: Pair):
    pair.change(AFTER, "edition.toml", '"servitization/2026-1"', '"servitization/2020-1"')
    assert any(p.where.startswith("../2020-1/edition.toml") for p in lint(pair.root / AFTER))


def test_a_draft_for_later_is_not_what_the_command_line_takes():
    assert edition_ids()[-1] == AFTER
    assert default_edition() == BEFORE
