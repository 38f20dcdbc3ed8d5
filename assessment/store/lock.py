"""The lock that keeps a second process out of a SQLite store's folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from assessment.store.records import StoreBusy


class DirectoryLock:
    """Held as long as the store is open. The operating system drops it when the process dies."""

    def __init__(self, database: Path) -> None:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = database.with_name(database.name + ".lock")
        self._file = self._path.open("a+", encoding="ascii")
        try:
            _lock(self._file)
        except OSError:
            holder = self._holder()
            self._file.close()
            raise StoreBusy(
                f"The data in {database.parent} is already in use by another process ({holder}). "
                "Stop that one first, or choose another data directory with ASSESSMENT_DATA."
            ) from None
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}")
        self._file.flush()

    def _holder(self) -> str:
        self._file.seek(0)
        try:
            return self._file.read(40) or "unknown"
        except OSError:  # Windows refuses to read a locked range
            return "unknown"

    def release(self) -> None:
        """Let the next process in. The file stays: were it deleted, two processes could lock two files."""
        self._file.close()


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
