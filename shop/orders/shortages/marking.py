"""Staff mark a line of a placed order that ran out, or undo that."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.orders import trade_checks
from shop.orders.due_news import KNOWN
from shop.orders.news import BESIDE_STATUS, UNDO
from shop.orders.order_status import OPEN, lock_order
from shop.orders.shortages.calls import close_call
from shop.orders.shortages.lines import PlacedLine, line_with_key, product_of, read_placed_lines
from shop.orders.shortages.replacements import find_replacements
from shop.products import catalogue
from storage.models import Order, OrderNotice, Shortage

# Notices about a question have one of these in the place of a status.
ASKED, FOUND = BESIDE_STATUS
# Why a notice is held although the template has told its customer.
BY_TEMPLATE = "told by the template; asked with the answers to tap once the customer writes"


class Unmarkable(DocstringError):
    """Nothing can be asked about this line; the class says why."""


class OrderOver(Unmarkable):
    """This order is delivered or cancelled already."""


class NoSuchLine(Unmarkable):
    """This line is not on the order any more."""


class AlreadyAsked(Unmarkable):
    """The customer is asked about this line already."""


def mark_short(
    session: Session,
    order: Order,
    key: str,
    chosen: Sequence[str] | None = None,
    *,
    stop_selling: bool = False,
) -> Shortage:
    """Begins the question about a line; its notice waits while staff can undo it.

    chosen: the skus offered instead; None: up to two of the same category.
    stop_selling: whether to mark the product as sold out for everybody.

    Raises:
        Unmarkable: one of its kinds.
    """
    lock_order(session, order)
    if order.status not in OPEN:
        raise OrderOver
    line = line_with_key(read_placed_lines(session, order.items), key)
    if line is None:
        raise NoSuchLine
    asked = open_questions(session, order)
    if any(one.line == key and one.items == order.items for one in asked):
        raise AlreadyAsked
    gone = {product_of(session, one) for one in asked}
    put_back = _stop_selling(session, order, line) if stop_selling else {}
    shortage = Shortage(
        order_id=order.order_id,
        line=key,
        items=order.items,
        offered=find_replacements(session, line, chosen, gone),
        put_back=put_back,
    )
    session.add(shortage)
    session.flush()
    begin_notice(session, shortage, ASKED)
    return shortage


def open_questions(session: Session, order: Order) -> Sequence[Shortage]:
    """The questions about an order that wait for an answer, the first one first."""
    query = select(Shortage).where(Shortage.order_id == order.order_id, Shortage.state == "open")
    return session.scalars(query.order_by(Shortage.id)).all()


def take_back_shortage(session: Session, shortage: Shortage, order: Order) -> bool:
    """The item was found after all: closes the question and sells the product again.

    The customer is told so if they were asked. False if it was answered before.
    """
    lock_order(session, order)
    session.refresh(shortage, with_for_update=True)
    if shortage.state != "open":
        return False
    notice = session.get(OrderNotice, shortage.notice_id or 0, with_for_update=True)
    shortage.state, shortage.answered_at = "found", func.now()
    _sell_again(session, shortage, order)
    close_call(session, shortage)
    was_asked = notice and (notice.state == "queued" or notice.reason == BY_TEMPLATE)
    if notice and notice.state in ("waiting", "held"):
        notice.state, notice.reason = "dropped", KNOWN
    if was_asked:
        begin_notice(session, shortage, FOUND)
    session.flush()
    return True


def begin_notice(session: Session, shortage: Shortage, status: str) -> None:
    """Writes the notice that has the sender's process tell the customer."""
    notice = OrderNotice(order_id=shortage.order_id, status=status, not_before=func.now() + UNDO)
    session.add(notice)
    session.flush()
    shortage.notice_id = notice.id
    session.flush()


def _stop_selling(session: Session, order: Order, line: PlacedLine) -> dict[str, Any]:
    """Makes the product unavailable, or sets its stock to 0; returns the values for an undo.

    The stock that the order had reserved does not exist either, so it is not given back later.
    """
    sku = line.product
    trade_checks.lock_lines(session, trade_checks.lock_shop(session), {sku})
    product = catalogue.find_by_sku(session, [sku]).get(sku)
    if product is None:
        return {}
    if product.stock is None:
        was_available, product.is_available = product.is_available, False
        return {"is_available": True} if was_available else {}
    stock, product.stock = product.stock, 0
    reserved = min(int(order.stock_taken.get(sku, 0)), line.quantity)
    _reserve(order, sku, -reserved)
    return {"stock": stock, "reserved": reserved}


def _sell_again(session: Session, shortage: Shortage, order: Order) -> None:
    """Undoes `_stop_selling`, except for values that somebody has changed since."""
    put_back = shortage.put_back
    if not put_back:
        return
    sku = product_of(session, shortage)
    trade_checks.lock_lines(session, trade_checks.lock_shop(session), {sku})
    product = catalogue.find_by_sku(session, [sku]).get(sku)
    if product and put_back.get("is_available"):
        product.is_available = True
    if product and "stock" in put_back and product.stock == 0:
        product.stock = put_back["stock"]
        _reserve(order, sku, put_back["reserved"])


def _reserve(order: Order, sku: str, many: int) -> None:
    """Counts so many more of a product's stock as taken by the order."""
    taken = {**order.stock_taken, sku: int(order.stock_taken.get(sku, 0)) + many}
    order.stock_taken = {one: number for one, number in taken.items() if number > 0}
