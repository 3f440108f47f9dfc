"""A question about what ran out that nobody answers leads to a person, once."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.carts.lines import RequestedLine
from shop.orders import maintenance as orders
from shop.orders.placing import place_order
from shop.orders.shortages import answering, marking
from storage.models import Order, Ticket
from tests.integration.shop.orders.trading import cart_of, close_the_day, settle, somebody


@pytest.fixture
def order(session: Session) -> Order:
    """Two coffees and a samosa."""
    lines = [RequestedLine("coffee", 2), RequestedLine("samosa", 1)]
    placed = place_order(session, somebody(session), cart_of(session, *lines), "wamid.1")
    session.commit()
    return placed


def waits(session: Session, minutes: int) -> int:
    session.execute(
        text("UPDATE shortages SET created_at = now() - :n * interval '1 minute'"), {"n": minutes}
    )
    session.commit()
    return orders.maintain_orders(session)


def test_silence_leads_to_a_person_once(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    assert waits(session, 9) == 0
    assert waits(session, 11) == 1
    ticket = session.scalars(select(Ticket)).one()
    assert (ticket.category, ticket.order_id) == ("person", order.order_id)
    assert "Coffee × 2" in ticket.description
    assert waits(session, 25) == 0
    answering.leave_out(session, shortage, order)
    assert ticket.status == "closed"


def test_the_night_does_not_count(session: Session, order: Order) -> None:
    marking.mark_short(session, order, "coffee")
    close_the_day(session)
    assert waits(session, 30) == 0


def test_what_the_customer_took_off_calls_nobody(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    order.items = order.items[1:]
    assert waits(session, 30) == 0
    session.refresh(shortage)
    assert shortage.state == "outdated"


def test_how_long_is_the_shops_own(session: Session, order: Order) -> None:
    marking.mark_short(session, order, "coffee")
    settle(session, accept_within_minutes=30)
    assert waits(session, 25) == 0
    assert waits(session, 35) == 1


@pytest.mark.parametrize("status", ["delivered", "cancelled"])
def test_an_order_that_is_over_calls_nobody(session: Session, order: Order, status: str) -> None:
    marking.mark_short(session, order, "coffee")
    session.execute(text("UPDATE orders SET status = :status"), {"status": status})
    assert waits(session, 30) == 0
