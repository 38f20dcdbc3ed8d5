"""Every word for agreement and clash is there in both languages, and none is left over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from assessment.model.edition import Edition
from assessment.model.words import Catalogue
from assessment.model.workshop import Accord, Agreement, Clash, Spread
from assessment.report.agreement import accord_words, clash_words, withheld_words
from assessment.report.say import Say
from assessment.scoring.agreement import rules_of

WORDS = Path(__file__).parents[2] / "assessment" / "words"


def found(accord: Accord | None, *clashes: Clash, withheld: int = 0) -> Agreement:
    spread = Spread("", 5, 5)
    return Agreement("chn_tech", (), 5, 0, 0, spread, accord=accord, clashes=clashes, withheld=withheld)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_case_has_its_words_and_no_word_is_left_over(
    edition: Edition, texts: Mapping[str, Catalogue], words: Mapping[str, Catalogue], language: str
) -> None:
    say, rules = Say(edition, texts[language], words[language]), rules_of(edition)
    said = [accord_words(say, found(accord), rules) for accord in (*Accord, None)]
    said += [text for pair in clash_words(say, found(None, *Clash)) for text in pair]
    said += [text for n in (0, 4) if (text := withheld_words(say, found(None, withheld=n)))]
    raw = tomllib.loads((WORDS / language / "agreement.toml").read_text(encoding="utf-8"))
    kept = raw["report"]["agreement"].values()
    assert sorted(said) == sorted(text.format(least=3, people=4) for text in kept)
    assert all(bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh") for text in said)


def test_kinds_of_clash_come_in_the_order_found(
    edition: Edition, texts: Mapping[str, Catalogue], words: Mapping[str, Catalogue]
) -> None:
    say = Say(edition, texts["en"], words["en"])
    pairs = clash_words(say, found(None, Clash.SCOPE, Clash.JUDGEMENT))
    assert [name for name, _ in pairs] == ["different scope", "different judgement"]
