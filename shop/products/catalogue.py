"""The products on offer and their current prices."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Product
from storage.read_once import kept_reads

# The name under which a transaction keeps the products that it has read, by sku (or None).
_KEPT = "products"


def offered_products(session: Session) -> Sequence[Product]:
    """The products on offer, in the owner's order."""
    query = select(Product).where(Product.is_on_offer).order_by(Product.position, Product.name)
    return session.scalars(query).all()


def first_offered(session: Session) -> Product | None:
    """The first of the products on offer; None if everything is sold out."""
    query = select(Product).where(Product.is_on_offer).order_by(Product.position, Product.name)
    return session.scalars(query.limit(1)).first()


def find_by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """The products with these skus, by sku, sold-out ones too, read once a transaction.

    Code that locks them or changes stock drops what was read (`forget_products`).
    """
    wanted = dict.fromkeys(skus)
    known: dict[str, Product | None] = kept_reads(session).get(_KEPT, {})
    if unknown := [sku for sku in wanted if sku not in known]:
        query = select(Product).where(Product.sku.in_(unknown))
        # The session may have read them before a change.
        products = session.scalars(query.execution_options(populate_existing=True))
        known = {**known, **dict.fromkeys(unknown), **{one.sku: one for one in products}}
        kept_reads(session)[_KEPT] = known
    return {sku: product for sku in wanted if (product := known[sku])}


def forget_products(session: Session) -> None:
    """Drops the products that were read, since this transaction may have changed them."""
    kept_reads(session).pop(_KEPT, None)
