"""The kitchen with one column a station: a station makes the products of one category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.orders.cards import Line
from shop.products.editing import categories
from storage.models import Product

# How the page says that it shows stations, in its address and to console/orders/changes.py.
VIEW = "stations"

Sums = list[tuple[str, int]]


@dataclass(frozen=True)
class Stations:
    """The names of the stations, in the owner's order, and the station of each product by sku."""

    names: list[str]
    by_product: dict[str, str]

    def of_product(self, sku: str) -> str:
        """The product's station; the last one for what is no longer among the products."""
        return self.by_product.get(sku, self.names[-1] if self.names else "")

    def split_lines(self, lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
        """Each station with its lines of an order, or none."""
        split: dict[str, list[Line]] = {name: [] for name in self.names}
        for line in lines:
            split.setdefault(self.of_product(line.product), []).append(line)
        return list(split.items())

    def split_counts(self, counts: Mapping[tuple[str, str], int]) -> dict[str, Sums]:
        """What each station has to make: names of products with numbers, the largest first."""
        split: dict[str, Sums] = {name: [] for name in self.names}
        for (sku, product), many in sorted(counts.items(), key=lambda one: (-one[1], one[0][1])):
            split.setdefault(self.of_product(sku), []).append((product, many))
        return split


def read_stations(session: Session) -> Stations:
    """A station for every category that has products."""
    by_product = dict(session.execute(select(Product.sku, Product.category)).tuples().all())
    used = set(by_product.values())
    ordered = [one.name for one in categories.ordered_categories(session)]
    return Stations([name for name in ordered if name in used], by_product)
