"""The production set-up as packaged in `deploy/`: what it lets in, what it says, what it logs, and that it
carries on when one of its replicas is killed. The tests that kill come last.
"""

from __future__ import annotations

import secrets
import socket
import ssl
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.test_handing import body_of, hand_in
from tests.browser.visitor import Visitor, until
from tests.deployed.conftest import LOGIN, PASSWORD
from tests.deployed.house import NAME, House
from tests.deployed.seen import (
    FROM_NGINX,
    FROM_THE_APP,
    MOST_TRIES,
    WEBSOCKET,
    answer_to_a_file_of,
    labels,
    served_by,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What it says about itself -----------------------------------------------------------------------------


def test_every_response_carries_exactly_these_headers(house: House, tokens: dict[str, str]) -> None:
    with house.client() as browser:
        for path in ("/", "/healthz", f"/join/{tokens['other']}", "/join/x", "/dl/x", "/_stcore/host-config"):
            assert labels(browser.get(path)) == FROM_THE_APP, path
        refused = [browser.get("/_stcore/metrics"), browser.post("/start", content=b"x" * 70_000)]
        refused.append(browser.get("/", headers={"Origin": "https://evil.example"}))
        assert [answer.status_code for answer in refused] == [404, 413, 403]
        for answer in refused:
            assert labels(answer) == FROM_NGINX
            assert answer.headers["server"] == "nginx"  # and no version


def test_every_cookie_is_for_tls_and_this_site_and_scripts_read_only_the_token_against_forgery(
    house: House, tokens: dict[str, str]
) -> None:
    lines: list[str] = []
    with house.client() as browser:
        for path in ("/", f"/join/{tokens['other']}", "/_stcore/health"):
            lines += browser.get(path).headers.get_list("set-cookie")
        entered = browser.post("/login", data={"login": LOGIN, "password": PASSWORD})
        lines += entered.headers.get_list("set-cookie")
    flags = {line.partition("=")[0]: {part.lower() for part in line.split("; ")[1:]} for line in lines}
    own = {"assessment", "assessment_account", "assessment_browser", "assessment_node"}
    assert set(flags) == own | {"_streamlit_xsrf"}
    for name, found in flags.items():
        assert {"secure", "samesite=lax", "path=/"} <= found, name
        assert ("httponly" in found) == (name != "_streamlit_xsrf"), name


def test_files_that_never_change_are_kept_by_browsers_and_pages_are_not(
    house: House, tokens: dict[str, str]
) -> None:
    with house.client() as browser:
        page = browser.get("/")
        script = next(part for part in page.text.split('"') if part.startswith("./static/js/"))
        kept = browser.get(script.removeprefix("."))
        assert kept.headers["cache-control"] == "public, immutable, max-age=31536000"
        assert page.headers["cache-control"] == "no-cache"
        assert browser.get(f"/join/{tokens['other']}").headers["cache-control"] == "no-store"


# What it lets in -----------------------------------------------------------------------------------------


def test_without_tls_nobody_gets_further_than_the_address_with_tls(house: House) -> None:
    address = f"http://127.0.0.1:{house.http}/join/secret"
    answer = httpx.get(address, headers={"Host": f"{NAME}:{house.http}"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"{house.url}/")


def test_another_name_gets_no_answer_from_nginx_and_none_from_a_replica(house: House) -> None:
    with house.client(Host="evil.example") as browser, pytest.raises(httpx.RemoteProtocolError):
        browser.get("/")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{house.http}/", headers={"Host": "evil.example"})
    with pytest.raises(httpx.ConnectError, match=r"(?i)unrecognized.name"):
        httpx.get(f"https://localhost:{house.https}/", verify=False)
    for port in house.ports:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz", headers={"Host": "evil.example"})
        assert answer.status_code == 404


def test_a_replica_is_reached_from_this_machine_only_and_by_no_other_way_than_the_proxy(house: House) -> None:
    for port in house.ports:
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.2:{port}/healthz")  # this machine by another of its addresses


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/_stcore/./metrics"],
)
def test_what_streamlit_would_tell_anybody_is_closed(house: House, path: str) -> None:
    with house.client() as browser:
        assert browser.get(path).status_code == 404


def test_neither_files_of_the_program_nor_the_request_itself_are_shown(house: House) -> None:
    with house.client() as browser:
        page = browser.get("/").text
        for path in ("/.git/HEAD", "/streamlit_app.py", "/.streamlit/config.toml", "/..%2fstreamlit_app.py"):
            answer = browser.get(path)
            assert answer.status_code >= 400 or answer.text == page, path
        assert browser.request("TRACE", "/").status_code == 405


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")  # the old versions are named here on purpose
def test_tls_is_new_enough_and_nothing_older_is_spoken(house: House) -> None:
    def spoken(version: ssl.TLSVersion) -> str | None:
        trust = ssl.create_default_context(cafile=str(house.place / "etc" / "cert.pem"))
        trust.set_ciphers("DEFAULT:@SECLEVEL=0")  # so that it is not this side that refuses
        trust.minimum_version = trust.maximum_version = version
        plain = socket.create_connection(("127.0.0.1", house.https), 20)
        with trust.wrap_socket(plain, server_hostname=NAME) as line:
            return line.version()

    assert spoken(ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
    assert spoken(ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        with pytest.raises(ssl.SSLError, match=r"(?i)alert.protocol.version"):
            spoken(old)


def test_health_is_told_to_this_machine_alone(house: House) -> None:
    with house.client() as here, house.client(address="127.0.0.7") as elsewhere:
        assert here.get("/healthz").json()["ok"] is True
        assert elsewhere.get("/healthz").status_code == 403


def test_only_our_own_page_opens_a_websocket(house: House) -> None:
    def opened(client: httpx.Client, origin: str) -> int:
        headers = WEBSOCKET | ({"Origin": origin} if origin else {})
        with client.stream("GET", "/_stcore/stream", headers=headers) as answer:
            return answer.status_code

    with house.client() as browser:
        assert opened(browser, house.url) == 101
        for foreign in (
            "https://evil.example",
            house.url.replace("https", "http"),
            f"https://{NAME}",
            "null",
            "",
        ):
            assert opened(browser, foreign) == 403, foreign
    replica = f"http://127.0.0.1:{house.ports[0]}"
    with httpx.Client(base_url=replica) as around:  # a page on this machine that goes past nginx
        assert opened(around, replica) == 101
        beside = f"http://127.0.0.1:{house.ports[1]}"
        for foreign in ("https://evil.example", "http://localhost:3000", beside, "null"):
            assert opened(around, foreign) == 403, foreign


def test_a_file_is_taken_from_our_own_page_only_and_up_to_its_size(house: House) -> None:
    path, files = "/_stcore/upload_file/session/file", {"file": ("a.json", b"{}")}
    with house.client() as browser:
        browser.get("/_stcore/health")
        token = browser.cookies["_streamlit_xsrf"]
        assert browser.put(path, files=files).status_code == 403
        assert browser.put(path, files=files, headers={"X-Xsrftoken": "2|0|0|0"}).status_code == 403
        sent = browser.put(path, files=files, headers={"X-Xsrftoken": token})
        assert sent.status_code == 400
        assert sent.text.startswith("Invalid session_id")
    assert answer_to_a_file_of(house, path, 23 * 1024 * 1024).startswith("HTTP/1.1 413 ")


def test_whoever_guesses_is_shut_out_by_address_whatever_he_writes_and_whichever_replica_he_asks(
    house: House,
) -> None:
    """Through nginx, where X-Forwarded-For is replaced; and past it, where it is not believed."""

    def codes(client: httpx.Client) -> Iterator[int]:
        for number in range(MOST_TRIES):
            client.cookies["assessment_node"] = f"{number % 2:032x}"
            forwarded = {"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": f"for=192.0.2.{number}"}
            yield client.get(f"/join/{number:043d}", headers=forwarded).status_code

    through = house.client(address="127.0.0.9")
    transport = httpx.HTTPTransport(local_address="127.0.0.10")
    past = httpx.Client(base_url=f"http://127.0.0.1:{house.ports[0]}", transport=transport)
    with through, past:
        for client in (through, past):
            assert 429 in codes(client)
    with house.client(address="127.0.0.11") as honest:
        assert honest.get("/join/x").status_code == 404


def test_wrong_passwords_are_counted_by_the_same_address_over_both_replicas(house: House) -> None:
    told = []
    with house.client(address="127.0.0.12") as guesser:
        guesser.get("/")
        for number in range(MOST_TRIES):
            guesser.cookies["assessment_node"] = f"{number % 2:032x}"
            form = {"login": f"{number}@example.org", "password": "a guess of twelve"}
            answer = guesser.post("/login", data=form, headers={"X-Forwarded-For": f"192.0.2.{number}"})
            told.append(answer.headers["location"])
            if "many" in told[-1]:
                break
    assert "many" in told[-1]
    with house.client(address="127.0.0.13") as honest:
        honest.get("/")
        entered = honest.post("/login", data={"login": LOGIN, "password": PASSWORD})
    assert any(line.startswith("assessment_account=") for line in entered.headers.get_list("set-cookie"))


def test_people_in_one_room_are_spread_over_the_replicas_and_each_stays_with_one(house: House) -> None:
    before = len(house.accesses())
    for number in range(12):
        seen = len(house.accesses())
        with house.client(node=f"{number:032x}") as browser:
            for _ in range(3):
                browser.get("/manifest.json")
        assert len(served_by(house, seen)) == 1
    assert served_by(house, before) == set(house.ports)


# Killing ---------------------------------------------------------------------------------------------------


def test_a_browser_carries_on_when_its_replica_is_killed_and_no_acknowledged_answer_is_lost(
    house: House, tokens: dict[str, str], visitor: Visitor
) -> None:
    before = len(house.accesses())
    visitor.join(tokens["it"])
    assert visitor.page.url == f"{house.url}/"
    visitor.section("finance")
    visitor.type_number("fin_revenue", "6500")
    visitor.says_saved()
    assert house.kept(tokens["it"])["fin_revenue"].value == "6500"
    mine = served_by(house, before)
    assert len(mine) == 1  # one replica for all that this browser asked

    first = mine.pop()
    second = next(port for port in house.ports if port != first)
    before = len(house.accesses())
    house.kill(first)
    until(lambda: second in served_by(house, before), "the browser asks the other replica")
    visitor.settled()
    assert house.kept(tokens["it"])["fin_revenue"].value == "6500"
    expect(visitor.field_input("fin_revenue")).to_have_value("6500")
    visitor.type_number("fin_opcost", "6000")
    until(lambda: "fin_opcost" in house.kept(tokens["it"]), "a further answer is in the database")
    visitor.says_saved()
    assert house.kept(tokens["it"])["fin_opcost"].value == "6000"
    visitor.section("finance")
    expect(visitor.field_input("fin_revenue")).to_have_value("6500")
    expect(visitor.field_input("fin_opcost")).to_have_value("6000")

    visitor.open("/?page=fill")  # a file goes to the replica that draws the page
    hand_in(visitor, "answers.json", body_of({"fin_gm": "11"}))
    visitor.keyed("fill-take").wait_for()
    uploads = [url for url, _ in visitor.requests if "/_stcore/upload_file/" in url]
    session = uploads[0].split("/upload_file/")[1].split("/")[0]
    assert {referrer for _, referrer in visitor.requests} == {""}
    assert [url for url, _ in visitor.requests if not url.startswith((house.url, "data:", "blob:"))] == []
    for secret in (tokens["it"], session):
        assert secret not in house.logs()


def test_no_log_holds_a_secret_while_replicas_are_away_and_browsers_are_told_what_holds(house: House) -> None:
    """With both away nginx has an error to tell for every request, and would quote its address."""

    def ask() -> list[int]:
        with house.client(Referer=f"{house.url}/join/{canary}", node=secrets.token_hex(16)) as browser:
            return [browser.get(path, params={"t": canary}).status_code for path in paths]

    canary = f"canary-{secrets.token_hex(20)}"
    paths = [f"/join/{canary}", f"/w/{canary}", f"/dl/{canary}", f"/_stcore/upload_file/{canary}/{canary}"]
    paths += [f"/media/{canary}.png", f"/{canary}", f"//join//{canary}", f"/JOIN/{canary}"]
    paths += ["/", "/oauth2callback"]
    ask()
    house.kill(house.ports[0])
    ask()
    house.kill(house.ports[1])
    assert set(ask()) == {503}
    with house.client() as browser:
        away = browser.get("/")
        assert labels(away) == FROM_NGINX
        assert "已保存的答案不会丢失" in away.text
    logs = house.logs()
    for logged in ("/join/...", "/w/...", "/dl/...", "/_stcore/upload_file", "/media/...", "/", "/..."):
        assert f"GET {logged} HTTP" in logs  # so a secret could have been there
    assert canary not in logs
