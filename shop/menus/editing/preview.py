"""A preview of an unpublished menu, as customers would see it."""

from sqlalchemy.orm import Session

from shop.menus import shown
from shop.menus.last_good_version import Interactive
from shop.menus.shape import shape_menu


def as_shown(
    session: Session, name: str, interactive: object, original: Interactive | None = None
) -> Interactive:
    """The structure with current prices and without sold-out products, as `shown.render_menu`
    does.

    `original` is the menu that the structure translates.
    """
    return shown.as_offered(session, name, shape_menu(interactive), original)
