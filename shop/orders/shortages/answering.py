"""Applies a customer's answer to the order: its lines, notes, total and stock.

It locks the order, the settings and the products by sku, in this order, as placing an order does
(shop/orders/trade_checks.py). The other lines keep their prices, even if the total falls below the
shop's minimum, since it is the shop that cannot deliver the rest.
"""

from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine, options_of_item
from shop.orders import order_checks, trade_checks
from shop.orders.lines_in_stock import check_lines
from shop.orders.order_checks import NotPlaceable
from shop.orders.order_status import OPEN, cancel_short, lock_order
from shop.orders.shortages.calls import close_call
from shop.orders.shortages.lines import PlacedLine, is_readable, short_line
from shop.orders.shortages.marking import open_questions
from shop.orders.shortages.rewriting import replace_line
from shop.products.stock import return_stock, take_stock
from storage.models import Order, Shortage, ShortageState


class NotAnswerable(DocstringError):
    """The answer changes nothing; the class says why."""


class NothingAsked(NotAnswerable):
    """The question was answered or taken back, or the order is over."""


class OrderChanged(NotAnswerable):
    """The order is another one than the question was about."""


class OnlyLine(NotAnswerable):
    """Nothing would be left on the order."""


class CannotSwap(NotAnswerable):
    """What was offered cannot be had any more, or at another price."""


def leave_out(session: Session, shortage: Shortage, order: Order) -> None:
    """Takes the line off the order.

    Raises:
        NotAnswerable: one of its kinds.
    """
    line = _lock_question(session, shortage, order)
    if len(order.items) == 1:
        raise OnlyLine
    trade_checks.lock_lines(session, trade_checks.lock_shop(session), {line.product})
    _rewrite(session, shortage, order, line, None)
    _close(session, shortage, "without")


def swap_line(session: Session, shortage: Shortage, order: Order, place: int) -> None:
    """Replaces the line by the offered item at this place (from 1).

    Raises:
        NotAnswerable: one of its kinds.
    """
    line = _lock_question(session, shortage, order)
    if not 0 < place <= len(shortage.offered):
        raise CannotSwap
    item = shortage.offered[place - 1]
    shop = trade_checks.lock_shop(session)
    left = trade_checks.lock_lines(session, shop, {line.product, item["product"]})
    _check_item(session, item, left)
    _rewrite(session, shortage, order, line, item)
    taken = take_stock(session, {item["product"]: item["quantity"]}, left)
    for sku, many in taken.items():
        order.stock_taken = {**order.stock_taken, sku: order.stock_taken.get(sku, 0) + many}
    # Only the chosen item is kept.
    shortage.offered = [item]
    _close(session, shortage, "swapped")


def cancel_all(session: Session, shortage: Shortage, order: Order, reason: str) -> None:
    """Cancels the order for this reason; a trigger gives its stock back.

    Raises:
        NotAnswerable: one of its kinds.
    """
    _lock_question(session, shortage, order)
    cancel_short(session, order, reason)
    _close(session, shortage, "cancelled")


def _lock_question(session: Session, shortage: Shortage, order: Order) -> PlacedLine:
    lock_order(session, order)
    session.refresh(shortage, with_for_update=True)
    if shortage.state != "open" or order.status not in OPEN:
        raise NothingAsked
    line = short_line(session, shortage, order)
    if line is None:
        raise OrderChanged
    return line


def _check_item(session: Session, item: dict[str, Any], left: dict[str, int]) -> None:
    """Checks the offered item against today's products and prices, as placing an order does."""
    wanted = RequestedLine(item["product"], item["quantity"], options=options_of_item(item))
    cart = Cart.reckon(session, [wanted])
    if (cart.as_json() or {}).get("items") != [item]:
        raise CannotSwap
    try:
        order_checks.check_cart(session, cart)
        check_lines(session, cart, left)
    except NotPlaceable:
        raise CannotSwap from None


def _rewrite(
    session: Session,
    shortage: Shortage,
    order: Order,
    line: PlacedLine,
    item: dict[str, Any] | None,
) -> None:
    """Changes the line, gives its stock back, and moves the order's other questions along."""
    before = order.items
    others = [
        (one, short_line(session, one, order))
        for one in open_questions(session, order)
        if one.id != shortage.id
    ]
    keys = replace_line(order, line, item)
    _give_back(session, order, line.product)
    for other, other_line in others:
        if other.items == before and other_line and other_line.at in keys:
            other.items, other.line = order.items, keys[other_line.at]
    session.flush()


def _give_back(session: Session, order: Order, sku: str) -> None:
    """Returns to stock what the order holds of a product beyond its remaining lines."""
    held = int(order.stock_taken.get(sku, 0))
    needed = sum(
        int(item.get("quantity", 1))
        for item in order.items
        if is_readable(item) and item["product"] == sku
    )
    if held > needed:
        return_stock(session, {sku: held - needed}, order.created_at)
        left = {**order.stock_taken, sku: needed}
        order.stock_taken = {one: many for one, many in left.items() if many}


def _close(session: Session, shortage: Shortage, state: ShortageState) -> None:
    shortage.state, shortage.answered_at = state, func.now()
    close_call(session, shortage)
    session.flush()
