"""The command `account`: who may sign in, with a password that is never an argument."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assessment.commandline.main import main
from assessment.store import Store, passwords
from tests.store.places import File

PASSWORD = "correct horse battery"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    """An empty store where the settings point, and hashes that cost nothing."""
    monkeypatch.setenv("ASSESSMENT_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    cheap = passwords.Passwords(time_cost=1, memory_kib=8, parallelism=1)
    monkeypatch.setattr("assessment.store.store.Passwords", lambda: cheap)
    found = File(tmp_path / "assessment.sqlite3")
    Store(found.url).close()
    return found


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*command: str, typed: str = "", code: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert main(["account", *command]) == code
        out, err = capsys.readouterr()
        return out + err

    return run


def signs_in(file: File, password: str) -> bool:
    with Store(file.url) as store:
        return store.accounts.sign_in("ann@example.org", password, "192.0.2.1") is not None


def test_an_account_is_added_listed_disabled_enabled_and_removed(file: File, said) -> None:
    told = said("add", "Ann@Example.org", "--name", "Ann", "--workspace", "North", typed=PASSWORD + "\n")
    assert "ann@example.org" in told and "North" in told and PASSWORD not in told
    assert signs_in(file, PASSWORD)
    listed = said("list")
    assert all(word in listed for word in ("ann@example.org", "Ann", "consultant", "North", "enabled", "20"))
    said("disable", "ann@example.org")
    assert "disabled" in said("list") and not signs_in(file, PASSWORD)
    said("enable", " ANN@example.org")
    assert signs_in(file, PASSWORD)
    said("password", "ann@example.org", typed="another " + PASSWORD)
    assert signs_in(file, "another " + PASSWORD) and not signs_in(file, PASSWORD)
    said("remove", "ann@example.org")
    assert "ann@example.org" not in said("list")
    said("add", "ann@example.org", "--workspace", "North", "--role", "programme", "--no-password")
    assert "programme" in said("list") and not signs_in(file, PASSWORD)


@pytest.mark.parametrize(("lang", "word"), [("en", "Nothing was changed"), ("zh", "未做任何改动")])
def test_what_cannot_be_done_is_told_in_the_language_asked_for(
    file: File, said, lang: str, word: str
) -> None:
    said("add", "ann@example.org", typed=PASSWORD)
    before = file.run("SELECT count(*) FROM audit")
    for password in ("", "short"):
        assert word in said("add", "bob", "--lang", lang, typed=password, code=1)
        assert word in said("password", "ann@example.org", "--lang", lang, typed=password, code=1)
    assert word in said("add", "ANN@example.org", "--lang", lang, typed=PASSWORD, code=1)
    for deed in ("disable", "enable", "remove", "password"):
        assert "nobody" in said(deed, "nobody", "--lang", lang, typed=PASSWORD, code=1)
    assert said("add", " ", "--lang", lang, typed=PASSWORD, code=2)
    assert file.run("SELECT count(*) FROM audit") == before
    assert ("姓名" in said("list", "--lang", lang)) == (lang == "zh")


def test_a_password_is_typed_twice_at_a_terminal_and_is_no_argument(
    file: File, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    typed = iter([PASSWORD, "a different one", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert main(["account", "add", "ann@example.org"]) == 2
    assert not signs_in(file, PASSWORD)
    assert main(["account", "add", "ann@example.org"]) == 0
    assert signs_in(file, PASSWORD)
    with pytest.raises(SystemExit):
        main(["account", "add", "bob", "--password", PASSWORD])
    assert "unrecognized" in capsys.readouterr().err


def test_accounts_are_listed_while_the_app_runs_and_changed_only_when_it_does_not(file: File, said) -> None:
    with Store(file.url):
        assert "Login" in said("list")
        assert "Stop it" in said("add", "bob", typed=PASSWORD, code=1)
