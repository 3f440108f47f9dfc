"""Checks the lines, quantities and prices of an order that is to be placed or changed.

NotPlaceable
├── NothingOrdered
├── QuantityOutOfBounds
├── PriceChanged
└── TooManyOrders

Hours, slots, stock, options, way, zone and fee are checked in shop/orders/trade_checks.py, whose
errors stand in shop/orders/refusals.py.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import settings
from settings.errors import DocstringError
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.lines import sum_lines
from storage.models import Order, Product, UserProfile

_HOUR = timedelta(hours=1)


class NotPlaceable(DocstringError):
    """An order cannot be placed; the class says why."""


class NothingOrdered(NotPlaceable):
    """There is no line in it."""


class QuantityOutOfBounds(NotPlaceable):
    """A line has no number, or one that nobody can order."""


class PriceChanged(NotPlaceable):
    """A product costs something else now, or cannot be had any more."""


class TooManyOrders(NotPlaceable):
    """The customer has placed as many orders within the hour as are taken without a person."""


def check_order(session: Session, customer: UserProfile | None, cart: Cart) -> None:
    """Checks a cart, and how many orders its customer has placed lately.

    Raises:
        NotPlaceable: one of its kinds.
    """
    check_cart(session, cart)
    if (
        customer
        and _placed_lately(session, customer) >= settings.load_settings().orders_taken_per_hour
    ):
        raise TooManyOrders


def check_cart(session: Session, cart: Cart) -> None:
    """Checks a cart against the products and prices in the database.

    Raises:
        NotPlaceable: one of its kinds.
    """
    if not cart.lines:
        raise NothingOrdered
    if not all(line.quantity and line.quantity > 0 for line in cart.lines):
        raise QuantityOutOfBounds
    of_each = sum_lines((line.product, line.quantity) for line in cart.lines)
    if any((many or 0) > MOST_OF_ONE for many in of_each.values()):
        raise QuantityOutOfBounds
    skus = [line.product for line in cart.lines]
    on_offer = select(Product.sku, Product.price).where(Product.sku.in_(skus), Product.is_available)
    prices = {product.sku: product.price for product in session.execute(on_offer)}
    if any(prices.get(line.product) != line.product_price for line in cart.lines):
        raise PriceChanged


def _placed_lately(session: Session, customer: UserProfile) -> int:
    lately = (Order.customer_id == customer.id, Order.created_at > func.now() - _HOUR)
    return session.scalar(select(func.count()).where(*lately)) or 0
