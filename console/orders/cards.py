"""Reads the cards of orders: the order's row and what else the board shows of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from console.orders import finding, history, items
from console.orders.places import Place, read_place
from console.orders.short_notes import ShortNote, read_short_notes
from shop.carts.lines import told_apart
from shop.carts.notes import as_lines
from shop.fulfilment import promises
from shop.fulfilment.promises import Lateness
from shop.opening.reading import read_settings
from shop.orders import unseen_orders
from shop.orders.order_status import BACK, ONWARD, OPEN
from shop.products import catalogue
from storage import engine
from storage.models import Order, OrderStatus, ShopSettings

_WAYS = {"pickup": "Pick-up", "delivery": "Delivery"}


class Line(NamedTuple):
    """A line of an order as text, its options, and the sku of its product."""

    said: str
    options: list[str]
    product: str


@dataclass(frozen=True)
class Trade:
    """The shop's settings and the time for which a page is rendered."""

    settings: ShopSettings
    now: datetime

    @property
    def is_by_staff(self) -> bool:
        return self.settings.accepts_orders == "by_staff"


@dataclass(frozen=True)
class Card:
    """An order as the board shows it.

    lateness, waits: whether it is late now, and whether staff have yet to accept it.
    untold: why its customer does not know its status. short: which of its items ran out.
    """

    order: Order
    name: str | None
    names: dict[str, str]
    is_new: bool = False
    untold: str | None = None
    lateness: Lateness = "on_time"
    waits: bool = False
    short: Sequence[ShortNote] = ()

    @property
    def lines(self) -> list[str]:
        return items.item_lines(self.order.items, self.names, self.order.notes, with_options=False)

    @property
    def lines_with_options(self) -> list[Line]:
        readable = items.readable_items(self.order.items)
        return [
            Line(said, items.option_names(item), str(item.get("product")))
            for said, item in zip(self.lines, readable, strict=True)
        ]

    @property
    def onward(self) -> OrderStatus | None:
        return None if self.waits else ONWARD.get(self.order.status)

    @property
    def back(self) -> OrderStatus | None:
        return BACK.get(self.order.status)

    @property
    def is_open(self) -> bool:
        return self.order.status in OPEN

    @property
    def notes(self) -> list[str]:
        """The notes on how to make it, in the customer's words."""
        products = [str(item.get("product")) for item in items.readable_items(self.order.items)]
        _, beside = told_apart(products, self.order.notes)
        return as_lines(beside, self.names)

    @property
    def way(self) -> str:
        """`Pick-up`, `Delivery`, `Table 4`."""
        table = self.order.table_number
        return _WAYS.get(self.order.fulfilment) or (f"Table {table}" if table else "At a table")

    @property
    def promise(self) -> datetime | None:
        """The time promised for an order that the customer does not have yet, or None."""
        return self.order.promised_at if self.is_open else None

    @property
    def place(self) -> Place | None:
        return read_place(self.order.address)


def read_trade(session: Session) -> Trade:
    """The shop's settings, as of now."""
    return Trade(read_settings(session), engine.now(session))


def waits_for_staff(trade: Trade, status: OrderStatus, accepted_at: datetime | None) -> bool:
    """Whether staff have to accept an order before anything is promised."""
    return trade.is_by_staff and status == "pending" and accepted_at is None


def select_cards(trade: Trade) -> Select[tuple[Order, str | None, bool]]:
    """A query for orders, their customers' names, and whether no staff have seen them yet."""
    # Each name is looked up by key: a join may read all customers for a few orders.
    is_new = unseen_orders.is_new(trade.settings, trade.now)
    return select(Order, finding.query_customer_name(), is_new.label("is_new"))


def read_cards(
    session: Session, query: Select[tuple[Order, str | None, bool]], trade: Trade
) -> list[Card]:
    """The cards of the orders that a query of `select_cards` finds."""
    rows = session.execute(query).all()
    names = _names(session, rows)
    untold = history.undelivered_notices(
        session, {order.order_id: order.status for order, *_ in rows}
    )
    short = read_short_notes(session, [order for order, *_ in rows])
    return [
        Card(
            order,
            name,
            items.product_names(order.items, names),
            new,
            untold.get(order.order_id),
            promises.judge_lateness(order, trade.now),
            waits_for_staff(trade, order.status, order.accepted_at),
            short.get(order.order_id, ()),
        )
        for order, name, new in rows
    ]


def _names(session: Session, rows: Iterable[Row[Any]]) -> dict[str, str]:
    """The names, by sku, of products that the orders themselves do not name."""
    skus = {
        item["product"]
        for order, *_ in rows
        for item in items.readable_items(order.items)
        if "product_name" not in item and isinstance(item.get("product"), str)
    }
    if not skus:
        return {}
    return {sku: product.name for sku, product in catalogue.find_by_sku(session, skus).items()}
