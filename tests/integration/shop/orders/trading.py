"""What tests of trade arrange: a shop's settings, zones and options by SQL, carts with terms."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.carts.terms import OrderTerms
from shop.fulfilment.addresses import Address
from shop.fulfilment.slots import Wanted, free_slots
from shop.opening.reading import read_schedule, read_settings, read_settings_to_change
from storage import engine
from storage.models import UserProfile
from tests.integration.customers import add_customer

HOME = Address("Flat 3, MG Road 560001", "560001")


def settle(session: Session, **columns: object) -> None:
    """Changes the shop's settings."""
    changes = ", ".join(f"{name} = :{name}" for name in columns)
    session.execute(text(f"UPDATE shop_settings SET {changes}"), columns)
    read_settings_to_change(session)  # The session knows them already.


def add_zone(session: Session, **columns: object) -> None:
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    session.execute(text(f"INSERT INTO delivery_zones ({names}) VALUES ({values})"), columns)


def add_sizes(session: Session, sku: str = "coffee") -> None:
    """A required size (Small for nothing, Large for ₹30.50) and milk that may be chosen."""
    session.execute(text("""
        WITH size AS (INSERT INTO option_groups (name, minimum) VALUES ('Size', 1) RETURNING id),
            milk AS (INSERT INTO option_groups (name, position) VALUES ('Milk', 1) RETURNING id),
            sizes AS (
                INSERT INTO options (group_id, name, price, position)
                SELECT id, name, price, place FROM size,
                    (VALUES ('Small', 0, 1), ('Large', 30.5, 2)) AS one (name, price, place)),
            milks AS (
                INSERT INTO options (group_id, name, price) SELECT id, 'Oat', 25 FROM milk)
        INSERT INTO product_option_groups (sku, group_id)
        SELECT :sku, id FROM size UNION ALL SELECT :sku, id FROM milk
    """), {"sku": sku})  # fmt: skip


def close_the_day(session: Session) -> None:
    """Hours on one day of the week alone that is neither today nor near."""
    session.execute(
        text("""
        INSERT INTO opening_hours (weekday, opens, closes)
        VALUES (1 + (extract(isodow FROM now())::integer + 2) % 7, '10:00', '12:00')
    """)
    )


def somebody(session: Session, phone: str = "919800000001") -> UserProfile:
    return add_customer(session, phone)


def cart_of(session: Session, *lines: RequestedLine, **terms: object) -> Cart:
    """A cart at today's prices; without lines two coffees."""
    wanted: Iterable[RequestedLine] = lines or [RequestedLine("coffee", 2)]
    return replace(Cart.reckon(session, wanted), terms=OrderTerms(**terms))


def first_slot(session: Session, days_ahead: int = 1) -> datetime:
    """The first free slot of a day."""
    now, settings = engine.now(session), read_settings(session)
    schedule = read_schedule(session, settings, now)
    day = schedule.local(now).date() + timedelta(days=days_ahead)
    return free_slots(session, settings, schedule, day, Wanted(now))[0].start
