"""Products: what the owner changes is what customers are told."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.menus import shown as menu_shown
from shop.products import catalogue, editing
from storage.engine import session
from storage.models import AuditEntry, Product


def coffee(**changes):
    fields = {
        "name": "Coffee", "price": "120", "category": "Beverages", "description": "Hot & Cold",
        "emoji": "☕", "aliases": "kaapi, coffees",
    }  # fmt: skip
    return {**fields, **changes}


def test_a_new_price_is_said_everywhere(asha):
    answer = asha.sends("/products/coffee", **coffee(price="₹ 135.50"))
    assert answer.headers["Location"] == "/products"
    assert "Coffee: saved." in asha.sees("/products")
    with session() as opened:
        assert Cart.reckon(opened, [RequestedLine("coffee", 2)]).total == Decimal(271)
        shown = menu_shown.render_menu(opened, "product_catalog")
        assert "₹135.50" in str(shown)
        entry = opened.scalars(select(AuditEntry).where(AuditEntry.subject == "coffee")).one()
        assert entry.details["before"]["price"] == "120.00"
        assert entry.details["after"]["price"] == "135.50"
    assert "120.00 → 135.50" in asha.sees("/products/coffee")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price": "many"}, "A price in rupees"),
        ({"name": ""}, "1 to 24 characters"),
        ({"name": "x" * 25}, "1 to 24 characters, this has 25"),
        ({"aliases": "chai"}, "already means Tea"),
        ({"aliases": "Samosa!"}, "already means Samosa"),
        ({"aliases": "Hello"}, "opens the menu “Main menu”"),
        ({"aliases": "x" * 41}, "At most 40 words"),
        ({"description": "x" * 201}, "0 to 200"),
    ],
)
def test_what_makes_no_sense_is_not_saved(asha, changes, said):
    answer = asha.sends("/products/coffee", **coffee(**changes))
    assert answer.status_code == 422
    assert said in answer.text.replace("&#39;", "'")
    with session() as opened:
        assert editing.find_product(opened, "coffee").price == 120
        assert not opened.scalars(select(AuditEntry).where(AuditEntry.subject == "coffee")).all()


def test_a_new_product_is_sold_at_once(asha):
    asha.sends("/products", name="Filter Kaapi", price="60", aliases="filter", category="Beverages")
    with session() as opened:
        product = editing.find_product(opened, "filter_kaapi")
        assert (product.price, product.aliases) == (60, ["filter"])
        assert list(catalogue.offered_products(opened))[-1] is product


@pytest.mark.parametrize(
    "sku", ["coffee", "new", "new_order", "main_menu", "supp_other", "Öl", "9x"]
)
def test_a_short_name_means_one_thing(asha, sku):
    answer = asha.sends("/products", name="Thing", price="1", sku=sku)
    assert answer.status_code == 422
    assert "wrong-sku" in answer.text


def test_staff_may_mark_what_is_sold_out_but_not_change_prices(ravi):
    assert ravi.sends("/products/tea/available", available="no").status_code == 303
    assert ravi.sends("/products/tea", **coffee()).status_code == 403
    assert ravi.sends("/products", name="x", price="1").status_code == 403
    assert ravi.sends("/products/tea/shift", way="up").status_code == 403
    with session() as opened:
        assert not editing.find_product(opened, "tea").is_available
        assert "tea" not in str(menu_shown.render_menu(opened, "product_catalog"))


def test_the_order_of_appearance(asha):
    asha.sends("/products/tea/shift", way="up")
    asha.sends("/products/tea/shift", way="up")
    asha.sends("/products/coffee/shift", way="down")
    with session() as opened:
        skus = [product.sku for product in editing.all_products(opened)]
        assert skus[:3] == ["tea", "juice", "coffee"]
        assert opened.scalars(select(Product.position).order_by(Product.position)).all() == [
            1, 2, 3, 4, 5, 6,
        ]  # fmt: skip


def test_a_newcomer_changes_a_price(page):
    page.goto("/orders")
    page.get_by_role("link", name="Products").click()
    page.get_by_role("link", name="Samosa").click()
    page.get_by_label("Price in ₹").fill("45")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Samosa: saved.").wait_for()
    assert page.locator("#product-samosa .price").inner_text() == "₹45"
    page.get_by_role("switch", name="Samosa is available").click()
    page.locator("#product-samosa").get_by_text("Sold out").wait_for()
    page.get_by_role("button", name="Samosa up").click()
    page.locator(".ware:nth-child(3)#product-samosa").wait_for()
    assert (
        page.get_by_role("switch", name="Samosa is available").get_attribute("aria-checked")
        == "false"
    )


def test_the_ends_of_the_list_go_no_further(page):
    page.goto("/products")
    assert page.get_by_role("button", name="Coffee up").is_disabled()
    assert page.get_by_role("button", name="Sandwich down").is_disabled()
    page.get_by_role("button", name="Coffee down").click()
    page.locator(".ware:nth-child(2)#product-coffee").wait_for()
    assert page.get_by_role("button", name="Tea up").is_disabled()
    assert page.get_by_role("button", name="Coffee up").is_enabled()


def test_a_product_is_sold_out_on_its_own_page_too(page):
    page.goto("/products")
    page.locator("#product-tea .hint").click(force=True)
    page.get_by_role("switch", name="Tea is available").click()
    page.get_by_role("switch").get_by_text("Sold out").wait_for()
    assert page.url.endswith("/products/tea")


def test_fields_count_as_one_types(page):
    page.goto("/products/new")
    page.get_by_role("textbox", name="Name", exact=True).fill("☕" * 25)
    assert page.locator(".counter.over").inner_text() == "25 / 24"
    name = page.get_by_role("textbox", name="Name", exact=True)
    assert name.evaluate(
        "field => document.getElementById(field.getAttribute('aria-describedby')).textContent"
    ).startswith("25 /")
