"""Deletes products from their table and from every menu that offers them.

Old orders hold the names of their products. A catalogue that would be empty gets the first
remaining product; the others are appended when it is shown (shown.py). A menu that offers nothing
else stays unchanged, and its owner is told.
"""

import copy
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shop.menus.editing.drafts import Content, change_structures, content_of, put_menu
from shop.menus.last_good_version import Interactive, keep_options, list_menu_options
from shop.menus.link_map import option_paths
from shop.menus.targets import row_description
from shop.products.listing import in_order
from shop.products.pictures import drop_unused
from shop.taps.menu_names import CATALOGUE, for_everybody, product_sku
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.limits import ROW_TITLE, SECTION_TITLE
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import Product, WorkflowTemplate


@dataclass
class Removal:
    """The menus that lost an option, and those that offer nothing else and stay unchanged."""

    changed: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def remove_products(
    session: Session, products: Collection[Product], *, keeps_pictures: bool = False
) -> Removal:
    """Deletes products with their words and pictures, and takes them out of the menus."""
    skus = frozenset(product.sku for product in products)
    pictures = {product.image for product in products if product.image}
    gone = delete(Product).where(Product.sku.in_(skus))
    session.execute(gone.execution_options(synchronize_session=False))
    for product in products:
        session.expunge(product)
    for picture in () if keeps_pictures else pictures:
        drop_unused(session, picture)
    return clean_menus(session, skus)


def clean_menus(session: Session, skus: Collection[str]) -> Removal:
    """Removes the options with these codes from every menu, for deleted products."""
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    removal, gone = Removal(), frozenset(skus)
    left = session.scalars(in_order(select(Product)).limit(1)).first()
    for menu in session.scalars(select(WorkflowTemplate).order_by(WorkflowTemplate.template_name)):
        _clean_menu(session, menu, gone, left, removal)
    return removal


def _clean_menu(
    session: Session,
    menu: WorkflowTemplate,
    skus: frozenset[str],
    left: Product | None,
    removal: Removal,
) -> None:
    content = content_of(menu)
    if not any(_names_product(each, skus) for each in _structures(content)):
        return
    cleaned = _without(content, skus)
    if not list_menu_options(cleaned.menu_structure):
        if left is None or for_everybody(menu.template_name) != CATALOGUE:
            removal.empty.append(menu.template_name)
            return
        cleaned = _with_first(cleaned, left)
    put_menu(session, menu, cleaned)
    removal.changed.append(menu.template_name)


def _names_product(structure: object, skus: frozenset[str]) -> bool:
    found = option_paths(structure)
    return any(product_sku(str(option.get("id", ""))) in skus for _, option in found)


def _structures(content: Content) -> list[Any]:
    return [content.menu_structure, *as_mapping(content.translations).values()]


def _without(content: Content, skus: frozenset[str]) -> Content:
    """The menu without the options that name one of these; malformed parts stay unchanged."""

    def clean(structure: Any) -> Any:
        if not _names_product(structure, skus):
            return structure
        cleaned: Interactive = copy.deepcopy(structure)
        keep_options(cleaned, lambda option: product_sku(str(option.get("id", ""))) not in skus)
        return cleaned

    return change_structures(content, clean)


def _with_first(content: Content, product: Product) -> Content:
    """The menu with one product; a list gets a section of its category."""
    title = cut_text(product.name, ROW_TITLE)
    row = {"id": product.sku, "title": title, "description": row_description(product)}
    section = {"title": cut_text(product.category, SECTION_TITLE), "rows": [row]}
    button = {"type": "reply", "reply": {"id": product.sku, "title": title}}

    def fill(structure: Any) -> Any:
        action = as_mapping(as_mapping(structure).get("action"))
        own = {"sections": [section]} if "sections" in action else {"buttons": [button]}
        return {**structure, "action": {**action, **own}}

    return change_structures(content, fill)
