"""No query of a loop or a page reads a growing table from end to end.

The database is filled with some thousand customers; whatever the code sends while its loops run
and its pages are asked for is recorded and explained with the values it was sent with.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, event, text
from starlette.testclient import TestClient

import storage.engine
from benchmarks.filling import Size, fill
from connectors.whatsapp.send import media, notifier
from console.alerts.pushing import sender_for
from console.alerts.watch import AlertWatch
from console.app import build_console
from console.authentication import COOKIE
from shop import figures
from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.customers import personal_data
from shop.fulfilment.addresses import Address
from shop.fulfilment.saved_addresses import own_addresses, remember_address
from shop.fulfilment.slots import Wanted, free_days
from shop.opening.reading import read_schedule, read_settings
from shop.orders import maintenance as orders
from shop.orders.placing import place_order
from shop.orders.quote import terms_of_last_order
from shop.staff import logins, people
from storage.models import UserProfile
from tests.integration.conftest import forget_database
from trays import queries
from trays.pools import BY_INDEX

SIZE = Size(10_000)
GROWING = {
    "audit_log", "consents", "customer_addresses", "events", "lanes", "media_files",
    "order_notices", "order_sightings", "orders", "tickets", "unclear_messages", "user_profiles",
    "whatsapp_messages",
}  # fmt: skip
PAGES = (
    "/orders", "/orders/board", "/orders?q=Asha", "/orders?q=Zoya+Aeb", "/orders?q=100123",
    "/orders?q=nobody+here", "/orders?q=Road+560001", "/orders?q=x", "/orders/ORD-100123",
    "/orders/new", "/shop", "/shop/setup", "/shop/tables",
    "/inbox", "/inbox/talks", "/inbox/talks?only=waiting", "/inbox/talks?only=person",
    "/inbox/talks?only=tickets", "/inbox/talks?q=Ravi", "/inbox/talks?q=70000",
    "/inbox/talks?q=nobody+here", "/inbox/talks?q=x", "/inbox/{customer}",
    "/inbox/{customer}/transcript?before=500", "/inbox/tickets", "/inbox/tickets?status=closed",
    "/inbox/troubles", "/live/now", "/log", "/log?q=100123", "/log?q=moved", "/log?q=nobody",
    "/log?q=order+confirmed",
    "/team", "/going-live", "/alerts", "/numbers?days=1", "/numbers?days=30", "/orders/kitchen",
    "/answers/unclear",
    "/numbers/summary.csv?days=30", "/numbers/products.csv?days=30", "/numbers/hours.csv?days=30",
    "/numbers/cancellations.csv?days=30", "/numbers/days.csv?days=30",
    "/customers/{customer}/export", "/customers/{customer}/erase",
)  # fmt: skip
# What the bot's queries take; the values are those of the filled shop.
GIVEN = {
    "workers": 1, "longest": 600, "unknown_for": 60, "days": 90, "most": 5_000, "number": "1",
    "direction": "incoming", "worker": 1, "epoch": 1, "epochs": [1], "row": 10, "status": "sent",
    "reason": None, "cause": None, "position": None, "bodies": "[]", "message_id": "wamid.11",
    "receipts": '[{"message_id": "wamid.12", "sent_at": "2026-01-01 00:00+00"}]',
    "messages": '[{"place": 1, "message_id": "wamid.new", "phone": "917000000007", '
                '"timestamp": "2026-01-01 00:00+00", "payload": {}}]',
    "phone": "917000000007", "user_id": "IN.5000000002", "channels": ["x"], "pace": 6.0,
    "burst": 45.0, "delay": 1.0, "excused": 0, "unknown": False, "seconds": 1.0, "jitter": 1.0,
    "least": 1.0, "said_in": None, "first": 1, "last": 2, "rows": [12], "message_ids": ["wamid.12"],
}  # fmt: skip
# What means something else there.
GIVEN_TO = {"nudge": {"seconds": [None]}}


@pytest.fixture(scope="module")
def filled(new_database, prepared_database) -> Iterator[str]:
    with new_database(prepared_database) as url:
        fill(url, SIZE)
        add_up(url)
        yield url


def add_up(url: str) -> None:
    """As if the sender's process had done it for a month; else the numbers are read from all."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO figure_slots (slot, is_done) SELECT slot, true FROM generate_series("
            "figure_slot(now() - interval '32 days'), now() - interval '4 hours', "
            "interval '30 minutes') AS slot"
        )
        connection.execute("ANALYZE figure_slots")


@pytest.fixture
def shop(filled, monkeypatch) -> Iterator[Engine]:
    """The filled shop as this process's database; what a test changes there stays."""
    monkeypatch.setenv("DATABASE_URL", filled)
    forget_database()
    yield storage.engine.engine()
    forget_database()


@pytest.fixture
def customer(shop) -> UUID:
    """The key of one of many."""
    with storage.engine.session() as session:
        return session.scalars(
            text("SELECT id FROM user_profiles WHERE user_id = 'IN.5000000117'")
        ).one()


