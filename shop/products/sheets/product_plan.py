"""The planned changes of the products by a table, and carrying them out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from shop.products.editing import attaching
from shop.products.editing.fields import write_values
from shop.products.editing.positions import last_position
from shop.products.sheets.planning import PlannedLine
from storage.models import Product


@dataclass
class PlannedProduct:
    """A line with the product that it changes (None: a new one) and the values that it gives."""

    line: PlannedLine
    sku: str = ""
    product: Product | None = None
    values: dict[str, Any] = field(default_factory=dict)
    groups: list[int] | None = None


@dataclass
class ProductPlan:
    """All lines, the samples that leave when these products come, and the categories so far."""

    products: list[PlannedProduct]
    leaving: Sequence[Product] = ()
    categories: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[PlannedLine]:
        return [one.line for one in self.products]


def apply_products(session: Session, plan: ProductPlan) -> None:
    """Writes what is planned; lines with errors are skipped.

    The caller removes the samples that leave, since menus change with them.
    """
    position = last_position(session, Product.position)
    for one in plan.products:
        if one.line.state not in ("new", "changed"):
            continue
        if one.product is None:
            position += 1
            one.product = Product(sku=one.sku, position=position)
            session.add(one.product)
        write_values(one.product, one.values)
    session.flush()
    for one in plan.products:
        if one.groups is not None and one.line.state in ("new", "changed"):
            attaching.attach_groups(session, one.sku, one.groups)
