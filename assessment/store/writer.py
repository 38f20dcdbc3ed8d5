"""One thread writes. Saves that arrive while a commit is on its way to disk share the next one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from assessment.store.database import may_run_again, on_server
from assessment.store.records import NotSaved, StoreError

T = TypeVar("T")
Deed = Callable[[Connection], Any]
_Job = tuple[Deed, "Future[Any]"]
LARGEST_GROUP: Final = 256
TRIES: Final = 5  # of a group that met another process's transaction


@dataclass(frozen=True)
class _Alone:
    """Marks a deed that is handed the engine and is no part of a group."""

    work: Callable[[Engine], Any]

    def __call__(self, _connection: Connection) -> Any:
        raise AssertionError("never within a transaction")


class Writer:
    """Runs deeds in order in one connection, many to a commit, each all or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # With several processes a group would hold the turns of several assessments, and two groups could
        # wait for each other. A server commits for many clients at once anyway.
        self._largest = 1 if on_server(engine) else LARGEST_GROUP
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()  # nothing is queued behind the closing mark
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def submit(self, deed: Callable[[Connection], T]) -> Future[T]:
        """Queue a deed. The future holds its result only once the commit has returned."""
        future: Future[T] = Future()
        with self._gate:
            if self._closed or not self.alive:
                raise NotSaved("the store is closed")
            self._jobs.put((deed, future))
        return future

    def do(self, deed: Callable[[Connection], T], timeout: float = 30.0) -> T:
        """Run a deed and wait for its commit. Raises NotSaved, or whatever StoreError the deed raised."""
        future = self.submit(deed)
        try:
            return future.result(timeout)
        except TimeoutError:
            if future.cancel():
                raise NotSaved("the store did not get to it in time") from None
            return future.result()  # under way: it must be known how it ends

    def alone(self, work: Callable[[Engine], T], timeout: float = 300.0) -> T:
        """Do what no transaction may surround, while nobody in this process writes."""
        done: T = self.do(_Alone(work), timeout)
        return done

    def close(self) -> None:
        """Finish what is queued, then stop."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (group := self._next_group()) is not None:
            for part in _parts(group):
                try:
                    self._write(part)
                except Exception as error:  # noqa: BLE001 - the thread must outlive any fault: disk full, locked
                    _fail(part, error)

    def _write(self, group: list[_Job]) -> None:
        """Commit the group. After a fault the next one gets a new connection."""
        deed, future = group[0]
        if isinstance(deed, _Alone):
            return future.set_result(deed.work(self._engine))
        for attempt in range(1, TRIES + 1):
            with self._engine.connect() as connection:
                try:
                    return _commit(connection, group)
                except Exception as error:
                    connection.invalidate()
                    if attempt == TRIES or not may_run_again(error):
                        raise
        return None

    def _next_group(self) -> list[_Job] | None:
        first = self._jobs.get()
        if first is None:
            return None
        group = [first]
        while len(group) < self._largest:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)  # the closing mark is always last
                break
            group.append(job)
        return [job for job in group if job[1].set_running_or_notify_cancel()]


def _parts(group: list[_Job]) -> Iterator[list[_Job]]:
    """The group in order, cut before and behind each deed that must be alone."""
    for _, jobs in groupby(enumerate(group), lambda at: at[0] if isinstance(at[1][0], _Alone) else -1):
        yield [job for _, job in jobs]


def _commit(connection: Connection, group: list[_Job]) -> None:
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    with connection.begin():
        for deed, future in group:
            try:
                with connection.begin_nested():
                    result = deed(connection)
            except (IntegrityError, DataError) as error:
                outcomes.append((future, None, _because(error)))
            except SQLAlchemyError:
                raise  # the database itself is in trouble: nobody's save is safe
            except Exception as error:  # noqa: BLE001 - the deed said no: it is undone, its neighbours stand
                outcomes.append((future, None, error))
            else:
                outcomes.append((future, result, None))
    for future, result, fault in outcomes:  # only now is anything durable
        if fault is None:
            future.set_result(result)
        else:
            future.set_exception(fault)


def _because(error: Exception) -> NotSaved:
    refusal = NotSaved("the database did not take it; nothing was kept")
    refusal.__cause__ = error
    return refusal


def _fail(group: list[_Job], error: Exception) -> None:
    for _deed, future in group:
        if not future.done():
            future.set_exception(error if isinstance(error, StoreError) else _because(error))
