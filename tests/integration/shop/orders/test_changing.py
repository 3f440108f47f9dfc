"""A pending order changes whole or not at all, with the checks of a placing."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.carts.lines import RequestedLine
from shop.opening import switch
from shop.orders import refusals
from shop.orders.changing import NotPending, change_order
from shop.orders.order_status import cancel_order
from shop.orders.placing import place_order
from storage.models import Order
from tests.integration.shop.orders.trading import HOME, cart_of, first_slot, settle, somebody


@pytest.fixture
def order(session: Session) -> Order:
    """Two coffees of five, taken by Asha."""
    session.execute(text("UPDATE products SET stock = 5 WHERE sku IN ('coffee', 'tea')"))
    placed = place_order(session, somebody(session), cart_of(session), "wamid.1")
    session.commit()
    return placed


def stock(session: Session) -> dict[str, int]:
    rows = session.execute(text("SELECT sku, stock FROM products WHERE stock IS NOT NULL"))
    return {row.sku: row.stock for row in rows}


def test_lines_and_stock_follow(session: Session, order: Order) -> None:
    lines = (RequestedLine("coffee", 5), RequestedLine("tea", 1))
    change_order(session, order, cart_of(session, *lines))
    assert stock(session) == {"coffee": 0, "tea": 4}
    assert order.total == 680
    change_order(session, order, cart_of(session, RequestedLine("tea", 5)))
    assert stock(session) == {"coffee": 5, "tea": 0}
    cancel_order(session, order)
    assert stock(session) == {"coffee": 5, "tea": 5}
    history = session.scalars(text("SELECT details FROM audit_log ORDER BY id")).all()
    assert history[0] == {"before": "2 × Coffee", "after": "5 × Coffee, 1 × Tea"}


def test_what_cannot_be_leaves_the_order_as_it_was(session: Session, order: Order) -> None:
    with pytest.raises(refusals.OutOfStock):
        change_order(session, order, cart_of(session, RequestedLine("coffee", 6)))
    session.commit()
    assert stock(session) == {"coffee": 3, "tea": 5}
    assert (order.total, order.stock_taken) == (240, {"coffee": 2})
    assert session.scalar(text("SELECT count(*) FROM audit_log")) == 0


def test_address_and_way_change(session: Session, order: Order) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    change_order(session, order, cart_of(session, fulfilment="delivery", address=HOME))
    assert (order.fulfilment, order.address["postcode"]) == ("delivery", "560001")


def test_its_own_place_in_a_slot_does_not_count(session: Session, order: Order) -> None:
    settle(session, order_ahead_days=1, slot_capacity=1)
    due = first_slot(session)
    change_order(session, order, cart_of(session, due_at=due))
    change_order(session, order, cart_of(session, RequestedLine("coffee", 1), due_at=due))
    assert (order.due_at, order.promised_at, order.total) == (due, due, 120)
    other = place_order(session, None, cart_of(session), "wamid.2")
    with pytest.raises(refusals.SlotFull):
        change_order(session, other, cart_of(session, due_at=due))


def test_what_the_kitchen_has_begun_is_for_staff(session: Session, order: Order) -> None:
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    with pytest.raises(NotPending):
        change_order(session, order, cart_of(session))


def test_a_paused_shop_changes_nothing(session: Session, order: Order) -> None:
    switch.pause_for(session)
    with pytest.raises(refusals.NotTakingOrders):
        change_order(session, order, cart_of(session))
