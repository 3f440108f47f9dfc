"""The products as staff see them in the console: by category, searched, in pages, in order.

Customers see categories in the owner's order as well, and the products of each in theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from storage.models import Category, Product

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Which products to list: those with these words, or of one category."""

    words: str = ""
    category: str = ""


@dataclass(frozen=True)
class Listed:
    """One page of products; `total` counts the products of all pages."""

    products: Sequence[Product]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def list_products(session: Session, wanted: Filter, page: int = 1) -> Listed:
    """A page (from 1) of what is looked for; a page after the last gives the last."""
    conditions = _conditions(wanted)
    total = session.scalar(select(func.count(Product.id)).where(*conditions)) or 0
    page = max(1, min(page, -(-total // PAGE)))
    query = in_order(select(Product).where(*conditions)).limit(PAGE).offset((page - 1) * PAGE)
    return Listed(session.scalars(query).all(), total, page)


def in_order(query: Select[tuple[Product]]) -> Select[tuple[Product]]:
    """The products by category, each in its place."""
    query = query.outerjoin(Category, Category.name == Product.category)
    order = (Category.position, Category.id, Product.position, Product.name, Product.id)
    return query.order_by(*order)


def place_product(session: Session, product: Product, beside: Product, *, after: bool) -> None:
    """Puts a product before or after another one; a category keeps its own place."""
    session.execute(select(Product.id).order_by(Product.id).with_for_update(key_share=True))
    query = select(Product).order_by(Product.position, Product.name, Product.id)
    order = list(session.scalars(query.execution_options(populate_existing=True)))
    order.remove(product)
    order.insert(order.index(beside) + after, product)
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position


def shift_product(session: Session, product: Product, by: int) -> None:
    """Moves a product up (-1) or down (1) in its category."""
    own = list_neighbours(session, product.category)
    here = own.index(product)
    there = min(max(here + by, 0), len(own) - 1)
    if there != here:
        place_product(session, product, own[there], after=by > 0)


def list_neighbours(session: Session, category: str) -> list[Product]:
    """The products of a category in their order."""
    return list(session.scalars(in_order(select(Product).where(Product.category == category))))


def category_ends(session: Session) -> set[tuple[str, str]]:
    """Which products cannot go up (`("up", sku)`) or down in their category."""
    query = select(Product.sku, Product.category)
    rows = session.execute(query.order_by(Product.position, Product.name, Product.id)).all()
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for sku, category in rows:
        first.setdefault(category, sku)
        last[category] = sku
    ups = {("up", sku) for sku in first.values()}
    return ups | {("down", sku) for sku in last.values()}


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found = []
    if wanted.category:
        found.append(Product.category == wanted.category)
    for word in wanted.words.split():
        columns = (Product.name, Product.sku, Product.description, Product.category)
        holds = [column.icontains(word, autoescape=True) for column in columns]
        aliases = func.array_to_string(Product.aliases, " ")
        found.append(or_(*holds, aliases.icontains(word, autoescape=True)))
    return found
