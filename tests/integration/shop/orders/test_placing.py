"""Placing and finding orders, on the real database."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

import settings
from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine, lines_of_items
from shop.orders import order_checks
from shop.orders.order_status import cancel_order
from shop.orders.placing import find_order, latest_orders, place_order
from shop.support import tickets, waiting
from storage.models import Order, Product, UserProfile
from tests.integration.customers import add_customer


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return somebody(session, "919800000001")


def somebody(session: Session, phone: str) -> UserProfile:
    return add_customer(session, phone)


def cart(session: Session) -> Cart:
    return Cart.reckon(session, [RequestedLine("coffee", 2), RequestedLine("samosa", 3)])


def test_a_cart_is_reckoned_at_todays_prices(session: Session) -> None:
    reckoned = cart(session)
    assert reckoned.total == Decimal(360)
    assert [line.said() for line in reckoned.lines] == ["Coffee × 2 = ₹240", "Samosa × 3 = ₹120"]
    assert lines_of_items(reckoned.as_json()) == [
        RequestedLine("coffee", 2),
        RequestedLine("samosa", 3),
    ]


def test_the_same_product_becomes_one_line(session: Session) -> None:
    merged = Cart.reckon(
        session, [RequestedLine("tea", 1), RequestedLine("coffee"), RequestedLine("tea", 2)]
    )
    assert [(line.product, line.quantity) for line in merged.lines] == [
        ("tea", 3),
        ("coffee", None),
    ]
    assert merged.unasked is merged.lines[1]


def test_what_is_sold_out_or_unknown_is_missing(session: Session) -> None:
    session.execute(update(Product).where(Product.sku == "tea").values(is_available=False))
    reckoned = Cart.reckon(
        session, [RequestedLine("tea", 1), RequestedLine("caviar", 1), RequestedLine("coffee", 1)]
    )
    assert reckoned.missing == ("Tea", "caviar")
    assert [line.product for line in reckoned.lines] == ["coffee"]


def test_a_dearer_product_is_noticed(session: Session) -> None:
    told = cart(session).as_json()
    assert cart(session).same_price_as(told)
    session.execute(update(Product).where(Product.sku == "coffee").values(price=Decimal("120.50")))
    session.expire_all()
    assert not cart(session).same_price_as(told)


def test_what_was_not_said_of_an_order_is_null(session: Session) -> None:
    place_order(session, None, cart(session), "wamid.null")
    unsaid = "SELECT address IS NULL AND notes IS NULL AND delivery_place IS NULL FROM orders"
    assert session.scalar(text(unsaid))


def test_one_cause_is_one_order(session: Session, asha: UserProfile) -> None:
    first = place_order(session, asha, cart(session), "wamid.1")
    again = place_order(session, asha, cart(session), "wamid.1")
    other = place_order(session, asha, cart(session), "wamid.2")
    assert first.order_id == again.order_id != other.order_id
    assert first.order_id.startswith("ORD-")
    assert first.total == Decimal(360)
    assert {order.order_id for order in latest_orders(session, asha)} == {
        first.order_id,
        other.order_id,
    }


def test_nobody_finds_anothers_order(session: Session, asha: UserProfile) -> None:
    ravi = somebody(session, "919800000002")
    placed = place_order(session, asha, cart(session), "wamid.1")
    assert find_order(session, asha, placed.order_id) is placed
    assert find_order(session, ravi, placed.order_id) is None
    assert find_order(session, None, placed.order_id) is None


def test_an_order_by_hand_belongs_to_its_phone_until_a_customer_owns_it(
    session: Session, asha: UserProfile
) -> None:
    session.add(Order(order_id="ORD-1", customer_phone=asha.whatsapp_phone))
    ravi = somebody(session, "919800000002")
    session.add(Order(order_id="ORD-2", customer_phone=asha.whatsapp_phone, customer_id=ravi.id))
    session.flush()
    assert find_order(session, asha, "ORD-1")
    assert find_order(session, asha, "ORD-2") is None


def test_only_a_pending_order_is_cancelled(session: Session, asha: UserProfile) -> None:
    placed = place_order(session, asha, cart(session), "wamid.1")
    assert cancel_order(session, placed)
    assert not cancel_order(session, placed)
    assert placed.status == "cancelled"


@pytest.mark.parametrize("quantity", [None, 0, -1, 101, 1_000_000, 2**63])
def test_a_number_that_nobody_can_order_is_never_placed(session, asha, quantity) -> None:
    forged = Cart.reckon(session, [RequestedLine("coffee", 1), RequestedLine("tea", quantity)])
    with pytest.raises(order_checks.QuantityOutOfBounds):
        place_order(session, asha, forged, "wamid.1")
    assert latest_orders(session, asha) == []


def test_nothing_is_never_placed(session, asha) -> None:
    with pytest.raises(order_checks.NothingOrdered):
        place_order(session, asha, Cart(), "wamid.1")


@pytest.mark.parametrize("change", [{"price": Decimal(1000)}, {"is_available": False}])
def test_an_old_price_is_never_placed(session, asha, change) -> None:
    """Even where the session still holds the product as it was."""
    old = cart(session)
    table = Product.__table__
    session.connection().execute(table.update().where(table.c.sku == "coffee").values(change))
    with pytest.raises(order_checks.PriceChanged):
        place_order(session, asha, old, "wamid.1")
    assert cart(session).as_json() != old.as_json()


def test_a_forged_price_is_never_placed(session, asha) -> None:
    right = cart(session)
    forged = Cart(tuple(replace(line, price=Decimal(1)) for line in right.lines))
    with pytest.raises(order_checks.PriceChanged):
        place_order(session, asha, forged, "wamid.1")


def test_so_many_orders_are_taken_in_an_hour(session, asha, monkeypatch) -> None:
    monkeypatch.setenv("ORDERS_TAKEN_PER_HOUR", "2")
    settings.load_settings.cache_clear()
    other = somebody(session, "919800000002")
    first = place_order(session, asha, cart(session), "wamid.1")
    place_order(session, asha, cart(session), "wamid.2")
    with pytest.raises(order_checks.TooManyOrders):
        place_order(session, asha, cart(session), "wamid.3")
    assert place_order(session, asha, cart(session), "wamid.1").order_id == first.order_id
    place_order(session, other, cart(session), "wamid.4")
    session.execute(update(Order).values(created_at=func.now() - timedelta(minutes=61)))
    place_order(session, asha, cart(session), "wamid.3")
    settings.load_settings.cache_clear()


def test_so_many_tickets_are_opened_in_an_hour_and_staff_see_who_waits(session, asha) -> None:
    for number in range(tickets.MOST_AN_HOUR):
        tickets.open_ticket(session, asha, "other", "cold", cause=f"wamid.{number}")
    with pytest.raises(tickets.TooManyTickets):
        tickets.open_ticket(session, asha, "other", "cold", cause="wamid.more")
    assert len(session.execute(waiting.waiting_customers()).all()) == 1
    called = tickets.call_person(session, asha, "(many tickets)", "wamid.more")
    again = tickets.call_person(session, asha, "(many tickets)", "wamid.still.more")
    assert called.ticket_id == again.ticket_id
    assert len(session.execute(waiting.waiting_customers()).all()) == 1
    # A wish to be forgotten is never refused.
    tickets.open_ticket(session, asha, tickets.DELETION, "forget me", cause="wamid.forget")
