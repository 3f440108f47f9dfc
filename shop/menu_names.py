"""What menus are called: those that the bot itself opens, and those of one tier of customers."""

MAIN = "main_menu"
CATALOGUE = "product_catalog"
SUPPORT = "support_menu"

_TIER_MARK = "@"


def product_sku(reply_id: str) -> str:
    """The sku that a reply id may name: `coffee`, `prod_coffee` as some menus write it, or
    `new_order:coffee`.
    """
    return reply_id.removeprefix("new_order:").removeprefix("prod_")


def for_everybody(name: str) -> str:
    """The menu that a tier's own one stands in for: `main_menu@gold` → `main_menu`."""
    return name.partition(_TIER_MARK)[0]


def for_tier(name: str, tier: str) -> str:
    """The menu that customers of a tier see instead, if there is one: `main_menu@gold`."""
    return f"{for_everybody(name)}{_TIER_MARK}{tier.strip().casefold()}"
