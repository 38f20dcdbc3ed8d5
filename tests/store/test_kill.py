"""An acknowledgement ledger: what the store acknowledged must be there after SIGKILL, whenever it came.

A child process saves from several threads. Before each save it reports the intent, after the commit the
acknowledgement, each as one small write to a pipe. The parent kills it after a random time, reads the
pipe to its end, opens the same database, and compares. The database is kept across kills, so that
checkpoints and recoveries are crossed too.
"""

import multiprocessing
import os
import random
import sqlite3
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

import pytest

from assessment.store import Assessment, Store, StoredAnswer
from tests.store.conftest import new_token, opened

KILLS = int(os.environ.get("ASSESSMENT_TEST_KILLS", "20"))  # nightly: 200
THREADS = 4
Op = tuple[str, str]  # field, value


@dataclass
class Ledger:
    tried: dict[str, Op] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Take in what the child reported. A line cut off by the kill is no report."""
        for line in text.split("\n")[:-1]:
            word, op_id, *rest = line.split(" ")
            if word == "try":
                self.tried[op_id] = (rest[0], rest[1])
            else:
                self.acknowledged[op_id] = int(rest[0])

    @property
    def open(self) -> dict[str, Op]:
        return {op_id: op for op_id, op in self.tried.items() if op_id not in self.acknowledged}


def _child(url: str, token: str, seed: int, pipe: Connection) -> None:
    def report(line: str) -> None:
        os.write(pipe.fileno(), (line + "\n").encode())  # one write below PIPE_BUF arrives whole

    def work(store: Store, to: Assessment, thread: int) -> None:
        dice = random.Random(f"{seed}/{thread}")
        for count in range(100_000):
            op_id, name, value = f"{seed}-{thread}-{count}", f"f{dice.randrange(12)}", str(dice.random())
            report(f"try {op_id} {name} {value}")
            saved = store.save_answer(to, name, StoredAnswer("answered", value), op_id)
            report(f"ack {op_id} {saved.seq}")

    store = Store(url)
    to = opened(store, token)
    threads = [threading.Thread(target=work, args=(store, to, number)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _drain(pipe: Connection) -> str:
    parts = []
    while part := os.read(pipe.fileno(), 65536):
        parts.append(part)
    return b"".join(parts).decode()


def _run_and_kill(context: multiprocessing.context.BaseContext, url: str, token: str, seed: int) -> str:
    reading, writing = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(url, token, seed, writing), daemon=True)  # type: ignore[attr-defined]
    child.start()
    writing.close()
    if not reading.poll(20):
        pytest.fail("the child never began")
    drained: list[str] = []
    drain = threading.Thread(target=lambda: drained.append(_drain(reading)))
    drain.start()
    child.join(random.Random(seed).uniform(0.005, 0.5))
    child.kill()
    child.join()
    drain.join()
    assert child.exitcode == -9
    return drained[0]


def _kept(file: Path) -> dict[str, tuple[str, str, int]]:
    """op_id -> field, value, seq, read without the store's own code."""
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        fold = "SELECT field, max(seq) FROM answer_revision GROUP BY field ORDER BY field"
        current = "SELECT field, seq FROM answer_current ORDER BY field"
        assert raw.execute(current).fetchall() == raw.execute(fold).fetchall()
        rows = raw.execute("SELECT op_id, field, value, seq FROM answer_revision").fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {op_id: (name, value.strip('"'), seq) for op_id, name, value, seq in rows}


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_when_the_writer_is_killed(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A test of a page leaves its script behind as the main module, and a child would run it anew.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with Store(url) as store:
        token = new_token(store)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["assessment.store"])
    ledger = Ledger()
    resent = 0
    for seed in range(KILLS):
        ledger.read(_run_and_kill(context, url, token, seed))
        kept = _kept(tmp_path / "assessment.sqlite3")
        for op_id, seq in ledger.acknowledged.items():
            assert kept.get(op_id) == (*ledger.tried[op_id], seq)
        assert set(kept) <= set(ledger.tried)
        with Store(url) as store:
            to = opened(store, token)
            for op_id, (name, value) in ledger.open.items():  # exactly once, whether it was there or not
                saved = store.save_answer(to, name, StoredAnswer("answered", value), op_id)
                assert op_id not in kept or saved.seq == kept[op_id][2]
                ledger.acknowledged[op_id] = saved.seq
                resent += 1
        assert set(_kept(tmp_path / "assessment.sqlite3")) == set(ledger.tried)
    assert len(ledger.acknowledged) > KILLS * THREADS
    assert resent > 0
    print(f"{KILLS} kills, {len(ledger.acknowledged)} acknowledged, {resent} sent again")
