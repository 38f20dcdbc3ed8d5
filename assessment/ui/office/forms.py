"""The two forms that go to the server's own routes, as HTML: what is typed there never reaches the script."""

from __future__ import annotations

from html import escape

from assessment.ui.frame import Frame

LONGEST = 128  # characters of a password


def login_form(frame: Frame) -> str:
    """Login and password, for password managers too."""
    say = frame.words.text
    login = _field("login", say("signin.login"), "text", "username", 200)
    password = _field("password", say("signin.password"), "password", "current-password", LONGEST)
    return _form(frame, "/login", login + password, say("signin.button"))


def password_form(frame: Frame, login: str) -> str:
    """The present password and a new one. `login`, escaped, tells a password manager whose it is."""
    say = frame.words.text
    who = f"<input type='hidden' name='username' autocomplete='username' value='{login}'>"
    current = _field("current", say("office.password.current"), "password", "current-password", LONGEST)
    new = _field("new", say("office.password.new"), "password", "new-password", LONGEST)
    rule = f"<p class='note'>{escape(say('office.password.rule'))}</p>"
    return _form(frame, "/password", who + current + new + rule, say("office.password.button"))


def leave_form(frame: Frame) -> str:
    """A button that signs out."""
    return _form(frame, "/logout", "", frame.words.text("signin.out")).replace(" class='door'", "")


def _field(name: str, label: str, kind: str, autocomplete: str, most: int) -> str:
    return (
        f"<label for='f-{name}'>{escape(label)}</label>"
        f"<input id='f-{name}' name='{name}' type='{kind}' autocomplete='{autocomplete}' required "
        f"maxlength='{most}' autocapitalize='none' spellcheck='false'>"
    )


def _form(frame: Frame, action: str, fields: str, button: str) -> str:
    lang = f"<input type='hidden' name='language' value='{escape(frame.language)}'>"
    return (
        f"<form class='door' method='post' action='{action}'>{lang}{fields}"
        f"<button>{escape(button)}</button></form>"
    )
