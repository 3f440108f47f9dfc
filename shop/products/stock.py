"""How much of a product is left: counted where `stock` is set, taken as an order is placed.

A cancelled order gives back what it took by a trigger (storage/migrations/trade_triggers.py).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from shop.products.catalogue import forget_products
from storage.models import Product

_COUNTED = or_(Product.stock.is_not(None), Product.stock_daily.is_not(None))
_BY_SKU = Product.sku.collate("C")


def lock_products(
    session: Session, skus: Iterable[str], opened_at: datetime | None
) -> dict[str, int]:
    """Locks the products; returns the remaining stock of those that are counted.

    Counted ones first, by sku: whoever locks several does so in this order. The others
    get a shared lock, so that orders of uncounted products do not wait for each other.
    `opened_at` is the latest first opening of a day: daily stock is reset where that is due.
    """
    forget_products(session)
    wanted = Product.sku.in_(set(skus))
    counted = select(Product).where(wanted, _COUNTED).order_by(_BY_SKU)
    counted = counted.with_for_update(key_share=True).execution_options(populate_existing=True)
    products = session.scalars(counted).all()
    others = select(Product.sku).where(wanted, ~_COUNTED).order_by(_BY_SKU)
    session.execute(others.with_for_update(read=True))
    _reset(products, opened_at)
    session.flush()
    return {product.sku: product.stock for product in products if product.stock is not None}


def take_stock(
    session: Session, wanted: Mapping[str, int], left: Mapping[str, int]
) -> dict[str, int]:
    """Reduces the stock of counted products; returns what was taken.

    `left` is what `lock_products` returned; the caller has checked that it is enough.
    """
    taken = {sku: many for sku, many in wanted.items() if sku in left}
    for sku, many in sorted(taken.items()):
        _add_stock(session, sku, -many)
    return taken


def return_stock(session: Session, taken: Mapping[str, int], since: datetime) -> None:
    """Returns to stock what an order took, except what a daily reset has already put back."""
    for sku, many in sorted(taken.items()):
        _add_stock(session, sku, many, since)


def reset_daily_stock(session: Session, opened_at: datetime | None) -> int:
    """Sets products with a daily stock back to it, once after each day's opening.

    Returns how many products it was due for.
    """
    if opened_at is None:
        return 0
    due = (Product.stock_daily.is_not(None), Product.restocked_at < opened_at)
    query = select(Product).where(*due).order_by(_BY_SKU).with_for_update(key_share=True)
    products = session.scalars(query.execution_options(populate_existing=True)).all()
    _reset(products, opened_at)
    return len(products)


def _reset(products: Iterable[Product], opened_at: datetime | None) -> None:
    for product in products:
        is_daily = product.stock_daily is not None
        if is_daily and opened_at is not None and product.restocked_at < opened_at:
            product.stock, product.restocked_at = product.stock_daily, opened_at


def _add_stock(session: Session, sku: str, many: int, since: datetime | None = None) -> None:
    forget_products(session)
    change = update(Product).where(Product.sku == sku)
    if since is not None:
        change = change.where(or_(Product.stock_daily.is_(None), Product.restocked_at <= since))
    change = change.values(stock=Product.stock + many)
    session.execute(change.execution_options(synchronize_session=False))
