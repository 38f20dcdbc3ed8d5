"""An OpenID Connect provider that vouches for whoever the test says: keys, sign-in, tokens, sign-out."""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "assessment", "a-secret-of-the-test"


@dataclass
class Person:
    """What the provider says of whoever sits at the browser."""

    email: str = "ana@office.example"
    verified: object = True
    age: int = 0  # seconds since signing in


@dataclass
class Provider:
    """Answers on 127.0.0.1 while used in a `with`. `asked`: the paths that were visited, in order."""

    person: Person = field(default_factory=Person)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._key, self._codes = RSAKey.generate_key(2048, {"kid": "1"}), {}
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def secrets(self, app: str) -> str:
        """The secrets.toml of an app at this address."""
        values = {
            "redirect_uri": f"{app}/oauth2callback",
            "cookie_secret": "0123456789abcdef0123456789abcdef",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{self.url}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in values.items())

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, object]:
        return {"keys": [self._key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]}

    def authorized(self, query: dict[str, str]) -> str:
        """Where the browser goes next: back to the app, with a code good once."""
        assert query["client_id"] == CLIENT and query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = query["nonce"]
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def tokens(self, form: dict[str, str], client: str) -> dict[str, object]:
        """An id token for the code."""
        assert client == f"{CLIENT}:{SECRET}" and form["code_verifier"]
        at = int(time.time()) - self.person.age
        claims = {
            "iss": self.url, "sub": "1", "aud": CLIENT, "iat": at, "exp": at + 3600,
            "nonce": self._codes.pop(form["code"]),
            "email": self.person.email, "email_verified": self.person.verified,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self._key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 3600, "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.provider.asked.append(parts.path)
        match parts.path:
            case "/.well-known/openid-configuration":
                self._json(self.provider.discovery())
            case "/jwks":
                self._json(self.provider.keys())
            case "/authorize":
                self._to(self.provider.authorized(query))
            case "/end":
                self._to(query["post_logout_redirect_uri"])
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        basic = self.headers.get("Authorization", "").partition(" ")[2]
        self._json(self.provider.tokens(form, unquote(b64decode(basic).decode())))

    def _json(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _to(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
