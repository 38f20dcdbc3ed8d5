"""Who may be at the door, as the settings say it."""

import pytest

from assessment.settings import SettingsError, check_host, read

SERVER = "postgresql://user:secret@db/name"
PUBLIC = {"ASSESSMENT_PUBLIC_URL": "https://assess.example.org"}


@pytest.mark.parametrize(
    ("environment", "access"),
    [
        ({}, "local"),
        ({"HOSTED": "1"}, "hosted"),
        ({"HOSTED": "True"}, "hosted"),
        ({"HOSTED": ""}, "local"),
        ({"HOSTED": "0"}, "local"),
        ({"DATABASE_URL": SERVER}, "hosted"),
        ({"ASSESSMENT_DATABASE_URL": SERVER.replace("postgresql", "postgres")}, "hosted"),
        ({"DATABASE_URL": "sqlite:///a.sqlite3"}, "local"),
        ({"ASSESSMENT_DATABASE_URL": "sqlite:///a.sqlite3", "DATABASE_URL": SERVER}, "local"),
        ({"HOSTED": "0", "DATABASE_URL": SERVER}, "hosted"),
        ({"ASSESSMENT_ACCESS": "hosted"}, "hosted"),
        ({"ASSESSMENT_ACCESS": "local", "HOSTED": "1", "DATABASE_URL": SERVER}, "local"),
        ({"ASSESSMENT_ACCESS": "links", "HOSTED": "1", **PUBLIC}, "links"),
    ],
)
def test_accounts_are_asked_for_where_the_app_is_hosted(environment: dict[str, str], access: str) -> None:
    assert read(environment).access == access


@pytest.mark.parametrize("told", ["2", "maybe", "hosted"])
def test_an_unclear_word_about_hosting_is_refused(told: str) -> None:
    with pytest.raises(SettingsError, match="HOSTED"):
        read({"HOSTED": told})


def test_a_hosted_app_is_reached_from_outside_only_under_a_public_address() -> None:
    alone = read({"HOSTED": "1"})
    check_host(alone, "127.0.0.1")
    for host in ("0.0.0.0", "", "192.0.2.1"):
        with pytest.raises(SettingsError, match="ASSESSMENT_PUBLIC_URL"):
            check_host(alone, host)
        with pytest.raises(SettingsError, match="ASSESSMENT_ACCESS=hosted"):
            check_host(read({}), host)
        check_host(read({"HOSTED": "1", **PUBLIC}), host)
    with pytest.raises(SettingsError, match="ASSESSMENT_PUBLIC_URL"):
        read({"HOSTED": "1", "ASSESSMENT_HOST": "0.0.0.0"})
