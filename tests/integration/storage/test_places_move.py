"""Migration 0021 keeps where orders were to be brought, and takes the machine's time zone."""

import pytest
from sqlalchemy import create_engine, text

from storage import migrations
from storage.engine import sqlalchemy_url


@pytest.fixture
def old(new_database):
    """A database as it was before trade."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            migrations.upgrade(connection, "0020_second_factor")
        yield engine
        engine.dispose()


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (
            '{"name": "Home", "address": "MG Road 1", "latitude": 12.5, "longitude": 77.25}',
            {"text": "Home, MG Road 1", "latitude": 12.5, "longitude": 77.25},
        ),
        (
            '{"latitude": 12.5, "longitude": 77.25}',
            {"text": "12.5, 77.25", "latitude": 12.5, "longitude": 77.25},
        ),
    ],
)
def test_a_place_becomes_an_address(old, place, address):
    with old.begin() as connection:
        connection.execute(
            text("INSERT INTO orders (delivery_place, updated_at) VALUES (:place, '2020-01-01')"),
            {"place": place},
        )
        migrations.upgrade(connection)
        [row] = connection.execute(text("SELECT address, updated_at FROM orders"))
    assert row.address == address
    assert row.updated_at.year in (2019, 2020)


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
