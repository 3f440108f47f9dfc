"""What is on offer: available, in stock, and with an option left of what is required."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.products.catalogue import find_by_sku, offered_products
from shop.products.stock import lock_products, take_stock
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


def test_products_are_read_once_a_transaction(session: Session) -> None:
    """Until stock is locked, or counted, in it; what is not sold is asked for once as well."""
    counted = "UPDATE products SET stock = 5 WHERE sku = 'coffee'"
    session.execute(text(counted))
    session.commit()
    first = find_by_sku(session, ["coffee", "nothing"])
    session.execute(text("UPDATE products SET price = 1"))
    assert find_by_sku(session, ["nothing", "coffee"]) == first
    assert first["coffee"].price > 1
    lock_products(session, ["coffee"], None)
    assert find_by_sku(session, ["coffee"])["coffee"].price == 1
    take_stock(session, {"coffee": 2}, {"coffee": 5})
    assert find_by_sku(session, ["coffee"])["coffee"].stock == 3
    session.execute(text("UPDATE products SET price = 2"))
    session.commit()
    assert find_by_sku(session, ["coffee"])["coffee"].price == 2
