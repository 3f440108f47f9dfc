"""The owner's menus as customers see them now: current prices, nothing that is sold out."""

import copy
import re
from typing import Any

from sqlalchemy.orm import Session

from shop import catalogue, live_menus
from shop.menu_fitness import Interactive, Menu, Written, keep_options, options_of
from shop.menu_names import CATALOGUE, MAIN, SUPPORT, for_everybody, for_tier, product_sku
from shop.money import rupees
from storage.models import Product

__all__ = [
    "CATALOGUE", "MAIN", "SUPPORT", "Interactive", "Menu", "find", "in_language", "options",
    "options_of", "product_sku", "shown",
]  # fmt: skip

_PRICE = re.compile(r"(₹|Rs\.?)\s?[\d,]+(\.\d+)?")


def find(session: Session, name: str, tier: str | None = None) -> Menu | None:
    """The active menu with this name; the tier's own one (`main_menu@gold`) where there is one."""
    menus, plain = live_menus.current(session).menus, for_everybody(name)
    own = menus.get(for_tier(plain, tier)) if tier else None
    return own or menus.get(plain)


def shown(
    session: Session, name: str, language: str | None = None, tier: str | None = None
) -> Interactive | None:
    """The menu as Meta's `interactive` object; None when there is no such menu.

    It is the tier's own where there is one, and in the language where it is translated, else as
    the owner wrote it. Rows and buttons that name a product say its current price where the menu
    writes one, and are left out while it is not available.
    """
    menu = find(session, name, tier)
    if menu is None:
        return None
    interactive = copy.deepcopy(in_language(menu, language))
    skus = [product_sku(option["id"]) for option in options_of(interactive)]
    products = catalogue.by_sku(session, skus)
    keep_options(interactive, lambda option: _offer(option, products))
    return interactive


def in_language(menu: Written, language: str | None) -> Interactive:
    """The menu's structure in a language; the owner's own where there is no translation."""
    translated = (menu.translations or {}).get(language or "")
    return translated if isinstance(translated, dict) and translated else menu.menu_structure


def options(menu: Written) -> list[dict[str, Any]]:
    """What can be tapped on a menu, in order: each has an `id` and a `title`."""
    return options_of(menu.menu_structure)


def _offer(option: dict[str, Any], products: dict[str, Product]) -> bool:
    """Whether the option can be had; brings the price it says up to date."""
    product = products.get(product_sku(option.get("id", "")))
    if product is None:
        return True
    for part in ("title", "description"):
        if part in option:
            option[part] = _PRICE.sub(rupees(product.price), option[part], count=1)
    return product.is_available
