"""Menus as customers see them, and what their taps mean."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from shop.menus import cache, keywords, last_good_version
from shop.menus import shown as menu_shown
from shop.menus.reply_ids import resolve_reply_id
from shop.taps.meanings import Meaning
from storage.models import Product, WorkflowTemplate

BUTTONS = {
    "type": "button",
    "body": {"text": "Welcome!"},
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "new_order:coffee", "title": "Coffee ₹100"}},
            {"type": "reply", "reply": {"id": "new_order:tea", "title": "Tea ₹70"}},
        ]
    },
}

ONE_ROW = {
    "type": "list",
    "body": {"text": "What would you like?"},
    "action": {
        "button": "View",
        "sections": [{"title": "Pizzas", "rows": [{"id": "margherita", "title": "Margherita"}]}],
    },
}


def rows(session: Session) -> dict[str, dict[str, str]]:
    shown = menu_shown.render_menu(session, "product_catalog")
    assert shown
    return {row["id"]: row for row in last_good_version.list_menu_options(shown)}


def test_the_catalogue_says_current_prices(session: Session) -> None:
    assert rows(session)["coffee"]["description"] == "₹120 - Hot & Cold"
    session.execute(update(Product).where(Product.sku == "coffee").values(price=135))
    assert rows(session)["coffee"]["description"] == "₹135 - Hot & Cold"


def test_what_is_sold_out_is_not_offered(session: Session) -> None:
    session.execute(update(Product).where(Product.category == "Snacks").values(is_available=False))
    shown = menu_shown.render_menu(session, "product_catalog")
    assert shown
    assert [section["title"] for section in shown["action"]["sections"]] == ["Beverages"]


def test_an_order_for_a_product_is_offered_as_the_product_is(session: Session) -> None:
    session.execute(
        update(WorkflowTemplate)
        .where(WorkflowTemplate.template_name == "main_menu")
        .values(menu_structure=BUTTONS)
    )
    session.execute(update(Product).where(Product.sku == "tea").values(is_available=False))
    session.commit()
    cache.menus_cache(session).refresh()
    shown = menu_shown.render_menu(session, "main_menu")
    assert shown
    assert [option["title"] for option in last_good_version.list_menu_options(shown)] == [
        "Coffee ₹120"
    ]


def test_an_inactive_menu_is_none(session: Session) -> None:
    session.execute(update(WorkflowTemplate).values(is_active=False))
    session.commit()
    cache.menus_cache(session).refresh()
    assert menu_shown.render_menu(session, "main_menu") is None
    assert keywords.read_keywords(session) == {}


@pytest.mark.parametrize(
    ("reply_id", "meaning"),
    [
        ("track_order", Meaning("track_order")),
        ("track_order:ORD-1", Meaning("track_order", {"order_id": "ORD-1"})),
        ("product_catalog", Meaning("new_order")),
        ("main_menu", Meaning("show_menu", {"menu": "main_menu"})),
        ("more:product_catalog:2", Meaning("new_order", {"page": "2"})),
        ("more:main_menu:3", Meaning("show_menu", {"menu": "main_menu", "page": "3"})),
        ("coffee", Meaning("new_order", {"product": "coffee"})),
        ("prod_coffee", Meaning("new_order", {"product": "coffee"})),
        ("new_order:coffee", Meaning("new_order", {"product": "coffee"})),
        ("new_order:prod_coffee", Meaning("new_order", {"product": "coffee"})),
        ("new_order:notaproduct", None),
        ("faq_price:samosa", Meaning("faq_price", {"product": "samosa"})),
        ("faq_ingredients:coffee", Meaning("faq_ingredients", {"product": "coffee"})),
        ("faq_price:notaproduct", None),
        ("supp_delivery", Meaning("support_delivery")),
        ("confirm_order:1", None),
        ("nowhere", None),
        ("", None),
    ],
)
def test_reply_ids_are_resolved(session: Session, reply_id: str, meaning: Meaning | None) -> None:
    assert resolve_reply_id(session, reply_id) == meaning


def test_every_option_of_the_seeds_leads_somewhere(session: Session) -> None:
    for menu in session.query(WorkflowTemplate):
        for option in menu_shown.menu_options(menu):
            assert resolve_reply_id(session, option["id"]), (menu.template_name, option)


def test_keywords_open_their_menus(session: Session) -> None:
    known = keywords.read_keywords(session)
    assert known["hi"] == Meaning("show_menu", {"menu": "main_menu"})
    assert known["buy"] == Meaning("new_order")


def test_a_new_product_ends_the_section_of_its_category_in_every_language(session: Session) -> None:
    session.add(Product(sku="lassi", name="Lassi", category="Beverages", price=70, position=9))
    session.add(Product(sku="dosa", name="Dosa", category="Breakfast", price=90, position=10))
    session.commit()
    cache.menus_cache(session).refresh()
    for language, drinks in (("en", "Beverages"), ("hi", "पेय")):
        sections = menu_shown.render_menu(session, "product_catalog", language)["action"][
            "sections"
        ]
        assert [section["title"] for section in sections][::2] == [drinks, "Breakfast"]
        assert sections[0]["rows"][-1]["id"] == "lassi"


def test_a_catalogue_of_products_that_are_all_gone_shows_the_new_ones(session: Session) -> None:
    session.execute(text("DELETE FROM products"))
    session.execute(
        text("INSERT INTO products (sku, name, category, price) VALUES ('atta', 'Atta', 'F', 9)")
    )
    session.execute(
        update(WorkflowTemplate)
        .where(WorkflowTemplate.template_name == "product_catalog")
        .values(menu_structure=ONE_ROW, translations={})
    )
    session.commit()
    cache.menus_cache(session).refresh()
    assert [*rows(session)] == ["atta"]
