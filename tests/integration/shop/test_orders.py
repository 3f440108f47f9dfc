"""Placing and finding orders, on the real database."""

from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from shop import orders
from shop.cart import Slip, Wish, wishes_of
from storage.models import Order, Product, UserProfile


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return somebody(session, "919800000001")


def somebody(session: Session, phone: str) -> UserProfile:
    customer = UserProfile(whatsapp_phone=phone)
    session.add(customer)
    session.flush()
    return customer


def slip(session: Session) -> Slip:
    return Slip.reckon(session, [Wish("coffee", 2), Wish("samosa", 3)])


def test_a_slip_is_reckoned_at_todays_prices(session: Session) -> None:
    reckoned = slip(session)
    assert reckoned.total == Decimal(360)
    assert [line.said() for line in reckoned.lines] == ["Coffee × 2 = ₹240", "Samosa × 3 = ₹120"]
    assert wishes_of(reckoned.as_json()) == [Wish("coffee", 2), Wish("samosa", 3)]


def test_the_same_product_becomes_one_line(session: Session) -> None:
    merged = Slip.reckon(session, [Wish("tea", 1), Wish("coffee"), Wish("tea", 2)])
    assert [(line.product, line.quantity) for line in merged.lines] == [
        ("tea", 3),
        ("coffee", None),
    ]
    assert merged.unasked is merged.lines[1]


def test_what_is_sold_out_or_unknown_is_missing(session: Session) -> None:
    session.execute(update(Product).where(Product.sku == "tea").values(is_available=False))
    reckoned = Slip.reckon(session, [Wish("tea", 1), Wish("caviar", 1), Wish("coffee", 1)])
    assert reckoned.missing == ("Tea", "caviar")
    assert [line.product for line in reckoned.lines] == ["coffee"]


def test_a_dearer_product_is_noticed(session: Session) -> None:
    told = slip(session).as_json()
    assert slip(session).same_price_as(told)
    session.execute(update(Product).where(Product.sku == "coffee").values(price=Decimal("120.50")))
    session.expire_all()
    assert not slip(session).same_price_as(told)


def test_one_cause_is_one_order(session: Session, asha: UserProfile) -> None:
    first = orders.place(session, asha, slip(session), "wamid.1")
    again = orders.place(session, asha, slip(session), "wamid.1")
    other = orders.place(session, asha, slip(session), "wamid.2")
    assert first.order_id == again.order_id != other.order_id
    assert first.order_id.startswith("ORD-")
    assert first.total == Decimal(360)
    assert {order.order_id for order in orders.recent(session, asha)} == {
        first.order_id,
        other.order_id,
    }


def test_nobody_finds_anothers_order(session: Session, asha: UserProfile) -> None:
    ravi = somebody(session, "919800000002")
    placed = orders.place(session, asha, slip(session), "wamid.1")
    assert orders.find(session, asha, placed.order_id) is placed
    assert orders.find(session, ravi, placed.order_id) is None
    assert orders.find(session, None, placed.order_id) is None


def test_an_order_by_hand_belongs_to_its_phone_until_a_customer_owns_it(
    session: Session, asha: UserProfile
) -> None:
    session.add(Order(order_id="ORD-1", customer_phone=asha.whatsapp_phone))
    ravi = somebody(session, "919800000002")
    session.add(Order(order_id="ORD-2", customer_phone=asha.whatsapp_phone, customer_id=ravi.id))
    session.flush()
    assert orders.find(session, asha, "ORD-1")
    assert orders.find(session, asha, "ORD-2") is None


def test_only_a_pending_order_is_cancelled(session: Session, asha: UserProfile) -> None:
    placed = orders.place(session, asha, slip(session), "wamid.1")
    assert orders.cancel(session, placed)
    assert not orders.cancel(session, placed)
    assert placed.status == "cancelled"
