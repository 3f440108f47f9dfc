"""Deleted products that can come back: what is kept of one, and how it is made again."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products.editing.codes import taken_codes
from shop.products.editing.positions import last_position
from shop.products.editing.product_editing import Unfit, all_products, word_problems
from shop.products.editing.taken_words import TakenWords
from storage.models import KeptPicture, OptionGroup, Product, ProductOptionGroup

_COLUMNS = (
    *("sku", "name", "description", "category", "aliases", "emoji", "short_name", "translations"),
    *("is_available", "image", "stock", "stock_daily"),
)


def spell_product(session: Session, product: Product) -> dict[str, Any]:
    """All of a product as JSON values, with the ids of its choices as `groups`."""
    chosen = select(ProductOptionGroup).where(ProductOptionGroup.sku == product.sku)
    groups = session.scalars(chosen.order_by(ProductOptionGroup.position))
    return {
        **{column: getattr(product, column) for column in _COLUMNS},
        "price": str(product.price),
        "groups": [each.group_id for each in groups],
    }


def restore_product(session: Session, kept: Mapping[str, Any]) -> Product:
    """Makes a product again from what `spell_product` kept, at the end of the list.

    Its menus do not get their rows back: a catalogue shows it at its end, by itself. A picture or a
    choice that is deleted meanwhile is left out.

    Raises:
        Unfit: its code or its words mean something else now.
    """
    problems = word_problems(TakenWords(session, all_products(session)), kept["sku"], dict(kept))
    if kept["sku"] in taken_codes(session):
        problems["sku"] = f"“{kept['sku']}” means something already."
    if problems:
        raise Unfit(problems)
    product = Product(**{column: kept[column] for column in _COLUMNS})
    product.price = Decimal(kept["price"])
    product.position = last_position(session, Product.position) + 1
    if product.image and session.get(KeptPicture, product.image) is None:
        product.image = None
    session.add(product)
    for place, group in enumerate(kept["groups"]):
        is_there = session.get(OptionGroup, group) is not None
        if is_there and session.get(ProductOptionGroup, (kept["sku"], group)) is None:
            session.add(ProductOptionGroup(sku=kept["sku"], group_id=group, position=place))
    session.flush()
    return product
