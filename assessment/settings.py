"""Environment -> one frozen Settings. Read by the entries only; everyone else is handed what they need."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

LOCAL: Final = "local"  # this machine only, no login
LINKS: Final = "links"  # others reach it; a secret link opens each assessment
HOSTED: Final = "hosted"  # likewise, and only who has an account begins one
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_DATABASES: Final = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(ValueError):
    """A setting that cannot work, said so that the operator can mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. `link_days`: how long a link to an assessment stays good."""

    data: Path
    database_url: str = field(repr=False)  # may hold a password
    host: str
    port: int
    access: str
    public_url: str
    link_days: int
    log_level: str

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """Host names a request may address, without port: this machine, and the public name if any."""
        public = urlsplit(self.public_url).hostname
        return ("127.0.0.1", "localhost", "::1", *((public,) if public else ()))


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from `ASSESSMENT_*` variables. Raises SettingsError naming the variable and the cure."""
    data, database = Path(environment.get("ASSESSMENT_DATA") or "data"), _database(environment)
    settings = Settings(
        data=data,
        database_url=database or f"sqlite:///{data / 'assessment.sqlite3'}",
        host=environment.get("ASSESSMENT_HOST") or "127.0.0.1",
        port=_number(environment, "ASSESSMENT_PORT", 8501, 1, 65535),
        access=_word(environment, "ASSESSMENT_ACCESS", _usual(environment, database), (LOCAL, LINKS, HOSTED)),
        public_url=(environment.get("ASSESSMENT_PUBLIC_URL") or "").rstrip("/"),
        link_days=_number(environment, "ASSESSMENT_LINK_DAYS", 400, 1, 3660),
        log_level=_word(environment, "ASSESSMENT_LOG", "INFO", _LEVELS),
    )
    _check_public_url(settings)
    check_host(settings, settings.host)
    return settings


def check_host(settings: Settings, host: str) -> None:
    """Refuse to listen beyond this machine unless that was chosen. Raises SettingsError."""
    if is_loopback(host):
        return
    if settings.access == HOSTED and not settings.public_url:
        raise SettingsError(
            f"Listening on {host or 'every address'} also needs ASSESSMENT_PUBLIC_URL, the address people "
            "type, for example https://assess.example.org. Or listen on 127.0.0.1."
        )
    if settings.access == LOCAL:
        raise SettingsError(
            f"Listening on {host or 'every address'} would show the firm's figures to the whole network, "
            "and nobody would be asked for a link. Listen on 127.0.0.1, or set ASSESSMENT_ACCESS=links "
            "or ASSESSMENT_ACCESS=hosted, and ASSESSMENT_PUBLIC_URL."
        )


def is_loopback(host: str) -> bool:
    """Whether the address can only be reached from this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _database(environment: Mapping[str, str]) -> str:
    """The address of the database if one is given; `DATABASE_URL` is what hosters set."""
    for name in ("ASSESSMENT_DATABASE_URL", "DATABASE_URL"):
        given = environment.get(name) or ""
        if given and given.partition("://")[0] not in _DATABASES:
            raise SettingsError(  # without what was given: it may hold a password
                f"{name} must begin with postgresql:// (user, host, name) or sqlite:/// (path of a file)"
            )
        if given:
            return given
    return ""


def _usual(environment: Mapping[str, str], database: str) -> str:
    """Who may come unless ASSESSMENT_ACCESS says so: a database server is for an office, not for one desk."""
    told = (environment.get("HOSTED") or _NO[0]).lower()
    if told not in _YES + _NO:
        raise SettingsError(f"HOSTED is {told!r}; expected 1 or 0")
    return HOSTED if told in _YES or database.startswith("postgres") else LOCAL


def _check_public_url(settings: Settings) -> None:
    if settings.access == LINKS and not settings.public_url:
        raise SettingsError(
            "ASSESSMENT_ACCESS=links also needs ASSESSMENT_PUBLIC_URL, the address people type, "
            "for example https://assess.example.org"
        )
    parts = urlsplit(settings.public_url)
    if settings.public_url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise SettingsError(
            f"ASSESSMENT_PUBLIC_URL is {settings.public_url!r}; expected something like "
            "https://assess.example.org"
        )


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(f"{name} is {text!r}; expected a whole number from {low} to {high}")
    return int(text)


def _word(environment: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    word = environment.get(name) or default
    if word not in allowed:
        raise SettingsError(f"{name} is {word!r}; expected one of {', '.join(allowed)}")
    return word
