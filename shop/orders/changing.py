"""Changing an order that was placed and that the kitchen has not begun."""

from dataclasses import replace

from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine, lines_of_items, name_line
from shop.carts.notes import WHOLE, join_words
from shop.carts.terms import OrderTerms
from shop.fulfilment.addresses import Address
from shop.orders import order_checks, trade_checks
from shop.orders.lines_in_stock import count_products
from shop.orders.order_status import lock_order
from shop.orders.placing import order_values
from shop.orders.trade_checks import Checked
from shop.products.stock import return_stock, take_stock
from storage.models import AuditEntry, Order

# Who changed it, in the order's history.
CUSTOMER = "The customer"


class NotPending(Exception):
    """The order is on its way and only staff can change it."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"{order.order_id} is {order.status}.")


def lock_pending(session: Session, order: Order) -> None:
    """Locks the order's row until this transaction ends.

    Raises:
        NotPending: staff have moved or closed it, perhaps just now.
    """
    lock_order(session, order)
    if order.status != "pending":
        raise NotPending(order)


def ordered_lines(order: Order) -> list[RequestedLine]:
    """The lines of a placed order, with their notes."""
    return lines_of_items({"items": order.items, "notes": order.notes})


def ordered_cart(session: Session, order: Order, lines: list[RequestedLine], note: str) -> Cart:
    """These lines at today's prices, with the order's own terms."""
    return replace(Cart.reckon(session, lines, note), terms=ordered_terms(order))


def ordered_terms(order: Order) -> OrderTerms:
    """The terms of a placed order: how, where and when its customer wants it."""
    return OrderTerms(
        fulfilment=order.fulfilment,
        address=Address.from_json(order.address),
        table_number=order.table_number,
        fee=order.fee,
        due_at=order.due_at,
    )


def change_order(session: Session, order: Order, cart: Cart) -> None:
    """Gives a pending order the lines, prices, notes and terms of a cart, all or nothing.

    The checks are those of placing an order; the slot and the stock that it holds count as free.

    Raises:
        NotPending: it is too late.
        NotPlaceable: the cart cannot be ordered now (order_checks.py, refusals.py).
    """
    session.flush()
    lock_pending(session, order)
    before = ordered_lines(order)
    is_moved = ordered_terms(order) != cart.terms
    with session.begin_nested():
        checked, taken = _take_anew(session, order, cart)
    values = order_values(cart, checked)
    changed = _changed_lines(before, lines_of_items(values))
    if not is_moved:
        del values["promised_at"]
    for column, value in values.items():
        setattr(order, column, value)
    order.stock_taken = taken
    action = "changed" if changed or is_moved else "noted something on"
    write_history(session, order, action, changed)


def _take_anew(session: Session, order: Order, cart: Cart) -> tuple[Checked, dict[str, int]]:
    """Checks the cart and moves the stock from the order's lines to the cart's."""
    wanted, had = count_products(cart), order.stock_taken
    shop = trade_checks.lock_shop(session)
    trade_checks.check_time(session, shop, cart.terms.due_at, order.order_id)
    trade_checks.lock_lines(session, shop, {*wanted, *had})
    return_stock(session, had, order.created_at)
    left = trade_checks.lock_lines(session, shop, {*wanted, *had})
    order_checks.check_cart(session, cart)
    checked = trade_checks.check_trade(session, shop, cart, left)
    return checked, take_stock(session, wanted, left)


def note_wish(session: Session, order: Order, words: str) -> None:
    """Adds a note about the whole order; the caller has locked the order."""
    before = order.notes or {}
    order.notes = {**before, WHOLE: join_words(before.get(WHOLE, ""), words)}
    write_history(session, order, "noted something on", {})


def write_history(session: Session, order: Order, action: str, details: dict[str, str]) -> None:
    """Puts what the customer did into the order's history."""
    session.add(
        AuditEntry(staff_name=CUSTOMER, action=action, subject=order.order_id, details=details)
    )


def _changed_lines(before: list[RequestedLine], after: list[RequestedLine]) -> dict[str, str]:
    """Both in words, or nothing where products, options and numbers are the same."""
    was, now = (
        [(line.product, line.options, line.quantity) for line in lines] for lines in (before, after)
    )
    if was == now:
        return {}
    return {"before": _as_words(before), "after": _as_words(after)}


def _as_words(lines: list[RequestedLine]) -> str:
    """`2 × Coffee (Large), 1 × Tea`: as the shop calls them, without the customer's words."""
    return ", ".join(
        f"{line.quantity} × {name_line(line.told_name or line.product, options=line.options)}"
        for line in lines
    )
