"""Names of menus: those that the bot opens itself, and those of a customer tier."""

import re

MAIN = "main_menu"
CATALOGUE = "product_catalog"
SUPPORT = "support_menu"

LONGEST_NAME = 60
_TIER_MARK = "@"


def product_sku(reply_id: str) -> str:
    """The sku in a reply id: `coffee`, `prod_coffee` (in some menus) or `new_order:coffee`."""
    return reply_id.removeprefix("new_order:").removeprefix("prod_")


def for_everybody(name: str) -> str:
    """The menu that a tier's menu replaces: `main_menu@gold` → `main_menu`."""
    return name.partition(_TIER_MARK)[0]


def for_tier(name: str, tier: str) -> str:
    """The name of a tier's menu: `main_menu@gold`."""
    return f"{for_everybody(name)}{_TIER_MARK}{tier.strip().casefold()}"


def title_of_menu(name: str) -> str:
    """A readable title of a menu: `product_catalog` → `Product catalog`, `a@gold` → `A @gold`.

    Other texts stay as typed.
    """
    plain, mark, tier = name.partition(_TIER_MARK)
    words = plain.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}{f' {mark}{tier}' if mark else ''}"


def menu_name(written: str) -> str:
    """The name for a title: `Weekend offers` → `weekend_offers`; as typed if none can be made."""
    plain, mark, tier = written.casefold().partition(_TIER_MARK)
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME]
    return f"{name}{mark}{tier.strip()}" if name else written
