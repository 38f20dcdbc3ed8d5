"""What the server and the script share: the services of this process, and the names of the cookies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assessment.settings import Settings
from assessment.store import Assessment, Store

ACCESS_COOKIE: Final = "assessment"  # a link's token
SAMPLE_COOKIE: Final = "assessment_sample"
SEAT_COOKIE: Final = "assessment_seat"  # a place in a workshop
CODE_COOKIE: Final = "assessment_code"  # of a workshop, from the address until the place is taken
ACCOUNT_COOKIE: Final = "assessment_account"  # a session of somebody who signed in

# (assessment, kind, params) -> (file name, media type, content)
Produce = Callable[[Assessment, str, Mapping[str, object]], tuple[str, str, bytes]]


@dataclass(frozen=True, slots=True)
class Notice:
    """A short page outside Streamlit, in the reader's language; `home` labels the link to the start page."""

    language: str
    title: str
    text: str
    home: str


# Keys the server asks for: link_not_valid, too_many_tries, file_not_found, try_again, page_failed.
Notices = Callable[[str, str], Notice]  # (key, Accept-Language or locale) -> Notice


@dataclass(frozen=True, slots=True)
class Services:
    """What the server needs, made once per process by the entry.

    `sample` gives the token of a read-only assessment for a worked case, None if there is no such case.
    `warm_up` loads whatever is loaded once: it runs before the process is frozen for garbage collection.
    """

    settings: Settings
    store: Store
    produce: Produce
    notice: Notices
    sample: Callable[[str], str | None] | None = None
    warm_up: Callable[[], None] | None = None


_current: list[Services] = []


def services() -> Services:
    """The services of this process, for the Streamlit script, which is run anew each time."""
    return _current[-1]


def serve(given: Services) -> None:
    """Make these the services of this process."""
    _current[:] = [given]


def link(settings: Settings, token: str) -> str:
    """The address to keep or to send: whoever opens it works on the assessment."""
    return f"{base_address(settings)}/join/{token}"


def base_address(settings: Settings) -> str:
    """What the addresses of this server begin with, without a slash at the end."""
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def tokens(cookies: Mapping[str, str]) -> list[str]:
    """The tokens a browser shows, the sample it is looking at first. Check with the store on every run."""
    return [cookies[name] for name in (SAMPLE_COOKIE, ACCESS_COOKIE) if cookies.get(name)]
