"""Standard output holds what commands say, whatever a library prints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import ctypes
from assessment.__main__ import keep_output
{keep}
print("ours: 结果")
ctypes.CDLL(None).printf(b"theirs\\n")
ctypes.CDLL(None).fflush(None)
"""


def run(keep: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM.format(keep=keep)],
        capture_output=True, encoding="utf-8", check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_what_a_library_prints_past_python_goes_to_standard_error() -> None:
    assert run("keep_output()") == ("ours: 结果\n", "theirs\n")
    assert "theirs" in run("")[0]  # or the test would prove nothing


def test_without_a_standard_output_there_is_nothing_to_keep() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m assessment lint >&-', shell=True, capture_output=True, check=False, cwd=ROOT
    )
    assert b"Traceback" not in done.stderr


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    for unbuffered in ("", "1"):
        done = subprocess.run(
            ["bash", "-c", f'"{sys.executable}" -m assessment lint | head -0; exit ${{PIPESTATUS[0]}}'],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        assert (done.returncode, done.stderr) == (0, b"")
