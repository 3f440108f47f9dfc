"""Migrations 0021 and 0028: places become addresses, while the release before trade goes on."""

import pytest
from sqlalchemy import create_engine, text

from storage import migrations
from storage.engine import sqlalchemy_url
from storage.migrations import apply_online

HOME = '{"name": "Home", "address": "MG Road 1", "latitude": 12.5, "longitude": 77.25}'
PIN = '{"latitude": 12.5, "longitude": 77.25}'
MANY = 2_500

# What the release of before says to the table (shop/orders/placing.py, retention, erasure).
PLACE = "INSERT INTO orders (order_id, delivery_place, notes) VALUES (:number, :place, 'null')"
PRUNE = """
UPDATE orders SET notes = NULL, delivery_place = NULL
WHERE order_id IN (
    SELECT order_id FROM orders WHERE notes IS NOT NULL OR delivery_place IS NOT NULL)
"""
BOTH = "SELECT address, delivery_place FROM orders WHERE order_id = :number"


@pytest.fixture
def old(new_database):
    """A database as it was before trade."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            migrations.upgrade(connection, "0020_second_factor")
        yield engine
        engine.dispose()


@pytest.fixture
def upgraded(old):
    """The same once it is migrated, with the old rows still as they were."""
    with old.begin() as connection:
        connection.execute(text(PLACE), {"number": "ORD-1", "place": HOME})
        migrations.upgrade(connection)
    return old


def say(engine, statement, **values):
    with engine.begin() as connection:
        found = connection.execute(text(statement), values)
        return found.all() if found.returns_rows else found.rowcount


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (HOME, {"text": "Home, MG Road 1", "latitude": 12.5, "longitude": 77.25}),
        (PIN, {"text": "12.5, 77.25", "latitude": 12.5, "longitude": 77.25}),
        ("null", None),
        (None, None),
    ],
)
def test_a_place_becomes_an_address(old, place, address):
    say(old, PLACE, number="ORD-1", place=place)
    with old.begin() as connection:
        migrations.upgrade(connection)
        # No row is touched while the table is locked.
        assert connection.scalar(text("SELECT address FROM orders")) is None
    apply_online.run_online_steps(old)
    assert say(old, "SELECT address FROM orders") == [(address,)]


def test_old_orders_are_filled_a_thousand_at_a_time(old):
    many = f"SELECT 'ORD-' || n, '{HOME}'::jsonb FROM generate_series(1, {MANY}) AS n"
    with old.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO orders (order_id, delivery_place) {many}")
        migrations.upgrade(connection)
    apply_online.run_online_steps(old)
    sizes = say(old, "SELECT count(*) FROM orders WHERE address IS NOT NULL GROUP BY xmin")
    assert max(size for (size,) in sizes) <= 1000
    assert sum(size for (size,) in sizes) == MANY
    with old.connect() as connection:
        assert apply_online.missing_steps(connection) == []


def test_the_release_of_before_goes_on_placing(upgraded):
    say(upgraded, PLACE, number="ORD-2", place=HOME)
    [(address, place)] = say(upgraded, BOTH, number="ORD-2")
    assert (address["text"], place["name"]) == ("Home, MG Road 1", "Home")
    say(upgraded, PLACE, number="ORD-3", place="null")
    assert say(upgraded, BOTH, number="ORD-3")[0].address is None


def test_the_release_of_before_sees_where_new_orders_go(upgraded):
    given = """INSERT INTO orders (order_id, address)
        VALUES ('ORD-2', '{"text": "Flat 3", "postcode": "560001"}')"""
    say(upgraded, given)
    [(address, place)] = say(upgraded, BOTH, number="ORD-2")
    assert address == {"text": "Flat 3", "postcode": "560001"}
    assert place == {"name": None, "address": "Flat 3", "latitude": None, "longitude": None}
    say(upgraded, """UPDATE orders SET address = '{"text": "Flat 4"}' WHERE order_id = 'ORD-2'""")
    assert say(upgraded, BOTH, number="ORD-2")[0].delivery_place["address"] == "Flat 4"


@pytest.mark.parametrize("is_filled", [True, False])
@pytest.mark.parametrize("emptied_by", [PRUNE, "UPDATE orders SET address = NULL"])
def test_what_either_release_empties_is_gone(upgraded, emptied_by, is_filled):
    if is_filled:
        apply_online.run_online_steps(upgraded)
    assert say(upgraded, emptied_by) == 1
    assert say(upgraded, BOTH, number="ORD-1") == [(None, None)]


def test_a_table_that_lost_its_places_has_them_beside_again(old):
    with old.begin() as connection:
        migrations.upgrade(connection, "0027_figure_days")
        connection.execute(text("ALTER TABLE orders DROP COLUMN delivery_place"))
        migrations.upgrade(connection)
    say(old, PLACE, number="ORD-1", place=HOME)
    assert say(old, BOTH, number="ORD-1")[0].address["text"] == "Home, MG Road 1"


@pytest.mark.parametrize(
    ("machine", "zone"),
    [
        ("America/New_York", "America/New_York"),
        ("UTC", "Asia/Kolkata"),
        ("Etc/UTC", "Asia/Kolkata"),
        ("", "Asia/Kolkata"),
        ("nonsense'; --", "Asia/Kolkata"),
    ],
)
def test_the_time_zone_is_the_machines(old, machine, zone, monkeypatch):
    monkeypatch.setenv("TZ", machine)
    with old.begin() as connection:
        migrations.upgrade(connection)
        assert connection.scalar(text("SELECT time_zone FROM shop_settings")) == zone
