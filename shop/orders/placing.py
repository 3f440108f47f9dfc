"""Placing and finding orders. Nobody finds another customer's order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.fulfilment.saved_addresses import remember_address
from shop.orders import order_checks, order_status, trade_checks
from shop.orders.lines_in_stock import count_products
from shop.orders.trade_checks import Checked
from shop.products.stock import take_stock
from storage.models import Order, UserProfile

_TRIES = 5  # random numbers meet now and then; five in a row never


class OrderNumberTaken(Exception):
    """Five random order numbers in a row were taken."""


def place_order(
    session: Session,
    customer: UserProfile | None,
    cart: Cart,
    cause: str,
    *,
    conversation: str | None = None,
) -> Order:
    """Writes the order that the message `cause` (its WhatsApp id) confirmed, once.

    The same cause again, or another in the same conversation (the name of its session), finds
    the order that is already there. Locks of a placing: see shop/orders/trade_checks.py.

    Raises:
        NotPlaceable: the cart cannot be ordered now (order_checks.py, refusals.py).
        OrderNumberTaken: no free order number was found.
    """
    if placed := _placed(session, customer, cause, conversation):
        return placed
    wanted = count_products(cart)
    checked, left = _check_placing(session, customer, cart, wanted)
    values = {
        **order_values(cart, checked),
        "customer_id": customer.id if customer else None,
        "customer_phone": customer.whatsapp_phone if customer else None,
        "cause_message_id": cause,
        "session": conversation,
        "accepted_at": func.now() if checked.is_accepted else None,
    }
    for _ in range(_TRIES):
        written = insert(Order).values(values).on_conflict_do_nothing().returning(Order)
        if order := session.scalars(written).first():
            if taken := take_stock(session, wanted, left):
                order.stock_taken = taken
            _remember_address(session, customer, cart, checked)
            return order
        if placed := _placed(session, customer, cause, conversation):
            return placed
    raise OrderNumberTaken


def _check_placing(
    session: Session, customer: UserProfile | None, cart: Cart, wanted: Mapping[str, int]
) -> tuple[Checked, dict[str, int]]:
    """Checks the cart; returns what was found, and the remaining stock of counted products."""
    shop = trade_checks.lock_shop(session)
    trade_checks.check_time(session, shop, cart.terms.due_at)
    left = trade_checks.lock_lines(session, shop, wanted)
    order_checks.check_order(session, customer, cart)
    return trade_checks.check_trade(session, shop, cart, left), left


def order_values(cart: Cart, checked: Checked) -> dict[str, Any]:
    """The columns of an order's row for a checked cart."""
    terms = cart.terms
    return {
        "items": (cart.as_json() or {}).get("items", []),
        "notes": dict(cart.notes) or None,
        "total": cart.total,
        "fulfilment": checked.way,
        "address": terms.address.as_json() if terms.address else None,
        "table_number": terms.table_number if checked.way == "dine_in" else None,
        "fee": checked.fee,
        "due_at": terms.due_at,
        "promised_at": checked.promised_at,
        "delivery_minutes": checked.delivery_minutes,
    }


def _remember_address(
    session: Session, customer: UserProfile | None, cart: Cart, checked: Checked
) -> None:
    if customer and cart.terms.address and checked.way == "delivery":
        remember_address(session, customer, cart.terms.address)


def _placed(
    session: Session, customer: UserProfile | None, cause: str, conversation: str | None
) -> Order | None:
    return caused_by(session, cause) or of_session(session, customer, conversation)


def caused_by(session: Session, cause: str) -> Order | None:
    """The order that this message confirmed."""
    return session.scalars(select(Order).where(Order.cause_message_id == cause)).first()


def of_session(
    session: Session, customer: UserProfile | None, conversation: str | None
) -> Order | None:
    """The order that a conversation led to."""
    if customer is None or not conversation:
        return None
    return session.scalars(
        select(Order).where(Order.customer_id == customer.id, Order.session == conversation)
    ).first()


def find_order(session: Session, customer: UserProfile | None, order_id: str) -> Order | None:
    """The customer's own order with this number; None for another customer's order."""
    return session.scalars(
        select(Order).where(Order.order_id == order_id, _owned_by(customer))
    ).first()


def latest_orders(session: Session, customer: UserProfile | None, most: int = 3) -> Sequence[Order]:
    """The customer's latest orders, newest first."""
    query = select(Order).where(_owned_by(customer)).order_by(Order.created_at.desc()).limit(most)
    return session.scalars(query).all()


def unfinished_orders(session: Session, customer: UserProfile) -> Sequence[Order]:
    """The customer's orders that staff still have to work on, the oldest first."""
    query = select(Order).where(_owned_by(customer), Order.status.in_(order_status.OPEN))
    return session.scalars(query.order_by(Order.created_at)).all()


def _owned_by(customer: UserProfile | None) -> ColumnElement[bool]:
    if customer is None:
        return and_(Order.customer_id.is_(None), Order.customer_phone.is_(None))
    mine = Order.customer_id == customer.id
    if customer.whatsapp_phone is None:
        return mine
    # Orders that staff entered by hand have a phone number and no customer id.
    by_phone = and_(Order.customer_id.is_(None), Order.customer_phone == customer.whatsapp_phone)
    return or_(mine, by_phone)
