"""JSON and TOML: what is unclear or absurd is refused with its place."""

from __future__ import annotations

import json

import pytest

FILE = {"format": "assessment-answers/1", "edition": "servitization/2026-1", "firm": "F", "answers": {}}


def body(**changes):
    return json.dumps(FILE | changes)


def codes(entries):
    return [fault.code for entry in entries for fault in entry.faults]


BROKEN = {
    "not JSON": ("{", "not-json"),
    "not an object": ("[]", "not-an-object"),
    "a key twice": ('{"format": "assessment-answers/1", "format": "x"}', "duplicate-key"),
    "an answer twice": (
        body().replace('"answers": {}', '"answers": {"fin_gm": 1, "fin_gm": 2}'),
        "duplicate-key",
    ),
    "NaN": (body().replace('"answers": {}', '"answers": {"fin_gm": NaN}'), "not-finite"),
    "infinity": (body().replace('"answers": {}', '"answers": {"fin_gm": -Infinity}'), "not-finite"),
    "nested without end": ('{"answers": ' + "[" * 100_000, "nested-too-deep"),
    "another format": (body(format="other/1"), "wrong-format"),
    "no edition": (body(edition=None), "no-edition"),
    "an edition that is not here": (body(edition="servitization/1999-1"), "no-such-edition"),
    "a path as edition": (body(edition="../../etc"), "no-such-edition"),
    "unknown parts": (body(extra=1), "unknown-keys"),
    "no answers": (body(answers=[]), "no-answers"),
    "a firm that is no text": (body(firm=5), "no-text"),
    "a remark without end": (body(comments={"fin_gm": "x" * 10_001}), "text-too-long"),
    "Latin-1": (body(firm="x").encode().replace(b"x", b"\xe9"), "not-utf8-file"),
    "too large": (body(firm=" " * (3 << 20)), "file-too-large"),
    "an unknown field": (body(answers={"fin_gmm": 1}), "unknown-field"),
    "an unknown option": (body(answers={"prf_role": "boss"}), "unreadable-answer"),
    "a truth value": (body(answers={"fin_gm": True}), "unreadable-answer"),
    "a range upside down": (body(answers={"fin_gm": {"low": 9, "high": 3}}), "unreadable-answer"),
    "an unknown state": (body(answers={"fin_gm": {"state": "maybe"}}), "unreadable-answer"),
    "a number with a billion digits": (body(answers={"fin_gm": "1e999999999"}), "too-large"),
    "a number with a billion decimals": (body(answers={"fin_gm": "1e-999999999"}), "too-large"),
    "an unknown remark": (body(comments={"nothing": "x"}), "unknown-comment"),
    "an unknown check": (body(confirmed={"nothing": "x"}), "unknown-check"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_reason(name, read, tools):
    content, wanted = BROKEN[name]
    entries = read("a.json", content)
    assert codes(entries) == [wanted]
    assert str(tools.problem(entries[0].faults[0])).startswith("a.json")


def test_all_faults_of_a_file_come_at_once(read):
    answers = {"fin_gm": "much", "prf_role": "boss", "nothing": 1, "prf_headcount": 12}
    entries = read("a.json", body(answers=answers, comments={"no": "x"}))
    assert codes(entries) == ["unreadable-answer", "unreadable-answer", "unknown-field", "unknown-comment"]
    assert [f.field for f in entries[0].faults[:2]] == ["fin_gm", "prf_role"]
    assert list(entries[0].answers.replies) == ["prf_headcount"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_or_without_a_mark_is_read(read, encoding):
    entry = read("a.json", json.dumps(FILE | {"firm": "灯笼制衣"}, ensure_ascii=False).encode(encoding))[0]
    assert (entry.answers.firm, entry.faults) == ("灯笼制衣", ())


def test_characters_that_steer_a_terminal_are_dropped(read, tools):
    entry = read("a.json", body(firm="a\x1b[31mb\u0000\ud800", answers={"fin_gm": "\x1b[2Jx"}))[0]
    assert entry.answers.firm == "a[31mb"
    assert "\x1b" not in str(tools.problem(entry.faults[0]))


def test_toml_faults_are_named(read):
    assert codes(read("a.toml", "x = = 1")) == ["not-toml"]
    assert codes(read("a.toml", "[answers]\nfin_gm = nan")) == ["unreadable-answer"]
    assert codes(read("a.toml", "answer = 1")) == ["unknown-keys"]
    assert codes(read("a.txt", "x")) == ["unknown-kind"]
