"""A turn with an open cart reads the products of the cart, however many the shop sells."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import ChangeQuantity, EditOrder
from actions.new_order import NewOrder
from actions.order_tracking import TrackOrder
from storage.models import Product
from tests.integration.conversation import Conversation

MANY = 500


@pytest.fixture
def read(session: Session) -> Iterator[list[str]]:
    """The skus of the products that were read, in a shop of many."""
    session.execute(
        text("""
        INSERT INTO products (sku, name, price, category)
        SELECT 'dish-' || n, 'Dish ' || n, 100, 'Dishes' FROM generate_series(1, :many) AS n
    """),
        {"many": MANY},
    )
    session.commit()
    seen: list[str] = []

    def note(product: Product, _context: object, _changed: object = None) -> None:
        seen.append(product.sku)

    for moment in ("load", "refresh"):
        event.listen(Product, moment, note)
    yield seen
    for moment in ("load", "refresh"):
        event.remove(Product, moment, note)


def test_an_open_cart_does_not_read_the_whole_catalogue(read: list[str]) -> None:
    talk = Conversation()
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types("make it 3 coffees", ChangeQuantity())
    talk.types("without sugar", EditOrder())
    talk.types("how long will it take?", TrackOrder())
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert "utter_order_confirmed" in talk.said
    assert {"coffee", "samosa"} <= set(read)
    assert [sku for sku in read if sku.startswith("dish-")] == []
