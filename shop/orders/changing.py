"""Changing an order that the kitchen has not begun: the same checks as placing it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from shop.orders import order_checks, trade_checks
from shop.orders.cart import Cart
from shop.orders.lines_in_stock import quantities
from shop.orders.placing import order_values
from shop.products.money import as_json
from shop.products.stock import give_back, take_stock
from storage.models import AuditEntry, Order

# Who changes it, in the order's history.
CUSTOMER = "The customer"


class Begun(order_checks.NotPlaceable):
    """The order is not pending any more: a change is for staff."""


def change_order(session: Session, order: Order, cart: Cart) -> Order:
    """Gives a pending order other lines or terms, all or nothing.

    Stock that it took is given back first, and its own place in a slot does not count.

    Raises:
        Begun: it is too late.
        NotPlaceable: it cannot be had like that; the order stays as it was.
    """
    session.flush()
    with session.begin_nested():
        _change(session, order, cart)
    return order


def _change(session: Session, order: Order, cart: Cart) -> None:
    session.refresh(order, with_for_update=True)
    if order.status != "pending":
        raise Begun
    wanted, had = quantities(cart), dict(order.stock_taken)
    shop = trade_checks.lock_shop(session)
    trade_checks.check_time(session, shop, cart.terms.due_at, order.order_id)
    skus = {*wanted, *had}
    trade_checks.lock_lines(session, shop, skus)
    give_back(session, had, order.created_at)
    left = trade_checks.lock_lines(session, shop, skus)
    order_checks.check_order(session, None, cart)
    checked = trade_checks.check_trade(session, shop, cart, left)
    _record(session, order, cart)
    values = order_values(cart, checked)
    values["stock_taken"] = take_stock(session, wanted, left)
    _write(order, values)
    session.flush()


def _write(order: Order, values: Mapping[str, object]) -> None:
    for column, value in values.items():
        setattr(order, column, value)


def _record(session: Session, order: Order, cart: Cart) -> None:
    """A line of its history, without words of the customer."""
    details = {"before": {"total": as_json(order.total)}, "after": {"total": as_json(cart.total)}}
    session.add(
        AuditEntry(staff_name=CUSTOMER, action="changed", subject=order.order_id, details=details)
    )
