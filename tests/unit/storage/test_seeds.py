"""A new shop starts with what the contract says, within WhatsApp's limits."""

from decimal import Decimal
from itertools import chain

import pytest

from shop.faq import canned_replies
from shop.language.languages import served_languages
from storage import seeds

MENUS = {menu.template_name: menu for menu in seeds.seed_menus()}
PRODUCTS = {product.sku: product for product in seeds.seed_products()}


def choices(name, language=None):
    """(id, title, description) of everything that can be tapped in a menu."""
    menu = MENUS[name]
    structure = menu.translations[language] if language else menu.menu_structure
    action = structure["action"]
    buttons = [button["reply"] for button in action.get("buttons", [])]
    rows = chain.from_iterable(section["rows"] for section in action.get("sections", []))
    return [(c["id"], c["title"], c.get("description")) for c in chain(buttons, rows)]


def body(name):
    return MENUS[name].menu_structure["body"]["text"]


def test_the_main_menu():
    assert MENUS["main_menu"].trigger_keywords[:5] == ["hi", "hello", "menu", "start", "help"]
    assert "मेनू" in MENUS["main_menu"].trigger_keywords
    assert body("main_menu") == "Welcome! How can we help you today?"
    assert choices("main_menu") == [
        ("track_order", "Track Order", None),
        ("new_order", "Place Order", None),
        ("support", "Get Support", None),
    ]


def test_the_support_menu():
    assert body("support_menu") == "🆘 How can we support you?"
    assert choices("support_menu") == [
        ("supp_delivery", "Delivery Issue", None),
        ("supp_payment", "Payment Issue", None),
        ("supp_other", "Other", None),
    ]


def test_the_catalogue():
    menu = MENUS["product_catalog"]
    assert menu.trigger_keywords[:4] == ["order", "buy", "purchase", "products"]
    assert body("product_catalog") == "🛍️ What would you like to order?"
    assert menu.menu_structure["action"]["button"] == "View Products"
    assert {
        ("coffee", "Coffee", "₹120 - Hot & Cold"),
        ("tea", "Tea", "₹80 - Masala Chai"),
        ("samosa", "Samosa", "₹40 - 2 pieces"),
        ("pakora", "Pakora", "₹60 - Mixed"),
    } <= set(choices("product_catalog"))


def test_the_catalogue_lists_every_product_as_it_is_in_its_category():
    listed = {
        (row["id"], row["title"], row["description"], section["title"])
        for section in MENUS["product_catalog"].menu_structure["action"]["sections"]
        for row in section["rows"]
    }
    assert listed == {
        (p.sku, p.name, f"₹{p.price} - {p.description}", p.category) for p in PRODUCTS.values()
    }


def test_prices_are_exact():
    assert PRODUCTS["coffee"].price == Decimal(120)
    assert all(isinstance(product.price, Decimal) for product in PRODUCTS.values())


def test_no_word_names_two_products():
    words = [
        word.casefold()
        for product in PRODUCTS.values()
        for word in (product.sku, product.name, *product.aliases)
        if word != product.name  # the name differs from the sku in its capital alone
    ]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize(
    ("word", "sku"), [("chai", "tea"), ("kaapi", "coffee"), ("चाय", "tea"), ("समोसा", "samosa")]
)
def test_products_have_other_names(word, sku):
    assert word in PRODUCTS[sku].aliases


@pytest.mark.parametrize("name", MENUS)
def test_menus_say_the_same_in_hindi(name):
    ours, hindi = choices(name), choices(name, "hi")
    assert [id for id, *_ in hindi] == [id for id, *_ in ours]
    prices = [[(what or "").split(" - ")[0] for *_, what in each] for each in (ours, hindi)]
    assert prices[0] == prices[1]


@pytest.mark.parametrize("language", [None, "hi"])
@pytest.mark.parametrize("name", MENUS)
def test_menus_keep_whatsapps_limits(name, language):
    """https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages"""
    menu = MENUS[name]
    structure = menu.translations[language] if language else menu.menu_structure
    assert structure["type"] == menu.template_type
    most, title_limit = (3, 20) if structure["type"] == "button" else (10, 24)
    tapped = choices(name, language)
    assert 1 <= len(tapped) <= most
    assert all(len(title) <= title_limit for _, title, _ in tapped)
    assert all(len(description or "") <= 72 for _, _, description in tapped)
    assert len(structure["action"].get("button", "")) <= 20


def test_replies_at_hand_fit_and_leave_room_for_the_shops_own():
    replies = seeds.seed_replies()
    assert len({reply.name.lower() for reply in replies}) == len(replies)
    assert 0 < len(replies) <= canned_replies.MOST // 2
    for reply in replies:
        assert len(reply.name) <= canned_replies.LONGEST_NAME
        assert list(reply.words) == list(served_languages())
        assert all(0 < len(words) <= canned_replies.LONGEST for words in reply.words.values())
