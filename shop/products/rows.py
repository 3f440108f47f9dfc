"""Rows for products in a WhatsApp list: a short title, and a description with the rest."""

from collections.abc import Sequence

from shop.products.money import format_rupees
from shop.products.translation import describe_product, name_product
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.limits import ROW_DESCRIPTION, ROW_TITLE
from shop.whatsapp.short_titles import cut_apart
from storage.models import Product

Row = dict[str, str]


def product_rows(products: Sequence[Product], language: str | None = None) -> list[Row]:
    """A row for each product with a unique title: `id`, `title` and `description`, which has the
    price, and the whole name where the title is shortened."""
    titles = cut_apart([_short_name(one, language) for one in products], ROW_TITLE)
    return [
        {"id": product.sku, "title": title, "description": _description(product, title, language)}
        for product, title in zip(products, titles, strict=True)
    ]


def _short_name(product: Product, language: str | None) -> str:
    """The owner's short name where the name is too long for a title; else the name."""
    name = name_product(product, language)
    is_own = name == product.name
    return product.short_name if is_own and product.short_name else name


def _description(product: Product, title: str, language: str | None) -> str:
    name = name_product(product, language)
    parts = [format_rupees(product.price), name if name != title else ""]
    said = " - ".join(filter(None, [*parts, describe_product(product, language)]))
    return cut_text(said, ROW_DESCRIPTION)
