"""A catalogue of more than ten products shows its categories first."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.menus.catalogue_pages import by_category
from shop.menus.last_good_version import list_menu_options
from shop.menus.reply_ids import resolve_reply_id
from shop.menus.shown import render_menu
from shop.taps.meanings import Meaning, more_id
from shop.taps.menu_names import CATALOGUE


def add_products(session: Session, many: int, category: str = "Cakes") -> int:
    """So many more products in a category; returns the category's id."""
    for number in range(many):
        session.execute(
            text("INSERT INTO products (sku, name, category, price) VALUES (:s, :n, :c, 50)"),
            {"s": f"cake_{number}", "n": f"Cake {number}", "c": category},
        )
    session.commit()
    found = session.scalar(text("SELECT id FROM categories WHERE name = :n"), {"n": category})
    return int(found or 0)


def shown(session: Session, chosen: int | None = None, language: str | None = None) -> tuple:
    interactive = render_menu(session, CATALOGUE, language)
    assert interactive
    found, key = by_category(session, interactive, language, chosen)
    return [(row["id"], row["title"]) for row in list_menu_options(found)], key


def test_a_small_catalogue_stays_as_it_is(session: Session) -> None:
    interactive = render_menu(session, CATALOGUE)
    assert interactive
    assert by_category(session, interactive, None, None) == (interactive, None)


def test_categories_come_first_in_the_owners_order(session: Session) -> None:
    cakes = add_products(session, 12)
    session.execute(text("UPDATE categories SET position = 1"))
    session.execute(
        text("UPDATE categories SET position = 0, translations = :t WHERE id = :i"),
        {"t": '{"hi": {"name": "केक"}}', "i": cakes},
    )
    session.commit()
    rows, key = shown(session)
    assert rows[0] == (f"category:{cakes}", "Cakes")
    assert {title for _, title in rows} == {"Cakes", "Beverages", "Snacks"}
    assert key is None
    assert shown(session, language="hi")[0][0] == (f"category:{cakes}", "केक")


def test_a_category_shows_its_products_and_has_pages(session: Session) -> None:
    cakes = add_products(session, 12)
    rows, key = shown(session, cakes)
    assert [title for _, title in rows] == [f"Cake {n}" for n in sorted(range(12), key=str)]
    assert key == f"category:{cakes}"
    assert resolve_reply_id(session, key) == Meaning("new_order", {"category": str(cakes)})
    assert resolve_reply_id(session, more_id(key, 2)) == Meaning(
        "new_order", {"category": str(cakes), "page": "2"}
    )


@pytest.mark.parametrize("chosen", [0, 999_999])
def test_a_category_that_is_gone_leads_to_the_others(session: Session, chosen: int) -> None:
    add_products(session, 12)
    assert shown(session, chosen) == shown(session)


def test_one_category_alone_is_no_question(session: Session) -> None:
    session.execute(text("UPDATE products SET category = 'Cakes'"))
    add_products(session, 12)
    rows, key = shown(session)
    assert len(rows) > 10
    assert key is None


def test_names_that_begin_alike_are_told_apart(session: Session) -> None:
    names = (
        "Chicken Tikka Sandwich Large",
        "Chicken Tikka Sandwich Small",
        "Royal Falooda Special",
    )
    for number, name in enumerate(names):
        session.execute(
            text(
                "INSERT INTO products (sku, name, category, price, position, translations)"
                " VALUES (:s, :n, 'Snacks', 150, 50, :t)"
            ),
            {
                "s": f"long_{number}",
                "n": name,
                "t": '{"hi": {"name": "स्पेशल"}}' if number == 2 else "{}",
            },
        )
    session.execute(text("UPDATE products SET short_name = 'Falooda' WHERE sku = 'long_2'"))
    session.commit()
    interactive = render_menu(session, CATALOGUE)
    assert interactive
    rows = {row["id"]: row for row in list_menu_options(interactive)}
    titles = [rows[f"long_{number}"]["title"] for number in range(3)]
    assert titles == ["Chicken Tikka San… Large", "Chicken Tikka San… Small", "Falooda"]
    assert rows["long_0"]["description"] == "₹150 - Chicken Tikka Sandwich Large"
    hindi = render_menu(session, CATALOGUE, "hi")
    assert hindi
    assert "स्पेशल" in [row["title"] for row in list_menu_options(hindi)]
