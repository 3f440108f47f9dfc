"""A pool of one connection is enough for a crowd: nobody holds it while something takes long."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from console.app import build_console
from shop.staff import passwords, people
from storage.engine import sqlalchemy_url
from tests.integration.console.people import PASSWORD, Worker


@pytest.fixture
def pool_of_one(database_url: str) -> Iterator[sessionmaker[Session]]:
    """Sessions that share one connection; whoever asks for a second one fails at once."""
    engine = create_engine(
        sqlalchemy_url(database_url), pool_size=1, max_overflow=0, pool_timeout=60
    )
    yield sessionmaker(engine)
    engine.dispose()


class Browser(Worker):
    """A worker whose requests reach the application without a server in between."""

    def __init__(self, app: object, name: str) -> None:
        super().__init__("", name)
        self.http = TestClient(app, "http://127.0.0.1", follow_redirects=False)

    def gets(self, path: str, **headers: str) -> requests.Response:
        return self.http.get(path, headers=headers)

    def sends(self, path: str, page: str = "/account", **fields: str) -> requests.Response:
        fields.setdefault("csrf", self.csrf(page))
        return self.http.post(path, data=fields)


def test_nineteen_wrong_logins_at_once_are_answered_by_one_connection(pool_of_one):
    with pool_of_one.begin() as session:
        people.add_staff(session, "Asha", "owner", passwords.hash_password(PASSWORD))
    app = build_console(pool_of_one.begin)
    asha = Browser(app, "Asha")
    assert asha.log_in().status_code == 303
    crowd = [Browser(app, f"guest {number}") for number in range(19)]
    with ThreadPoolExecutor(19) as at_once:
        wrong = [at_once.submit(guest.log_in, "guess") for guest in crowd]
        pages = [asha.gets("/orders").status_code for _ in range(5)]
        answers = [one.result().status_code for one in wrong]
    assert pages == [200] * 5
    assert answers == [401] * 19


def test_every_page_and_change_of_a_password_needs_one_connection(pool_of_one):
    with pool_of_one.begin() as session:
        people.add_staff(session, "Asha", "owner", passwords.hash_password(PASSWORD))
    asha = Browser(build_console(pool_of_one.begin), "Asha")
    asha.log_in()
    for path in ("/orders", "/inbox", "/menus", "/products", "/numbers", "/team", "/log", "/no"):
        assert asha.gets(path).status_code in (200, 404), path
    new = "another long password"
    assert asha.sends("/account/password", old="no", password=new, again=new).status_code == 422
    changed = asha.sends("/account/password", old=PASSWORD, password=new, again=new)
    assert changed.headers["Location"] == "/login"
    assert asha.log_in(new).status_code == 303


def test_more_than_can_wait_are_sent_away(console, monkeypatch):
    guest = Worker(console, "guest")
    full = passwords.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(passwords, "_WAITING", full)
    answer = guest.log_in("guess")
    assert answer.status_code == 503
    assert "logging in" in answer.text
