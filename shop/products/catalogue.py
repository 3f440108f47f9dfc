"""The products on offer and their current prices."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from storage.models import Product


def offered_products(session: Session) -> Sequence[Product]:
    """The products on offer, in the owner's order."""
    query = select(Product).where(Product.is_on_offer).order_by(Product.position, Product.name)
    return session.scalars(query).all()


def first_offered(session: Session) -> Product | None:
    """The first of the products on offer; None where everything is sold out."""
    query = select(Product).where(Product.is_on_offer).order_by(Product.position, Product.name)
    return session.scalars(query.limit(1)).first()


def find_by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """The products with these skus, by sku, sold-out ones too, freshly read."""
    query = select(Product).where(Product.sku.in_(list(skus)))
    # The session may have read them before a change.
    products = session.scalars(query.execution_options(populate_existing=True))
    return {product.sku: product for product in products}


def find_titles_in(session: Session, text: str) -> dict[str, list[str]]:
    """What the products are called of which a name stands in a text, sold-out ones too, by sku.

    The database looks for them, so that no turn reads the whole catalogue.
    """
    said = func.lower(literal(text))
    alias = func.unnest(Product.aliases).column_valued("alias")
    by_alias = select(alias).where(func.strpos(said, func.lower(alias)) > 0).exists()
    query = select(Product).where(or_(func.strpos(said, func.lower(Product.name)) > 0, by_alias))
    return {one.sku: [one.name, *one.aliases] for one in session.scalars(query)}
