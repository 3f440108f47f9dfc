"""Renders the owner's menus for customers: current prices, nothing that is sold out."""

import copy
import re
from typing import Any

from sqlalchemy.orm import Session

from shop.menus import cache
from shop.menus.last_good_version import (
    Interactive,
    Menu,
    Written,
    add_row,
    keep_options,
    list_menu_options,
)
from shop.products import catalogue
from shop.products.money import format_rupees
from shop.products.rows import product_rows
from shop.products.translation import category_names
from shop.taps.menu_names import CATALOGUE, for_everybody, for_tier, product_sku
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.limits import SECTION_TITLE
from storage.models import Product

_PRICE = re.compile(r"(₹|Rs\.?)\s?[\d,]+(\.\d+)?")


def find_menu(session: Session, name: str, tier: str | None = None) -> Menu | None:
    """The active menu with this name, or the tier's own one (`main_menu@gold`) if there is one."""
    menus, plain = cache.current_menus(session).menus, for_everybody(name)
    own = menus.get(for_tier(plain, tier)) if tier else None
    return own or menus.get(plain)


def render_menu(
    session: Session, name: str, language: str | None = None, tier: str | None = None
) -> Interactive | None:
    """The menu as Meta's `interactive` object; None when there is no such menu.

    Uses the tier's own menu and the translation if they exist, else the original. Rows and buttons
    that name a product get its current price if they show a price, and are left out while it is
    not available.
    """
    menu = find_menu(session, name, tier)
    if menu is None:
        return None
    said = copy.deepcopy(in_language(menu, language))
    return as_offered(session, menu.template_name, said, menu.menu_structure, language)


def is_sold_out(interactive: Interactive) -> bool:
    """Whether a rendered menu has no options left; a Flow menu is never sold out."""
    return interactive["type"] != "flow" and not list_menu_options(interactive)


def as_offered(
    session: Session,
    name: str,
    interactive: Interactive,
    original: Interactive | None = None,
    language: str | None = None,
) -> Interactive:
    """The structure of the menu `name` with today's products and prices.

    Products that are appended to the catalogue go into the section of their category, also in a
    translation; `original` is the menu that `interactive` translates, into `language`.
    """
    added = added_products(session, name, interactive)
    known = cache.current_menus(session).skus
    skus = {product_sku(option["id"]) for option in list_menu_options(interactive)} & known
    products = catalogue.find_by_sku(session, skus) if skus else {}
    titles = dict(zip(_titles(original or {}), _titles(interactive), strict=False))
    keep_options(interactive, lambda option: _offer(option, products))
    categories = category_names(session, language) if added else {}
    for product, row in zip(added, product_rows(added, language), strict=True):
        category = cut_text(product.category, SECTION_TITLE)
        own = cut_text(categories.get(product.category, category), SECTION_TITLE)
        add_row(interactive, titles.get(category, own), row)
    return interactive


def added_products(session: Session, name: str, interactive: Interactive) -> list[Product]:
    """The products that are appended to the catalogue, in the owner's order.

    These are new products that no version of the catalogue ever listed. A product that a version
    listed and the current one does not was removed by the owner.
    """
    if for_everybody(name) != CATALOGUE:
        return []
    skus = (product_sku(str(option["id"])) for option in list_menu_options(interactive))
    ever, nothing = cache.current_menus(session).ever_listed, frozenset[str]()
    listed = ever.get(CATALOGUE, nothing).union(ever.get(name, nothing), skus)
    return [product for product in catalogue.offered_products(session) if product.sku not in listed]


def current_price(words: str, product: Product) -> str:
    """The text with its price, if any, replaced by the current one."""
    return _PRICE.sub(format_rupees(product.price), words, count=1)


def in_language(menu: Written, language: str | None) -> Interactive:
    """The menu's structure in a language; the owner's own if there is no translation."""
    translated = (menu.translations or {}).get(language or "")
    return translated if isinstance(translated, dict) and translated else menu.menu_structure


def menu_options(menu: Written) -> list[dict[str, Any]]:
    """What can be tapped on a menu, in order: each has an `id` and a `title`."""
    return list_menu_options(menu.menu_structure)


def _titles(interactive: Interactive) -> list[str]:
    sections = interactive.get("action", {}).get("sections", [])
    return [str(section.get("title")) for section in sections]


def _offer(option: dict[str, Any], products: dict[str, Product]) -> bool:
    """Whether the option is available; updates the price in it."""
    product = products.get(product_sku(option.get("id", "")))
    if product is None:
        return True
    for part in ("title", "description"):
        if part in option:
            option[part] = current_price(option[part], product)
    return product.is_on_offer
