"""What is on offer: available, in stock, and with an option left of what is required."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.products.catalogue import find_by_sku, offered_products
from tests.integration.shop.orders.trading import add_sizes


def is_offered(session: Session) -> set[bool]:
    """What each of those who look say of the coffee."""
    return {
        "coffee" in [product.sku for product in offered_products(session)],
        find_by_sku(session, ["coffee"])["coffee"].is_on_offer,
        not Cart.reckon(session, [RequestedLine("coffee", 1)]).missing,
    }


@pytest.mark.parametrize(
    ("change", "offered"),
    [
        ("SELECT 1", True),
        ("UPDATE products SET is_available = false", False),
        ("UPDATE products SET stock = 0", False),
        ("UPDATE products SET stock = 1", True),
        ("UPDATE options SET is_available = false WHERE name = 'Large'", True),
        ("UPDATE options SET is_available = false", False),
        ("DELETE FROM options WHERE name <> 'Oat'", False),
        ("UPDATE options SET is_available = false WHERE name = 'Oat'", True),
        ("UPDATE option_groups SET maximum = 3, minimum = 3 WHERE name = 'Size'", False),
    ],
)
def test_on_offer(session: Session, change: str, offered: bool) -> None:
    add_sizes(session)
    session.execute(text(change))
    assert is_offered(session) == {offered}
