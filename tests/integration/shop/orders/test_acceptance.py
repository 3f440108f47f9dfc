"""Staff accept and refuse; what nobody accepts is reminded of or cancelled, in opening hours."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from connectors.whatsapp.send import maintenance, notifier
from shop.language.moments import describe_moment
from shop.opening.reading import read_settings, shop_zone
from shop.orders.acceptance import NoReason, accept_order, refuse_order
from shop.orders.maintenance import reset_stock
from shop.orders.news import UNACCEPTED
from shop.orders.order_status import NoWay
from shop.orders.placing import place_order
from shop.orders.unaccepted import settle_unaccepted
from storage import engine as database
from storage.models import Order, UserProfile
from tests.integration.shop.orders.trading import (
    HOME,
    cart_of,
    close_the_day,
    first_slot,
    settle,
    somebody,
)


@pytest.fixture
def order(session: Session) -> Order:
    """An order that waits for staff, of a customer who has just written."""
    settle(session, accepts_orders="by_staff")
    asha = somebody(session)
    asha.last_interaction = database.now(session)
    placed = place_order(session, asha, cart_of(session), "wamid.1")
    session.commit()
    return placed


def said(session: Session) -> list[str]:
    """What customers are told, once nothing can be undone any more."""
    session.execute(text("UPDATE order_notices SET not_before = now() WHERE state = 'waiting'"))
    session.commit()
    notifier.notify_customers(None)
    return list(session.scalars(text("SELECT content FROM whatsapp_messages ORDER BY id")))


def shop_now(session: Session) -> datetime:
    return database.now(session).astimezone(shop_zone(read_settings(session)))


def ages(session: Session, order: Order, minutes: int) -> None:
    """As if it had been placed so many minutes ago."""
    session.execute(
        text("UPDATE orders SET created_at = created_at - make_interval(mins => :minutes)"),
        {"minutes": minutes},
    )
    session.commit()


def test_accepting_promises_and_tells_the_time(session: Session, order: Order) -> None:
    assert accept_order(session, order, 45) == "pending"
    assert order.status == "confirmed"
    assert round((order.promised_at - order.accepted_at) / timedelta(minutes=1)) == 45
    [told] = said(session)
    promised = describe_moment(order.promised_at, shop_now(session))
    assert f"your order is confirmed! It will be ready {promised}" in told
    with pytest.raises(NoWay):
        accept_order(session, order, 10)


def test_accepting_without_minutes_promises_the_usual(session: Session, order: Order) -> None:
    accept_order(session, order)
    assert round((order.promised_at - order.accepted_at) / timedelta(minutes=1)) == 15


def test_a_slot_keeps_its_own_promise(session: Session, order: Order) -> None:
    settle(session, order_ahead_days=1)
    due = first_slot(session)
    later = place_order(session, None, cart_of(session, due_at=due), "wamid.2")
    session.flush()
    assert later.promised_at is None
    accept_order(session, later)
    assert later.promised_at == due


def test_a_refusal_needs_a_reason_and_tells_it(session: Session, order: Order) -> None:
    with pytest.raises(NoReason):
        refuse_order(session, order, " \n")
    refuse_order(session, order, "We are out\nof {milk}.")
    [told] = said(session)
    assert "The reason: We are out of {milk}. To talk to us" in told
    assert order.cancel_reason == "We are out of {milk}."


def test_in_hindi_too(session: Session, order: Order) -> None:
    session.execute(text("UPDATE user_profiles SET language = 'hi'"))
    accept_order(session, order, 45)
    promised = describe_moment(order.promised_at, shop_now(session), "hi")
    [told] = said(session)
    assert f"{promised} तैयार हो जाएगा" in told
    refuse_order(session, order, "दूध ख़त्म हो गया।")
    assert "वजह: दूध ख़त्म हो गया। हमसे बात करने" in said(session)[-1]


def test_acceptance_is_told_once(session: Session, order: Order) -> None:
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    session.commit()
    session.refresh(order)
    assert order.accepted_at is not None
    [told] = said(session)
    assert "confirmed" in told
    session.execute(text("UPDATE orders SET status = 'pending'"))
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    assert said(session) == [told]


def test_in_time_nothing_happens(session: Session, order: Order) -> None:
    ages(session, order, 9)
    assert len(settle_unaccepted(session)) == 0


def test_staff_are_reminded_again_and_again(session: Session, order: Order) -> None:
    ages(session, order, 11)
    assert settle_unaccepted(session).reminded == [order]
    assert len(settle_unaccepted(session)) == 0
    session.execute(text("UPDATE orders SET reminded_at = reminded_at - interval '11 minutes'"))
    assert settle_unaccepted(session).reminded == [order]
    assert order.status == "pending"


def test_what_nobody_accepts_is_cancelled_with_an_apology(session: Session, order: Order) -> None:
    settle(session, when_unaccepted="cancel")
    ages(session, order, 11)
    assert maintenance.maintain_trade() == 1
    session.refresh(order)
    assert (order.status, order.cancel_reason) == ("cancelled", UNACCEPTED)
    [told] = said(session)
    assert "not accept your order in time" in told


def test_only_opening_hours_count(session: Session, order: Order) -> None:
    close_the_day(session)
    ages(session, order, 60)
    assert len(settle_unaccepted(session)) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE shop_settings SET accepts_orders = 'automatically'",
        "UPDATE orders SET status = 'confirmed'",
        "UPDATE orders SET status = 'cancelled'",
    ],
)
def test_nobody_is_reminded_of_what_needs_no_acceptance(
    session: Session, order: Order, change: str
) -> None:
    ages(session, order, 60)
    session.execute(text(change))
    assert len(settle_unaccepted(session)) == 0


def test_a_delivery_is_told_until_when_it_comes(session: Session, order: Order) -> None:
    settle(session, fulfilment=["delivery"])
    asha = session.get_one(UserProfile, order.customer_id)
    other = place_order(session, asha, cart_of(session, address=HOME), "wamid.3")
    session.flush()
    accept_order(session, other)
    [told] = said(session)
    assert "It will reach you" in told
    assert round((other.promised_at - other.accepted_at) / timedelta(minutes=1)) == 45


def test_daily_stock_is_set_back_by_the_upkeep(session: Session) -> None:
    assert reset_stock(session) == 0
    session.execute(text("UPDATE products SET stock_daily = 7, stock = 1 WHERE sku = 'tea'"))
    session.execute(text("UPDATE products SET restocked_at = now() - interval '3 days'"))
    session.commit()
    assert maintenance.maintain_trade() == 1
    assert maintenance.maintain_trade() == 0
    assert session.scalar(text("SELECT stock FROM products WHERE sku = 'tea'")) == 7


def test_a_daily_stock_that_is_set_now_waits_for_the_next_opening(session: Session) -> None:
    session.execute(text("UPDATE products SET restocked_at = now() - interval '3 days'"))
    session.execute(text("UPDATE products SET stock_daily = 7, stock = 1 WHERE sku = 'tea'"))
    assert reset_stock(session) == 0
