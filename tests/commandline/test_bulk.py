"""`report` for many firms: all that can be made are made, the others are listed, nothing is half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from assessment.commandline import bulk
from assessment.commandline import main as commandline
from assessment.content.load import app_words
from assessment.exchange import Incoming, write_json
from assessment.exchange.many_out import write_table
from assessment.model.answers import Answered, Answers
from assessment.workflow.verifying import verify

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def plain_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new process runs the main module again; a page tested here before has left its own in that place."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


@pytest.fixture
def run(capsys):
    """Runs `report` in this process: exit code, standard output, standard error."""

    def _run(*arguments: object) -> tuple[int, str, str]:
        code = commandline.main(["report", *(str(a) for a in arguments)])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return _run


def table(file: Path, edition, firms: list[Answers]) -> Path:
    file.write_text("".join(write_table(edition, firms)), encoding="utf-8", newline="")
    return file


@pytest.mark.slow
def test_good_firms_get_a_report_and_all_others_are_listed_at_once(run, tmp_path, cases, edition):
    impossible = dict(cases[1].answers.replies) | {"prf_headcount": Answered(0)}
    firms = [
        replace(cases[0].answers, firm="Ångström & Söhne / 海港"),
        Answers(edition.id, "Impossible", impossible),
        replace(cases[2].answers, firm="ångström Söhne 海港"),
    ]
    file = table(tmp_path / "many.csv", edition, firms)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.splitlines()[1].replace("servitization/2026-1", "nope/1"), encoding="utf-8")
    code, out, err = run(file, "-o", tmp_path / "out", "--all", "--date", "2026-05-01", "--workers", 1)
    assert (code, out) == (1, "")
    made = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert made == ["Ångström-Söhne-海港-en.pdf", "ångström-Söhne-海港-2-en.pdf"]
    assert "row 3" in err and "prf_headcount" in err
    assert "row 5" in err and "nope/1" in err
    assert "2 reports written" in err and "2 firms without" in err
    for name in made:
        assert verify((tmp_path / "out" / name).read_bytes()).verified


@pytest.mark.slow
def test_reports_that_are_there_stay_unless_force_is_given(run, tmp_path, cases, edition):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(write_json(edition, replace(cases[0].answers, firm="A")))
    (tmp_path / "in" / "b.xlsx").write_bytes(b"PK no workbook")
    out = tmp_path / "out"
    out.mkdir()
    (out / "A-zh.pdf").write_bytes(b"old")
    common = (tmp_path / "in", "-o", out, "--lang", "zh", "--workers", 1, "--no-attachment")
    code, _, err = run(*common)
    assert code == 1 and "A-zh.pdf" in err and "b.xlsx" in err
    assert (out / "A-zh.pdf").read_bytes() == b"old"
    code, _, err = run(*common, "--force")
    assert code == 1 and "b.xlsx" in err
    data = (out / "A-zh.pdf").read_bytes()
    assert data.startswith(b"%PDF") and b"/EmbeddedFile" not in data
    assert [f.name for f in out.iterdir()] == ["A-zh.pdf"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def _listen():
    """Ctrl-C is heard also where the tests were started in a shell's background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_it_soon_and_leaves_whole_files_only(tmp_path, cases, edition):
    firms = [replace(cases[n % len(cases)].answers, firm=f"Firm {n}") for n in range(200)]
    file, out = table(tmp_path / "many.csv", edition, firms), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "assessment",
        "report",
        str(file),
        "-o",
        str(out),
        "--all",
        "--workers",
        "2",
    ]
    running = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=_listen,  # noqa: PLW1509  (it takes no lock and starts nothing)
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (out.is_dir() and list(out.glob("*.pdf"))):
        time.sleep(0.2)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=150)  # the reports at hand are finished, on a busy machine too
    assert running.returncode == bulk.STOPPED
    assert "Traceback" not in told and "Stopped" in told
    made = list(out.iterdir())
    assert 0 < len(made) < 200
    assert all(f.suffix == ".pdf" and f.read_bytes().rstrip().endswith(b"%%EOF") for f in made)


def test_one_report_that_breaks_stops_no_other(run, tmp_path, cases, edition, monkeypatch):
    firms = [replace(c.answers, firm=c.id) for c in cases[:3]]

    class Pool:
        """Works in this process; the second firm's report breaks."""

        def __init__(self, *_: object, **__: object) -> None: ...

        def submit(self, _work, job, *_rest):
            from concurrent.futures import Future

            done: Future[tuple[str, ...]] = Future()
            if job.position == 1:
                done.set_exception(RuntimeError("broken"))
            else:
                job.file.write_bytes(b"%PDF")
                done.set_result(())
            return done

        def shutdown(self, **_: object) -> None: ...

    monkeypatch.setattr(bulk, "ProcessPoolExecutor", Pool)
    code, _, err = run(table(tmp_path / "m.csv", edition, firms), "-o", tmp_path / "out", "--all")
    assert code == 1
    assert "row 3" in err and "RuntimeError: broken" in err
    assert len(list((tmp_path / "out").iterdir())) == 2
    bars = [line for line in err.splitlines() if "░" in line or "█" in line]
    assert len(bars) == 3


@pytest.mark.parametrize(
    ("firm", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "CON"),
        ('a\\b:c*d?e|f<g>h"i', "a-b-c-d-e-f-g-h-i"),
        ("海港 铸造（宁波）", "海港-铸造-宁波"),
        ("...", "many-7"),
        ("", "many-7"),
        ("x" * 300, "x" * 80),
        ("-rf _", "rf"),
    ],
)
def test_names_of_files_are_safe_everywhere(firm, stem):
    assert bulk.file_stem(Incoming("many.csv", Answers("e", firm), row=7)) == stem


def test_names_that_differ_in_capitals_only_get_numbers():
    taken: set[str] = set()
    named = [bulk.unique(stem, "en", taken) for stem in ("Acme", "ACME", "acme", "acme-2")]
    assert named == ["Acme-en.pdf", "ACME-2-en.pdf", "acme-3-en.pdf", "acme-2-2-en.pdf"]


def test_a_folder_that_cannot_be_made_is_wrong_usage(run, tmp_path, cases, edition):
    (tmp_path / "out").write_text("a file")
    file = table(tmp_path / "m.csv", edition, [cases[0].answers])
    code, _, err = run(file, "-o", tmp_path / "out", "--all")
    assert code == 2 and "out" in err


def test_every_sentence_of_bulk_reports_is_said_in_both_languages():
    english, chinese = (app_words(language).tree["bulk"] for language in ("en", "zh"))
    assert english.keys() == chinese.keys() and english["help"].keys() == chinese["help"].keys()
