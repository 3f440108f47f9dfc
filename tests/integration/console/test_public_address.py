"""Behind a proxy with TLS: what follows from CONSOLE_URL, and from nothing that others say."""

import re

import pytest
import requests
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import storage.engine
from console import first_owner
from console.app import build_console
from console.serving import server_configuration
from settings import Settings
from shop.staff import passwords, people
from storage.models import LoginAttempt
from tests.integration.console.people import PASSWORD

PUBLIC = "https://console.example"
SETTINGS = {"_env_file": None, "console_url": PUBLIC}


@pytest.fixture
def behind_tls(engine) -> TestClient:
    """The console as a proxy on the same machine reaches it, with the headers that nginx sets."""
    with storage.engine.session() as opened:
        people.add_staff(opened, "Asha", "owner", passwords.hash_password(PASSWORD))
    return proxied({"X-Forwarded-Proto": "https"})


def proxied(headers: dict[str, str], peer: str = "127.0.0.1") -> TestClient:
    served = server_configuration(build_console(storage.engine.session, PUBLIC))
    served.load()
    assert isinstance(served.loaded_app, ProxyHeadersMiddleware)
    return TestClient(
        served.loaded_app, PUBLIC, headers=headers, client=(peer, 1), follow_redirects=False
    )


def log_in(browser: TestClient, password: str = PASSWORD, **headers: str) -> requests.Response:
    page = browser.get("/login")
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)[1]
    fields = {"csrf": csrf, "name": "Asha", "password": password}
    return browser.post("/login", data=fields, headers=headers)


def test_every_cookie_is_kept_to_tls(behind_tls):
    behind_tls.base_url = PUBLIC
    welcome = log_in(behind_tls)
    assert welcome.status_code == 303
    theme = behind_tls.post(
        "/account/theme", data={"csrf": token(behind_tls.get("/account").text), "theme": "dark"}
    )
    for answer in (behind_tls.get("/login"), welcome, theme):
        for cookie in answer.headers.get_list("Set-Cookie"):
            assert "Secure" in cookie, cookie
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_tls_follows_from_the_setting_without_a_word_of_the_proxy(behind_tls):
    silent = proxied({})
    answer = silent.get("/login")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


def test_without_tls_there_is_no_promise_of_it(console):
    answer = requests.get(f"{console}/login")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("console.example", 200),
        ("CONSOLE.example.:443", 200),
        ("127.0.0.1:5090", 200),
        ("localhost", 200),
        ("[::1]:5090", 200),
        ("evil.example", 400),
        ("console.example.evil.example", 400),
        ("console.example@evil.example", 400),
        ("[::1", 400),
    ],
)
def test_only_its_own_hosts_are_answered(behind_tls, host, status):
    answer = behind_tls.get("/login", headers={"Host": host})
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_proxys_own_host_does_not_make_our_forms_foreign(behind_tls):
    """nginx passes its own upstream on as Host unless it is told otherwise."""
    answer = log_in(behind_tls, Host="127.0.0.1:5090", Origin=PUBLIC)
    assert answer.status_code == 303
    foreign = log_in(behind_tls, Host="127.0.0.1:5090", Origin="https://evil.example")
    assert foreign.status_code == 403


def test_a_link_for_a_colleague_leads_to_the_public_address(behind_tls):
    log_in(behind_tls)
    csrf = token(behind_tls.get("/team").text)
    page = behind_tls.post("/team", data={"csrf": csrf, "name": "Mira", "role": "staff"}).text
    assert re.search(rf'value="{PUBLIC}/welcome/[\w-]+"', page)


def test_the_first_owners_link_leads_there_too(engine):
    link = first_owner.draw_link(Settings(**SETTINGS))
    assert link.startswith(f"{PUBLIC}/welcome/")


def test_each_visitor_has_a_limit_of_their_own(behind_tls, session):
    log_in(behind_tls, "guess", **{"X-Forwarded-For": "10.0.0.1, 203.0.113.7"})
    log_in(behind_tls, "guess", **{"X-Forwarded-For": "203.0.113.8"})
    tried = [attempt.address for attempt in session.query(LoginAttempt).order_by(LoginAttempt.id)]
    assert tried == ["203.0.113.7", "203.0.113.8"]


def test_nobody_else_may_say_who_is_asking(behind_tls, session):
    stranger = proxied({"X-Forwarded-For": "203.0.113.7"}, peer="198.51.100.1")
    log_in(stranger, "guess")
    assert session.query(LoginAttempt).one().address == "198.51.100.1"


def test_the_environment_does_not_widen_whom_is_trusted(behind_tls, session, monkeypatch):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    test_nobody_else_may_say_who_is_asking(behind_tls, session)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://Console.Example/", PUBLIC),
        ("https://console.example:443", PUBLIC),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
    ],
)
def test_the_setting_is_kept_as_browsers_say_it(given, kept):
    assert Settings(_env_file=None, console_url=given).console_address == kept


@pytest.mark.parametrize(
    "given", ["console.example", "https://", "ftp://a", "https://a/b", "https://u@a", "https://a:x"]
)
def test_what_is_no_address_is_refused(given):
    with pytest.raises(ValueError, match=r"https://console\.example"):
        Settings(_env_file=None, console_url=given)


def token(page: str) -> str:
    return re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1]
