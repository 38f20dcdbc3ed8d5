"""Who is let through, which names a file may have, and what the settings allow."""

import tomllib
from pathlib import Path

import pytest
import streamlit.config

from assessment.settings import SettingsError, read
from assessment.ui.responses import disposition, post_form
from assessment.ui.services import link
from tests.server.asking import outcome

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
LINKS = {"ASSESSMENT_ACCESS": "links", "ASSESSMENT_PUBLIC_URL": "https://assess.example.org/"}


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "LOCALHOST.:8501", "[::1]:8501"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_this_machine_is_let_through(host: str, kind: str) -> None:
    assert outcome(read({}), host, "127.0.0.1", kind) == "through"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("evil.example", "127.0.0.1"),
        ("localhost.evil.example", "::1"),
        ("127.0.0.1", "192.0.2.2"),
        ("", "::1"),
    ],
)
def test_local_access_turns_away_other_names_and_the_network(host: str, address: str) -> None:
    assert outcome(read({}), host, address) == "http.response.start 404"
    assert outcome(read({}), host, address, "websocket") == "websocket.close 1008"


def test_access_by_links_lets_the_public_name_through_and_no_other() -> None:
    settings = read({**LINKS, "ASSESSMENT_HOST": "0.0.0.0"})
    assert outcome(settings, "assess.example.org", "192.0.2.2") == "through"
    assert outcome(settings, "evil.example", "192.0.2.2") == "http.response.start 404"


def test_closed_paths_are_closed_for_this_machine_too() -> None:
    assert outcome(read({}), "127.0.0.1", "127.0.0.1", path="/_stcore/metrics") != "through"


def test_the_defaults_are_this_machine_only() -> None:
    settings = read({})
    assert (settings.host, settings.port, settings.access) == ("127.0.0.1", 8501, "local")
    assert settings.data == Path("data")
    assert settings.database_url == "sqlite:///data/assessment.sqlite3"
    assert link(settings, "T") == "http://127.0.0.1:8501/join/T"
    assert link(read(LINKS), "T") == "https://assess.example.org/join/T"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.2", "example.org"])
def test_an_open_address_needs_access_by_links(host: str) -> None:
    with pytest.raises(SettingsError, match="ASSESSMENT_ACCESS=links"):
        read({"ASSESSMENT_HOST": host})
    assert read({**LINKS, "ASSESSMENT_HOST": host}).host == host


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSESSMENT_PORT", "http"),
        ("ASSESSMENT_PORT", "70000"),
        ("ASSESSMENT_LINK_DAYS", "0"),
        ("ASSESSMENT_ACCESS", "everybody"),
        ("ASSESSMENT_LOG", "loud"),
        ("ASSESSMENT_PUBLIC_URL", "assess.example.org"),
    ],
)
def test_a_setting_that_cannot_work_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read({name: value})


def test_access_by_links_needs_the_public_address() -> None:
    with pytest.raises(SettingsError, match="ASSESSMENT_PUBLIC_URL"):
        read({"ASSESSMENT_ACCESS": "links"})


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("report.pdf", "report.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "abSet-Cookie x=1.pdf"),
        ("../../etc/passwd", "etcpasswd"),
        ("灯笼.pdf", "__.pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_a_file_name_cannot_leave_its_header_or_its_folder(name: str, plain: str) -> None:
    header = disposition(name)
    assert header.startswith(f'attachment; filename="{plain}"; ')
    assert header.isascii()
    assert header.isprintable()
    assert len(disposition("x" * 9999 + ".pdf")) < 300


def test_a_long_file_name_keeps_its_ending() -> None:
    assert f'{"x" * 116}.pdf"' in disposition("x" * 9999 + ".pdf")


def test_a_form_escapes_its_label() -> None:
    assert "<b>" not in post_form("/leave", "<b>")


def test_every_streamlit_setting_is_known_set_and_explained() -> None:
    known = set(streamlit.config._config_options_template)
    section = ""
    for line in CONFIG.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name = f"{section}.{line.partition(' = ')[0]}"
            assert name in known, name
            assert "  # " in line, f"{name} is not explained"
    settings = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["runner"]["postScriptGC"] is False
