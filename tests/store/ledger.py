"""An acknowledgement ledger: what a store acknowledged must be there after SIGKILL, whenever it came.

A child process saves from several threads. Before each save it reports the intent, after the commit the
acknowledgement, each as one small write to a pipe. The parent kills it after a random time, reads the
pipe to its end, looks into the database without the store's code, and compares. The database is kept
across kills, so that checkpoints and recoveries are crossed too.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from types import ModuleType

import pytest

from assessment.store import Assessment, NotSaved, Store, StoredAnswer
from tests.store.conftest import opened
from tests.store.places import Place

KILLS = int(os.environ.get("ASSESSMENT_TEST_KILLS", "200"))
LIVES = (0.002, 0.05)  # seconds a writer may live after its first save was begun
RESEND_EVERY = 10  # kills between two openings of the store in this process
THREADS = 4
Op = tuple[str, str]  # field, value


@dataclass
class Ledger:
    """What was tried and what was acknowledged: op_id -> what, op_id -> number of the revision."""

    place: Place
    token: str
    tried: dict[str, Op] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    resent: int = 0

    def read(self, text: str) -> None:
        """Take in what a child reported. A line cut off by the kill is no report."""
        for line in text.split("\n")[:-1]:
            word, op_id, *rest = line.split(" ")
            if word == "try":
                self.tried[op_id] = (rest[0], rest[1])
            else:
                self.acknowledged[op_id] = int(rest[0])

    def compare(self) -> dict[str, tuple[str, str, int]]:
        """All that was acknowledged is there as it was, and nothing that was never tried."""
        rows = self.place.run("SELECT op_id, field, value, seq FROM answer_revision")
        kept = {op_id: (name, value.strip('"'), seq) for op_id, name, value, seq in rows}
        assert len(kept) == len(rows)
        lost = {
            op_id: kept.get(op_id)
            for op_id, seq in self.acknowledged.items()
            if kept.get(op_id) != (*self.tried[op_id], seq)
        }
        assert lost == {}
        assert set(kept) <= set(self.tried)
        return kept

    def resend(self) -> None:
        """Send again what was not acknowledged: exactly once, whether it had arrived or not."""
        kept = self.compare()
        waiting = {op_id: op for op_id, op in self.tried.items() if op_id not in self.acknowledged}
        with Store(self.place.url) as store:
            to = opened(store, self.token)
            for op_id, (name, value) in waiting.items():
                saved = store.save_answer(to, name, StoredAnswer("answered", value), op_id)
                assert op_id not in kept or saved.seq == kept[op_id][2]
                self.acknowledged[op_id] = saved.seq
        self.resent += len(waiting)
        assert set(self.compare()) == set(self.tried)
        self.place.check()


def _save(url: str, token: str, seed: str, pipe: Connection) -> None:
    """The child: save from several threads until killed; send again what was not saved."""

    def report(line: str) -> None:
        os.write(pipe.fileno(), (line + "\n").encode())  # one write below PIPE_BUF arrives whole

    def work(store: Store, to: Assessment, thread: int) -> None:
        dice = random.Random(f"{seed}/{thread}")
        for count in range(100_000):
            op_id, name, value = f"{seed}-{thread}-{count}", f"f{dice.randrange(12)}", str(dice.random())
            report(f"try {op_id} {name} {value}")
            while True:
                try:
                    saved = store.save_answer(to, name, StoredAnswer("answered", value), op_id)
                    break
                except NotSaved:
                    continue
            report(f"ack {op_id} {saved.seq}")

    store = Store(url)
    to = opened(store, token)
    for number in range(THREADS):
        threading.Thread(target=work, args=(store, to, number)).start()


class Writer:
    """A child at work, and what it has reported so far."""

    def __init__(self, context: ForkServerContext, ledger: Ledger, seed: str) -> None:
        reading, writing = context.Pipe(duplex=False)
        arguments = (ledger.place.url, ledger.token, seed, writing)
        self._process: BaseProcess = context.Process(target=_save, args=arguments, daemon=True)
        self._process.start()
        writing.close()
        if not reading.poll(20):
            self._process.kill()
            pytest.fail("the child never began")
        self._parts: list[bytes] = []
        self._pipe = reading
        self._drain = threading.Thread(target=self._listen)
        self._drain.start()

    def _listen(self) -> None:
        while part := os.read(self._pipe.fileno(), 65536):
            self._parts.append(part)

    def live(self, seconds: float) -> None:
        self._process.join(seconds)

    def kill(self) -> str:
        """SIGKILL; everything it reported."""
        self._process.kill()
        self._process.join()
        self._drain.join()
        assert self._process.exitcode == -9
        return b"".join(self._parts).decode()


def forkserver(monkeypatch: pytest.MonkeyPatch) -> ForkServerContext:
    """Children begin with the store already imported."""
    # A test of a page leaves its script behind as the main module, and a child would run it anew.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.ledger"])
    return context


def kill_writers(context: ForkServerContext, ledger: Ledger, kills: int = KILLS) -> None:
    """One writer after another, each killed at a random moment.

    After every kill what was acknowledged is looked for; after every tenth the rest is sent again and the
    database checked as a whole.
    """
    dice = random.Random(7)
    for number in range(kills):
        writer = Writer(context, ledger, str(number))
        writer.live(dice.uniform(*LIVES))
        ledger.read(writer.kill())
        if number % RESEND_EVERY == RESEND_EVERY - 1:
            ledger.resend()
        else:
            ledger.compare()
    ledger.resend()
    assert len(ledger.acknowledged) > kills
    assert ledger.resent > 0
    print(f"{kills} kills, {len(ledger.acknowledged)} acknowledged, {ledger.resent} sent again")
