"""A logo handed in: PNG, JPEG or SVG in, the one plain PNG of a report out. Decoded in a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from assessment.exchange import logo_child
from assessment.exchange.faults import FileFault, shown
from assessment.model.words import Catalogue
from assessment.report.logo import picture

LARGEST: Final = 2 << 20  # bytes
SECONDS: Final = 15.0  # on the wall; processor time is bounded in the child
AT_ONCE: Final = BoundedSemaphore(2)  # each may cost 1 GB and 10 s of processor time
PATIENCE: Final = 20.0  # seconds to wait for one's turn


def read_logo(body: bytes, seconds: float = SECONDS) -> bytes:
    """A PNG of 8-bit RGB on white, at most 600 x 300 pixels, without metadata. Raises `FileFault`.

    Colour profiles are dropped: the values are taken as sRGB.
    """
    if len(body) > LARGEST:
        raise FileFault("file-too-large", most=f"{LARGEST >> 20} MB")
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise FileFault("busy")
    try:
        found = _run(body, seconds)
    finally:
        AT_ONCE.release()
    if "refused" in found:
        raise FileFault(found["refused"], detail=found["detail"])
    return found["png"]  # type: ignore[no-any-return]


def logo_fault(fault: FileFault, words: Catalogue) -> tuple[str, str]:
    """What is wrong with the file, and what helps, in the reader's language."""
    values = {key: shown(value) for key, value in fault.values}
    key = f"logo.{fault.code}"
    return words.text(f"{key}.what", **values), words.text(f"{key}.expected", **values)


def _run(body: bytes, seconds: float) -> dict[str, Any]:
    """What the child made. It sees neither this process's environment nor its paths."""
    command = [sys.executable, "-I", str(Path(logo_child.__file__))]
    needed = {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "PATH", "LANG")}
    try:
        done = subprocess.run(
            command, input=body, capture_output=True, timeout=seconds, env=needed, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileFault("too-slow") from None
    if done.returncode != 0:
        raise FileFault("too-much", detail="")
    try:
        found: dict[str, Any] = json.loads(done.stdout)
        if "png" in found:
            found["png"] = _checked(found["png"])
    except (ValueError, TypeError):
        raise FileFault("damaged", detail="") from None
    return found


def _checked(png: str) -> bytes:
    """The bytes, if they are a logo. Raises `ValueError`."""
    body = b64decode(png, validate=True)
    picture(body)
    return body
