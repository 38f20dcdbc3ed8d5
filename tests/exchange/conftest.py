"""What reading answers needs, and a way to read bytes as a file of a given name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.commandline.tools import Tools
from assessment.exchange import Incoming
from assessment.report.say import Say

EDITION = "servitization/2026-1"


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools("en", EDITION)


@pytest.fixture(scope="session")
def say(tools) -> Say:
    return tools.say()


@pytest.fixture
def read(tools, tmp_path):
    """Reads one file: name, content -> entries."""

    def _read(name: str, body: bytes | str, with_tools: Tools = tools) -> list[Incoming]:
        file = Path(tmp_path) / name
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return list(with_tools.incoming(file))

    return _read