@contextmanager
def recorded(engine: Engine) -> Iterator[list[tuple[str, object]]]:
    """The statements that are sent meanwhile, with their values."""
    sent: list[tuple[str, object]] = []

    def keep(_conn, _cursor, statement, values, _context, _many) -> None:
        sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def full_scans(
    connection: psycopg.Connection, statement: object, values: object, cost: float = 1.1
) -> set[str]:
    """Growing tables that a statement reads from end to end, by PostgreSQL's own plan."""
    if isinstance(statement, bytes):
        statement = statement.decode()
    if isinstance(values, list):  # the same with many values
        values = values[0]
    # A statement of a file may begin with what it is for.
    verb = re.match(r"(?:\s|--.*\n)*(\w+)", str(statement))
    if not verb or verb[1].upper() not in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
        return set()
    cursor = psycopg.ClientCursor(connection)
    # 1.1: as on a machine with the tables in memory, or on an SSD; PostgreSQL's own guess is 4.
    cursor.execute(f"SET jit = off; SET random_page_cost = {cost}")
    cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
    [plan] = cursor.fetchone()
    connection.rollback()
    return {
        node["Relation Name"]
        for node in nodes(plan[0]["Plan"])
        if node.get("Relation Name") in GROWING and (node["Node Type"] == "Seq Scan" or walks(node))
    }


def walks(node) -> bool:
    """Whether it goes through a primary key from its end and looks for each row in a list of a
    sub-query: LIMIT ends that soon only where many of the rows are in the list."""
    by_key = node.get("Index Name", "").endswith("_pkey") and "Index Cond" not in node
    return by_key and "hashed SubPlan" in node.get("Filter", "")


def nodes(plan):
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def check(url: str, sent, settings: bytes = b"", cost: float = 1.1) -> None:
    found = {}
    with psycopg.connect(url) as connection:
        if settings:
            connection.execute(settings)
        for statement, values in sent:
            if tables := full_scans(connection, statement, values, cost):
                found[str(statement)] = tables
    assert not found, "\n".join(f"{tables}: {statement}" for statement, tables in found.items())


@pytest.mark.parametrize("name", sorted(queries._queries()))
def test_the_queries_of_the_trays(shop, filled, customer, name):
    if name == "customers_tables":
        pytest.skip("reads the catalogue alone")
    values = {
        **GIVEN, "customer_id": customer, "keep": customer, "drop": customer,
        "id": customer, "customers": [customer], **GIVEN_TO.get(name, {}),
    }  # fmt: skip
    # With what their connections set; a table that no index leads to is still read whole.
    check(filled, [(queries.query(name), values)], BY_INDEX)


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_of_the_console(shop, filled, customer, path):
    with storage.engine.session() as session:
        somebody = people.find_staff(session, "Asha") or people.add_staff(session, "Asha", "owner")
        token = logins.begin_session(session, somebody, "")
    console = build_console(storage.engine.session)
    with TestClient(console, "http://127.0.0.1", cookies={COOKIE: token}) as browser:
        with recorded(shop) as sent:
            answer = browser.get(path.format(customer=customer))
        assert answer.status_code == 200
    assert sent
    check(filled, sent)
    if path.startswith("/numbers"):
        # Hours and months are planned alike: their statements may not depend on the guess.
        check(filled, sent, cost=4)


def test_the_watch_that_raises_alerts(shop, filled):
    with recorded(shop) as sent:
        AlertWatch(storage.engine.session, sender_for(None)).look_if_due()
    assert sent
    check(filled, sent)


def test_the_loops_beside_the_sender(shop, filled, customer):
    with recorded(shop) as sent:
        notifier.notify_customers(None)
        with storage.engine.session() as session:
            media._missing(session)
        media._check_quota(customer)
        figures.add_up(storage.engine.session)
        figures.MOST, most = 3, figures.MOST
        figures.add_up(storage.engine.session)
        figures.MOST = most
    assert len(sent) > 10
    check(filled, sent)


def test_what_trade_looks_up(shop, filled, customer):
    with storage.engine.session() as session, recorded(shop) as sent:
        session.execute(text(
            "UPDATE shop_settings SET accepts_orders = 'by_staff', order_ahead_days = 1, "
            "slot_capacity = 3"
        ))  # fmt: skip
        settings, now = read_settings(session), storage.engine.now(session)
        schedule = read_schedule(session, settings, now)
        assert free_days(session, settings, schedule, Wanted(now))
        orders.maintain_orders(session)
        buyer = session.get_one(UserProfile, customer)
        own_addresses(session, buyer)
        remember_address(session, buyer, Address("1 MG Road"))
        terms_of_last_order(session, buyer)
        cart = Cart.reckon(session, [RequestedLine("coffee", 1)])
        place_order(session, buyer, cart, "wamid.of.this.test")
        session.rollback()
    assert len(sent) > 20
    check(filled, sent)


def test_an_erasure(shop, filled, customer):
    with recorded(shop) as sent, storage.engine.session() as session:
        gone = personal_data.erase_personal_data(
            session, session.get_one(UserProfile, customer)
        ).gone
        session.rollback()
    assert gone["whatsapp_messages"] > 5
    check(filled, sent)


def test_a_full_scan_is_noticed(shop, filled):
    with psycopg.connect(filled) as connection:
        seen = full_scans(connection, "SELECT count(*) FROM orders WHERE total > %(x)s", {"x": 1})
    assert seen == {"orders"}
