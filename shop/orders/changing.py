"""Changing an order that was placed and that the kitchen has not begun."""

from typing import Any

from sqlalchemy.orm import Session

from shop.orders import order_checks
from shop.orders.cart import Cart
from shop.orders.lines import RequestedLine, lines_of_items
from shop.orders.notes import WHOLE, join_words
from storage.models import AuditEntry, Order

# Who changed it, in the order's history.
CUSTOMER = "The customer"


class NotPending(Exception):
    """The order is on its way and only staff can change it."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"{order.order_id} is {order.status}.")


def lock_pending(session: Session, order: Order) -> None:
    """Holds the order as it is until this transaction ends.

    Raises:
        NotPending: it is under way, or over; perhaps since a moment ago.
    """
    session.refresh(order, with_for_update=True)
    if order.status != "pending":
        raise NotPending(order)


def ordered_lines(order: Order) -> list[RequestedLine]:
    """The lines of a placed order, with their notes."""
    return lines_of_items({"items": order.items, "notes": order.notes})


def change_order(session: Session, order: Order, cart: Cart) -> None:
    """Gives a locked order (lock_pending) the lines, prices and notes of a cart.

    Raises:
        NotPlaceable: it is not what can be ordered now (shop/orders/order_checks.py).
    """
    order_checks.check_cart(session, cart)
    before, after = _as_words(ordered_lines(order)), _as_words(cart.requested_lines())
    changed = {"before": before, "after": after} if before != after else {}
    order.items = (cart.as_json() or {})["items"]
    order.total = cart.total
    order.notes = dict(cart.notes) or None
    _write_history(session, order, "changed" if changed else "noted something on", changed)


def note_wish(session: Session, order: Order, words: str) -> None:
    """Notes a wish of the whole order on a locked one."""
    before = order.notes or {}
    order.notes = {**before, WHOLE: join_words(before.get(WHOLE, ""), words)}
    _write_history(session, order, "noted something on", {})


def set_place(session: Session, order: Order, place: dict[str, Any]) -> None:
    """Sets where a locked order goes: a place on the map."""
    order.delivery_place = place
    _write_history(session, order, "changed the place of", {})


def _write_history(session: Session, order: Order, action: str, details: dict[str, str]) -> None:
    session.add(
        AuditEntry(staff_name=CUSTOMER, action=action, subject=order.order_id, details=details)
    )


def _as_words(lines: list[RequestedLine]) -> str:
    """`2 × coffee, 1 × tea`: products and numbers, none of the customer's words."""
    return ", ".join(f"{line.quantity} × {line.product}" for line in lines)
