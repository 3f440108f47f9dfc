"""Products of a test's own, since one stack serves all tests."""

import secrets
from typing import Any, Self

from tests.journeys.play import Customer
from tests.journeys.stack import Stack


class Shelf:
    """What the shop sells besides, for a while; customers order it by WhatsApp's own cart."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.skus: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.rows("DELETE FROM products WHERE sku = ANY(%s)", self.skus)

    def puts(self, price: float, name: str = "Lassi") -> str:
        """A new product; returns its sku."""
        sku = f"special_{secrets.token_hex(4)}"
        self.skus.append(sku)
        self.stack.rows(
            "INSERT INTO products (sku, name, category, price, position)"
            " VALUES (%s, %s, 'Specials', %s, 100)",
            sku,
            name,
            price,
        )
        return sku

    def changes(self, sku: str, **columns: Any) -> None:
        for column, value in columns.items():
            self.stack.rows(f"UPDATE products SET {column} = %s WHERE sku = %s", value, sku)


def wants(customer: Customer, **quantities: int) -> None:
    """Sends a cart of these products."""
    items = [
        {"product_retailer_id": sku, "quantity": quantity, "item_price": 1}
        for sku, quantity in quantities.items()
    ]
    customer.does(order=items)
