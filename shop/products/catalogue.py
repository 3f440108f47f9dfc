"""The products on offer and their current prices."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Product


def offered_products(session: Session) -> Sequence[Product]:
    """The products on offer, in the owner's order."""
    query = select(Product).where(Product.is_on_offer).order_by(Product.position, Product.name)
    return session.scalars(query).all()


def find_by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """The products with these skus, by sku, sold-out ones too, freshly read."""
    query = select(Product).where(Product.sku.in_(list(skus)))
    # The session may have read them before a change.
    products = session.scalars(query.execution_options(populate_existing=True))
    return {product.sku: product for product in products}


def product_titles(session: Session) -> dict[str, list[str]]:
    """What each product is called, sold-out ones too, by sku."""
    products = session.scalars(select(Product))
    return {product.sku: [product.name, *product.aliases] for product in products}
