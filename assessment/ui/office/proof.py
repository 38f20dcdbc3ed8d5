"""Who somebody is, said by an OpenID Connect provider through Streamlit's own login, and passed on once.

Streamlit's cookie is good for 30 days and cannot be withdrawn, so it opens nothing here by itself: within
minutes of signing in at the provider it can be exchanged for a session of ours, and never again.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import Final

import streamlit as st
from itsdangerous import BadData, URLSafeTimedSerializer

FRESH: Final = 600  # seconds after signing in at the provider
TICKET_LIFE: Final = 120  # seconds
SALT: Final = "assessment-proven"
STREAMLIT_COOKIES: Final = "_streamlit_user"  # what the names of its cookies begin with


@dataclass(frozen=True, slots=True)
class Proof:
    """`login`: the e-mail address the provider vouches for; empty if it does not say that it is verified."""

    login: str


def providers() -> tuple[str, ...]:
    """The providers that `[auth]` in secrets.toml names; "" for one without a name."""
    if not st.secrets.load_if_toml_exists():
        return ()
    section = st.secrets.get("auth", {})
    named = tuple(name for name in section if hasattr(section[name], "get") and "client_id" in section[name])
    return ("",) * ("client_id" in section) + named


def signed_in_elsewhere() -> bool:
    """Whether Streamlit's own login knows this browser, however long ago that was."""
    return bool(st.user.get("is_logged_in"))


def proof() -> Proof | None:
    """What the provider said of this visitor, if that was just now."""
    at = st.user.get("iat")
    if not signed_in_elsewhere() or not isinstance(at, int | float) or abs(time() - at) > FRESH:
        return None
    sure = st.user.get("email_verified") in (True, "true")
    return Proof(str(st.user.get("email") or "") if sure else "")


def new_ticket(login: str, browser: str) -> str:
    """A signed ticket that this one browser can exchange for a session within two minutes."""
    return _signer().dumps([login, _digest(browser)])


def login_of(ticket: str, browser: str) -> str | None:
    """Whose ticket it is; None if it is not ours, too old, or another browser's."""
    if not providers() or not browser:
        return None
    try:
        login, bound = _signer().loads(ticket, max_age=TICKET_LIFE)
    except (BadData, ValueError, TypeError):
        return None
    return str(login) if bound == _digest(browser) else None


def _signer() -> URLSafeTimedSerializer:
    """All replicas share this secret: Streamlit's login needs it too."""
    return URLSafeTimedSerializer(str(st.secrets["auth"]["cookie_secret"]), salt=SALT)


def _digest(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()
