"""The catalogue by its categories, where it has more products than one list can show."""

import copy
from collections import defaultdict
from typing import Any

from sqlalchemy.orm import Session

from shop.menus import cache, shown
from shop.menus.last_good_version import Interactive, list_menu_options
from shop.menus.loading import Menus
from shop.products import catalogue
from shop.products.offer_mark import KeptOffer
from shop.products.translation import all_categories, name_category
from shop.taps.menu_names import CATALOGUE, product_sku
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.limits import ROW_DESCRIPTION, ROW_TITLE, ROWS, SECTION_TITLE
from storage.models import Category

_PREFIX = "category"
Row = dict[str, Any]
Rendered = tuple[Interactive | None, str | None]
# Language, tier and category.
PageKey = tuple[str | None, str | None, int | None]


def category_key(category_id: int) -> str:
    """The reply id that shows a category; also the key of its next pages."""
    return f"{_PREFIX}:{category_id}"


def render_catalogue(
    session: Session, language: str | None, tier: str | None, chosen: int | None
) -> tuple[Interactive | None, str | None]:
    """The catalogue as the customer sees it, and the key of its next pages; None if there is none.

    The result is cached until a menu or a product changes. chosen: the category to open, where the
    catalogue is shown by categories.
    """
    pages = _PAGES.current(session)
    rendered = pages.rendered_of(cache.current_menus(session))
    key = (language, tier, chosen)
    if key not in rendered:
        catalogue.forget_products(session)  # Read perhaps before the cache was.
        whole = shown.render_menu(session, CATALOGUE, language, tier)
        no_menu: Rendered = (None, None)
        rendered[key] = by_category(session, whole, language, chosen) if whole else no_menu
    return copy.deepcopy(rendered[key])


class _Pages:
    """The rendered catalogues by language, tier and category, for the current menus."""

    def __init__(self) -> None:
        self._kept: tuple[Menus | None, dict[PageKey, Rendered]] = (None, {})

    def rendered_of(self, menus: Menus) -> dict[PageKey, Rendered]:
        """The catalogues that were rendered from these menus."""
        kept = self._kept
        if kept[0] is not menus:
            self._kept = kept = (menus, {})
        return kept[1]


_PAGES = KeptOffer(lambda _: _Pages())


def by_category(
    session: Session, interactive: Interactive, language: str | None, chosen: int | None
) -> tuple[Interactive, str | None]:
    """The rendered catalogue as a list of categories, or the products of the chosen one, with the
    key of its next pages.

    It is shown whole, without a key, if one list can show it or if there is only one category.
    """
    rows = list_menu_options(interactive)
    if interactive["type"] != "list" or len(rows) <= ROWS.maximum:
        return interactive, None
    sold = catalogue.find_by_sku(session, {product_sku(row["id"]) for row in rows})
    own: defaultdict[str, list[Row]] = defaultdict(list)
    others: list[Row] = []
    for row in rows:
        product = sold.get(product_sku(row["id"]))
        (own[product.category] if product else others).append(row)
    known = [one for one in all_categories(session) if one.name in own]
    if len(own) == 1 or len(known) < len(own) or len(sold) <= ROWS.maximum:
        return interactive, None
    if open_one := next((one for one in known if one.id == chosen), None):
        title = name_category(open_one, language)
        return _with_rows(interactive, title, own[open_one.name]), category_key(open_one.id)
    listed = [_row(one, own[one.name], language) for one in known]
    return _with_rows(interactive, interactive["action"]["button"], [*listed, *others]), None


def _row(category: Category, products: list[Row], language: str | None) -> Row:
    """A row that leads to a category, with the first of what is in it."""
    return {
        "id": category_key(category.id),
        "title": cut_text(name_category(category, language), ROW_TITLE),
        "description": cut_text(", ".join(row["title"] for row in products), ROW_DESCRIPTION),
    }


def _with_rows(interactive: Interactive, title: str, rows: list[Row]) -> Interactive:
    section = {"title": cut_text(title, SECTION_TITLE), "rows": rows}
    return {**interactive, "action": {**interactive["action"], "sections": [section]}}
