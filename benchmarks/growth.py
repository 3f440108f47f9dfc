"""Compares the cost of statements, loops and pages with full and with almost empty tables.

`python -m benchmarks growth` fills two databases of one cluster, does the same things in both by
turns, and prints milliseconds and how many times as long the full one takes. With
`GROWTH_CUSTOMERS=200000` it is the size of docs/benchmarks.md: 3 M messages, 6 M events.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session, sessionmaker
from starlette.testclient import TestClient

from benchmarks import filling
from benchmarks.figures import Figure
from benchmarks.filling import Size, fill
from benchmarks.machine import database
from benchmarks.tray_steps import steps
from connectors.whatsapp.send import media
from console.app import build_console
from console.authentication import COOKIE
from shop import figures
from shop.customers import personal_data
from shop.orders import due_news
from shop.staff import logins, people
from storage.engine import sqlalchemy_url
from storage.models import UserProfile
from storage.prepare import prepare_database

TIMES = 15
PAGES = (
    "/live/now", "/orders", "/orders?q=Asha", "/orders?q=100123", "/orders?q=nobody+here",
    "/inbox", "/inbox/talks?only=waiting", "/inbox/talks?q=Meera", "/inbox/talks?q=nobody+here",
    "/inbox/{customer}", "/inbox/{busy}", "/inbox/tickets", "/inbox/troubles",
    "/numbers?days=1", "/numbers?days=30", "/log", "/log?q=100123", "/customers/{customer}/erase",
    "/customers/{customer}/export",
)  # fmt: skip
Act = Callable[[], object]


@dataclass
class Shop:
    """A filled database with everything that works on it."""

    url: str
    engine: Engine
    browser: TestClient
    customer: UUID
    busy: UUID

    def sessions(self) -> AbstractContextManager[Session]:
        return sessionmaker(self.engine).begin()


def measure_growth() -> list[Figure]:
    """Medians with full and with almost empty tables, measured in turn."""
    size = Size(int(os.environ.get("GROWTH_CUSTOMERS", filling.USUAL.customers)))
    with database() as url, shop(url, size) as full, shop(_second(url), filling.SMALL) as empty:
        # Opened last: whoever waits for long loses the connection.
        with steps(full.url) as ours, steps(empty.url) as theirs:
            pairs = [(name, act, theirs[name]) for name, act in ours.items()]
            found = [_figure(*pair) for pair in pairs]
        beside = dict(acts(empty))
        return [*found, *(_figure(name, act, beside[name]) for name, act in acts(full))]


def _figure(name: str, full: Act, empty: Act) -> Figure:
    spent: tuple[list[float], list[float]] = ([], [])
    for act in (full, empty):
        act()  # what is done once stays out
    for _ in range(TIMES):
        for act, times in zip((full, empty), spent, strict=True):
            began = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - began))
    medians = [statistics.median(times) for times in spent]
    return Figure(name, medians[0], "ms", "almost empty tables", medians[1])


@contextmanager
def shop(url: str, size: Size) -> Iterator[Shop]:
    """A console on a database of this size, with stored figures and a logged-in owner."""
    prepare_database(url)
    fill(url, size)
    engine = create_engine(sqlalchemy_url(url), connect_args={"options": "-c jit=off"})
    sessions = sessionmaker(engine)
    figures.add_up(sessions.begin)
    while figures.add_up(sessions.begin):
        pass
    with sessions.begin() as session:
        owner = people.add_staff(session, "Asha", "owner")
        token = logins.begin_session(session, owner, "")
        customer, busy = (
            session.scalars(select(UserProfile.id).where(UserProfile.user_id == key)).one()
            for key in ("IN.5000000117", "IN.5000000002")
        )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
    browser = TestClient(build_console(sessions.begin), "http://127.0.0.1", cookies={COOKIE: token})
    yield Shop(url, engine, browser, customer, busy)
    engine.dispose()


def acts(made: Shop) -> Iterable[tuple[str, Act]]:
    """What is measured, by name."""
    yield "media look-up", partial(_with_session, made, media._missing)
    yield (
        "news of orders look-up",
        partial(_with_session, made, lambda s: list(due_news.due_notices(s))),
    )
    yield "numbers added up", partial(figures.add_up, made.sessions)
    yield "erasure by keys (rolled back)", partial(_erase, made)
    for path in PAGES:
        yield path, partial(_open_page, made, path.format(customer=made.customer, busy=made.busy))


def _with_session(made: Shop, act: Callable[[Session], object]) -> None:
    with made.sessions() as session:
        act(session)


def _erase(made: Shop) -> None:
    with Session(made.engine) as session:
        personal_data.erase_personal_data(session, session.get_one(UserProfile, made.customer))
        session.rollback()


def _open_page(made: Shop, path: str) -> None:
    answer = made.browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _second(url: str) -> str:
    """Another database of the same cluster."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE beside TEMPLATE template0")
    return url.removesuffix(f"/{conninfo_to_dict(url)['dbname']}") + "/beside"
