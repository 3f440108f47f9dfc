"""A menu that is not published yet, as customers would see it now."""

from sqlalchemy.orm import Session

from shop import catalogue, menu_map, menus
from shop.menu_fitness import Interactive, keep_options
from shop.menu_shape import shaped


def as_shown(session: Session, interactive: object) -> Interactive:
    """The structure with current prices and without what is sold out, as `menus.shown` has it."""
    shown = shaped(interactive)
    ids = [option["id"] for _, option in menu_map.paths(shown)]
    products = catalogue.by_sku(session, map(menus.product_sku, ids))
    keep_options(shown, lambda option: menus._offer(option, products))
    return shown
