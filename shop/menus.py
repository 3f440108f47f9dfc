"""The owner's menus as customers see them now: current prices, nothing that is sold out."""

import copy
import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import catalogue
from shop.money import rupees
from storage.models import Product, WorkflowTemplate

Interactive = dict[str, Any]

MAIN = "main_menu"
CATALOGUE = "product_catalog"
SUPPORT = "support_menu"

_PRICE = re.compile(r"(₹|Rs\.?)\s?[\d,]+(\.\d+)?")


def product_sku(reply_id: str) -> str:
    """The sku that a reply id may name: `coffee`, or `prod_coffee` as some menus write it."""
    return reply_id.removeprefix("prod_")


def find(session: Session, name: str) -> WorkflowTemplate | None:
    """The active menu with this name."""
    return session.scalars(
        select(WorkflowTemplate).where(
            WorkflowTemplate.template_name == name, WorkflowTemplate.is_active
        )
    ).first()


def shown(session: Session, name: str, language: str | None = None) -> Interactive | None:
    """The menu as Meta's `interactive` object; None when there is no such menu.

    It is in the language where the menu is translated, else as the owner wrote it. Rows and
    buttons that name a product say its current price where the menu writes one, and are left out
    while it is not available.
    """
    menu = find(session, name)
    if menu is None:
        return None
    interactive = copy.deepcopy(in_language(menu, language))
    offered = options_of(interactive)
    products = catalogue.by_sku(session, [product_sku(option["id"]) for option in offered])
    action = interactive.get("action", {})
    if "buttons" in action:
        action["buttons"] = [b for b in action["buttons"] if _offer(b.get("reply", {}), products)]
    for section in action.get("sections", []):
        section["rows"] = [row for row in section.get("rows", []) if _offer(row, products)]
    if "sections" in action:
        action["sections"] = [section for section in action["sections"] if section["rows"]]
    return interactive


def in_language(menu: WorkflowTemplate, language: str | None) -> Interactive:
    """The menu's structure in a language; the owner's own where there is no translation."""
    translated = (menu.translations or {}).get(language or "")
    return translated if isinstance(translated, dict) and translated else menu.menu_structure


def options(menu: WorkflowTemplate) -> list[dict[str, Any]]:
    """What can be tapped on a menu, in order: each has an `id` and a `title`."""
    return options_of(menu.menu_structure)


def options_of(interactive: Interactive) -> list[dict[str, Any]]:
    """The same of an `interactive` object."""
    action = interactive.get("action", {})
    replies = [button.get("reply", {}) for button in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section.get("rows", [])]
    return [option for option in [*replies, *rows] if "id" in option]


def _offer(option: dict[str, Any], products: dict[str, Product]) -> bool:
    """Whether the option can be had; brings the price it says up to date."""
    product = products.get(product_sku(option.get("id", "")))
    if product is None:
        return True
    for part in ("title", "description"):
        if part in option:
            option[part] = _PRICE.sub(rupees(product.price), option[part], count=1)
    return product.is_available
