"""The command line as a person or a program uses it: output, messages and exit codes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.commandline import main as commandline
from assessment.content.load import EDITIONS, app_words
from assessment.exchange import write_json
from assessment.exchange.many_out import write_table
from assessment.model.answers import Answered, Answers

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = EDITIONS / "servitization/2026-1/examples"
GARMENT = EXAMPLES / "contract_garment.toml"


@pytest.fixture
def run(capsys):
    """Runs a command in this process: exit code, standard output, standard error."""

    def _run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = commandline.main([str(a) for a in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return _run


@pytest.fixture
def case(cases):
    return next(c for c in cases if c.id == "contract_garment")


def test_every_case_gets_its_expected_levels_from_the_command_line(run, cases):
    for one in cases:
        code, out, _ = run("score", EXAMPLES / f"{one.id}.toml", "--json")
        found = json.loads(out)["placements"]
        assert code == 0, one.id
        assert {d: found[d]["level"] for d in one.expected} == dict(one.expected), one.id


def test_the_same_case_in_json_and_xlsx_gives_the_same_scores(run, tmp_path, case, edition):
    (tmp_path / "a.json").write_bytes(write_json(edition, case.answers))
    numbers = json.loads(run("score", tmp_path / "a.json", "--json")[1])
    from_case = json.loads(run("score", GARMENT, "--json")[1])
    for found in (numbers, from_case):
        found.pop("file")
    assert numbers["placements"] == from_case["placements"]
    assert numbers["indicators"] == from_case["indicators"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_firm_is_scored_in_full_in_both_languages(run, language, texts):
    code, out, err = run("score", GARMENT, "--lang", language)
    assert (code, err) == (0, "")
    for dilemma in ("D1", "D2", "D3"):
        assert texts[language].text(f"dilemmas.{dilemma}.name") in out
    assert "I01" in out
    assert "CM16" in out


def test_many_firms_get_a_line_each_and_bad_rows_do_not_stop_the_good_ones(run, tmp_path, cases, edition):
    lines = list(write_table(edition, [c.answers for c in cases[:3]]))
    lines[2] = lines[2].replace(",servitization", ",servitization", 1).replace("small", "x")
    cells = lines[2].split(",")
    cells[lines[0].strip().split(",").index("prf_headcount")] = "many"
    file = tmp_path / "many.csv"
    file.write_text(lines[0] + lines[1] + ",".join(cells) + lines[3], encoding="utf-8", newline="")
    code, out, err = run("score", file)
    assert code == 1
    assert len(out.splitlines()) == 3
    assert "row 3" in err
    assert "prf_headcount" in err
    assert "2 firms scored, 1 not scored" in err
    code, out, _ = run("score", file, "--json")
    assert code == 1
    assert [json.loads(line)["row"] for line in out.splitlines()] == [2, 4]


def test_an_impossible_row_is_refused_with_its_check(run, tmp_path, cases, edition):
    replies = dict(cases[0].answers.replies) | {
        "chn_mix.oem": Answered(cases[0].answers.reply("chn_mix.own").value + 90)
    }
    batch = [cases[1].answers, Answers(edition.id, "Impossible", replies)]
    file = tmp_path / "many.csv"
    file.write_text("".join(write_table(edition, batch)), encoding="utf-8", newline="")
    code, out, err = run("score", file)
    assert (code, len(out.splitlines())) == (1, 2)
    assert "row 3" in err
    assert "chn_mix" in err


def test_a_directory_scores_its_firms_and_names_the_file_that_fails(run, tmp_path, case, edition):
    (tmp_path / "good.json").write_bytes(write_json(edition, case.answers))
    (tmp_path / "bad.xlsx").write_bytes(b"PK no workbook")
    (tmp_path / "notes.txt").write_text("not read")
    code, out, err = run("score", tmp_path)
    assert code == 1
    assert "good.json" in out
    assert "bad.xlsx" in err
    assert "notes.txt" not in out + err


def test_validate_lists_everything_and_refuses_only_the_impossible(run, tmp_path):
    assert run("validate", GARMENT)[0] == 0
    code, out, err = run("template", "--json", "-o", tmp_path / "t.json")
    assert (code, out) == (0, "")
    code, out, err = run("validate", tmp_path / "t.json")
    assert code == 0
    assert "[open]" in err
    raw = json.loads((tmp_path / "t.json").read_text())
    raw["answers"] |= {"fin_revenue": -5, "fin_gm": "much", "prf_headcount": 0}
    (tmp_path / "t.json").write_text(json.dumps(raw))
    code, out, err = run("validate", tmp_path / "t.json")
    assert code == 1
    for field in ("fin_revenue", "fin_gm", "prf_headcount"):
        assert field in err


@pytest.mark.parametrize("target", ["", "D1", "d2", "D3a", "T1", "P21", "I02", "I24"])
def test_explain_goes_down_to_the_answers_and_the_source(run, target):
    arguments = ["explain", GARMENT, *([target] if target else [])]
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert re.search(r"source (P|T|V)\d", out)
    assert re.search(r"^ +[a-z]+_[a-z]+\S* = ", out, re.MULTILINE)
    assert re.search("stated in|derived from|assumed by", out)
    code, out, _ = run(*arguments, "--json")
    assert json.loads(out)["reasons"]


def test_the_points_of_an_explained_dilemma_add_up_to_its_severity(run):
    for tree in json.loads(run("explain", GARMENT, "--json")[1])["reasons"]:
        assert sum(c["points"] for c in tree["components"]) == pytest.approx(tree["score"])


def test_explain_of_a_table_needs_the_firm(run, tmp_path, cases, edition):
    file = tmp_path / "many.csv"
    file.write_text(
        "".join(write_table(edition, [c.answers for c in cases[:3]])), encoding="utf-8", newline=""
    )
    assert run("explain", file)[0] == 2
    assert run("explain", file, "D1", "--firm", "3")[0] == 0
    assert run("explain", file, "D1", "--firm", cases[2].answers.firm)[0] == 0
    assert run("explain", file, "D1", "--firm", "nobody")[0] == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_report_writes_a_pdf_and_the_same_bytes_for_the_same_date(run, tmp_path, language):
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for file in (first, second):
        assert run("report", GARMENT, "-o", file, "--lang", language, "--date", "2026-01-31")[0] == 0
    assert first.read_bytes() == second.read_bytes()
    assert len(PdfReader(io.BytesIO(first.read_bytes())).pages) >= 8


WRONG = (
    [],
    ["dance"],
    ["score"],
    ["score", "no_such_file.json"],
    ["explain", GARMENT, "D9"],
    ["report", GARMENT],
    ["report", GARMENT, "-o", "/no/such/folder/x.pdf"],
    ["report", GARMENT, "-o", "x.pdf", "--date", "tomorrow"],
    ["score", GARMENT, "--lang", "fr"],
    ["score", GARMENT, "--edition", "servitization/1999-1"],
    ["template", "--xlsx", "--json"],
    ["lint", "no_such_edition"],
    ["template", "-o", "/no/such/folder/t.xlsx"],
)


@pytest.mark.parametrize(
    "arguments", WRONG, ids=lambda a: " ".join(str(x) for x in a[:1] + a[2:]) or "nothing"
)
def test_wrong_usage_is_exit_code_two(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize("command", ["score", "validate", "explain"])
@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.toml", "a.csv", "a.txt", "a.xls", "a"])
@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"\xff\xfe\x00", b"{}", b"PK\x03\x04", b"a,b\n1,2\n", b"firm\n"]
)
def test_a_bad_file_is_a_message_and_exit_code_one(run, tmp_path, command, name, body):
    (tmp_path / name).write_bytes(body)
    code, _, err = run(command, tmp_path / name)
    assert code == 1
    assert name in err


def test_lint_is_fine_on_the_editions_that_are_shipped_and_names_faults(run, tmp_path):
    assert run("lint") == (0, "questionnaires: no faults\n", "")
    broken = tmp_path / "family" / "1-1"
    broken.mkdir(parents=True)
    (broken / "edition.toml").write_text("id = 5")
    code, out, err = run("lint", tmp_path)
    assert code == 1
    assert "edition.toml" in err
    assert "faults" in out


def test_version_names_the_edition(run):
    code, out, _ = run("--version")
    assert code == 0
    assert "servitization/2026-1" in out


def test_the_program_runs_as_a_module_and_a_closed_pipe_is_no_error():
    command = [sys.executable, "-m", "assessment", "explain", str(GARMENT)]
    piped = subprocess.run(
        f"{' '.join(command)} | head -1", shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert piped.stdout.startswith("D1 ")
    assert piped.stderr == ""
    plain = subprocess.run(
        [sys.executable, "-m", "assessment", "score", str(GARMENT), "--lang", "zh"],
        cwd=ROOT,
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=False,
    )
    assert plain.returncode == 0
    assert "灯笼" in plain.stdout.decode() or "Lantern" in plain.stdout.decode()


def test_no_command_loads_the_browser_and_only_report_loads_paper():
    heavy = "[m for m in ('streamlit', 'reportlab', 'altair') if m in sys.modules]"
    script = f"import sys, assessment.commandline.main; print({heavy})"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def parsers_in(parser):
    """A parser with those of its commands and of the deeds within them."""
    below = [p for a in parser._actions if isinstance(a.choices, dict) for p in a.choices.values()]
    return [parser, *(found for one in below for found in parsers_in(one))]


def test_the_reference_has_every_command_and_option_and_no_other():
    text = (ROOT / "docs/reference/command-line.md").read_text(encoding="utf-8")
    parser = commandline.build_parser(app_words("en"))
    subs = next(a for a in parser._actions if a.dest == "command").choices
    assert set(re.findall(r"^## `([a-z]+)`", text, re.MULTILINE)) == set(subs)
    options = {o for sub in parsers_in(parser) for a in sub._actions for o in a.option_strings}
    assert set(re.findall(r"(?<![\w-])(--?[a-z]+(?:-[a-z]+)*)\b", text)) - {"-m"} == options


def test_every_fault_a_reader_can_raise_has_words_in_both_languages():
    files = (ROOT / "assessment/exchange").glob(
        "*.py"
    )  # what a logo is refused for: tests/exchange/test_logo
    source = "\n".join(f.read_text(encoding="utf-8") for f in files if not f.stem.startswith("logo"))
    codes = set(re.findall(r'(?:FileFault|Misread|_read_fault)\(\s*f?"([a-z-]+)"', source))
    codes |= set(re.findall(r'Fault\(\s*"([a-z-]+)"', source)) - {""}
    codes |= {
        f"workbook-{c}"
        for c in re.findall(r'(?:Refused\(|"refused", |^    \()"([a-z0-9-]+)"', source, re.MULTILINE)
    }
    codes |= {
        "unclear-decimal",
        "unclear-scale",
        "no-level",
        "no-option",
        "no-number",
        "error-cell",
        "formula-without-value",
    }
    codes = {c for c in codes if c not in ("x", "-")}
    assert len(codes) > 60
    for language in ("en", "zh"):
        tree = app_words(language).tree
        # A file handed in on screen is judged before it is read, in words of the screen.
        words = {*tree["exchange"]["faults"], *tree["upload"]["fault"]}
        assert codes - words == set(), language
