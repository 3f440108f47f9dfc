"""Free slots of a shop, with the orders that lie in the database."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.fulfilment.promises import is_on_board, judge_lateness, promise_time
from shop.fulfilment.slots import (
    Wanted,
    find_slot,
    free_days,
    free_slots,
    is_time_free,
    why_not_free,
)
from shop.opening.reading import read_schedule, read_settings
from storage.models import Order
from tests.integration.shop.orders.trading import settle

TODAY = date(2026, 12, 1)


def at(clock: str, day: str = "2026-12-01") -> datetime:
    return datetime.fromisoformat(f"{day} {clock}+05:30")


@pytest.fixture
def shop(session: Session) -> Session:
    """Open from ten to twelve, two orders a half hour, orders for tomorrow are taken."""
    session.execute(
        text("""
        INSERT INTO opening_hours (weekday, opens, closes)
        SELECT day, '10:00', '12:00' FROM generate_series(1, 7) AS day
    """)
    )
    session.execute(
        text(
            "UPDATE shop_settings SET order_ahead_days = 1, slot_capacity = 2, "
            "time_zone = 'Asia/Kolkata'"
        )
    )
    session.commit()
    return session


def clocks(session: Session, day: date, wanted: Wanted) -> list[str]:
    settings = read_settings(session)
    schedule = read_schedule(session, settings, wanted.now)
    return [
        f"{slot.start:%H:%M} {slot.left}"
        for slot in free_slots(session, settings, schedule, day, wanted)
    ]


def test_slots_start_after_opening_and_preparation(shop: Session) -> None:
    assert clocks(shop, TODAY, Wanted(at("08:00"))) == [
        "10:15 2", "10:45 2", "11:15 2", "11:45 2",
    ]  # fmt: skip


def test_what_is_past_or_too_soon_is_not_offered(shop: Session) -> None:
    assert clocks(shop, TODAY, Wanted(at("10:35"))) == ["11:15 2", "11:45 2"]
    assert clocks(shop, TODAY, Wanted(at("10:35"), "delivery", 45)) == ["11:45 2"]
    assert clocks(shop, TODAY, Wanted(at("11:50"))) == []


def test_full_slots_are_left_out_until_an_order_is_cancelled(shop: Session) -> None:
    due = at("10:45")
    for status in ("pending", "delivered", "cancelled"):
        shop.add(Order(due_at=due, status=status))
    shop.add(Order())  # for now: does not count
    shop.flush()
    assert clocks(shop, TODAY, Wanted(at("08:00"))) == ["10:15 2", "11:15 2", "11:45 2"]
    shop.execute(text("UPDATE orders SET status = 'cancelled' WHERE status = 'pending'"))
    assert clocks(shop, TODAY, Wanted(at("08:00")))[1] == "10:45 1"


def test_the_days_that_can_be_ordered_for(shop: Session) -> None:
    def days(clock: str) -> list[date]:
        settings, now = read_settings(shop), at(clock)
        return free_days(shop, settings, read_schedule(shop, settings, now), Wanted(now))

    assert days("11:00") == [TODAY, TODAY + timedelta(days=1)]
    assert days("23:00") == [TODAY + timedelta(days=1)]
    settle(shop, order_ahead_days=0)
    assert days("11:00") == []


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (at("10:45"), at("10:45")),
        (at("10:50"), at("10:45")),
        (at("11:59"), at("11:45")),
        (at("10:14"), None),
        (at("12:00"), None),
        (at("12:15"), None),
        (at("11:00", "2026-12-02"), at("10:45", "2026-12-02")),
        (at("10:45", "2026-12-03"), None),
    ],
)
def test_the_slot_of_a_moment(shop: Session, moment: datetime, slot: datetime | None) -> None:
    settings, now = read_settings(shop), at("08:00")
    schedule = read_schedule(shop, settings, now)
    assert find_slot(settings, schedule, moment, now) == slot


def test_a_slot_past_midnight_holds_the_moments_after_it(shop: Session) -> None:
    shop.execute(text("UPDATE opening_hours SET opens = '20:00', closes = '02:00'"))
    settings, now = read_settings(shop), at("08:00")
    schedule = read_schedule(shop, settings, now)
    assert find_slot(settings, schedule, at("00:05", "2026-12-02"), now) == at("23:45")
    assert find_slot(settings, schedule, at("01:59", "2026-12-02"), now) == at(
        "01:45", "2026-12-02"
    )


def test_an_order_between_counts_for_its_slot(shop: Session) -> None:
    shop.add_all([Order(due_at=at("10:50")), Order(due_at=at("11:14"))])
    shop.flush()
    assert clocks(shop, TODAY, Wanted(at("08:00"))) == ["10:15 2", "11:15 2", "11:45 2"]
    settings, wanted = read_settings(shop), Wanted(at("08:00"))
    schedule = read_schedule(shop, settings, wanted.now)

    def free(clock: str) -> bool:
        return is_time_free(shop, settings, schedule, at(clock), wanted)

    assert [free(clock) for clock in ("10:44", "10:45", "11:00", "11:15")] == [
        True, False, False, True,
    ]  # fmt: skip
    assert not is_time_free(shop, settings, schedule, at("11:00"), Wanted(at("10:50")))  # too soon
    assert is_time_free(shop, settings, schedule, at("11:15"), Wanted(at("10:50")))


def test_promises(shop: Session) -> None:
    settings, now = read_settings(shop), at("10:00")
    assert promise_time(settings, now, "pickup") == at("10:15")
    assert promise_time(settings, now, "delivery", 30) == at("10:30")
    assert promise_time(settings, now, "delivery") == at("10:45")
    settings.busy_minutes, settings.busy_until = 20, at("10:30")
    assert promise_time(settings, now, "dine_in") == at("10:35")
    assert promise_time(settings, now, "pickup", due_at=at("11:15")) == at("11:15")


def test_scheduled_orders_come_to_the_board_in_time(shop: Session) -> None:
    settings = read_settings(shop)
    settings.busy_minutes, settings.busy_until = 20, at("10:30")
    orders = [
        Order(order_id="ORD-1", created_at=at("09:00")),
        Order(order_id="ORD-2", due_at=at("11:00")),
        Order(order_id="ORD-3", due_at=at("11:00"), fulfilment="delivery", delivery_minutes=60),
    ]
    shop.add_all(orders)
    shop.flush()
    for clock, there in (
        ("09:39", ["ORD-1"]),
        ("09:40", ["ORD-1", "ORD-3"]),
        ("10:24", ["ORD-1", "ORD-3"]),
        ("10:25", ["ORD-1", "ORD-2", "ORD-3"]),
    ):
        query = select(Order.order_id).where(is_on_board(settings, at(clock)))
        assert shop.scalars(query.order_by(Order.order_id)).all() == there, clock


@pytest.mark.parametrize(
    ("clock", "is_what"),
    [("10:09", "on_time"), ("10:10", "soon"), ("10:15", "soon"), ("10:16", "late")],
)
def test_lateness(clock: str, is_what: str) -> None:
    assert judge_lateness(Order(promised_at=at("10:15"), status="pending"), at(clock)) == is_what
    assert (
        judge_lateness(Order(promised_at=at("10:15"), status="delivered"), at(clock)) == "on_time"
    )
    assert judge_lateness(Order(status="pending"), at(clock)) == "on_time"


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (at("10:30"), "full"),
        (at("10:12"), "too_early"),
        (at("10:15"), "full"),
        (at("09:30"), "closed"),
        (at("12:00"), "closed"),
        (at("10:05"), "too_soon"),
        (at("10:15", "2026-12-03"), "too_far"),
    ],
)
def test_why_a_time_cannot_be_had(shop: Session, moment: datetime, why: str) -> None:
    settings, wanted = read_settings(shop), Wanted(at("09:55"))
    schedule = read_schedule(shop, settings, wanted.now)
    assert why_not_free(settings, schedule, moment, wanted) == why
