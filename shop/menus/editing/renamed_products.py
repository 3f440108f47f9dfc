"""Renames products on menus whose options carry their names.

The catalogue's rows are texts of the menu, so that an owner can word them; a row that just says the
product's name is renamed with the product.
"""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.menus.editing.drafts import content_of, put_menu
from shop.menus.link_map import option_paths
from shop.taps.menu_names import product_sku
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.limits import BUTTON_TITLE, ROW_TITLE, Limit
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
    if not names:
        return
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    for menu in session.scalars(select(WorkflowTemplate)):
        content = content_of(menu)
        translated = dict(as_mapping(content.translations))
        renamed = replace(
            content,
            menu_structure=_renamed(content.menu_structure, sku, names),
            translations={code: _renamed(each, sku, names) for code, each in translated.items()},
        )
        if renamed != replace(content, translations=translated):
            put_menu(session, menu, renamed)


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
