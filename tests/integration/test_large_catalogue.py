"""A turn reads the products that it speaks of, however many the shop sells."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import ChangeQuantity, EditOrder
from actions.new_order import NewOrder
from actions.order_tracking import TrackOrder
from shop.menus import cache
from shop.menus.catalogue_pages import render_catalogue
from shop.menus.last_good_version import list_menu_options
from shop.products.finding.search import search_products
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


def catalogue_rows(session: Session, chosen: int | None = None) -> dict[str, str]:
    interactive, _ = render_catalogue(session, None, None, chosen)
    assert interactive
    return {row["title"]: row["description"] for row in list_menu_options(interactive)}


def test_the_catalogue_and_a_search_read_no_product_twice(
    read: list[str], session: Session
) -> None:
    dishes = session.scalar(text("SELECT id FROM categories WHERE name = 'Dishes'"))
    for _ in range(2):
        session.commit()
        session.expunge_all()
        read.clear()
        cache.menus_cache(session).refresh()
        assert catalogue_rows(session, dishes)["Dish 7"] == "₹100"
        [found] = search_products(session, ["dish", "77"]).products
        assert found.sku == "dish-77"
    assert read == ["dish-77"]


def test_a_change_is_seen_at_once_and_only_where_it_is_true(
    read: list[str], session: Session
) -> None:
    dishes = session.scalar(text("SELECT id FROM categories WHERE name = 'Dishes'"))
    cache.menus_cache(session).refresh()
    assert len(catalogue_rows(session, dishes)) == MANY
    session.execute(text("UPDATE products SET price = 7 WHERE sku = 'dish-7'"))
    session.execute(text("UPDATE products SET stock = 0 WHERE sku = 'dish-8'"))
    changed = catalogue_rows(session, dishes)
    assert changed["Dish 7"] == "₹7"
    assert "Dish 8" not in changed
    assert [one.sku for one in search_products(session, ["dish"], most=7).products] == ["dish-7"]
    session.rollback()
    assert catalogue_rows(session, dishes)["Dish 7"] == "₹100"
    assert "Dish 8" in catalogue_rows(session, dishes)
    session.execute(text("UPDATE categories SET name = 'Plates' WHERE name = 'Dishes'"))
    assert "Plates" in catalogue_rows(session)
