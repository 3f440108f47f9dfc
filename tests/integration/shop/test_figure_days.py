"""Whole days are summed from their half hours, and say the same as these."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from shop import figure_days, figures
from shop.opening.schedule import moment_of
from storage.engine import session
from storage.models import Order, WhatsappMessage
from tests.integration.customers import add_customer

DAYS = 4
# Behind UTC, ahead by half an hour, ahead by a quarter: a half hour lies across midnight.
ZONES = ("America/New_York", "Asia/Kolkata", "Asia/Kathmandu")


def midnight(zone: str, back: int) -> datetime:
    day = datetime.now(UTC).astimezone(ZoneInfo(zone)).date() - timedelta(days=back)
    return moment_of(datetime.combine(day, time()), ZoneInfo(zone))


def move_to(zone: str) -> None:
    with session() as opened:
        opened.execute(text("UPDATE shop_settings SET time_zone = :zone"), {"zone": zone})


@pytest.fixture
def told(engine: Engine) -> None:
    """Messages and orders at odd minutes of several days."""
    with session() as opened:
        who = add_customer(opened)
        for number in range(60):
            at = midnight("UTC", DAYS + 1) + timedelta(minutes=131 * number + 7)
            opened.add(WhatsappMessage(customer_id=who.id, timestamp=at, created_at=at))
            if number % 3 == 0:
                coffee = [{"product": "coffee", "quantity": number}]
                opened.add(Order(customer_id=who.id, total=number, created_at=at, items=coffee))


def sums_by_day(zone: str) -> Counter[tuple[object, ...]]:
    """What is read since a midnight: by kind, name and the hour or the day on the shop's clock."""
    sums: Counter[tuple[object, ...]] = Counter()
    with session() as opened:
        for one in figures.read_figures(opened, midnight(zone, DAYS)):
            local = one.at.astimezone(ZoneInfo(zone)) if one.at else None
            where = {"incoming": local and local.hour, "orders": local and local.date()}
            key = (one.kind, one.name, where.get(one.kind))
            sums[*key, "number"] += one.number
            sums[*key, "amount"] += int(one.amount)
    return sums


def add_up_all() -> None:
    for _ in range(20):
        figures.add_up(session)


def days_read(zone: str) -> int:
    """How many whole days a reader finds summed."""
    since = midnight(zone, DAYS)
    with session() as opened:
        until, _ = figure_days.read_days(opened, since)
    return round((until - since) / timedelta(days=1))


@pytest.mark.parametrize("zone", ZONES)
def test_days_say_what_the_tables_say(told, zone):
    move_to(zone)
    before = sums_by_day(zone)
    assert sum(number for key, number in before.items() if key[-1] == "number") > 50
    add_up_all()
    assert days_read(zone) >= DAYS - 1
    assert sums_by_day(zone) == before


def test_another_time_zone_makes_other_days(told):
    move_to("Asia/Kolkata")
    add_up_all()
    before = sums_by_day("America/New_York")
    assert days_read("America/New_York") == 0
    move_to("America/New_York")
    figures.add_up(session)
    assert days_read("America/New_York") >= DAYS - 1
    assert days_read("Asia/Kolkata") == 0
    assert sums_by_day("America/New_York") == before


def sales(zone: str) -> Decimal:
    with session() as opened:
        found = figures.read_figures(opened, midnight(zone, DAYS))
    return sum((one.amount for one in found if one.kind == "orders"), Decimal(0))


def test_an_order_that_is_cancelled_takes_its_day_out(told):
    move_to("Asia/Kolkata")
    add_up_all()
    whole, before = days_read("Asia/Kolkata"), sales("Asia/Kolkata")
    with session() as opened:
        at = midnight("Asia/Kolkata", DAYS - 1)
        order = opened.query(Order).where(Order.created_at > at).order_by(Order.created_at).first()
        order.status = "cancelled"
        total = order.total
    assert days_read("Asia/Kolkata") < whole
    assert sales("Asia/Kolkata") == before - total
    for _ in range(2):
        figures.add_up(session)
    assert days_read("Asia/Kolkata") == whole
    assert sales("Asia/Kolkata") == before - total


def test_a_day_is_not_summed_while_one_of_its_orders_changes(told):
    move_to("Asia/Kolkata")
    add_up_all()
    with session() as opened:
        opened.execute(text("DELETE FROM figure_days"))
    with session() as changing:
        at = midnight("Asia/Kolkata", 2)
        changing.query(Order).where(Order.created_at > at).update({"total": Order.total + 1})
        assert figure_days.add_up_days(session, figures.KEPT_DAYS) > 0
        assert days_read("Asia/Kolkata") == DAYS - 2
