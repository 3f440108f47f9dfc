"""Renames products and categories on menus that carry their names.

The catalogue's rows are texts of the menu, so that an owner can word them; a row that just says the
product's name is renamed with the product, and a section with its category.
"""

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.menus.editing.drafts import Content, change_structures, content_of, put_menu
from shop.menus.link_map import option_paths
from shop.taps.menu_names import CATALOGUE, for_everybody, product_sku
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.limits import BUTTON_TITLE, ROW_TITLE, SECTION_TITLE, Limit
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import WorkflowTemplate

_NAME = "name"


def rename_product(session: Session, sku: str, changed: Mapping[str, tuple[str, str]]) -> None:
    """Renames the product on each menu that has an option with its name before.

    changed: the texts before and after by field; `name.hi` is the name in Hindi.
    """
    names = [
        texts for field, texts in changed.items() if field.partition(".")[0] == _NAME and all(texts)
    ]
    if names:
        _change_menus(
            session,
            lambda content: change_structures(content, lambda each: _renamed(each, sku, names)),
        )


def rename_sections(session: Session, before: str, after: str) -> None:
    """Renames the sections of catalogues that have the name of a renamed category."""
    before, after = (cut_text(name, SECTION_TITLE) for name in (before, after))

    def rename(content: Content) -> Content:
        structure = copy.deepcopy(content.menu_structure)
        sections = as_mapping(as_mapping(structure).get("action")).get("sections")
        for section in sections if isinstance(sections, list) else []:
            if as_mapping(section).get("title") == before:
                section["title"] = after
        is_catalogue = for_everybody(content.template_name) == CATALOGUE
        return replace(content, menu_structure=structure) if is_catalogue else content

    _change_menus(session, rename)


def _change_menus(session: Session, change: Callable[[Content], Content]) -> None:
    """Writes each menu that the function changes."""
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    for menu in session.scalars(select(WorkflowTemplate).order_by(WorkflowTemplate.template_name)):
        content = content_of(menu)
        if (changed := change(content)) != content:
            put_menu(session, menu, changed)


def _renamed(structure: Any, sku: str, names: list[tuple[str, str]]) -> Any:
    """A copy of the structure with the new titles; malformed parts stay unchanged."""
    structure = copy.deepcopy(structure)
    for path, option in option_paths(structure):
        if product_sku(str(option.get("id", ""))) == sku:
            titles = _titles(names, BUTTON_TITLE if path.startswith("button") else ROW_TITLE)
            if (title := option.get("title")) in titles:
                option["title"] = titles[title]
    return structure


def _titles(names: list[tuple[str, str]], limit: Limit) -> dict[object, str]:
    """The titles that change, by the title before."""
    return {cut_text(before, limit): cut_text(after, limit) for before, after in names}
