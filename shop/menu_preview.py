"""A menu that is not published yet, as customers would see it now."""

from sqlalchemy.orm import Session

from shop import menus
from shop.menu_fitness import Interactive
from shop.menu_shape import shaped


def as_shown(
    session: Session, name: str, interactive: object, original: Interactive | None = None
) -> Interactive:
    """The structure with current prices and without what is sold out, as `menus.shown` has it.

    `original` is the menu that the structure translates.
    """
    return menus.as_offered(session, name, shaped(interactive), original)
