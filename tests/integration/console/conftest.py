"""The console as it is served, on the test's own database, and somebody who works in it."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, event

import storage.engine
from console import pages
from console.app import build_console
from console.serving import server_configuration
from shop.staff import passwords, people
from storage.models import Role, UserProfile
from tests import browser
from tests.integration.console.people import PASSWORD, Worker

# What a browser says of a page that does something wrong.
OURS = ("Security Policy", "returned no matches", "AudioContext")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes guessing dear makes tests slow; the cost is tested where it is told."""
    monkeypatch.setattr(passwords, "_COST", passwords.Cost(n=2**4))


@pytest.fixture(autouse=True)
def no_connection_while_it_takes_long(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does: no request renders or hashes while it holds a connection."""
    held: Counter[int] = Counter()
    taken: Counter[int] = Counter()

    def take(*_: object) -> None:
        held.update([threading.get_ident()])
        taken.update([threading.get_ident()])

    event.listen(engine, "checkout", take)
    event.listen(engine, "checkin", lambda *_: held.subtract([threading.get_ident()]))

    def watch(owner: object, name: str) -> None:
        slow = getattr(owner, name)

        def watched(*given: Any, **named: Any) -> Any:
            here = threading.get_ident()
            before = taken[here]
            if threading.current_thread() is not threading.main_thread():
                assert not held[here], f"{name} holds a connection"
            done = slow(*given, **named)
            assert taken[here] == before, f"{name} reads from the database"
            return done

        monkeypatch.setattr(owner, name, watched)

    watch(pages.Page, "render_now")
    watch(passwords, "_scrypt")


@pytest.fixture
def console(engine: Engine) -> Iterator[str]:
    """The address of a console that is really served."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_configuration(build_console(storage.engine.session)))
    thread = threading.Thread(daemon=True, target=server.run, args=([listener],))
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(120)
    assert not thread.is_alive()
    listener.close()


@pytest.fixture
def hire(console: str) -> Callable[..., Worker]:
    """`hire("Asha", "owner")`: somebody new, who is logged in."""

    def new(name: str, role: Role = "staff") -> Worker:
        with storage.engine.session() as opened:
            people.add_staff(opened, name, role, passwords.hash_password(PASSWORD))
        worker = Worker(console, name)
        worker.log_in()
        return worker

    return new


@pytest.fixture
def asha(hire: Callable[..., Worker]) -> Worker:
    """The owner."""
    return hire("Asha", "owner")


@pytest.fixture
def ravi(hire: Callable[..., Worker]) -> Worker:
    """One of the staff."""
    return hire("Ravi", "staff")


@pytest.fixture
def meera(engine: Engine) -> UUID:
    """A customer who wrote a moment ago; what was said is each module's own."""
    with storage.engine.session() as opened:
        customer = UserProfile(
            whatsapp_phone="919800000001", display_name="Meera", last_interaction=datetime.now(UTC)
        )
        opened.add(customer)
        opened.flush()
        return customer.id


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module: its event loop must not outlive it into tests with their own."""
    with browser.chromium() as launched:
        yield launched


@pytest.fixture
def page(chromium: Browser, console: str, asha: Worker) -> Iterator[Page]:
    """Asha's browser, logged in; a page that the browser complains of fails the test."""
    context = chromium.new_context(base_url=console, viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": name, "value": value, "url": console} for name, value in asha.cookies.items()]
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: any(mark in said.text for mark in OURS) and complaints.append(said.text),
    )
    yield opened
    context.close()
    assert complaints == []
