"""Products: what the owner changes is what customers are told."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.menus import cache
from shop.menus import shown as menu_shown
from shop.menus.last_good_version import list_menu_options
from shop.products import catalogue, listing
from shop.products.editing import product_editing
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
        assert entry.details["before"]["price"] == "120"
        assert entry.details["after"]["price"] == "135.50"
    assert "120 → 135.50" in asha.sees("/products/coffee")


def titles(language=None):
    with session() as opened:
        cache.menus_cache(opened).refresh()
        shown = menu_shown.render_menu(opened, "product_catalog", language)
        return [option["title"] for option in list_menu_options(shown)]


def test_a_new_name_is_said_on_menus_that_said_the_old_one(asha):
    asha.sends("/products/coffee", **coffee(name="Filter Coffee of the old house"))
    assert titles()[0] == titles("hi")[0] == "Filter Coffee of the ol…"
    asha.sends("/products/coffee", **coffee(name="Kaapi House", aliases="coffees"))
    assert titles()[0] == titles("hi")[0] == "Kaapi House"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price": "many"}, "A price in rupees"),
        ({"name": ""}, "1 to 60 characters"),
        ({"name": "x" * 61}, "1 to 60 characters, this has 61"),
        ({"name": "samosa "}, "There is a product “samosa” already"),
        ({"aliases": "Tea"}, "already means Tea"),
        ({"price": "12,50"}, "A price in rupees"),
        ({"stock": "many"}, "A whole number"),
        ({"short_name": "x" * 25}, "0 to 24 characters"),
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
        assert product_editing.find_product(opened, "coffee").price == 120
        assert not opened.scalars(select(AuditEntry).where(AuditEntry.subject == "coffee")).all()


def test_a_new_product_is_sold_at_once(asha):
    asha.sends("/products", name="Filter Kaapi", price="60", aliases="filter", category="Beverages")
    with session() as opened:
        product = product_editing.find_product(opened, "filter_kaapi")
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
        assert not product_editing.find_product(opened, "tea").is_available
        assert "tea" not in str(menu_shown.render_menu(opened, "product_catalog"))


def order_of(category):
    with session() as opened:
        return [product.sku for product in listing.list_neighbours(opened, category)]


def test_the_order_of_appearance(asha):
    asha.sends("/products/juice/shift", way="up")
    asha.sends("/products/juice/shift", way="up")
    asha.sends("/products/juice/shift", way="up")
    asha.sends("/products/coffee/shift", way="down")
    assert order_of("Beverages") == ["juice", "tea", "coffee"]
    asha.sends("/products/samosa/shift", way="up")
    assert order_of("Snacks") == ["samosa", "pakora", "sandwich"]
    with session() as opened:
        positions = opened.scalars(select(Product.position).order_by(Product.position)).all()
        assert positions == [1, 2, 3, 4, 5, 6]


def test_a_row_is_put_beside_another(asha):
    asha.sends("/products/juice/place", beside="coffee", after="no")
    assert order_of("Beverages") == ["juice", "coffee", "tea"]
    asha.sends("/products/juice/place", beside="tea", after="yes")
    assert order_of("Beverages") == ["coffee", "tea", "juice"]
    asha.sends("/products/juice/place", beside="juice", after="yes")
    assert order_of("Beverages") == ["coffee", "tea", "juice"]
    assert asha.sends("/products/juice/place", beside="nothing").status_code == 404


@pytest.mark.parametrize(
    ("name", "code"), [("7UP", "item_7up"), ("5 Star", "item_5_star"), ("चाय", "caay")]
)
def test_nobody_invents_a_code(asha, name, code):
    assert asha.sends("/products", name=name, price="20").status_code == 303
    with session() as opened:
        assert product_editing.find_product(opened, code).name == name


def test_another_one_at_once(asha):
    answer = asha.sends("/products", name="Lassi", price="50", then="another")
    assert answer.headers["Location"] == "/products/new"
    assert "Lassi can be ordered now." in asha.sees("/products/new")


def test_a_word_of_two_products_is_taken_and_told(asha):
    asha.sends("/products/coffee", **coffee(aliases="chai"))
    assert "“chai” also means Tea: the bot asks which." in asha.sees("/products")


def test_words_in_other_languages_and_a_short_name(asha):
    fields = {
        "name.hi": "कॉफ़ी",
        "description.hi": "गरम",
        "short_name": "Coffee",
        "stock_daily": "20",
    }
    asha.sends("/products/coffee", **coffee(**fields))
    with session() as opened:
        product = product_editing.find_product(opened, "coffee")
        assert product.translations == {"hi": {"name": "कॉफ़ी", "description": "गरम"}}
        assert (product.short_name, product.stock_daily, product.stock) == ("Coffee", 20, 20)
    asha.sends("/products/coffee", **coffee(**{"name.hi": "", "description.hi": ""}))
    with session() as opened:
        assert product_editing.find_product(opened, "coffee").translations == {}


def test_products_are_looked_for(asha):
    found = asha.sees("/products?q=masala")
    assert 'id="product-tea"' in found
    assert 'id="product-coffee"' not in found
    found = asha.sees("/products?category=Snacks&q=mix")
    assert 'id="product-pakora"' in found
    assert 'id="product-samosa"' not in found
    assert "No product is called so" in asha.sees("/products?q=nothing%25")


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
    page.get_by_role("button", name="Samosa down").click()
    page.locator("#product-pakora + #product-samosa").wait_for()
    assert (
        page.get_by_role("switch", name="Samosa is available").get_attribute("aria-checked")
        == "false"
    )


def test_the_ends_of_the_list_go_no_further(page):
    page.goto("/products")
    assert page.get_by_role("button", name="Coffee up").is_disabled()
    assert page.get_by_role("button", name="Sandwich down").is_disabled()
    assert page.get_by_role("button", name="Samosa up").is_disabled()
    page.get_by_role("button", name="Coffee down").click()
    page.locator("#product-tea + #product-coffee").wait_for()
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
    page.get_by_role("textbox", name="Name", exact=True).fill("☕" * 61)
    assert page.locator(".counter.over").inner_text() == "61 / 60"
    name = page.get_by_role("textbox", name="Name", exact=True)
    assert name.evaluate(
        "field => document.getElementById(field.getAttribute('aria-describedby')).textContent"
    ).startswith("61 /")


def test_a_price_of_nothing_is_asked_about_once(asha):
    asks = asha.sends("/products/coffee", **coffee(price="0"))
    assert asks.status_code == 422
    assert "customers get it for nothing" in asks.text
    assert 'name="for_nothing" value="yes"' in asks.text
    again = asha.sends("/products/coffee", **coffee(price="0"), for_nothing="yes")
    assert again.status_code == 303
    # It costs nothing by now: nobody is asked again.
    assert asha.sends("/products/coffee", **coffee(price="0", name="Kaapi")).status_code == 303
    assert asha.sends("/products", name="Water", price="0").status_code == 422
    assert asha.sends("/products", name="Water", price="0", for_nothing="yes").status_code == 303
