"""Placing and finding orders. Nobody finds another customer's order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.language.reading_form import id_form
from shop.language.word_files import read_patterns
from shop.orders import order_checks, order_status
from shop.orders.cart import Cart
from shop.orders.notes import Notes, join_notes
from storage.models import Order, UserProfile

_SAID = read_patterns("numbers")
_NUMBER, _ATTEMPT = _SAID["order_number"], _SAID["order_attempt"]

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
    delivery_place: Mapping[str, Any] | None = None,
) -> Order:
    """Writes the order that the message `cause` (its WhatsApp id) confirmed, once.

    The same cause again, or another in the same conversation (the name of its session), finds
    the order that is already there.

    Raises:
        NotPlaceable: it is not what can be ordered now (shop/orders/order_checks.py).
        OrderNumberTaken: no free order number was found.
    """
    if placed := _placed(session, customer, cause, conversation):
        return placed
    order_checks.check_order(session, customer, cart)
    values = {
        "customer_id": customer.id if customer else None,
        "customer_phone": customer.whatsapp_phone if customer else None,
        "items": (cart.as_json() or {}).get("items", []),
        "notes": dict(cart.notes) or None,
        "total": cart.total,
        "cause_message_id": cause,
        "session": conversation,
        "delivery_place": delivery_place,
    }
    for _ in range(_TRIES):
        session.execute(insert(Order).values(values).on_conflict_do_nothing())
        if placed := _placed(session, customer, cause, conversation):
            return placed
    raise OrderNumberTaken


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
    """The customer's own order with this number; another's does not exist to them."""
    return session.scalars(
        select(Order).where(Order.order_id == order_id, _owned_by(customer))
    ).first()


def latest_orders(session: Session, customer: UserProfile | None, most: int = 3) -> Sequence[Order]:
    """The customer's latest orders, newest first."""
    query = select(Order).where(_owned_by(customer)).order_by(Order.created_at.desc()).limit(most)
    return session.scalars(query).all()


def unfinished_orders(session: Session, customer: UserProfile) -> Sequence[Order]:
    """The customer's orders that still wait for somebody's hands, the oldest first."""
    query = select(Order).where(_owned_by(customer), Order.status.in_(order_status.OPEN))
    return session.scalars(query.order_by(Order.created_at)).all()


def cancel_order(session: Session, order: Order) -> bool:
    """Cancels an order that the kitchen has not begun; False when it is too late.

    The customer does it and is told in the conversation, hence no notice besides.
    """
    if order.status != "pending":
        return False
    session.execute(text("SET LOCAL shop.quiet = 'on'"))
    order.status = "cancelled"
    session.flush()
    session.execute(text("SET LOCAL shop.quiet = 'off'"))
    return True


def add_notes(session: Session, order: Order, notes: Notes) -> bool:
    """Adds notes to an order that the kitchen has not begun; False without any or too late."""
    if not notes or order.status != "pending":
        return False
    order.notes = join_notes(order.notes or {}, notes)
    return True


def order_number_in(text: str) -> str | None:
    """The order number that a customer may mean when asked for one: `48213`, `ord-48213`, `#48213`.

    Anything with a digit that looks like an attempt counts, so that a malformed number is answered
    as an unknown one; None when nothing does.
    """
    text = id_form(text)
    if found := _NUMBER.search(text):
        return f"ORD-{found.group(1) or found.group(2)}"
    attempt = _ATTEMPT.search(text)
    return attempt.group(0).upper() if attempt else None


def _owned_by(customer: UserProfile | None) -> ColumnElement[bool]:
    if customer is None:
        return and_(Order.customer_id.is_(None), Order.customer_phone.is_(None))
    mine = Order.customer_id == customer.id
    if customer.whatsapp_phone is None:
        return mine
    # Orders that the shop entered by hand know the phone number only.
    by_phone = and_(Order.customer_id.is_(None), Order.customer_phone == customer.whatsapp_phone)
    return or_(mine, by_phone)
